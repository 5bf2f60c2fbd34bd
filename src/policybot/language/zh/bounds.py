"""Chinese words that say how a figure or a date is meant."""

from policybot.language.bounds import BoundWords

BOUNDS = BoundWords(
    about_before="大约|约为?|近|将近|接近|大概",
    at_least_before="至少|不少于|不低于|不小于|最少",
    at_most_before="最多|至多|不超过|不高于|不多于|不大于",
    above_before="超过?|逾|多于|高于|大于|突破",
    below_before="不足|不到|少于|低于|小于",
    about_behind="左右|上下",
    at_least_behind="以上|及以上",
    at_most_behind="以内|以下",
    above_behind="以上|多(?=[家个万亿人名项条座辆])|余(?=[家个万亿人名项条座辆])",
    below_behind="以下",
    about_far=r"约(?!束|定)[^\d,;:，。；、：]{1,9}$",
    at_least_far=r"(?:至少|不少于|不低于)[^\d,;:，。；、：]{1,6}$",
    at_most_far=r"(?:至多|最多|不超过)[^\d,;:，。；、：]{1,6}$",
    particle="了|达到?",
    between="全年|累计|每[年月天日周]",
    denied=r"不(?:超过|低于|少于|高于|多于)\s*$",
    denied_above="超过|高于|多于",
    until="[到至](?!于)",
    since="自从?|从",
    part_of_time="",
    until_behind=r"\s*(?:[年月日底末初]|底前)?(?:以前|之前|前(?![三五十往]))",
    since_behind=r"\s*(?:[年月日底末初])?(?:以来|之后|以后|起(?!草|来)|后(?!续))",
)
