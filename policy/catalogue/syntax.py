"""Catalogue entries: syntax. Text that cannot be read, what goes beyond the limits, and how a statement is written."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.catalogue.habits import HABITS
from policy.diagnostic import Severity

ERROR, FINDING, NOTE = Severity.ERROR, Severity.FINDING, Severity.NOTE

_TEXT: tuple[Entry, ...] = (
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

_LIMITS: tuple[Entry, ...] = (
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
        "ZS116", ERROR, "政策不是普通文件", "policy in no ordinary file",
        "这不是普通文件（是文件夹、管道或设备），没有打开",
        "this is no ordinary file but a folder, a pipe or a device, and was not opened",
        "请把政策存成文件再给出", "save the policy to a file first",
    ),
    Entry(
        "ZS117", ERROR, "政策文字已损坏", "damaged policy text",
        "文字大多是 UTF-8，第 {offset} 个字节起却已损坏",
        "the text is mostly UTF-8, but damaged at byte {offset}",
        "请用原来的程序打开，改正这一处，另存为 UTF-8",
        "open it in the program that wrote it, mend this place and save it as UTF-8",
    ),
)  # fmt: skip

_LINES: tuple[Entry, ...] = (
    Entry(
        "ZS120", ERROR, "行末少冒号", "colon missing at the end",
        "这一行下面还有内容，行末请加“：”",
        "more lines belong under this one: end it with `:`",
    ),
    Entry(
        "ZS121", ERROR, "顶格了", "at the margin",
        "本行顶格了，看不出属于哪一项",
        "this line starts at the margin, so nothing says what it belongs to",
        "若属于上面的“{head}”，请在行首空 4 格",
        "if it belongs to `{head}` above, start it with 4 blanks",
    ),
    Entry(
        "ZS122", ERROR, "缩进过多", "indented too far",
        "本行比上面多缩进了一层，但上一行“{above}”下面不能再有内容",
        "this line is indented under `{above}`, which takes no lines under it",
        "请与同一层的各行对齐",
        "align it with the other lines of its level",
    ),
    Entry(
        "ZS123", ERROR, "缩进不齐", "uneven indentation",
        "本行行首空了 {width} 格，与上面哪一层都对不齐",
        "this line starts with {width} blanks, which is the depth of no line above",
        "请与同一层的各行对齐，这里应空 {wanted} 格（一个制表符算 4 格）",
        "align it with the other lines of its level: {wanted} blanks here (a tab counts as up to 4)",
    ),
    Entry(
        "ZS124", ERROR, "下面没有内容", "nothing under it",
        "这一行下面还没有内容",
        "nothing stands under this line yet",
        "请在下一行行首空 4 格再写，如 {forms}",
        "go on in the next line with 4 more blanks, as in {forms}",
    ),
    Entry(
        "ZS125", ERROR, "一行两条", "two statements in a line",
        "一行只写一条，请从这里另起一行",
        "one line holds one statement: start a new line here",
    ),
    Entry(
        "ZS126", ERROR, "没有标题行", "no title line",
        "第一行应当写明这是哪份制度",
        "the first line must say which policy this is",
        "请在最前面加一行，写“政策”和带引号的名称，如下",
        "put a line with `policy` and its title in quotes at the very top, as below",
    ),
    Entry(
        "ZS127", ERROR, "名称没加引号", "title without quotes",
        "制度的名称、版本和出处要加引号",
        "title, version and source of a policy stand in quotes",
    ),
    Entry(
        "ZS128", ERROR, "冒号后没换行", "no line break after the colon",
        "“：”后面的内容请另起一行，行首比上一行多空 4 格",
        "what follows this `:` starts a new line, 4 blanks further in",
    ),
    Entry(
        "ZS129", ERROR, "逗号应为冒号", "comma for a colon",
        "这里的“{word}”请改成“{meant}”",
        "this `{word}` must be `{meant}`",
        "“当”后面先写条件，再写“：”，然后写结果",
        "after `when` comes the condition, then `:`, then the result",
    ),
)  # fmt: skip

_WORDS: tuple[Entry, ...] = (
    Entry(
        "ZS130", ERROR, "关键词写错", "misspelled keyword",
        "“{word}”不认识，是不是“{meant}”？",
        "`{word}` is not known here; is it `{meant}`?",
    ),
    Entry(
        "ZS131", ERROR, "用词不同", "another word",
        "这里不用“{word}”，请写“{meant}”",
        "write `{meant}` instead of `{word}` here",
    ),
    Entry(
        "ZS132", ERROR, "缺空格", "blank missing",
        "“{word}”里的“{keyword}”与旁边的词连在一起了，请用空格隔开",
        "`{keyword}` must stand apart: put blanks into `{word}`",
    ),
    Entry(
        "ZS133", ERROR, "用了大写", "capital letters",
        "“{word}”请写成小写“{meant}”",
        "write `{word}` in small letters, `{meant}`",
    ),
    Entry(
        "ZS134", ERROR, "自动编号", "automatic numbering",
        "行首的“{word}”像是自动编号，请删去",
        "`{word}` at the start looks like automatic numbering: delete it",
        "条款号写在行末的【】里，如【第三条】",
        "the number of a clause goes to the end of the line in brackets, as in [Art. 3]",
    ),
    Entry(
        "ZS135", ERROR, "名称中间有空格", "blank inside a name",
        "名称中间不能有空格，请把“{word}”写成“{meant}”",
        "a name cannot contain blanks: write `{meant}` instead of `{word}`",
        "数据表的列名本来就有空格的，写成「{word}」",
        "if the column is really called so, write it in backticks: `{word}`",
    ),
    Entry(
        "ZS136", ERROR, "名称里有符号", "signs in a name",
        "“{word}”里有符号，或以数字开头，这样的名称要写在「」里",
        "`{word}` has signs in it or starts with a digit: a name like that stands in backticks",
    ),
    Entry(
        "ZS185", ERROR, "范围用两点", "a range takes two dots",
        "范围“{word}”请写成“{meant}”",
        "write the range `{word}` as `{meant}`",
    ),
    Entry(
        "ZS137", ERROR, "条件里用了以上", "band words in a condition",
        "比较大小时用符号，“{word}”请写成“{meant}”",
        "conditions compare with signs: write `{meant}` instead of `{word}`",
        "“以上”“以下”用在表格里和“属于”后面的括号里",
        "`or more` and `or less` belong in tables and in the brackets behind `in`",
    ),
    Entry(
        "ZS138", ERROR, "表格里用了符号", "signs in a cell",
        "表格的格子里不用“{word}”，请写“{meant}”",
        "a cell of a table does not say `{word}` but `{meant}`",
    ),
    Entry(
        "ZS139", ERROR, "关键词中间有空格", "blank inside a keyword",
        "“{word}”请连写成“{meant}”",
        "write `{word}` as one word, `{meant}`",
    ),
)  # fmt: skip

_FIGURES: tuple[Entry, ...] = (
    Entry(
        "ZS140", ERROR, "没说是什么数", "figure without meaning",
        "没说 {share} 是什么",
        "nothing says what {share} is",
        "请写“{meant}”",
        "write `{meant}`",
    ),
    Entry(
        "ZS141", ERROR, "没说端点归哪档", "bound left open",
        "“{word}”没说 {high} 归不归这一档",
        "`{word}` does not say whether {high} belongs to it",
        "不含 {high} 写“{without}”，含 {high} 写“{with}”",
        "write `{without}` to leave {high} out, `{with}` to take it in",
    ),
    Entry(
        "ZS142", ERROR, "乘号写法", "multiplication sign",
        "“{word}”像是乘号，请改成“×”",
        "`{word}` looks like a multiplication sign: write `×` or `*`",
    ),
    Entry(
        "ZS143", ERROR, "Excel 公式", "spreadsheet formula",
        "这是 Excel 公式（{word}），这里用文字写",
        "this is a spreadsheet formula ({word}); here it is written in words",
        "取整写在最后，如“四舍五入到 1 元”“四舍五入到 2 位小数”；一个人的多条记录用“合计(记录.栏 其中 条件)”",
        "rounding comes last, as in `rounded to 1 yuan` or `rounded to 2 decimals`; records are added up by"
        " `sum(record.field where condition)`",
    ),
    Entry(
        "ZS144", ERROR, "几个值并列", "several values",
        "“{left}”只有一个值，不能同时等于几个",
        "`{left}` has one value and cannot equal several",
        "几种都算的，请写“{meant}”",
        "if any of them will do, write `{meant}`",
    ),
    Entry(
        "ZS145", ERROR, "且或混用", "and mixed with or",
        "同时有“且”和“或”，两种读法结果不同，请按原文加括号",
        "`and` and `or` together can be read in two ways: put brackets as the source means it",
        "一种是“{one}”，另一种是“{other}”",
        "either `{one}` or `{other}`",
    ),
    Entry(
        "ZS146", ERROR, "看不出条件和结论", "conditions and results not told apart",
        "看不出哪列是条件、哪列是结论",
        "nothing says which columns are conditions and which are results",
        "请把条件与结论之间的“|”改成“||”，每一行都改",
        "write `||` between conditions and results, in every row",
    ),
    Entry(
        "ZS147", ERROR, "表格缺竖线", "bars missing",
        "表格的每一行都以“|”开头和结尾，格子之间也用“|”隔开",
        "every row of a table starts and ends with `|`, with `|` between cells",
        "条件与结论之间用“||”",
        "between conditions and results stands `||`",
    ),
    Entry(
        "ZS148", ERROR, "表格分隔线", "ruler in a table",
        "表格里不用这样的分隔线，请删去这一行",
        "tables have no such ruler: delete this line",
    ),
    Entry(
        "ZS149", ERROR, "格子空着", "empty cell",
        "这一格空着，没说是什么",
        "this cell is empty and says nothing",
        "条件列里什么都行的写“任意”；结论列里没有的写“无”",
        "write `any` where every value will do, `none` where there is no result",
    ),
)  # fmt: skip

_SIGNS: tuple[Entry, ...] = (
    Entry(
        "ZS150", ERROR, "引号没有配对", "quotation mark not closed",
        "这个引号没有配对，请在后面补上 {mark}",
        "this quotation mark is never closed: add {mark}",
    ),
    Entry(
        "ZS151", ERROR, "括号没有配对", "bracket not closed",
        "这个括号没有配对，后面少了“{sign}”",
        "this bracket is never closed: add `{sign}`",
    ),
    Entry(
        "ZS152", ERROR, "多了右括号", "bracket never opened",
        "多了一个“{sign}”，前面没有与它配对的括号",
        "`{sign}` closes a bracket that was never opened",
        "请删去，或在前面补上左括号",
        "delete it, or open the bracket before",
    ),
    Entry(
        "ZS153", ERROR, "如果则", "if and then",
        "“{word}”在这里写作“{form}”",
        "`{word}` is written `{form}` here",
    ),
    Entry(
        "ZS154", ERROR, "IF 公式", "IF formula",
        "这是 Excel 的 IF 公式，这里请分行写，每行以“当”或“否则”开头",
        "this is a spreadsheet's IF: write one line that starts with `when` and one that starts with `otherwise`",
    ),
    Entry(
        "ZS155", ERROR, "文字比较", "comparison in words",
        "比较大小用符号，“{word}”请写成“{meant}”",
        "compare with signs: write `{meant}` instead of `{word}`",
        "键盘上打不出 ≥ 的，可以打 >=；名额一行里写“至多”，例如“优 至多 20%”",
        "`>=` and `<=` will do for `≥` and `≤`; a line of a quota has words, as in `good at most 20%`",
    ),
    Entry(
        "ZS156", ERROR, "比较符号写法", "comparison sign",
        "“{word}”请写成“{meant}”",
        "write `{meant}` instead of `{word}`",
    ),
    Entry(
        "ZS158", ERROR, "条款号没加括号", "clause not in brackets",
        "条款号请写在行末的括号里：{meant}",
        "the number of a clause goes to the end of the line in brackets: {meant}",
    ),
    Entry(
        "ZS159", ERROR, "多余的符号", "stray sign",
        "这里的“{word}”多余，请删去",
        "this `{word}` does not belong here: delete it",
    ),
    Entry(
        "ZS160", ERROR, "文字没加引号", "text without quotes",
        "这里的文字要加引号",
        "this text must stand in quotes",
    ),
    Entry(
        "ZS161", ERROR, "括号没有配对（条款、名称）", "bracket of a clause or name not closed",
        "“{opening}”没有配对，后面少了“{closing}”",
        "`{opening}` is never closed: add `{closing}`",
    ),
    Entry(
        "ZS162", ERROR, "表格行中间的备注", "remark inside a row",
        "“#”后面直到行末都是备注，这一行的格子就没写完",
        "all that follows `#` is a remark, so the cells of this row end too soon",
        "备注请写在最后一个“|”的后面，或单独一行",
        "put the remark behind the last `|`, or on a line of its own",
    ),
    Entry(
        "ZS163", ERROR, "中文数字", "number in characters",
        "“{word}”请用数字写：{meant}",
        "write `{word}` in figures: {meant}",
    ),
    Entry(
        "ZS164", ERROR, "数字里的逗号", "comma inside a number",
        "数字中间不加逗号，“{word}”请写成“{meant}”",
        "numbers have no commas: write `{meant}` instead of `{word}`",
    ),
    Entry(
        "ZS165", ERROR, "日期写法", "date",
        "“{word}”作为日期写法不对或不全",
        "`{word}` is not a whole date",
        "请按“年-月-日”写，如 {meant}",
        "write year-month-day, as in {meant}",
    ),
    Entry(
        "ZS166", ERROR, "货币符号", "currency sign",
        "金额不用货币符号，“{word}”请写成“{meant}”",
        "amounts have no currency sign: write `{meant}` instead of `{word}`",
    ),
    Entry(
        "ZS167", ERROR, "值里有符号", "signs in a value",
        "“{word}”里有符号，或者是这里的关键词，要加引号：{meant}",
        "`{word}` has signs in it, or is a keyword here, and must stand in quotes: {meant}",
    ),
    Entry(
        "ZS168", ERROR, "冒号与等号", "colon and equals",
        "这里的“{word}”应当是“{meant}”",
        "this `{word}` should be `{meant}`",
    ),
    Entry(
        "ZS169", ERROR, "缩进不够", "not indented",
        "上一行“{above}”以“：”结尾，它下面的行要比它多空 4 格",
        "`{above}` ends in `:`, so the lines under it stand 4 blanks further in",
    ),
    Entry(
        "ZS157", ERROR, "少逗号", "comma missing",
        "两项之间少了“{sign}”",
        "`{sign}` is missing between two items",
        "若其实是一个名称，中间不要空格",
        "if it is one name, leave out the blank",
    ),
)  # fmt: skip

_EXPECTED: tuple[Entry, ...] = (
    Entry(
        "ZS170", ERROR, "应当是一个值", "value expected",
        "这里应当是一个值：一个数、一个名称或一个算式",
        "a value should stand here: a number, a name or a formula",
    ),
    Entry(
        "ZS171", ERROR, "应当是条件", "condition expected",
        "这里应当是一个条件，如“总分 ≥ 60 分”",
        "a condition should stand here, such as `total >= 60 points`",
    ),
    Entry(
        "ZS172", ERROR, "应当是冒号", "colon expected",
        "这里应当是“：”",
        "`:` should stand here",
    ),
    Entry(
        "ZS173", ERROR, "应当是等号", "equals sign expected",
        "这里应当是“=”",
        "`=` should stand here",
    ),
    Entry(
        "ZS174", ERROR, "应当是名称", "name expected",
        "这里应当是一个名称",
        "a name should stand here",
        "名称以文字开头，中间没有空格；与众不同的名称写在「」里",
        "a name starts with a letter and has no blanks; any other stands in backticks",
    ),
    Entry(
        "ZS175", ERROR, "应当是引号里的文字", "quoted text expected",
        "这里应当是加引号的文字",
        "text in quotes should stand here",
    ),
    Entry(
        "ZS176", ERROR, "应当是数", "number expected",
        "这里应当是一个数，后面写单位，如“60 分”“3 年”",
        "a number with its unit should stand here, such as `60 points`, `3 years`",
    ),
    Entry(
        "ZS177", ERROR, "应当是日期", "date expected",
        "这里应当是一个日期，如 2025-01-01",
        "a date should stand here, such as 2025-01-01",
    ),
    Entry(
        "ZS178", ERROR, "应当是类型", "type expected",
        "这里应当说明是哪一类数据",
        "the kind of data should stand here",
        "可以是：文本、数 0..100 分、整数 0..10 次、是否、日期、月份、季度、年份、选项 (甲，乙)，或选项的名称",
        "one of: text, number 0..100 points, whole 0..10, yes or no, date, month, quarter, year, "
        "choice (a, b), or the name of a choice",
    ),
    Entry(
        "ZS179", ERROR, "这一行看不懂", "line not understood",
        "“{statement}”下面不能有这样的一行",
        "a line like this cannot stand under `{statement}`",
        "可以写 {forms}",
        "write it like {forms}",
    ),
    Entry(
        "ZS180", ERROR, "开头的词不认识", "unknown first word",
        "“{word}”不认识；每条的第一个词说明它是什么",
        "`{word}` is not known; the first word of a statement says what it is",
        "可以用：{words}。若它属于上面一条，请在行首空 4 格",
        "use one of: {words}; if it belongs to the statement above, start the line with 4 blanks",
    ),
    Entry(
        "ZS181", ERROR, "多出的内容", "something too much",
        "到“{before}”为止已经完整，后面的“{word}”接不上",
        "`{before}` is complete, and `{word}` cannot follow it",
        "请删去多余的部分；若是另一条，请另起一行",
        "delete what is too much, or start a new line if it is another statement",
    ),
    Entry(
        "ZS182", ERROR, "应当是另一个词", "another word expected",
        "这里应当是其中之一：{words}",
        "one of these should stand here: {words}",
    ),
    Entry(
        "ZS183", ERROR, "应当是竖线", "bar expected",
        "这里应当是“|”，把格子隔开",
        "`|` should stand here, between two cells",
    ),
    Entry(
        "ZS184", ERROR, "应当是双竖线", "double bar expected",
        "这里应当是“||”，左边是条件，右边是结论",
        "`||` should stand here: conditions on its left, results on its right",
    ),
    Entry(
        "ZS199", ERROR, "看不懂", "not understood",
        "从这里起看不懂",
        "this could not be understood from here on",
        "请对照语法说明核对这一行",
        "compare this line with the description of the language",
    ),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = _TEXT + _LIMITS + _LINES + _WORDS + _FIGURES + _SIGNS + _EXPECTED + HABITS
