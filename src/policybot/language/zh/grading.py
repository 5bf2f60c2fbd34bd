"""What answers in Chinese are graded by."""

from policybot.language.grading import Grading

GRADING = Grading(
    asks_figure="多少|几(?:个|项|家|座|年|月|次|种)|何时|什么时候|哪(?:一?年|一?天|月)|多(?:长|大|高|久)",
    asks_else="什么|哪|谁|为何|怎么|怎样|如何|分别|[和及与]",
    joins_parts="[和及与]|以及",
    denies="不是|不对|没有|并非|并未|并没有|否",
    denies_premise="前提不对|前提有误",
    affirms="是的?[，,。]",
    negates="[不没无未非](?!断|同|仅|少|管|论|来|久|足|确定|平衡|常)",
    figure_words="百分之|[万亿千百]",
    does_not_know="不知道|不清楚|不确定|无法(?:确定|回答|得知|提供|判断|找到)"
    "|(?:没有|未|并未|未能|不).{0,12}(?:提及|提到|提供|说明|给出|包含|回答|信息|涉及|列出|具体)",
)
