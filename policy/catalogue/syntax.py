"""Catalogue entries: syntax. Text that cannot be read, what goes beyond the limits, and how a statement is written."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.diagnostic import Severity

ERROR, FINDING, NOTE = Severity.ERROR, Severity.FINDING, Severity.NOTE

_TEXT = (
    Entry(
        "ZS101", ERROR, "不是纯文本", "not plain text",
        "这是 {kind} 文件，不是纯文本",
        "this is a {kind} file, not plain text",
        "请在原程序里用“另存为”选“纯文本 (.txt)”，再把文件名改成以 .policy 结尾",
        "save it as plain text (.txt) in the program that made it, then name it .policy",
    ),
    Entry(
        "ZS102", ERROR, "文件太大", "file too large",
        "文件太大：超过 {limit} 个字",
        "the file is too large: more than {limit} characters",
        "一份制度不会这么长，请检查是不是选错了文件；确有需要的，请分成几份",
        "no policy is that long; check that this is the right file, or split it",
    ),
    Entry(
        "ZS103", ERROR, "含有空字节", "contains a zero byte",
        "文件第 {offset} 字节处是空字节（0），不像文本文件",
        "byte {offset} of the file is zero, which no text contains",
        "请用记事本打开，另存为 UTF-8 编码的纯文本",
        "open it in a text editor and save it as plain text in UTF-8",
    ),
    Entry(
        "ZS104", ERROR, "编码不认识", "unknown encoding",
        "文件第 {offset} 字节处既不是 UTF-8 也不是 GB18030 编码",
        "byte {offset} of the file is neither UTF-8 nor GB18030",
        "请用记事本打开，另存为 UTF-8 编码的纯文本",
        "open it in a text editor and save it as plain text in UTF-8",
    ),
    Entry(
        "ZS105", NOTE, "按其他编码读取", "read in another encoding",
        "文件按 {encoding} 编码读取",
        "the file was read as {encoding}",
    ),
    Entry(
        "ZS106", ERROR, "一个词太长", "a word too long",
        "从这里起连续 {limit} 个字以上没有空格或标点，不像制度条文",
        "more than {limit} characters in a row without a blank, which is no policy text",
        "请检查是不是误粘贴了别的内容；删去后再检查",
        "check whether something else was pasted here by mistake, and delete it",
    ),
    Entry(
        "ZS107", ERROR, "看不见的字符", "invisible character",
        "这里有一个看不见的字符 {code}",
        "there is an invisible character here, {code}",
        "它多半是从网页或文档里一起粘贴来的。请删去这一小段，用键盘重新输入",
        "it probably came along from a web page or document; delete this part and type it again",
    ),
)  # fmt: skip

_LIMITS = (
    Entry(
        "ZS108", ERROR, "括号层数太多", "brackets nested too deep",
        "从这里起括号套括号超过 {limit} 层",
        "from here brackets are nested more than {limit} deep",
        "请把里面的部分先用“定义”起个名字，再在这里用它的名字",
        "give the inner part a name with `define` and use the name here",
    ),
    Entry(
        "ZS109", ERROR, "否定太多", "too many negations",
        "连续的“非”或负号超过 {limit} 个",
        "more than {limit} `not` or minus signs in a row",
        "两个“非”互相抵消，请只留必要的一个",
        "two of them cancel each other: keep one at most",
    ),
    Entry(
        "ZS110", ERROR, "缩进层数太多", "indented too deep",
        "从这里起缩进超过 {limit} 层",
        "from here lines are indented more than {limit} levels deep",
        "请把里面的部分另写成一条“定义”或“评分”，再在这里用它的名字",
        "make the inner part a statement of its own and use its name here",
    ),
    Entry(
        "ZS111", ERROR, "限制太多", "too many limits in a row",
        "一个算式里“封顶”“保底”“缺则”和取整超过 {limit} 个",
        "more than {limit} limits, roundings and defaults in one formula",
        "请把算式分成几条“定义”",
        "split the formula into several `define`",
    ),
    Entry(
        "ZS112", ERROR, "数字太长", "number too long",
        "这个数超过 {limit} 位",
        "this number has more than {limit} digits",
        "请核对是不是多按了键，或误粘贴了别的内容",
        "check whether a key was held down or something else was pasted here",
    ),
    Entry(
        "ZS113", ERROR, "科学记数法", "scientific notation",
        "数不能用科学记数法（带 e）来写",
        "numbers are not written in scientific notation (with e)",
        "请写出整个数，最多 {limit} 位，如 1e4 写成 10000",
        "write the whole number, at most {limit} digits: 1e4 is 10000",
    ),
    Entry(
        "ZS114", ERROR, "没有内容", "nothing there",
        "文件里没有任何条文",
        "there is no statement in this file",
        "第一行请写“政策”和带引号的名称，其后逐条写条文",
        "start with `policy` and its title in quotes, then the statements",
    ),
    Entry(
        "ZS115", ERROR, "没有这一天", "no such day",
        "日历上没有“{date}”这一天",
        "there is no such day as `{date}`",
        "请核对原文，按“年-月-日”写，如 2025-02-28",
        "check the source and write year-month-day, such as 2025-02-28",
    ),
    Entry(
        "ZS199", ERROR, "看不懂", "not understood",
        "从这里起看不懂",
        "this could not be understood from here on",
        "请对照语法说明核对这一行",
        "compare this line with the description of the language",
    ),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = _TEXT + _LIMITS
