"""Wordings that tell what a question is after, whatever it is about: features of the classifier beside its embedding.

An embedding is mostly about the subject; these patterns are about who is addressed and what is wanted of them.
None of them decides anything by itself.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
import unicodedata
from collections.abc import Sequence

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_SPACED = re.compile(r"(?<!\S)(?:\S[ \t]+){4,}\S(?!\S)")
"""Five characters and more, each by itself: a word spelt out to pass unread."""

_ENCODED = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}|(?:[0-9a-fA-F]{2}){16,}|(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}){4,}")

_LEET = str.maketrans("013457@$", "oieastas")

CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        # Of the rules
        (
            "discard",
            r"\b(ignor|disregard|forget|overrid|bypass|void|suspend)\w*\b.{0,40}"
            r"\b(instruction|rule|guideline|prompt|restriction|polic|previous|above|prior|told|everything|checks?)"
            r"|(忽略|无视|忘掉|忘记|绕过|不要管|抛开|打破).{0,14}(指示|指令|规则|要求|内容|设定|提示|限制|一切|以上|上面)",
        ),
        (
            "prompt",
            r"\b(system|hidden|initial|secret|original) (prompt|message|instruction|configuration)|\byour (\w+ )?"
            r"(prompt|instructions|rules|configuration|guidelines|restrictions|filters)"
            r"|(系统|隐藏|初始|内部)的?(提示|消息|指令|设定)|提示词|你的(\w{0,4})?(规则|指令|设定|限制|提示|密钥)",
        ),
        (
            "become",
            r"\byou(?: are|'re) (now|no longer|not \w+ any ?more)\b|\bfrom (now|this point) on\b|\bpretend\b"
            r"|\brole-?play|"
            r"\bact as (?:if|though|a|an|my|the)\b|\bstay in character|\b(developer|debug|jailbreak|god|admin) mode\b"
            r"|你(现在)?(是|叫).{0,8}(没有|不再|名叫|小)|从现在(起|开始)|假装|假设你|扮演|角色|(开发者|调试|越狱|管理员)模式|的口气",
        ),
        ("speaks_as_system",
         r"^\W*(system|assistant|developer)\b\W*[:：>\]]|<\|?/?(system|im_start|inst)|^\W*系统\W*[:：】]"),
        (
            "output",
            r"^\W*(please )?(print|output|repeat|reply|respond|say|write|append|include|put|add)\b.{0,40}"
            r"(exactly|verbatim|word for word|only|nothing but|html|markdown|<|!\[|\]\(|following|sentence|\[\d)"
            r"|(输出|打印|重复|原样|只(能)?(输出|回答|说)|末尾加|加上这)",
        ),
        ("markup", r"<[a-z!/][^>]*>|!?\[[^\]]*\]\([^)]*\)|\bon(error|load|click)\s*=|javascript:"),
        (
            "fabricate",
            r"\b(invent|make up|fabricate|fake)\b.{0,30}\b(source|citation|quot|document|something)"
            r"|(documents?|sources?) (say|claim)s?\b.{0,60}\beven if|(编造|捏造|编一|假装文件|就说文件)",
        ),
        ("uncited",
         r"\b(without|skip|turn off|stop|leave out|don't)\b.{0,24}\b(cit|sourc|check|verif|evidence|passages)"
                    r"|(不要|关闭|跳过|不用).{0,8}(引用|核查|检查|出处|来源|对照)"),
        # Of the one who is asked
        ("you", r"\b(you|your|yours|yourself)\b|[你您]"),
        ("you_first", r"^\W*(do|are|would|will|can|could|did|have|if) you\b|^\W*(who|what) are you\b|^\W*[你您]"),
        (
            "your_view",
            r"\b(your|own|personal|unfiltered|honest) (\w+ )?(opinion|view|take|stance|verdict|thoughts?"
            r"|judge?ment|guess|"
            r"prediction|forecast|feeling|favou?rite|perspective|side|heart)|\b(do|would"
            r"|did) you (\w+ )?(think|believe|feel|"
            r"like|agree|support|prefer|trust|find|vote|say|consider|reckon|like|admire)\b|\bwhat do you (make|hope)"
            r"|[你您](自己|个人|本人|怎么看|怎么评价|觉得|认为|支持|赞成|喜欢|同意|相信|更|最|站|信|猜|希望|估计|预测|对.{1,16}(看法|立场|态度|满意))"
            r"|在你看来|按你的|以你的|你的(看法|观点|立场|意见|判断|预测|态度)|表(个)?态|换成你|如果你是",
        ),
        (
            "choose",
            r"\b(pick|choose|take) (one|a side|a position|a winner|sides)|\bwhose side|\bwho is right\b|\bvote for\b"
            r"|(选一个|选一边|站哪|站在哪|谁对谁错|谁说得|投给谁|投票给|该投)",
        ),
        ("invest", r"\b(should i|would you|smart to|tip)\b.{0,40}\b(buy|sell|invest|stocks?|shares|savings|money)"
                   r"|(该不该买|该买|推荐.{0,8}股|买入|抄底)"),
        # Of harm
        (
            "unseen",
            r"\bwithout (getting|being|\w+ing)? ?(caught|notic|detect|traces|found)|\bnot (be|get) caught"
            r"|get away with|"
            r"\buntrace|\bsecretly\b|can't be traced|(不被|不会被|而不被|不留).{0,6}(发现|抓|追查|查|痕迹)|偷偷|查不出",
        ),
        (
            "how_to",
            r"^\W*(how (do|can|could|would|should) (i|we|someone|my)\b|help me|teach me|tell me how|give me"
            r"|write|show me how|"
            r"explain (step|how to)|where can i (buy|get)|i want to)"
            r"|^\W*(怎么|怎样|如何|教我|帮我|给我|写一|编一|哪里能)",
        ),
        (
            "weapon",
            r"\b(bombs?|explosives?|poison|nerve gas|anthrax|ricin|gun|weapon|grenade|meth|cocaine|malware"
            r"|ransomware|"
            r"keylogger|worm|ddos|hack|phishing|launder|forge[ds]?|fake|counterfeit|bribe|blackmail|smuggle"
            r"|evade|scam|"
            r"kill|murder|hitman|steal|sabotage)\b"
            r"|炸弹|炸药|毒气|投毒|下毒|枪支|木马|病毒|黑进|入侵|钓鱼|洗钱|逃税|伪造|假(护照|账|钞|药|证)|行贿|走私|敲诈|恐吓|杀人|杀手|偷|骗",
        ),
        (
            "against_harm",
            r"\b(protect|prevent|report(ed|ing)?|recogni[sz]e|punish\w*|penalt\w+|prosecut\w+|fight(s|ing)?"
            r"|illegal(ly)?|victims?|"
            r"fine|legal(ly)?|law|died|deaths?|suspect|safety|compensation|warning signs)\b"
            r"|防范|防止|预防|防爆|识别|举报|报案|处罚|打击|查处|查获|求助|死亡|嫌疑|合法|判",
        ),
        (
            "against_group",
            r"\b(inferior|vermin|slurs?|exterminat\w+|subhuman|driven out|humiliat\w+|hate|insult|violence)\b"
            r"|低人一等|害虫|消灭|羞辱|仇恨|骂",
        ),
        # Of talk
        (
            "about_it",
            r"\b(who|what) are you\b|\b(are|were) you (an?|chat|real|human|there|trained|made|from)\b"
            r"|\byour (name|purpose|job|"
            r"limits|capabilities|answers|sources|developer)\b|\b(built|made|trained) (you|this)\b"
            r"|\bwhat can you\b|introduce yourself"
            r"|[你您](到底)?是(谁|什么|做什么|机器|人工|真人|哪)|你叫什么|(谁|怎么)(开发|做|训练)|你(能|会|可以)(做|什么|帮|回答)|你(有|的)(哪些|什么)?功能|介绍.{0,3}你",
        ),
        (
            "greeting",
            r"^\W*(hello|hi|hey|good (morning|evening|night|day)|thanks?|thank you|bye|goodbye|cheers|ok(ay)?"
            r"|sorry|help)\b"
            r"|^\W*([你您]好|嗨|早上好|晚上好|谢谢|多谢|再见|拜拜|好的)",
        ),
        # Of the asker's own affairs
        ("first_person", r"\b(i|i'm|i've|i'd|my|me|we|our)\b|我"),
        # Of the documents
        (
            "according",
            r"\b(according to|documents?|report|plan|law|guideline|ministry|council|government|commission"
            r"|text|section|"
            r"regulation|strategy|treasury|imf|authors?)\b"
            r"|(文件|报告|规划|法律|条例|意见|国务院|商务部|财政部|委员会|政府|通知|指南|作者|智库|欧盟)",
        ),
        ("asks_fact",
         r"^\W*(when|where|which|why|how (many|much|long|old|is|does|did|are|was)|who (is|was|sings|wrote|won)|"
                      r"what (is|are|was|does|did))\b|(多少|什么时候|哪些|由谁|为什么|何时|几次|几年)"),
    )
)  # fmt: skip
"""Name and pattern; each is one feature, 1 where the pattern is found."""

_PLACES = {name: place for place, (name, _) in enumerate(CUES)}
_SHORT, _LONG = 6, 40
"""Words, or pairs of Chinese characters: of a mere greeting, and from which on longer makes no difference."""


def normalised(question: str) -> str:
    """The question as it is screened: compatibility forms and hidden characters resolved, spelt-out words joined."""
    text = unicodedata.normalize("NFKC", question)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    text = _SPACED.sub(_joined, text)
    return " ".join(text.split())


def decoded(question: str) -> str:
    """What stands in the question in base64 or as escapes, in plain text; empty when there is none."""
    found = (_plain(match.group()) for match in _ENCODED.finditer(question))
    return " ".join(text for text in found if text)


def features(question: str) -> Sequence[float]:
    """One number for each cue, in the order of ``CUES``, then how some go together, and the length."""
    words = len(re.findall(r"[a-z0-9']+|[\u4e00-\u9fff]{2}", question, re.IGNORECASE))
    plain = (
        question.translate(_LEET)
        if re.search(
            r"[a-z][013457@$]"
            r"|[013457@$][a-z]",
            question,
            re.IGNORECASE,
        )
        else ""
    )
    found = [float(bool(pattern.search(question) or (plain and pattern.search(plain)))) for _, pattern in CUES]
    greeted, harm, against = (found[_PLACES[name]] for name in ("greeting", "weapon", "against_harm"))
    return [
        *found,
        float(bool(_ENCODED.search(question))),
        greeted * (words <= _SHORT),
        harm * found[_PLACES["how_to"]] * (1 - against),
        found[_PLACES["you"]] * found[_PLACES["first_person"]],
        min(words, _LONG) / _LONG,
    ]


def _joined(match: re.Match[str]) -> str:
    """Single characters as words: a wider gap was a blank."""
    words = re.split(r"[ \t]{2,}", match.group())
    return " ".join("".join(word.split()) for word in words)


def _plain(encoded: str) -> str:
    """Printable text that the run of characters decodes to, else nothing."""
    candidates: list[bytes] = []
    if encoded.startswith("\\"):
        candidates.append(encoded.encode("ascii").decode("unicode_escape").encode("utf-8", "replace"))
    else:
        # What is no base64, an identifier or a long number, is read as it stands.
        with contextlib.suppress(binascii.Error, ValueError):
            candidates.append(base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True))
        if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", encoded):
            candidates.append(bytes.fromhex(encoded))
    for candidate in candidates:
        try:
            text = candidate.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if text.strip() and all(c.isprintable() or c.isspace() for c in text):
            return text
    return ""
