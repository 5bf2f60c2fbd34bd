"""Why a stage decided as it did, in Chinese."""

from policybot.language.reasons import Reasons

REASONS = Reasons(
    corrected="按可能的本意检索了录入错误：{words}。",
    notes={
        "screening.opinion": "问题要求表态。",
        "screening.harmful": "问题要求协助造成伤害。",
        "screening.manipulation": "问题要求改变规则。",
        "screening.meta": "问题是关于本助手的。",
        "coverage.unanswered": "已收录的文件不涵盖问题所问的地方、年份或条款。",
        "off_topic.passed": "最接近的段落相关度为 {value}（至少需要 {bound}）。",
        "off_topic.off_topic": "最接近的段落相关度为 {value}，至少需要 {bound}。",
        "off_topic.unanswered": "最接近的段落相关度为 {value}，至少需要 {bound}。",
        "absence.unanswered": "文件自己说明没有这项内容。",
        "premise.passed": "对话模型认为问题已按原样得到回答。",
        "premise.correction": "读到的句子都不支持问题中的前提。",
        "answerability.passed": "文件能回答此问题的概率为 {value}（至少需要 {bound}）。",
        "answerability.unanswered": "文件能回答此问题的概率为 {value}，至少需要 {bound}。",
        "disagreement.disagreement": "不同发布者的句子相互矛盾。",
        "writing.partial": "对话模型所写的部分内容没有文件支持，已略去。",
        "completion.partial": "问题的一部分在文件中没有内容。",
        "completion.unanswered": "没有一句话通过核对。",
    },
)
