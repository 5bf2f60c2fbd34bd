"""Chinese small words that decide what a sentence claims."""

from policybot.language.claims import Claims

CLAIMS = Claims(
    negation=(
        "[不没](?!断|同|仅|少|管|论|久|足|平衡|收|超过|低于|少于|高于|多于|大于|小于)|未(?!来)|无(?!人|线|论)|非(?!常|洲|遗)"
    ),
    negative="[免勿莫]|避免|防止|拒绝|否认|缺乏|缺少|错误|反对|禁止|杜绝|取消|停止|终止|排除|除外|才",
    contraction="",
    contracted={},
    full_negation="",
    done="已",
    planned="将(?!军|近|士)|[拟欲](?!定|合|人)|计划|打算|有望|力争|目标",
    owed="必须|应(?!对|用|急|届|链)|须(?!臾)|要(?!素|点|闻|么|塞|害|件)|需要",
    possible="可能|或将|或许|也许",
    able="可以|能够",
    all="全部|所有|一切|每[个家项年一]",
    most="大部分|大多数",
    some="一些|若干|少数",
    many="许多|众多|大量",
    only="仅(?<!不仅)|只有|唯一",
    attitudes=frozenset(),
    function_words=frozenset(
        "由于 因为 以及 因此 所以 但是 然而 如果 假如 目前 当前 此外 另外 同时 "
        "其中 并且 而且 根据 依据 按照 包括 表示 指出 认为 称为 超过".split()
    ),
    clause_words="而|和|与|及|但|比",
    clause_openers="",
)
