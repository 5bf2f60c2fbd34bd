"""Every string that the terminal shows, in English and 简体中文; the locale chooses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policybot.rendering import Language

ENGLISH: Mapping[str, str] = {
    "error": "Error:",
    "stopped": "Stopped.",
    "progress_documents": "Indexing documents",
    "progress_pages": "Fetching pages",
    "progress_crossing": "Making them searchable in other languages",
    "progress_rebuilding": "Building a new index beside the old one",
    "progress_questions": "Asking questions",
    "progress_chat_model": "Preparing the chat model (once)",
    "progress_verifying": "Checking the chat model (once)",
    "indexed": "{documents} documents, {passages} passages indexed.",
    "changes": "{new} new, {changed} changed, {moved} moved, {deleted} deleted, {unchanged} unchanged; {embedded} "
    "passages embedded "
    "in {seconds:.1f} s.",
    "planned": "Would index {new} new and {changed} changed documents, note that {moved} moved, forget {deleted}, keep "
    "{unchanged}.",
    "planned_rebuild": "The settings ask for another index: a new one would be built beside the old one.",
    "rebuilt": "A new index was built beside the old one and has replaced it.",
    "pruned": "{count} old versions were removed.",
    "watching": "Watching {folders}  (Ctrl-C stops it)",
    "no_changes": "Nothing has changed since the documents were indexed.",
    "backed_up": "{path}: {files} files, {megabytes:.1f} MB unpacked, read again and verified.",
    "restored": "{files} files of {at} are restored to {folder}.",
    "not_indexed": "Not indexed:",
    "up_to_date": "The index is up to date.",
    "serving": "policybot is ready on {url}  (Ctrl-C stops it)",
    "serving_mcp": "policybot speaks MCP on {url}  (Ctrl-C stops it)",
    "loading": "Loading the models…",
    "local_only": "No users are set up: the page listens on this machine only.",
    "user_added": "{name} may sign in as {role}.",
    "user_removed": "{name} is removed and signed out.",
    "password_changed": "The password of {name} is changed; {name} is signed out everywhere.",
    "ask_password": "Password of {name}",
    "key_added": "Keep this key now, it is not shown again. Send it as `Authorization: Bearer KEY`.",
    "key_removed": "The key {name} is revoked.",
    "no_accounts": "There are none yet.",
    "column_account": "Name",
    "column_role": "Role",
    "column_created_at": "Added",
    "no_documents": "No documents are indexed. Run `policybot index FOLDER`.",
    "chat_welcome": "Ask about {documents} documents. An empty line or Ctrl-D ends; /help lists the commands.",
    "chat_help": "/open 2 shows where [2] stands, /history what was said, /language zh answers in Chinese "
    "(en, zh, auto), /new starts over, /quit ends.",
    "chat_language_auto": "Answers are in the language of the question.",
    "chat_language_en": "Answers are in English; quotes keep their language.",
    "chat_language_zh": "Answers are in Chinese; quotes keep their language.",
    "chat_no_language": "There is no answer language {name!r}. Type /language and auto, en or zh.",
    "chat_id": "Conversation {id}; `policybot chat --conversation ID` goes on with it.",
    "chat_no_citation": "The last answer has no citation {number!r}; it has {count}. Type /open and a number.",
    "chat_new": "A new conversation.",
    "chat_filtered": "Only the documents that pass the filter are searched.",
    "nothing_found": "Nothing was found.",
    "you": "You",
    "column_name": "Document",
    "column_title": "Title",
    "column_publisher": "Publisher",
    "column_published": "Date",
    "column_language": "Language",
    "column_passages": "Passages",
    "column_measure": "Measure",
    "latency": "latency p{percent}",
    "sources_s": "time to sources, median",
    "first_sentence_s": "time to the first sentence",
    "answer_s": "time to the whole answer",
    "compared": "{after} against {before}: {won} questions won, {lost} lost, of {questions}.",
    "column_before": "Before",
    "column_after": "After",
    "column_difference": "Difference",
    "column_questions": "Questions",
    "column_question": "Question",
    "column_change": "Change",
    "won": "Won",
    "lost": "Lost",
    "questions_failed": "{system}: {failed} of {questions} questions failed with an error, which the results name.",
    "report_written": "The report is in {path}.",
    "all_well": "All checks passed.",
    "some_failed": "{count} checks failed.",
}

CHINESE: Mapping[str, str] = {
    "error": "错误：",
    "stopped": "已停止。",
    "progress_documents": "正在收录文件",
    "progress_pages": "正在获取网页",
    "progress_crossing": "正在建立跨语言检索",
    "progress_rebuilding": "正在旧索引旁建立新索引",
    "progress_questions": "正在提问",
    "progress_chat_model": "正在准备对话模型（仅一次）",
    "progress_verifying": "正在校验对话模型（仅一次）",
    "indexed": "已收录 {documents} 份文件，{passages} 个段落。",
    "changes": "新增 {new}，变更 {changed}，移动 {moved}，删除 {deleted}，未变 {unchanged}；"
    "{seconds:.1f} 秒内向量化 {embedded} 个段落。",
    "planned": "将收录 {new} 份新文件和 {changed} 份变更文件，记录 {moved} 份移动，"
    "移除 {deleted} 份，保留 {unchanged} 份。",
    "planned_rebuild": "设置要求另一种索引：将在旧索引旁建立新索引。",
    "rebuilt": "已在旧索引旁建立新索引并完成切换。",
    "pruned": "已清除 {count} 个旧版本。",
    "watching": "正在监视 {folders}  （按 Ctrl-C 停止）",
    "no_changes": "自收录以来没有变化。",
    "backed_up": "{path}：{files} 个文件，解压后 {megabytes:.1f} MB，已重新读取并校验。",
    "restored": "已将 {at} 的 {files} 个文件恢复到 {folder}。",
    "not_indexed": "未收录：",
    "up_to_date": "索引已是最新。",
    "serving": "policybot 已就绪：{url}  （按 Ctrl-C 停止）",
    "serving_mcp": "policybot 的 MCP 服务已就绪：{url}  （按 Ctrl-C 停止）",
    "loading": "正在载入模型……",
    "local_only": "尚未设置用户：页面只在本机可用。",
    "user_added": "{name} 可以登录，角色为 {role}。",
    "user_removed": "已移除 {name} 并使其退出登录。",
    "password_changed": "已修改 {name} 的密码，{name} 已在所有地方退出登录。",
    "ask_password": "{name} 的密码",
    "key_added": "请立即保存此密钥，之后不再显示。使用时发送 `Authorization: Bearer 密钥`。",
    "key_removed": "已吊销密钥 {name}。",
    "no_accounts": "尚无任何条目。",
    "column_account": "名称",
    "column_role": "角色",
    "column_created_at": "添加时间",
    "no_documents": "尚未收录任何文件。请运行 `policybot index 文件夹`。",
    "chat_welcome": "可就 {documents} 份文件提问。空行或 Ctrl-D 结束；/help 列出命令。",
    "chat_help": "/open 2 显示引文 [2] 的出处，/history 显示对话内容，/language zh 用中文回答（en、zh、auto），"
    "/new 重新开始，/quit 结束。",
    "chat_language_auto": "用提问的语言回答。",
    "chat_language_en": "用英文回答；引文保持原文。",
    "chat_language_zh": "用中文回答；引文保持原文。",
    "chat_no_language": "没有回答语言 {name!r}。请输入 /language 和 auto、en 或 zh。",
    "chat_id": "对话 {id}；用 `policybot chat --conversation 编号` 可继续。",
    "chat_no_citation": "上一个回答没有引文 {number!r}，共有 {count} 条。请输入 /open 和编号。",
    "chat_new": "新的对话。",
    "chat_filtered": "只检索符合筛选条件的文件。",
    "nothing_found": "未检索到任何内容。",
    "you": "你",
    "column_name": "文件",
    "column_title": "标题",
    "column_publisher": "发布者",
    "column_published": "日期",
    "column_language": "语言",
    "column_passages": "段落",
    "column_measure": "指标",
    "latency": "耗时 p{percent}",
    "sources_s": "出现来源的时间（中位数）",
    "first_sentence_s": "出现第一句的时间",
    "answer_s": "完整回答的时间",
    "compared": "{after} 与 {before} 相比：共 {questions} 题，胜 {won} 题，负 {lost} 题。",
    "column_before": "之前",
    "column_after": "之后",
    "column_difference": "差值",
    "column_questions": "题数",
    "column_question": "问题",
    "column_change": "变化",
    "won": "胜",
    "lost": "负",
    "questions_failed": "{system}：共 {questions} 题，{failed} 题出错，错误见结果。",
    "report_written": "报告已写入 {path}。",
    "all_well": "全部检查通过。",
    "some_failed": "{count} 项检查未通过。",
}


def terminal_language() -> Language:
    """The terminal's language: Chinese when LC_ALL, LC_MESSAGES or LANG, the first that is set, begins with ``zh``."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def say(key: str, **fields: object) -> str:
    """The string in the terminal's language."""
    table = CHINESE if terminal_language() == "zh" else ENGLISH
    return table[key].format(**fields)
