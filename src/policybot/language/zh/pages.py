"""What Chinese pages carry beside their text."""

from policybot.language.pages import Pages

PAGES = Pages(
    numbered=r"第\s*\d{1,4}\s*页(?:.{0,3}共\s*\d{1,4}\s*页)?",
    part_start=(
        "[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]"
        r"|第[一二三四五六七八九十百\d]{1,5}[章节条编部]"
    ),
    untitled="无标题|未命名|文档|文件",
)
