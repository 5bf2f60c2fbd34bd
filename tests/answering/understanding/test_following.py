"""How a question in a conversation is understood by itself, in both languages."""

from __future__ import annotations

import pytest

from policybot.answering.understanding.following import Understanding, understood
from policybot.domain import Turn
from policybot.language.script import fold_script
from policybot.text.places import Places

PLACES = Places({})

TONNES = "浙江2031年港口吞吐量是多少？"
GROWTH = "How fast did Hubei's economy grow in 2031?"
PLAN = "How many ferries does the harbour plan want by 2031?"
SAYS = "What does Hubei's report say about ports?"


def _understood(question: str, *before: str | tuple[str, str]) -> Understanding:
    """The question after earlier ones, each alone or with what was answered."""
    turns: list[Turn] = []
    for each in before:
        asked, answered = (each, "") if isinstance(each, str) else each
        turns += [Turn("user", asked), Turn("assistant", answered)]
    return understood(question, turns, PLACES)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (TONNES, "那湖北呢？", "湖北2031年港口吞吐量是多少？"),
        (TONNES, "湖北省呢", "湖北省2031年港口吞吐量是多少？"),
        (TONNES, "湖北的有没有？", "湖北2031年港口吞吐量是多少？"),
        (TONNES, "湖北？", "湖北2031年港口吞吐量是多少？"),
        (TONNES, "同一指标湖北是多少？", "湖北2031年港口吞吐量是多少？"),
        (TONNES, "全国呢", "全国2031年港口吞吐量是多少？"),
        (TONNES, "那上海和江苏呢？", "上海和江苏2031年港口吞吐量是多少？"),
        ("浙江省有多少个码头？", "上海市呢？", "上海市有多少个码头？"),
        ("全国有多少个码头？", "湖北呢？", "湖北有多少个码头？"),
        ("What was Hubei's toll revenue in 2031?", "And in Zhejiang?", "What was Zhejiang's toll revenue in 2031?"),
        ("What was Hubei's toll revenue in 2031?", "Zhejiang's?", "What was Zhejiang's toll revenue in 2031?"),
        (GROWTH, "What about Zhejiang?", "How fast did Zhejiang's economy grow in 2031?"),
        ("How many quays are there?", "And in Hubei?", "How many quays are there in Hubei?"),
    ],
)
def test_another_place(before: str, question: str, meant: str) -> None:
    """A follow-up that names a place asks the question before it of that place, and keeps everything else."""
    assert _understood(question, before) == Understanding(meant, "slot")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (TONNES, "2030年呢？", "浙江2030年港口吞吐量是多少？"),
        (TONNES, "上一年呢？", "浙江2030年港口吞吐量是多少？"),
        (TONNES, "2030？", "浙江2030年港口吞吐量是多少？"),
        (TONNES, "三年累计呢？", "浙江三年累计港口吞吐量是多少？"),
        ("渡轮2031年要新增多少？", "近五年来呢", "渡轮近五年来要新增多少？"),
        (TONNES, "今年呢", "浙江今年港口吞吐量是多少？"),
        ("浙江上半年港口吞吐量是多少？", "下半年呢？", "浙江下半年港口吞吐量是多少？"),
        ("浙江的港口吞吐量是多少？", "2030年呢？", "浙江的2030年港口吞吐量是多少？"),
        (PLAN, "And by 2040?", "How many ferries does the harbour plan want by 2040?"),
        (GROWTH, "And in 2030?", "How fast did Hubei's economy grow in 2030?"),
        (GROWTH, "And in the year before?", "How fast did Hubei's economy grow in 2030?"),
        (GROWTH, "By March 2030?", "How fast did Hubei's economy grow by March 2030?"),
        (GROWTH, "March 2030?", "How fast did Hubei's economy grow in March 2030?"),
        (GROWTH, "2030?", "How fast did Hubei's economy grow in 2030?"),
        ("What does the March 2030 plan want by 2031?", "And by 2040?", "What does the March 2030 plan want by 2040?"),
        ("How many quays are there?", "And in 2030?", "How many quays are there in 2030?"),
    ],
)
def test_another_time(before: str, question: str, meant: str) -> None:
    """A follow-up that names a year or a period asks the question before it of that time."""
    assert _understood(question, before) == Understanding(meant, "slot")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("2031年国务院报告的码头目标是多少？", "上一份报告里呢？", "2030年国务院报告的码头目标是多少？"),
        ("2031年国务院报告的码头目标是多少？", "2029年的报告呢", "2029年国务院报告的码头目标是多少？"),
        ("2031年国务院报告的码头目标是多少？", "2029年呢？", "2029年国务院报告的码头目标是多少？"),
        (
            "What toll does the premier's 2031 report set?",
            "And the previous report?",
            "What toll does the premier's 2030 report set?",
        ),
        (
            "How did the toll change over the three years covered by the 2031 report?",
            "And in the 2028 report?",
            "How did the toll change in the 2028 report?",
        ),
        (
            "What toll does the 2031 report set?",
            "and in the 2028 report?",
            "What toll does the 2028 report set?",
        ),
    ],
)
def test_another_document(before: str, question: str, meant: str) -> None:
    """A follow-up that names another year's edition of a document asks the question before it of that edition."""
    assert _understood(question, before) == Understanding(meant, "slot")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("浙江2031年居民票价支出是多少？", "那城镇的呢", "浙江2031年城镇居民票价支出是多少？"),
        ("浙江2031年城镇居民票价支出是多少？", "农村呢？", "浙江2031年农村居民票价支出是多少？"),
        ("浙江出口了多少艘渡轮？", "进口呢", "浙江进口了多少艘渡轮？"),
        (
            "What is the ferry fare of urban residents in Hubei?",
            "And rural residents?",
            "What is the ferry fare of rural residents in Hubei?",
        ),
        (
            "What is the ferry fare in Hubei?",
            "And for rural residents?",
            "What is the ferry fare in Hubei for rural residents?",
        ),
        ("How much did exports of ferries rise?", "and imports?", "How much did imports of ferries rise?"),
    ],
)
def test_another_group(before: str, question: str, meant: str) -> None:
    """A follow-up that names a group or a part asks the question before it of that one."""
    assert _understood(question, before) == Understanding(meant, "slot")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("浙江2031年港口吞吐量增长多少？", "目标呢？", "浙江2031年港口吞吐量增长目标是多少？"),
        ("浙江2031年港口吞吐量增长多少？", "今年目标是多少？", "浙江今年港口吞吐量增长目标是多少？"),
        ("浙江2031年渡轮增长目标是多少？", "实际呢？", "浙江2031年渡轮增长实际是多少？"),
    ],
)
def test_the_target_in_place_of_the_result(before: str, question: str, meant: str) -> None:
    """A follow-up that names the target asks what is aimed for, one that names the result what came out."""
    assert _understood(question, before) == Understanding(meant, "slot")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("浙江2031年渡轮产量是多少？", "码头呢？", "浙江2031年码头产量是多少？"),
        ("浙江2031年渡轮产量是多少？", "那航运产值呢", "浙江2031年航运产值是多少？"),
        ("浙江2031年渡轮产量下降了多少？", "码头的建设情况呢？", "浙江2031年码头的建设情况如何？"),
        ("浙江2031年新建了多少座码头？", "仓库呢？", "浙江2031年新建了多少座仓库？"),
        ("What is Hubei's trade aiming for?", "and ferries?", "What is Hubei's ferries aiming for?"),
        ("浙江2031年赤字率是多少？", "专项国债呢？", "浙江2031年专项国债是多少？"),
        (TONNES, "渡轮产量呢，也涨了吗？", "浙江2031年渡轮产量也涨了吗？"),
        (TONNES, "那湖北呢，票价是多少？", "湖北2031年票价是多少？"),
        ("浙江2031年GDP增长多少？", "工业呢？", "浙江2031年工业增长多少？"),
        ("浙江渡轮船长平均多少岁？", "平均航速呢？", "浙江平均航速多少？"),
        ("维克渡轮的票价是多少？", "诺尔渡轮呢？", "诺尔渡轮的票价是多少？"),
        (PLAN, "and quays?", "How many quays does the harbour plan want by 2031?"),
        (GROWTH, "and its exports?", "How fast did Hubei's exports grow in 2031?"),
        ("What is the growth target of Hubei?", "ok, and inflation", "What is the inflation target of Hubei?"),
        (SAYS, "And about railways?", "What does Hubei's report say about railways?"),
        ("What toll does Vik pay?", "What about Nor Lines?", "What toll does Nor Lines pay?"),
    ],
)  # fmt: skip
def test_another_indicator(before: str, question: str, meant: str) -> None:
    """A follow-up that names another thing asks the question before it of that, in the same place and time."""
    assert _understood(question, before) == Understanding(meant, "slot")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (TONNES, "三年里涨了几倍？", "浙江港口吞吐量三年里涨了几倍？"),
        (TONNES, "今年打算达到多大？", "浙江港口吞吐量今年打算达到多大？"),
        (TONNES, "比上一年高还是低？", "浙江2031年港口吞吐量比上一年高还是低？"),
        ("《渡轮条例》什么时候发布的？", "由谁批准？", "《渡轮条例》由谁批准？"),
        ("《渡轮条例》什么时候发布的？", "它的处罚有哪些？", "《渡轮条例》的处罚有哪些？"),
        ("渡轮方案一共安排多少项任务？", "其中海上的有几项？", "渡轮方案中海上的有几项？"),
        ("2031年换了多少艘渡轮？", "里面电动的占多少？", "2031年渡轮中电动的占多少？"),
        ("What does the harbour plan want by 2031?", "And who wrote it?", "Who wrote the harbour plan?"),
        (GROWTH, "And what is it aiming for?", "What is Hubei's economy aiming for?"),
        (SAYS, "What are its targets?", "What are Hubei's report's targets?"),
        (PLAN, "How many of them are electric?", "How many of the ferries of the harbour plan are electric?"),
        ("What did Holm say about ferries?", "Was her speech printed?", "Was Holm's speech printed?"),
    ],
)
def test_another_thing_of_the_same_subject(before: str, question: str, meant: str) -> None:
    """A follow-up without a subject, or with a pronoun for it, gets that of the one before, and nothing else."""
    assert _understood(question, before) == Understanding(meant, "subject")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (("Who opened the quay?", "Mayor Ada Holm did."), "When was she elected?", "When was Ada Holm elected?"),
        (("谁是湖北省省长？", "省长王小川。"), "他什么时候上任的？", "王小川什么时候上任的？"),
    ],
)  # fmt: skip
def test_a_person_of_whom_the_answer_speaks(before: tuple[str, str], question: str, meant: str) -> None:
    """Who was asked for and named in the answer is whom the next question's pronoun means."""
    assert _understood(question, before) == Understanding(meant, "subject")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ([TONNES, "那湖北呢？"], "2030年呢？", "湖北2030年港口吞吐量是多少？"),
        ([TONNES, "那湖北呢？", "渡轮产量呢"], "三年里翻了几倍？", "湖北渡轮产量三年里翻了几倍？"),
        ([GROWTH, "And Zhejiang's?"], "and in 2030?", "How fast did Zhejiang's economy grow in 2030?"),
        ([SAYS, "And Zhejiang's?"], "and about ferries?", "What does Zhejiang's report say about ferries?"),
        (
            ["Who wrote the harbour plan?", "How many quays does it want?"],
            "and by 2031?",
            "How many quays does the harbour plan want by 2031?",
        ),
        ([TONNES, "比上一年高还是低，差几个点？"], "渡轮产量呢", "浙江2031年渡轮产量比上一年高还是低，差几个点？"),
        (["渡轮方案一共安排多少项任务？", "都发布了吗？"], "其中海上的有几项？", "渡轮方案中海上的有几项？"),
        ([TONNES, "那湖北呢？"], "两省谁的渡轮多？", "浙江和湖北谁的渡轮多？"),
        ([GROWTH, "And Zhejiang's?"], "Which of the two has quays?", "Which of Hubei and Zhejiang has quays?"),
        ([TONNES, "谢谢"], "那湖北呢？", TONNES.replace("浙江", "湖北")),
        ([GROWTH, "yes, thanks"], "And in 2030?", GROWTH.replace("2031", "2030")),
        (["渡轮座谈会2031年是哪天开的？", "码头哪天完工？"], "上一回是哪年？", "渡轮座谈会上一回是哪年？"),
        (["2031年国务院报告的码头目标是多少？"], "渡轮当年要新增多少？", "渡轮2031年要新增多少？"),
    ],
)  # fmt: skip
def test_one_follow_up_after_another(before: list[str], question: str, meant: str) -> None:
    """What a follow-up was understood as is what the next one changes."""
    assert _understood(question, *before).text == meant


def test_questions_in_one_message() -> None:
    """Of several questions in one message the first gets what is missing; the others go on with it as they stand."""
    assert _understood("今年打算达到多大？码头呢", TONNES).text == "浙江港口吞吐量今年打算达到多大？码头呢"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (TONNES, "广东2030年的票价是多少？"),
        (TONNES, "湖北的增长目标是多少？"),
        (TONNES, "渡轮条例是谁写的？"),
        (TONNES, "什么是滞期费？"),
        (TONNES, "有哪些渡轮？"),
        (TONNES, "谢谢"),
        (GROWTH, "How fast did Zhejiang's trade grow in 2030?"),
        (GROWTH, "Who is the mayor?"),
        (GROWTH, "What is demurrage?"),
        (GROWTH, "Why did the council tell Zhejiang to sell its ferries?"),
        (PLAN, "When was the council's notice dated and when was it published?"),
        (PLAN, "The charter puts five rules side by side. Name them."),
        (PLAN, "and the fleet, where should that be in 2040?"),
        ("What did Holm say about ferries?", "Which quays did the mayor name when she spoke?"),
    ],
)
def test_a_question_by_itself_stays_as_it_is(before: str, question: str) -> None:
    """A question that says all of it, or names what its pronoun means, is another subject: the old one is dropped."""
    assert _understood(question, before) == Understanding(question)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("浙江和江苏2031年谁的吞吐量高？", "湖北呢"),
        ("浙江从2029年到2031年增加多少渡轮？", "2028年呢？"),
        ("浙江2029年到2031年渡轮增加多少？", "2028年呢？"),
        (TONNES, "为什么？"),
        (TONNES, "那一期呢？"),
        (GROWTH, "Is it true that it shrank?"),
        (GROWTH, "Does it matter?"),
        (GROWTH, "And why?"),
        (SAYS, "When was that?"),
        (GROWTH, "那浙江呢？"),
        ("What does the harbour plan want by 2031?", "and ferries?"),
        ("When will ferries sail?", "And what does it cost?"),
        ("How do Hubei and Zhejiang differ?", "And Anhui?"),
        ("渡轮什么时候开？", "由谁开？"),
        ("渡轮和码头", "湖北呢"),
        ("换了多少艘渡轮？", "里面电动的占多少？"),
        (("Who met Ada Holm on Monday?", "Mayor Eva Lind."), "What did she say?"),
        ("Ferries and quays of the north", "And in Hubei?"),
    ],
)
def test_what_is_not_certain_is_left_as_asked(before: str | tuple[str, str], question: str) -> None:
    """Nothing is changed where several slots or none could be meant, or nothing that a pronoun could mean is named."""
    assert _understood(question, before) == Understanding(question)


def test_the_first_question_of_a_conversation_stays_as_it_is() -> None:
    """Nothing can be added where nothing was said, nor from turns of an assistant alone."""
    assert understood("那湖北呢？", (), PLACES) == Understanding("那湖北呢？")
    assert understood("And in Hubei?", [Turn("assistant", "Hello")], PLACES) == Understanding("And in Hubei?")


def test_a_long_text_before_it_is_not_changed() -> None:
    """A pasted text has several slots of each kind: none of them is certain."""
    pasted = " ".join(["The ferries of Hubei sailed to the islands in calm weather."] * 6) + f" {GROWTH}"

    assert _understood("And in 2030?", pasted) == Understanding("And in 2030?")


@pytest.mark.parametrize("question", ["那湖北呢？", "那湖北呢", "那么湖北呢？？", "還有湖北呢？", "嗯，那湖北省的呢？"])
def test_how_a_follow_up_is_written_changes_nothing(question: str) -> None:
    """Script, marks and words of courtesy leave what is meant as it is."""
    assert _understood(fold_script(question), TONNES).text.replace("湖北省", "湖北") == TONNES.replace("浙江", "湖北")
