"""Values as results show them: numbers in their declared unit, yes and no in the document's language, absence empty."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from policy import catalogue, core
from policy.diagnostic import Reason
from policy.numerals import decimal, numeral
from policy.types import TEXT, Number, Type
from policy.values import ABSENT, Missing, Period, Value


def shown(value: Value, kind: Type, language: str) -> str:
    """A value as text; what is absent is empty, a declared word for a missing value is shown."""
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    if isinstance(value, int | Fraction):
        assert isinstance(kind.kind, Number)
        return numeral(value, kind.kind)
    if isinstance(value, Missing):
        return value.code
    if isinstance(value, ABSENT):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return period(value)
    return str(value)


def plain(value: Value, language: str) -> str:
    """A value of the data of which no type is at hand; what is absent is empty."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return decimal(value)
    return shown(value, TEXT, language)


def period(value: Period) -> str:
    """2025-03, 2025Q1, 2025."""
    return {"month": f"{value.year}-{value.part:02d}", "quarter": f"{value.year}Q{value.part}"}.get(
        value.grain, str(value.year)
    )


def reasons(given: tuple[Reason, ...], language: str) -> str:
    """Reasons as one text."""
    told = (catalogue.message(r.code, dict(r.arguments), language) for r in given)
    return ("；" if language == "zh" else "; ").join(told)


def result_units(policy: core.Policy) -> dict[str, str]:
    """The unit in which each result is shown, by name; not of a percentage, whose sign stands in every value."""
    found: dict[str, str] = {}
    for name, kind in result_types(policy).items():
        unit = kind.kind.unit if isinstance(kind.kind, Number) and not kind.kind.place else None
        if unit is not None and unit.family != "ratio":
            found[name] = unit.spelled(policy.language)
    return found


def result_titles(policy: core.Policy) -> list[str]:
    """The results as people read them: `绩效（元）`, `pay (yuan)`."""
    units, zh = result_units(policy), policy.language == "zh"
    marked = {name: f"{name}（{unit}）" if zh else f"{name} ({unit})" for name, unit in units.items()}
    return [marked.get(name, name) for name in policy.results]


def result_types(policy: core.Policy) -> dict[str, Type]:
    """The type of each result, by name."""
    found: dict[str, Type] = {}
    for name in policy.results:
        definition = policy.definition(name)
        field = policy.main.field(name)
        if definition is not None:
            found[name] = definition.type
        elif field is not None:
            found[name] = field.type
    return found
