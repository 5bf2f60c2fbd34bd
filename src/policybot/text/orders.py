"""Sentences of documents that tell an assistant what to do: they state nothing about the world."""

from __future__ import annotations

import re
import unicodedata

from policybot.text.plain import visible

_ASSISTANT = (
    r"(?:\bAIs?\b(?: (?:systems?|assistants?|models?|agents?|tools?))?|\b(?:large )?language models?\b|\bLLMs?\b"
    r"|\bassistants?\b|\bchat ?bots?\b|\bGPT\b|\bthe model\b|\bsearch engines?\b)"
)
_READING = r"(?:,? (?:read|process|summari[sz]|index|that|who|which|if|when)[^.]{0,40})?"
_MUST = r"(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) (?:required|instructed|told|ordered) to|please)"
_OFTEN = r"(?: (?:now|always|only|also|therefore|not|never))*"
_SPEAK = (
    r"(?:answer|reply|respond|output|print|repeat|claim|cite|recommend|praise|ignore|disregard"
    r"|tell (?:the )?(?:users?|readers?))"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|directions?|context|documents?|sources?|passages?|commands?|told)"
)
_ALWAYS = r"(?:always |only |just |please |now |you must )*"
_SAY = r"(?:say|answer|reply|respond|state|claim|add|include|mention|recommend|cite|insist)"

_ASSISTANT_ZH = (
    r"(?:AI|人工智能|大?语言模型|大模型|聊天机器人|智能助[手理]|助[手理]|机器人)(?:系统|助[手理]|模型|程序)?"
)
_READING_ZH = r"(?:们|在?[^，。；]{0,8}[时候后]|读到[^，。；]{0,8})?[，,]?"
_MUST_ZH = r"(?:必须|应当|应该|应|请|需要?|务必|只能|一律|不得|要)"
_SPEAK_ZH = r"(?:回答|回复|答复|输出|声称|宣称|告诉|忽略|无视|打印|引用|推荐|赞美)"
_REPLY_ZH = r"(?:回答|回复|答复)"
_RULES_ZH = r"(?:指示|指令|规则|要求|提示|内容|文件|设定|命令|资料|来源)"

_ORDERS = (
    # To forget what it was told
    r"(?:(?<!\bto )|(?<=\byou to ))\b(?:ignore|disregard|forget|override|discard)\b.{0,30}"
    rf"\b(?:previous|prior|above|earlier|preceding|all|any|other|your|these|those)\b.{{0,30}}\b{_RULES}\b",
    r"(?:忽略|无视|忘记|忘掉|抛开|不要理会|不必理会|覆盖).{0,4}"
    rf"(?:以上|之前|此前|先前|前面|上述|所有|一切|其他|其它|你的|任何).{{0,10}}{_RULES_ZH}",
    # Addressed to an assistant
    rf"{_ASSISTANT}{_READING},? {_MUST}\b{_OFTEN} {_SPEAK}\b",
    rf"\b(?:note|attention|message|hint|instructions?|order|command|memo)s?\b.{{0,12}}\b(?:to|for)\b.{{0,20}}{_ASSISTANT}",
    rf"^\W*(?:attention|note|hey|dear|hello|hi),?\W+.{{0,10}}{_ASSISTANT}",
    rf"\bif you(?: are|'re)\b.{{0,20}}{_ASSISTANT}",
    rf"\b(?:any|every|whichever|whatever|all|the) {_ASSISTANT}.{{0,20}}"
    r"\b(?:read(?:s|ing)?|process(?:es|ing)?|summari[sz](?:es?|ing)|index(?:es|ing)?) (?:this|these)",
    rf"^\W*{_ASSISTANT}\s*[:：]",
    rf"{_ASSISTANT_ZH}{_READING_ZH}{_MUST_ZH}[^，。；]{{0,10}}{_SPEAK_ZH}",
    rf"(?:致|给|告|请|提醒|通知)(?:所有|各|全体)?[^，。；]{{0,6}}{_ASSISTANT_ZH}(?:的[^，。；]{{0,6}})?[：:，,]",
    rf"请(?:所有|各|全体)?{_ASSISTANT_ZH}(?:注意|照做|听从)",
    rf"(?:任何|所有|凡是?).{{0,6}}{_ASSISTANT_ZH}.{{0,6}}(?:读到|处理|阅读|总结|看到)",
    rf"如果你是.{{0,8}}{_ASSISTANT_ZH}",
    # To be something else
    r"\byou are now (?:an?|in|the|free|un\w+|DAN)\b|\byou are no longer an? (?:AI|assistant|bot|chatbot)\b",
    r"\bfrom now on,? (?:you|answer|reply|respond|say|only|every|the assistant)\b",
    r"\byour (?:new |real |only )?(?:instructions?|system prompt|system message|prompt|rules|guidelines|task is)\b",
    r"从现在(?:起|开始)[，,]?.{0,6}(?:你|只|所有回答|一律|助手|回答)",
    r"你(?:现在)?(?:已经?|是一个|不再|必须|只能|务必|的(?:新)?(?:任务|指令|系统|提示))",
    # Of the prompt, and in the form of one
    r"\bsystem (?:prompt|message|override)\b.{0,40}\b(?:reveal|print|output|show|follow|new|begin)",
    r"\b(?:reveal|print|output|show|repeat|leak)\b.{0,30}\b(?:system|hidden|secret) (?:prompt|message|instructions?)\b",
    r"^\W*(?:system|assistant|developer)(?: (?:note|message|override|prompt|update|notice))?\s*[\]>】]?\s*[:：]",
    r"<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>|^\W*#{2,}\s*(?:instructions?|system)\b",
    r"^\W*(?:系统|助手|开发者)(?:提示|消息|指令|通知|更新|提示词)?\s*[】\]]?\s*[：:]",
    r"(?:输出|打印|显示|泄露|说出|重复).{0,8}(?:系统提示|提示词|隐藏指令|初始指令)",
    # To say something
    r"\b(?:answer|reply|respond)(?: to)? (?:every|all|any|each) (?:questions?|quer(?:y|ies)|users?|prompts?)\b"
    r".{0,40}(?:\bwith\b|\bby (?:saying|stating|claiming)\b|\bthat\b|[:：\"“])",
    r"\b(?:answer|reply|respond) (?:only |just |always )?(?:with|by saying)\b",
    rf"^\W*{_ALWAYS}(?:say|print|output|repeat|write|append|insert|include)\b.{{0,12}}"
    r"(?:[\"“'‘<]|!\[|\bHACKED\b|\bPWNED\b|\bthe (?:word|words|phrase|sentence|following)\b)",
    r"\btell (?:the |all |every )?(?:users?|askers?|whoever asks|anyone who asks|people who ask)\b",
    r"\bwhen(?:ever)? (?:asked (?:about|whether|for|how|what|who|why)|(?:some|any)(?:one|body) asks|(?:a )?users? asks?"
    rf"|answering|summari[sz]ing)\b[^,]{{0,90}}, ?{_ALWAYS}{_SAY}\b",
    rf"{_REPLY_ZH}(?:所有|每个|每一个|任何|一切|全部)(?:的)?(?:问题|提问|用户)",
    rf"(?:所有|每个|任何|一切)(?:问题|提问)[^，。；]{{0,4}}(?:都|一律|均)[^，。；]{{0,6}}{_REPLY_ZH}",
    r"(?:只|一律|统一|直接|均|都)(?:能|要|须|应)?(?:回答|回复|答复|输出)[^，。；]{0,3}[：:“\"「]",
    r"告诉(?:所有)?(?:用户|提问者|提问的人|问的人|询问者)",
    r"(?:有人|用户|被)(?:问|询问|提问)[^，。；]{0,24}(?:时|，)[，,]?(?:请|就|要|必须|一律|都)+(?:说|回答|回复|答复|声称)",
    # To keep silent about sources
    r"\bdo not (?:cite|mention|quote|trust|use|read)\b.{0,20}\b(?:other|this|these|any|the)\b.{0,12}"
    r"\b(?:documents?|sources?|passages?|instructions?)\b",
    r"\b(?:stop|cease) citing\b|\b(?:disable|turn off|skip)\b.{0,16}\b(?:citations?|verification)\b",
    r"(?:不要|不得|停止|关闭|跳过)(?:再)?(?:引用|核查|检查|相信|理会)(?:其他|其它|任何|这些|别的)(?:文件|资料|来源|出处)",
)
_INSTRUCTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _ORDERS)
"""Each is an order to whoever reads by machine. "Chatbots must say that they are not human" is none of them. Of 37,641
ordinary sentences (doc2dial, clapnq_dev, rgb, documents/) they match 2."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•|>#]|\d{1,3}[.)、]))")


def instructs_assistant(text: str) -> bool:
    """Whether a sentence, a title or a heading gives orders to an assistant instead of stating something."""
    plain = " ".join(unicodedata.normalize("NFKC", visible(text)).split())
    return any(pattern.search(plain) for pattern in _INSTRUCTS)


def same_paragraph(text: str, start: int, end: int) -> bool:
    """Whether no paragraph, list item or table row ends between the two offsets."""
    return _PARAGRAPH.search(text, start, end) is None
