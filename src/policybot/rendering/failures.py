"""What went wrong, in the reader's language.

Errors speak English. A case that readers of the page meet often has a sentence of its own in Chinese, with the error's
values in it; every other error is told by its class, and its own words follow, since they name the file, the address
or the setting.
"""

from __future__ import annotations

from collections.abc import Mapping

from policybot import errors
from policybot.errors import PolicybotError
from policybot.rendering.strings import Language

CASES: Mapping[str, str] = {
    "question_empty": "问题是空的。请就已收录的文件提问。",
    "question_too_long": "问题有 {characters} 个字符，最多 {most} 个。请缩短后再问。",
    "filter_date": "筛选日期“{date}”不是日期。请写成 2024、2024-03 或 2024-03-05。",
    "filter_order": "筛选的起始日期“{first}”晚于截止日期“{last}”。请对调。",
    "filter_nothing": "没有文件符合筛选条件。请放宽条件后再问。",
    "answer_language": "不能用“{language}”回答。请选择自动、English 或中文。",
    "original_changed": "原始文件 {name} 已不存在，或在收录后被改动。",
    "original_version": "原始文件与引用时的版本不同；显示的是当时引用的文字。",
    "indexing_running": "另一项收录正在进行。请等它结束，或先取消它。",
    "indexing_elsewhere": "另一个程序正在收录。请等它结束后再试。",
    "chat_busy": "对话模型忙于其他回答，已等待 {seconds} 秒。请稍后再问。",
    "chat_silent": "对话模型 {seconds} 秒没有输出。请稍后再问，或请管理员改用引文回答（POLICYBOT_CHAT_MODEL=none）。",
    "chat_too_long": "问题及其依据共 {tokens} 个词元，对话模型最多读 {most} 个。请缩短问题，或开始新的对话。",
    "document_unknown": "没有这份文件。请刷新列表。",
    "page_unknown": "{name} 没有可以显示的第 {page} 页。",
}

KINDS: Mapping[str, str] = {
    "PolicybotError": "出了问题。",
    "SettingsError": "有一项设置无法使用。请管理员检查设置。",
    "ReadingError": "无法读取为文件。",
    "UnsupportedFormat": "不支持这种格式。请换一种格式或另一个地址。",
    "EmptyDocument": "里面没有文字。",
    "BrokenFile": "文件已损坏、受保护、过大，或与其扩展名不符。请检查后重新添加。",
    "ScannedDocument": "这是扫描件，其中的文字无法识别。请添加带文字的版本。",
    "ReadingLimit": "读取所需的时间或内存超出上限。请拆分后再添加。",
    "FrontMatterError": "文件开头的 YAML 有误。请更正后重新添加。",
    "FetchError": "这个地址没有给出可读的内容。请检查地址，稍后再试。",
    "AddressRefused": "不允许读取这个地址：它指向内部网络，或网站的 robots.txt 不允许。",
    "ModelError": "模型无法加载或没有响应。请管理员运行 `policybot doctor`。",
    "WeightsError": "模型文件缺失或不正确。请管理员运行 `policybot doctor`。",
    "MissingExtra": "所选模型缺少软件包或密钥。请管理员安装。",
    "ChatModelError": "对话模型出错或超时。请稍后再问。",
    "StoreError": "索引或记录无法读写。请管理员检查数据目录的权限和剩余空间。",
    "IndexingError": "无法收录。",
    "BackupError": "备份出错。",
    "NothingIndexed": "还没有收录文件。请先添加文件，或请管理员运行 `policybot index 目录`。",
    "UnknownDocument": "没有这份文件。请刷新列表。",
    "PrunedVersion": "这个旧版本的文字已被清理，无法打开。",
    "OriginalGone": "原始文件已不存在，或已被改动。",
    "UnknownPassage": "没有这个段落。其文件可能已更改，请重新提问。",
    "UnknownConversation": "您没有这个对话。请开始新的对话。",
    "UnknownJob": "没有这项收录任务。",
    "AccountError": "账户有误。",
    "QuestionError": "不能这样提问。",
    "PromptError": "提示词文件有误。请管理员检查。",
    "EvaluationError": "评测数据有误。",
    "RequestRefused": "服务器拒绝了这个请求。",
    "NotSignedIn": "您还没有登录，或登录已过期。请重新登录。",
    "NotAllowed": "您没有这项权限。请联系管理员。",
    "TooLarge": "内容过大。请缩小后再发送。",
    "TooManyRequests": "请求过于频繁。请稍后再试。",
    "Busy": "正在处理的问题太多。请稍后再问。",
    "ServerError": "服务器无法启动。",
    "InternalError": "发生了内部错误，详情见服务器日志。请再试一次；如再次出现，请告诉管理员。",
}


def explained(exc: PolicybotError, language: Language) -> str:
    """What happened and what to do next, as plain text."""
    if language == "zh" and exc.case in CASES:
        return CASES[exc.case].format(**exc.values)
    return explained_kind(type(exc).__name__, str(exc), language)


def explained_kind(kind: str, message: str, language: Language) -> str:
    """The same for an error of which only the name of its class and its message are left.

    Args:
        kind: ``BrokenFile`` for example; for one that is not known only the message is told.
    """
    told = _explanation(kind)
    if language == "en" or not told:
        return message
    return told if kind == "InternalError" or not message else f"{told}（{message}）"


def _explanation(kind: str) -> str:
    """The sentence of the class, or of the nearest one above it."""
    found = getattr(errors, kind, None)
    lineage = found.__mro__ if isinstance(found, type) and issubclass(found, PolicybotError) else ()
    names = [each.__name__ for each in lineage] or [kind]
    return next((KINDS[name] for name in names if name in KINDS), "")
