"""How Chinese refers to provisions and classes."""

from policybot.language.references import References

_NUMBER = "[零〇一二三四五六七八九十百千]+|\\d+"

REFERENCES = References(
    kinds={
        "article": "条",
        "paragraph": "款",
        "item": "项|目",
        "chapter": "章",
        "annex": "附件|附录|附表",
        "document": "号",
        "class": "类",
        "grade": "级|等",
    },
    letters=dict(zip("甲乙丙丁戊", "abcde", strict=True)),
    labelled=(
        "(?P<label>[\u4e00-\u9fff]{1,6}[〔\\[(]20\\d\\d[〕\\])] ?第?\\d+)(?P<kind>号)",
        f"第(?P<label>{_NUMBER})(?P<kind>条|款|章)(?:之(?P<further>[一二三四五六七八九十]))?",
        f"第?[(（](?P<label>{_NUMBER})[)）](?P<kind>项|目)",
        f"第(?P<label>{_NUMBER})(?P<kind>项|目)(?!目)",
        f"(?P<kind>附件|附录|附表)(?P<label>{_NUMBER})",
        "(?P<label>[甲乙丙丁戊]|[A-H])(?P<kind>类|级|等)",
        "(?<![第省市县乡村各上下多分初高中特])(?P<label>[一二三四五六七八九]|[IVX]+|[1-9])(?P<kind>级|类)(?![市联学])",
    ),
)
