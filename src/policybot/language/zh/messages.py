"""What policybot says in 简体中文."""

from policybot.language.messages import Messages

MESSAGES = Messages(
    kinds={
        "full": "",
        "partial": "关于您所问的内容，已收录的文件没有更多说明。",
        "disagreement": "各文件对此说法不一：",
        "correction": "文件并不支持问题中的前提。文件的说法是：",
        "unanswered": "已收录的文件没有回答这个问题。",
        "off_topic": "这个问题与已收录的文件无关，没有可以依据的内容。",
        "opinion": "我不表态，也不发表自己的看法。我可以告诉您文件怎么说、是谁说的。",
        "harmful": "这件事我不能帮忙。我可以回答与已收录文件有关的问题。",
        "manipulation": "我只做一件事：依据已收录的文件回答问题并注明出处。欢迎就这些文件提问。",
        "meta": "我用中文和英文回答与已收录文件有关的问题，每句话都注明出处；文件没有答案时，我会直说。",
    },
    nothing_about="已收录的文件没有关于{missing}的内容。",
    separator="、",
    quoted="“{name}”",
    colon="：",
    date="{year}年{month}月{day}日",
    month="{year}年{month}月",
    year="{year}年",
    section_question="《{title}》在“{heading}”部分说了什么？",
    nested_quotes={"《": "〈", "》": "〉"},
    asked="问",
    answered="答",
    large_numbers={"万亿": 1e12, "亿": 1e8, "万": 1e4},
    large_number="(?P<scale>万亿|亿|万)(?!分)",
    large_number_written="{figure}{scale}",
    records={"publisher": "发布者", "published": "发布日期", "url": "链接"},
    shortest_translation=0.15,
)
