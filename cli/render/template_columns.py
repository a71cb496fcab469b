"""What each column of a policy's data must hold, told to whoever fills it in, in the language of the document."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from msgspec import Struct

from policy.core import Field, Policy
from policy.numerals import in_unit
from policy.types import Calendar, Choice, Nothing, Number, Reference, Text, YesNo
from policy.units import Exact, Unit

HEADERS: tuple[tuple[str, str], ...] = (
    ("数据", "data"),
    ("列", "column"),
    ("类型", "type"),
    ("单位", "unit"),
    ("范围", "range"),
    ("小数", "decimals"),
    ("可填", "one of"),
    ("空着", "if empty"),
    ("说明", "notes"),
)
"""The titles of the list of columns."""

_GRAINS = {
    "day": ("日期", "date", "2025-06-30"),
    "month": ("月份", "month", "2025-06"),
    "quarter": ("季度", "quarter", "2025Q2"),
    "year": ("年份", "year", "2025"),
}


class Column(Struct, frozen=True):
    """One column: its record and field, and what is to be said of it. `decimals` None is without limit."""

    record: str
    field: Field
    language: str
    kind: str
    unit: str = ""
    range: str = ""
    decimals: int | None = None
    choices: tuple[str, ...] = ()
    remark: str = ""


def columns_of(policy: Policy) -> list[Column]:
    """All columns of all records, in the order of the text."""
    return [_column(policy, record.name, field) for record in policy.records for field in record.fields]


def _column(policy: Policy, record: str, field: Field) -> Column:
    language = policy.language
    zh = language == "zh"
    match field.type.kind:
        case Number() as kind:
            return _number(record, field, kind, language)
        case Calendar(grain=grain):
            name = _GRAINS[grain][0 if zh else 1]
            written = f"例如 {_GRAINS[grain][2]}" if zh else f"such as {_GRAINS[grain][2]}"
            return Column(record, field, language, name, remark=written)
        case YesNo():
            answers = ("是", "否") if zh else ("yes", "no")
            return Column(record, field, language, "是否" if zh else "yes or no", choices=answers)
        case Choice(values=values):
            return Column(record, field, language, "选项" if zh else "choice", choices=values)
        case Reference(record=other):
            return Column(record, field, language, "文本" if zh else "text", remark=_pointing(policy, other))
        case Text() | Nothing():
            return Column(record, field, language, "文本" if zh else "text", remark=_of_key(field, zh))
        case _ as unknown:
            assert_never(unknown)


def _of_key(field: Field, zh: bool) -> str:
    if not field.key:
        return ""
    return "主键：每行不同，前面的 0 保留" if zh else "key: another in every row; leading zeros count"


def _pointing(policy: Policy, other: str) -> str:
    record = policy.record(other)
    key = record.key.header if record and record.key else ""
    return f"填“{other}”表里的“{key}”" if policy.language == "zh" else f"the `{key}` of a row of `{other}`"


def _number(record: str, field: Field, kind: Number, language: str) -> Column:
    unit, zh = field.unit or kind.unit, language == "zh"
    name = ("整数" if zh else "whole number") if field.whole else "数" if zh else "number"
    places = 0 if field.whole else field.places
    spelled = unit.spelled(language) if unit else ""
    return Column(record, field, language, name, spelled, _range(kind.low, kind.high, unit, zh), places)


def _range(low: Exact | None, high: Exact | None, unit: Unit | None, zh: bool) -> str:
    told = [None if bound is None else in_unit(bound, unit) for bound in (low, high)]
    match told:
        case [str(a), str(b)]:
            return f"{a} 至 {b}" if zh else f"{a} to {b}"
        case [str(a), _]:
            return f"{a} 以上" if zh else f"{a} or more"
        case [_, str(b)]:
            return f"{b} 以下" if zh else f"{b} or less"
        case _:
            return ""


def blank(column: Column) -> str:
    """Whether the cell may stay empty, and the words that may stand in its place."""
    zh, kind = column.language == "zh", column.field.type
    if not kind.missing:
        return "必填" if zh else "required"
    if not kind.codes:
        return "可以空着" if zh else "may be empty"
    words = ("、" if zh else ", ").join(kind.codes)
    return f"可以空着，或填：{words}" if zh else f"may be empty, or: {words}"


def cells(column: Column) -> list[str]:
    """The column as a row under HEADERS."""
    decimals = "" if column.decimals is None else str(column.decimals)
    choices = ("、" if column.language == "zh" else ", ").join(column.choices)
    told = (column.kind, column.unit, column.range, decimals, choices, blank(column), column.remark)
    return [column.record, column.field.header, *told]


def note(column: Column) -> str:
    """The column as the note on its header: a line for each thing to know."""
    zh = column.language == "zh"
    titles = [header[0 if zh else 1] for header in HEADERS]
    facts = zip(titles[2:7], cells(column)[2:7], strict=True)
    lines = [f"{title}{'：' if zh else ': '}{cell}" for title, cell in facts if cell]
    return "\n".join([*lines, blank(column), *([column.remark] if column.remark else [])])


def bounds(column: Column) -> tuple[Fraction | None, Fraction | None]:
    """The range as a sheet holds it: in the field's unit; a percentage as the ratio that its format shows."""
    kind = column.field.type.kind
    if not isinstance(kind, Number):
        return None, None
    unit = column.field.unit or kind.unit
    factor = Fraction(1) if unit is None or is_percent(column) else Fraction(unit.factor)
    low, high = (None if bound is None else Fraction(bound) / factor for bound in (kind.low, kind.high))
    return low, high


def is_percent(column: Column) -> bool:
    """Whether a sheet shows the column's numbers with its own percent format."""
    kind = column.field.type.kind
    unit = (column.field.unit or kind.unit) if isinstance(kind, Number) else None
    return unit is not None and unit.family == "ratio" and Fraction(unit.factor) == Fraction(1, 100)
