"""Catalogue entries: what people write as elsewhere, in spreadsheets, sentences and programs; part of the syntax."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.diagnostic import Severity

ERROR = Severity.ERROR

HABITS: tuple[Entry, ...] = (
    Entry(
        "ZS198", ERROR, "限额另成一行", "a limit on a line of its own",
        "限额单独成行，看不出限的是上面一行还是全部",
        "a limit on a line of its own: of the line above, or of the whole?",
        "只限上面一行的，写成“{own}”；限全部的，写在开头：“{whole}”；然后删去这一行",
        "if it limits the line above, write `{own}`; if it limits the whole, write `{whole}` at its head; then delete this"
        " line",
    ),
    Entry(
        "ZS186", ERROR, "漏写定义", "keyword missing before a value",
        "给“{name}”一个值，要在前面写“{word}”",
        "to give `{name}` a value, write `{word}` before it",
        "每个值只定义一次；随情形不同的，下面分行写，每行以“当”或“否则”开头",
        "a value is defined once; where it depends on the case, write lines `when` and `otherwise` under it",
    ),
    Entry(
        "ZS100", ERROR, "该写在开头", "belongs into the head",
        "“{word}”说的是整份文件，要写在第一行下面",
        "`{word}` speaks of the whole document and stands below its first line",
        "请把这一行移到“政策”那一行下面，缩进 4 格",
        "move the line below the one that starts with `policy`, indented by 4 blanks",
    ),
    Entry(
        "ZS197", ERROR, "没有工作日", "no working days",
        "“{name}”数不了：哪些天放假、哪些天调休，每年由国务院公布，要有一张节假日表",
        "`{name}` cannot be counted: which days are holidays is announced each year and has to be given as a list",
        "请加 数据 节假日：日期：日期；上班：是否，写成“工作日(开始，结束，节假日.上班)”；只数日历天的，写“天数(开始，结束)”",
        "add data holiday: day: date; worked: yes or no, and write `workdays(start, end, holiday.worked)`; calendar days are"
        " `days_between(start, end)`",
    ),
    Entry(
        "ZS187", ERROR, "少一个词", "a word missing",
        "“{first}”和“{second}”之间少了“{word}”",
        "`{word}` is missing between `{first}` and `{second}`",
    ),
    Entry(
        "ZS188", ERROR, "没有这个函数", "unknown function",
        "没有“{name}”这个函数，是不是“{near}”？",
        "there is no function `{name}`; is it `{near}`?",
        "括号前面可以写：合计、个数、平均、最高、最低、有、最近、满年、满月、天数、较大、较小，或者自己的带输入的表",
        "before a bracket there may be: sum, count, average, highest, lowest, exists, latest, full_years, full_months,"
        " days_between, larger, smaller, or a table of your own with inputs",
    ),
    Entry(
        "ZS189", ERROR, "不能开方乘方", "no roots or powers",
        "这里没有“{name}”：开方、乘方和标准差一般除不尽，结果不能精确到最后一位",
        "there is no `{name}` here: roots, powers and deviations rarely end, and nothing here is inexact",
        "平方请写成自己乘自己，如“差距 × 差距”；要比较松紧，用平均或最高减最低；确需开方的，在表格里算好后作为一栏给出",
        "write a square as a product, such as `gap × gap`; to compare strictness use averages, or the highest less the"
        " lowest; a root has to be worked out elsewhere and given as a column",
    ),
    Entry(
        "ZS190", ERROR, "不能拆开文字", "texts are not taken apart",
        "这里没有“{name}”：文字只能整个比较，不能截取，也不能看开头结尾",
        "there is no `{name}` here: a text is compared as a whole, never cut or searched",
        "请在数据里为需要的部分单设一栏，如“出生日期：日期”“地区代码：文本”",
        "give the part that matters a column of its own in the data, such as `born: date` or `area_code: text`",
    ),
    Entry(
        "ZS191", ERROR, "查表写成表", "lookups are tables",
        "这里没有“{name}”：要查的表直接写在文件里",
        "there is no `{name}` here: what is looked up stands in the document as a table",
        "请写一条“表”，左边是要查的栏，“||”右边是查到的值；表很大、另有数据的，设一个“数据”，如“最高(全体 费率.比例 其中 费率.档 = 本.档)”",
        "write a `table` with what is looked up on the left of `||` and what is found on its right; a large one may be"
        " data of its own, read as in `highest(all rates.rate where rates.band = this.band)`",
    ),
    Entry(
        "ZS192", ERROR, "名次写成排名", "places are ranks",
        "这里没有“{name}”：名次用“排名”来写",
        "there is no `{name}` here: places are given by a `rank`",
        "请写“排名 名次：”，下面写“按 得分 从高到低”和“并列 同名次”",
        "write `rank place:` and under it `by score highest first` and `ties share`",
    ),
    Entry(
        "ZS193", ERROR, "百分位写成人数", "percentiles are counts",
        "这里没有“{name}”：百分位有好几种算法，要写明怎样算",
        "there is no `{name}` here: percentiles are worked out in several ways, so the way is written",
        "如“个数(全体 员工 其中 得分 < 本.得分) ÷ 个数(全体 员工)”；前百分之几的人，用“排名”和“前 10%”",
        "such as `count(all employee where score < this.score) ÷ count(all employee)`; for the first so many per cent use"
        " a `rank` and `top 10%`",
    ),
    Entry(
        "ZS194", ERROR, "没有绝对值", "no absolute value",
        "这里没有“{name}”",
        "there is no `{name}` here",
        "请写两个相反的差里较大的一个：“较大(得分 - 基准，基准 - 得分)”",
        "write the larger of both differences: `larger(score - base, base - score)`",
    ),
    Entry(
        "ZS195", ERROR, "单元格地址", "address of a cell",
        "“{word}”是 Excel 单元格的地址，这里没有单元格",
        "`{word}` is the address of a spreadsheet cell; there are no cells here",
        "请写栏的名称；固定的数请写成“参数”，起一个名称",
        "write the name of the column; a fixed figure becomes a `parameter` with a name",
    ),
    Entry(
        "ZS196", ERROR, "没有钟点", "no times of day",
        "“{word}”是钟点，这里只有日期、月份、季度和年份",
        "`{word}` is a time of day; here there are dates, months, quarters and years",
        "请在数据里改成分钟数，如 9:05 写作 545，字段写“到岗：整数 0..1440 分钟”",
        "give minutes in the data instead, 545 for 9:05, with a field such as `came: whole 0..1440 minutes`",
    ),
)  # fmt: skip
