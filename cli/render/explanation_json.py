"""An explanation for machines: the same content, exact numbers as strings with their units, codes as codes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from msgspec import Struct

from cli.render.explanation_rows import cites, formula_text, reason_text, remark_text
from interpreter.explaining.model import Explanation, Figure, Item, Remark, Token, Word
from interpreter.explaining.whynot import WhyNot
from policy.diagnostic import Reason
from policy.numerals import decimal
from policy.source import Clause
from policy.types import Number, Type
from policy.values import Missing, Nil, NoneListed, Period, Referred, Undecided


def to_json(explanation: Explanation, language: str = "", answer: WhyNot | None = None) -> dict[str, Any]:
    """An explanation, and why not another value where that was asked, as an object of plain values."""
    language = language or explanation.language
    found = {name: plain(getattr(explanation, name), language) for name in explanation.__struct_fields__}
    if answer is not None:
        found["why_not"] = plain(answer, language)
    return found


def plain(value: Any, language: str) -> Any:
    """Any part of an explanation as JSON has it."""
    match value:
        case Figure():
            return figure(value, language)
        case Remark(code, arguments):
            given = {name: plain(argument, language) for name, argument in arguments}
            return {"code": code, "arguments": given, "text": remark_text(value, language)}
        case Reason(code, arguments):
            return {"code": code, "arguments": dict(arguments), "text": reason_text(value, language)}
        case Clause():
            return {"cites": list(value.cites), "text": cites(value, language), "quote": value.quote}
        case Item():
            return item(value, language)
        case tuple():
            return [plain(each, language) for each in value]
        case bool() | None | str():
            return value
        case int():
            return value
        case Fraction():
            return decimal(value)
        case date():
            return value.isoformat()
        case Missing() | NoneListed() | Nil() | Undecided() | Referred() | Period():
            return figure(Figure(value), language)["value"]
        case Struct():
            return {name: plain(getattr(value, name), language) for name in value.__struct_fields__}
        case _:
            return str(value)


def item(value: Item, language: str) -> dict[str, Any]:
    """An item without what it does not have."""
    found: dict[str, Any] = {"role": value.role, "label": value.label}
    if value.formula:
        found["formula"] = formula_text(value.formula, language)
        found["tokens"] = [token(each, language) for each in value.formula]
    if value.role in ("condition", "row", "passed", "record", "exception", "lacking", "passes", "grade"):
        found["holds"] = value.holds if isinstance(value.holds, bool) else None
    for name in ("number", "kind", "value", "full", "remarks", "items", "skipped"):
        part = getattr(value, name)
        if part is not None and part not in ("", 0, ()):
            found[name] = plain(part, language)
    if value.clause.cites or value.clause.quote:
        found["clause"] = plain(value.clause, language)
    return found


def token(value: Token, language: str) -> dict[str, Any]:
    """A piece of a formula: a figure, a word of the document, a sign."""
    if isinstance(value, Figure):
        return figure(value, language)
    return {"word": value.text} if isinstance(value, Word) else {"sign": value.code}


def figure(value: Figure, language: str) -> dict[str, Any]:
    """`{"value": "73.3", "unit": "分"}`; what is absent has no value, and says in which way."""
    match value.value:
        case bool() | None | str():
            return {"value": value.value}
        case int() | Fraction():
            return number(value.value, value.type, language)
        case date():
            return {"value": value.value.isoformat()}
        case Period(year, part, grain):
            return {"value": {"year": year, "part": part, "grain": grain}}
        case Nil():
            return {"value": None, "absent": "none"}
        case Missing(field, code):
            return {"value": None, "absent": "missing", "field": field, "code": code}
        case NoneListed(name, _):
            return {"value": None, "absent": "none_listed", "list": name}
        case Undecided(reasons) | Referred(reasons):
            kind = "undecided" if isinstance(value.value, Undecided) else "referred"
            return {"value": None, "absent": kind, "reasons": [plain(reason, language) for reason in reasons]}
        case other:
            return {"value": str(other)}


def number(value: int | Fraction, kind: Type, language: str) -> dict[str, Any]:
    """An exact number in the unit of its type; a ratio without endless decimals as `1/3`."""
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    if unit is None:
        return {"value": decimal(value)}
    return {"value": decimal(Fraction(value) / Fraction(unit.factor)), "unit": unit.spelled(language)}
