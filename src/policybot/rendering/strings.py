"""Every string that policybot's page and its exports show, in every language they speak.

One table for each language, same keys, same fields in braces. ``say`` is the only way to read them. Which of
them a reader gets is decided by the switch on the page; an export follows the language of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_NAMES: Mapping[Language, str] = {"en": "English", "zh": "简体中文"}
LANGUAGE_TAGS: Mapping[Language, str] = {"en": "en", "zh": "zh-Hans"}

ENGLISH: Mapping[str, str] = {
    # Header and status
    "name": "policybot",
    "tagline": "Answers questions about policy documents and cites the passage behind every sentence.",
    "language_switch": "Language of this page",
    "status": "{documents} documents, {passages} passages ({languages})",
    "status_empty": "No documents are indexed yet. Run `policybot index FOLDER`, then reload this page.",
    "chat_model": "Chat model: {name}",
    "quoting_only": "Quoting only, no chat model",
    "language_en": "English",
    "language_zh": "Chinese",
    # Question box
    "question": "Your question",
    "question_hint": "Ask in English or Chinese",
    "send": "Ask",
    "stop": "Stop",
    "clear": "New conversation",
    # Filters
    "filters": "Filters",
    "filter_documents": "Documents",
    "filter_publishers": "Publishers",
    "filter_kinds": "Kinds",
    "filter_languages": "Languages",
    "filter_published_from": "Published from",
    "filter_published_to": "Published up to",
    "filter_date_hint": "2024-03, for example",
    "filtered": "Searching only: {filters}",
    "filtered_documents": "{count} documents",
    "filtered_publishers": "{count} publishers",
    "filtered_kinds": "{count} kinds",
    "filtered_languages": "{count} languages",
    "filtered_published_from": "from {date}",
    "filtered_published_to": "up to {date}",
    "clear_filters": "Clear filters",
    "welcome": "What would you like to know?",
    "examples": "Examples",
    # An exchange
    "you": "You asked",
    "conversation": "Conversation",
    "searching": "Searching the documents…",
    "reading": "Reading {count} passages…",
    "writing": "Writing…",
    "found_in": "Found in",
    "stopped": "Stopped. What was written so far stays; ask again for the rest.",
    "stopped_early": "Stopped before anything was written.",
    "abstained": "Not answered by the documents",
    # What indexing changed
    "new": "New",
    "changed": "Changed",
    "moved": "Moved",
    "deleted": "Deleted",
    "passages_changed": "{came} passages came, {went} went, {kept} stayed",
    "above_headings": "(above the first heading)",
    "and_more": "… and {count} more",
    "lost_quote": "The answer of {at} to “{question}” quoted what is gone: “{quote}”",
    "same_text": "The same text: {names}",
    "repeated": "In {count} documents: “{text}”",
    "nearest": "Nearest passages",
    "quoted": "Sentences quoted from the documents",
    # Errors
    "failed": "That did not work",
    "internal_error": "An internal error happened; it is recorded in the server's log. Ask again, and if it "
    "happens a second time, report it with the time {time}.",
    "question_kept": "Your question is still in the box below.",
    "source_gone": "This passage can no longer be opened from here: the page has lost its conversation, for "
    "example because the server was started again. Ask the question again.",
    # Sources
    "sources": "Sources",
    "source": "Source {number}",
    "nearest_passage": "Passage {number}",
    "source_panel": "Source",
    "source_hint": "Click a citation to read the passage here.",
    "open_source": "Source {number}: {byline}. Open the passage.",
    "open_passage": "Passage {number}: {byline}. Open it.",
    "publisher": "Publisher",
    "published": "Published",
    "section": "Section",
    "page": "Page",
    "page_number": "p. {page}",
    "original": "Open the original",
    "opens_in_new_tab": "opens in a new tab",
    "sign_in": "Sign in",
    "sign_out": "Sign out",
    "user_name": "Name",
    "password": "Password",
    "wrong_password": "No user has this name and this password. Check both, or ask whoever runs this server.",
    "too_many_attempts": "Too many attempts. Wait {seconds} seconds, then try again.",
    "summary_of": "Summary of",
    "quote": "Quote",
    "previous": "Previous",
    "next": "Next",
    "position": "{number} of {count}",
    "back": "Back to the answer",
    "not_marked": "The passage could not be marked in the document below; this is its text.",
    "document_changed": "The document has changed since this answer was written; this is the passage as it was.",
    "document_missing": "The document cannot be shown: {reason}",
    "excerpt": "Part of a long document, around the passage.",
    "image": "image: {alt}",
}

CHINESE: Mapping[str, str] = {
    "name": "policybot",
    "tagline": "回答关于政策文件的问题，每句话都注明出处。",
    "language_switch": "页面语言",
    "status": "{documents} 份文件，{passages} 个段落（{languages}）",
    "status_empty": "尚未建立任何文件的索引。请运行 `policybot index 文件夹`，然后刷新本页。",
    "chat_model": "对话模型：{name}",
    "quoting_only": "仅引用原文，未使用对话模型",
    "language_en": "英文",
    "language_zh": "中文",
    "question": "您的问题",
    "question_hint": "请用中文或英文提问",
    "send": "提问",
    "stop": "停止",
    "clear": "新对话",
    "filters": "筛选",
    "filter_documents": "文件",
    "filter_publishers": "发布者",
    "filter_kinds": "类别",
    "filter_languages": "语言",
    "filter_published_from": "发布日期从",
    "filter_published_to": "发布日期至",
    "filter_date_hint": "例如 2024-03",
    "filtered": "仅检索：{filters}",
    "filtered_documents": "{count} 份文件",
    "filtered_publishers": "{count} 个发布者",
    "filtered_kinds": "{count} 个类别",
    "filtered_languages": "{count} 种语言",
    "filtered_published_from": "{date} 起",
    "filtered_published_to": "{date} 止",
    "clear_filters": "清除筛选",
    "welcome": "您想了解什么？",
    "examples": "示例问题",
    "you": "您的提问",
    "conversation": "对话",
    "searching": "正在检索文件…",
    "reading": "正在阅读 {count} 个段落…",
    "writing": "正在撰写…",
    "found_in": "检索到",
    "stopped": "已停止。已写出的内容予以保留；如需其余内容，请重新提问。",
    "stopped_early": "已停止，尚未写出任何内容。",
    "abstained": "文件中没有答案",
    # What indexing changed
    "new": "新增",
    "changed": "变更",
    "moved": "移动",
    "deleted": "删除",
    "passages_changed": "新增 {came} 个段落，移除 {went} 个，保留 {kept} 个",
    "above_headings": "（首个标题之前）",
    "and_more": "……另有 {count} 处",
    "lost_quote": "{at} 对“{question}”的回答引用了已不存在的文字：“{quote}”",
    "same_text": "文字相同：{names}",
    "repeated": "{count} 份文件中均有：“{text}”",
    "nearest": "最接近的段落",
    "quoted": "以下句子直接引自文件",
    "failed": "未能完成",
    "internal_error": "发生内部错误，已记入服务器日志。请重新提问；如再次发生，请报告出错时间 {time}。",
    "question_kept": "您的问题仍保留在下方输入框中。",
    "source_gone": "无法再从这里打开该段落：本页的对话已丢失，例如服务器已重新启动。请重新提问。",
    "sources": "来源",
    "source": "来源 {number}",
    "nearest_passage": "段落 {number}",
    "source_panel": "来源",
    "source_hint": "点击引用标记，即可在此阅读原文段落。",
    "open_source": "来源 {number}：{byline}。打开该段落。",
    "open_passage": "段落 {number}：{byline}。打开。",
    "publisher": "发布者",
    "published": "发布日期",
    "section": "章节",
    "page": "页码",
    "page_number": "第 {page} 页",
    "original": "打开原文",
    "opens_in_new_tab": "在新标签页中打开",
    "sign_in": "登录",
    "sign_out": "退出登录",
    "user_name": "用户名",
    "password": "密码",
    "wrong_password": "用户名或密码不正确。请检查后重试，或联系管理此服务的人。",
    "too_many_attempts": "尝试次数过多。请等待 {seconds} 秒后重试。",
    "summary_of": "概述对象",
    "quote": "引文",
    "previous": "上一条",
    "next": "下一条",
    "position": "第 {number} 条，共 {count} 条",
    "back": "返回答案",
    "not_marked": "未能在下面的文件中标出该段落，其文字如下。",
    "document_changed": "该文件在此答案写成之后已有改动，以下是当时的段落。",
    "document_missing": "无法显示该文件：{reason}",
    "excerpt": "文件较长，此处显示该段落前后的部分。",
    "image": "图片：{alt}",
}

STRINGS: Mapping[Language, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


def say(language: Language, key: str, **fields: object) -> str:
    """The string ``key`` in ``language`` with its fields filled in; plain text, not yet escaped for HTML."""
    return STRINGS[language][key].format(**fields)


def spoken(code: str) -> Language:
    """The page's language nearest to an ISO 639 or BCP 47 code, English when it has none."""
    return "zh" if code.lower().split("-")[0] == "zh" else "en"


def preferred_language(accept_language: str) -> Language:
    """The page's language that a browser's ``Accept-Language`` header ranks highest."""
    ranked: list[tuple[float, int, Language]] = []
    for place, item in enumerate(accept_language.split(",")):
        tag, _, weight = item.partition(";")
        primary = tag.strip().lower().split("-")[0]
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if primary in LANGUAGES and quality > 0:
            ranked.append((-quality, place, spoken(primary)))
    return min(ranked)[2] if ranked else "en"
