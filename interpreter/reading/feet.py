"""Rows of a sheet that are no data: totals, and what stands below a table, such as who prepared it."""

from __future__ import annotations

import re

from interpreter.reading.cells import folded

_TOTALS = "合计|总计|小计|共计|总和|平均分|平均值|平均"
_TOTALS_EN = frozenset(("total", "totals", "subtotal", "sub total", "grand total", "sum", "average"))
_TOTAL = re.compile(rf"(?:本?[页表月季年]|全[行部体年]|以上)?(?:{_TOTALS})(?:\(.*\)|人?数|金额|:.*)?")
_TOTAL_EN = re.compile(r"\s*(?:\([^()]*\))?\s*(?::.*)?$")
_FEET = (
    r"(?:制表|填表|填报|编制|经办|审核|复核|审批|负责|主管|报送|录入|统计)(?:人员?|单位|部门|日期|时间|说明)?|(?:单位|部门)?负责人"
    r"|备注|附注|注\d*|说明|日期|签字|签名|盖章"
    r"|(?:prepared|checked|reviewed|approved|compiled|filled in|signed)(?: by| on)?|notes?|remarks?|date|signatures?"
)
_FOOT = re.compile(rf"(?:{_FEET}) ?:.*", re.DOTALL)
_LONGEST = 20


def is_total(text: str) -> bool:
    """Whether a cell heads a row of totals: 合计, 本页合计, 合计（元）, Total."""
    if text.isdigit() or len(text) > _LONGEST:
        return False
    plain = folded(text)
    return bool(_TOTAL.fullmatch(plain.replace(" ", ""))) or _TOTAL_EN.sub("", plain).strip() in _TOTALS_EN


def is_foot(text: str) -> bool:
    """Whether a cell says something of the whole table: 制表人：王五, Note: …"""
    return (":" in text or "：" in text) and bool(_FOOT.fullmatch(folded(text[:200])))
