"""What people write for a keyword or a comparison, where the language has a word or sign of its own."""

from __future__ import annotations

import re

SYNONYMS: dict[str, tuple[str, ...]] = {
    "WHEN": ("如果", "若", "假如", "如", "凡", "if", "where", "whenever"),
    "OTHERWISE": ("其他情况", "其它情况", "其他", "其它", "其余情况", "否", "else", "default", "others"),
    "OUTOF": ("总分值", "分值", "标准分", "总分", "max", "of"),
    "WEIGHT": ("占比", "比重", "比例", "占", "weighting", "weighs", "share"),
    "ADD": ("加分", "加上", "奖励", "增加", "plus", "adds", "bonus"),
    "DEDUCT": ("扣分", "扣除", "减分", "减去", "减", "minus", "subtract", "deducts", "less"),
    "CAP": ("上限为", "上限", "最高不超过", "不超过", "最高为", "最高", "最多", "最大", "cap at", "cap",
        "capped", "max", "maximum", "at most", "limit"),
    "FLOOR": ("下限为", "下限", "最低不低于", "最低为", "最低", "最小", "floor", "floored", "min", "minimum",
        "at least"),
    "ATMOST": ("≤", "<=", "不超过", "不得超过", "不多于", "最多", "最高", "up to", "no more than", "not more than",
        "max", "maximum"),
    "ATLEAST": ("≥", ">=", "不少于", "不得少于", "最少", "no less than", "not less than", "min", "minimum"),
    "MARGINAL": ("分段累进", "分段", "阶梯", "分档累进", "超额累进", "累进", "逐段",
        "分段计算", "by slices", "progressive", "tiered", "in slices"),
    "WHOLEAMT": ("全额累进", "全额", "整额", "by the whole", "whole amount", "flat"),
    "INORDER": ("按顺序", "依序", "顺次", "从上到下", "in sequence", "top down", "ordered", "first match"),
    "ADDUP": ("累加", "相加", "加总", "adding up", "added up", "sum up", "summed"),
    "AND": ("并且", "而且", "同时", "且同时", "和", "与", "及", "&&", "&"),
    "OR": ("或者", "或是", "||"),
    "NOT": ("不是", "并非", "没有", "未", "!"),
    "IN": ("属于以下", "在", "为以下", "within", "one of", "is in"),
    "DESC": ("由高到低", "降序", "倒序", "从大到小", "descending", "desc", "high to low"),
    "ASC": ("由低到高", "升序", "正序", "从小到大", "ascending", "asc", "low to high"),
    "EVERYFULL": ("每满足", "每达到", "for every full"),
    "EVERY": ("每增加", "每超过", "每有", "per", "for every", "for each"),
    "UP": ("向上取整到", "向上取整", "向上舍入到", "rounding up to", "round up to"),
    "DOWN": ("向下取整到", "向下取整", "去尾到", "rounding down to", "round down to"),
    "HALFUP": ("四舍五入", "保留", "round to", "rounded"),
    "NUM": ("数字", "数值", "小数", "浮点数", "numeric", "float", "decimal", "double"),
    "WHOLE": ("整型", "integer", "int"),
    "IDNO": ("身份证号码", "身份证", "公民身份号码", "id card", "identity card", "id number", "national id"),
    "TEXT": ("字符串", "文字", "字符", "string", "str", "varchar"),
    "YESNO": ("布尔", "布尔值", "boolean", "bool", "yes/no"),
    "DATE_T": ("时间", "datetime"),
    "OPTIONAL": ("可空", "可为空", "选填", "nullable", "may be missing"),
    "KEY": ("唯一", "编号", "primary key", "id", "unique"),
    "MISSING": ("空", "为空", "缺失", "未填", "null", "empty", "blank"),
    "NONE": ("空", "null", "nothing"),
    "ANY": ("全部", "不限", "所有", "*", "all"),
    "POLICY": ("制度", "办法", "文件", "rules"),
    "DATA": ("表格", "字段", "记录", "record", "table", "fields"),
    "PARAM": ("常量", "变量", "param", "constant", "const", "let", "var", "set"),
    "DEFINE": ("公式", "计算", "函数", "def", "formula", "calculate", "compute", "function"),
    "SCORE": ("得分", "打分", "计分", "分数", "points", "scoring"),
    "RANK": ("排序", "名次", "order", "ranking", "sort"),
    "RESULT": ("输出", "结论", "output", "return", "results"),
    "EXAMPLE": ("例子", "举例", "示例", "例如", "test", "case"),
    "GIVEN": ("已知", "输入", "assume", "with", "input"),
    "EXPECT": ("应得", "结果为", "期望", "expected", "then", "gives"),
    "REFER": ("人工", "提请", "manual", "referred"),
    "EFFECTIVE": ("施行日期", "施行", "实施日期", "实施", "生效日期", "执行日期", "from", "in force from",
        "effective from"),
    "LEAPDAY": ("闰日生日", "闰年", "2月29日", "leap year", "leap birthday"),
    "MONTHEND": ("月底", "end of month", "month-end"),
    "ENDDAYS": ("首尾", "起止日", "头尾", "first and last day"),
    "VERSION": ("版本号", "版次", "ver"),
    "SOURCE": ("来源", "文号", "origin"),
    "RESTS": ("引用", "基于", "根据", "依照", "based on", "builds on", "uses", "import", "include"),
    "SHARE": ("并列名次", "相同名次", "同名", "equal"),
    "REQUIRE": ("要求", "资格", "condition", "require", "requirements"),
    "PLACES": ("名额取整", "名额数", "名额", "取整方式", "人数取整", "rounding", "seats", "number of places"),
    "EDGE": ("压线", "末位同分", "同分", "末位相同", "at the cut", "ties at the edge", "cut"),
    "ALLIN": ("都取", "都进", "全取", "全部入选", "都算", "all of them", "everyone"),
    "ALLOUT": ("都不取", "都不进", "全不取", "都不算", "none of them", "nobody"),
    "BASE": ("总数", "计算基数", "以总数", "of all"),
    "OVERFLOW": ("超额", "超出", "surplus"),
    "VACANCIES": ("空额", "余额", "unfilled"),
    "LEFTOUT": ("不参与", "不计", "除外", "excluded", "skipped"),
    "CHECK": ("核对", "核查", "校验", "验证", "须满足", "verify", "assert", "validate", "constraint"),
    "UPTO": ("到", "不超过", "to", "through"),
    "FROM": ("从", "since", "starting"),
    "ON": ("针对", "关于", "适用于", "for", "of", "to"),
    "BECAUSE": ("理由", "原因", "原因是", "reason", "since", "as"),
    "TO": ("到", "予", "给予", "分给", "for", "among"),
    "AS": ("作为", "叫", "叫做", "称为", "called", "named"),
    "EACH": ("每名", "每位", "每人", "每户", "每一个", "每", "every", "any"),
    "KEEP": ("保持", "沿用", "留任", "保持不变", "retain", "stay with", "preserve"),
    "BALANCE": ("平衡", "平均", "均分", "均匀", "even out", "equalise", "equalize"),
    "PREFER": ("优先考虑", "尽量", "首选", "favour", "favor", "rather"),
    "MOST": ("最大", "最大化", "尽量多", "尽可能多", "maximise", "maximize"),
    "LEAST": ("最小", "最小化", "尽量少", "尽可能少", "minimise", "minimize"),
    "TOGETHER": ("同去", "归同一人", "放在一起", "一同", "jointly", "same owner"),
    "YIELDS": ("可让步", "可放弃", "不得已", "可松", "may be given up", "soft"),
    "NUMBERS": ("个数", "户数", "人数", "数目", "counts", "number"),
    "TOLERANCE": ("误差", "允许误差", "容差", "相差", "tolerance", "up to"),
    "GOAL": ("目的", "目标是", "objective", "aim"),
    "ACCEPT": ("接受", "确认", "ignore", "allow"),
}  # fmt: skip
"""By the keyword's terminal; tried only where the keyword may stand."""

COMPARISONS: dict[str, tuple[str, ...]] = {
    "≥": ("不少于", "不小于", "大于或等于", "大于等于", "大于或者等于", "不得少于", "不得低于", "至少为",
        "至少", "达到", "is greater than or equal to", "greater than or equal to", "is not less than",
        "no less than", "not less than", "is at least", "at least"),
    "≤": ("不大于", "不超过", "不多于", "小于或等于", "小于等于", "不得超过", "不得高于", "至多为", "至多",
        "最多", "is less than or equal to", "less than or equal to", "is not more than", "no more than",
        "not more than", "is at most", "at most"),
    ">": ("大于", "多于", "超过", "is greater than", "greater than", "is more than", "more than", "exceeds",
        "over"),
    "<": ("小于", "少于", "不足", "不满", "is less than", "less than", "under"),
    "≠": ("不等于", "不是", "is not equal to", "not equal to", "is not"),
    "=": ("等于", "equals", "is equal to", "equal to", "is"),
}  # fmt: skip
"""By the sign."""

FIGURE = r"(\d[\d.]*\s*[^\W\d]*?%?)"
BETWEEN = re.compile(
    rf"(?:\b(?:is )?(?:in )?between|介于|在)\s*{FIGURE}\s*(?:\band\b|\bto\b|到|至|和|与|-)\s*{FIGURE}"
    r"\s*(?:之间|之内|(?=\s*(?:[:,)]|$)))",
    re.IGNORECASE,
)
"""`介于 60 分 和 90 分 之间`, `is between 75 and 90`."""
BEHIND = {"≥": "以上|及以上|or more|or above|and above", "≤": "以下|及以下|以内|or less|or below|and below"}
"""Words behind a figure, by the sign they stand for."""
TESTS = {word: sign for sign, words in COMPARISONS.items() for word in words}
COMPARED = re.compile(
    "(?P<word>" + "|".join(sorted((rf"\b{w}\b" if w.isascii() else w for w in TESTS), key=lambda w: -len(w))) + ")"
)
"""A comparison in words; its sign stands in `TESTS`."""
