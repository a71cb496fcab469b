"""The rows of an explanation: figures, formulas and items as lines of plain text in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from msgspec import Struct

from cli.render.explanation_phrases import PHRASES, phrase, sign, spoken
from interpreter.explaining.model import Edge, Figure, Formula, Item, Neighbour, Rank, Remark, Sign, Word
from policy import catalogue
from policy.diagnostic import Reason
from policy.numerals import in_unit
from policy.source import NO_CLAUSE, Clause
from policy.types import Choice, Number, Type
from policy.units import Unit, singular
from policy.values import Missing, Nil, NoneListed, Period, Referred, Undecided, Value

NUMERALS = "零一二三四五六七八九十"
BARE = ("points", "places")
"""Families of units that a formula leaves out."""
DIGITS = 4
"""Decimals shown of a number that has no end."""


class Row(Struct, frozen=True):
    """One line: a label, a value, out of how much, how, and the rows under it.

    `tone` is good, bad, open, quiet or empty; `clause` is the one to show, empty where it is that of the row above.
    A `numeric` value stands in a column of numbers; a `wide` label takes the whole line.
    """

    label: str
    value: str = ""
    full: str = ""
    how: str = ""
    clause: Clause = NO_CLAUSE
    rows: tuple[Row, ...] = ()
    tone: str = ""
    number: int = 0
    numeric: bool = False
    wide: bool = False


class Section(Struct, frozen=True):
    """A heading with rows: the steps, the places, why not."""

    code: str
    title: str
    rows: tuple[Row, ...]


def cites(clause: Clause, language: str) -> str:
    """`【第十条】`, `[Art. 10]`."""
    opening, closing = ("【", "】") if language == "zh" else ("[", "]")
    return "".join(f"{opening}{cite}{closing}" for cite in clause.cites)


def numeral(number: int, language: str) -> str:
    """一、 or 1. before a step; blank for rows that are no steps."""
    if not number:
        return ""
    if language != "zh":
        return f"{number}. ".rjust(4)
    return f"{chinese(number)}、"


def chinese(number: int) -> str:
    """一, 十二, 九十九; beyond that, digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    if not tens:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def reason_text(reason: Reason, language: str) -> str:
    """Why something is not decided."""
    try:
        return catalogue.message(reason.code, dict(reason.arguments), language)
    except KeyError:
        return " ".join((reason.code, *(f"{name}={value}" for name, value in reason.arguments)))


# -- figures and formulas --------------------------------------------------------------------------------------------


def figure_text(figure: Figure, language: str, *, bare: bool = False) -> str:
    """A value as its author would write it; `bare` leaves out units that go without saying."""
    zh = language == "zh"
    match figure.value:
        case bool() as holds:
            return ("是" if holds else "否") if zh else ("yes" if holds else "no")
        case int() | Fraction() as number:
            return number_text(number, figure.type, language, bare)
        case Nil():
            return "无" if zh else "none"
        case Missing(_, code):
            return code or ("缺" if zh else "missing")
        case Undecided() | NoneListed():
            return phrase("undecided_case", language)
        case Referred():
            return phrase("referred_case", language)
        case date() as day:
            return day.isoformat()
        case Period(year, part, grain):
            return str(year) if grain == "year" else f"{year}-{part:02}" if grain == "month" else f"{year}Q{part}"
        case str() as word if isinstance(figure.type.kind, Choice):
            return spoken(word, language)
        case other:
            return "" if other is None else str(other)


def number_text(value: int | Fraction, kind: Type, language: str, bare: bool) -> str:
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    place = isinstance(kind.kind, Number) and kind.kind.place
    numeral = in_unit(value, unit)
    if "/" in numeral:
        numeral = endless(value, unit)
    if unit is None or unit.family == "ratio" or place or (bare and unit.family in BARE):
        return numeral
    spelled = unit.spelled(language)
    return f"{numeral} {singular(spelled) if language == 'en' and numeral == '1' else spelled}"


def endless(value: int | Fraction, unit: Unit | None) -> str:
    """A number without end: the first decimals as they are, cut and not rounded, since it may stand beside what it was
    rounded to. `71.4285…%`"""
    shown = Fraction(value) / Fraction(unit.factor if unit is not None else 1)
    digits = str(abs(shown) * 10**DIGITS // 1).rjust(DIGITS + 1, "0")
    sign, last = "-" if shown < 0 else "", unit.zh if unit is not None and unit.family == "ratio" else ""
    return f"{sign}{digits[:-DIGITS]}.{digits[-DIGITS:]}…{last}"


def formula_text(formula: Formula, language: str) -> str:
    """A formula on one line."""
    parts: list[str] = []
    for at, token in enumerate(formula):
        if isinstance(token, Sign):
            parts.append(sign(token.code, language))
            continue
        if at and not isinstance(formula[at - 1], Sign):
            parts.append(" ")
        if isinstance(token, Word):
            parts.append(spoken(token.text, language))
        else:
            parts.append(figure_text(token, language, bare=True))
    return "".join(parts).strip()


def remark_text(remark: Remark, language: str) -> str:
    arguments = {name: argument_text(value, language) for name, value in remark.arguments}
    return phrase(remark.code, language, **arguments)


def argument_text(value: Figure | str | int | tuple[str, ...], language: str) -> str:
    if isinstance(value, Figure):
        return figure_text(value, language, bare=True)
    return phrase("list", language).join(value) if isinstance(value, tuple) else str(value)


# -- items -----------------------------------------------------------------------------------------------------------

QUIET = ("standing",)
"""Remarks that are told elsewhere on the page."""


def row_of(item: Item, language: str, above: Clause = NO_CLAUSE) -> Row:
    """An item and all under it."""
    remarks = [remark for remark in item.remarks if remark.code not in QUIET]
    said = [remark_text(remark, language) for remark in remarks]
    how = formula_text(item.formula, language)
    value = figure_text(item.value, language, bare=True) if item.value is not None else ""
    label = spoken(item.label, language)
    match item.role:
        case "condition":
            label, value, how = how or (said.pop(0) if said else ""), met(item.holds, language), ""
        case "passed":
            how = phrase("joint", language).join(part for part in (how, *said) if part)
            return Row(label, how=how, clause=new(item.clause, above), tone="quiet")
        case "record":
            label, said = record_label(item, said, language)
        case "exception":
            label, value, said = exception_words(item, value, language)
        case "grade" if item.value is not None:
            value = figure_text(item.value, language)
        case "row":
            value = "" if item.value is not None and value in label else value
            said = [*said, phrase("taken", language)] if item.holds is True else [*said, phrase("doubtful", language)]
        case "line" if item.kind == "deduct" and not value.startswith("-"):
            value = f"-{value}" if value not in ("", "0") else value
        case _:
            pass
    clause = item.clause if item.clause != NO_CLAUSE else above
    rows = [row_of(inner, language, clause) for inner in item.items]
    if item.skipped:
        names = phrase("list", language).join(spoken(name, language) for name in dict.fromkeys(item.skipped))
        rows.append(Row(phrase("skipped", language, names=names), tone="quiet", wide=True))
    return Row(
        label,
        value,
        figure_text(item.full, language, bare=True) if item.full is not None else "",
        phrase("joint", language).join(part for part in (how, *said) if part),
        new(item.clause, above),
        tuple(rows),
        tone_of(item),
        item.number,
        is_number(item),
    )


def met(holds: Value, language: str) -> str:
    """Whether a condition holds, in words."""
    if isinstance(holds, bool):
        return phrase("met" if holds else "not_met", language)
    return figure_text(Figure(holds), language)


def is_number(item: Item) -> bool:
    """Whether the value goes into a column of numbers."""
    return item.value is not None and type(item.value.value) in (int, Fraction) and item.role != "exception"


def new(clause: Clause, above: Clause) -> Clause:
    """What a clause says that the row above does not say already."""
    cites = clause.cites if clause.cites != above.cites else ()
    return Clause(cites, clause.quote if clause.quote != above.quote else "")


def tone_of(item: Item) -> str:
    holds = item.holds if item.role in ("condition", "row", "record") else item.value.value if item.value else None
    if isinstance(holds, Undecided | Referred | Missing | NoneListed):
        return "open"
    if item.role in ("condition", "step") and holds is False:
        return "bad"
    if holds is False:
        return "quiet"
    return "good" if item.role == "condition" and holds is True else ""


def record_label(item: Item, said: list[str], language: str) -> tuple[str, list[str]]:
    """A listed record goes by its row in the data; whether it counts follows."""
    state = item.kind or ("kept" if item.holds is True else "left" if item.holds is False else "doubtful")
    label, why = said[0] if said else item.label, ""
    if isinstance(item.holds, Undecided | Referred):
        why = phrase("colon", language) + phrase("list", language).join(
            reason_text(reason, language) for reason in item.holds.reasons
        )
    return label, [phrase(state, language) + why, *said[1:]]


def exception_words(item: Item, value: str, language: str) -> tuple[str, str, list[str]]:
    """What an exception does, and what became of it."""
    fate = item.remarks[0]
    arguments = dict(fate.arguments)
    words = {"value": value, "reason": arguments.get("reason", "")}
    effect = phrase(item.kind, language, **words) if item.kind in PHRASES else ""
    name = phrase("exception", language, name=spoken(item.label, language))
    key = str(arguments.get("key", ""))
    return f"{name} {key}".strip(), effect, [remark_text(fate, language)]


# -- ranks -----------------------------------------------------------------------------------------------------------


def rank_rows(rank: Rank, language: str) -> tuple[Row, ...]:
    """The place, then the neighbours and the edges of the bands."""
    said = phrase("rank_line", language, place=figure_text(rank.place, language, bare=True), of=rank.of)
    if rank.tied > 1:
        said += phrase("rank_tied", language, tied=rank.tied)
    more = [joined(rank.partition, language)] if rank.partition else []
    more += [phrase("rank_all", language, all=rank.all)] if rank.all > rank.of else []
    if more:
        said += phrase("rank_more", language, parts=phrase("list", language).join(more))
    rows = [Row(phrase("above", language), how=neighbour_text(rank.above, language, True))] if rank.above else []
    rows += [Row(phrase("below", language), how=neighbour_text(rank.below, language, False))] if rank.below else []
    rows += [edge_row(edge, language) for edge in rank.edges]
    if rank.open:
        keys = phrase("list", language).join(rank.open[:3])
        rows.append(Row(phrase("rank_open", language, keys=keys), tone="open", wide=True))
    return (Row(spoken(rank.name, language), how=said, clause=rank.clause, rows=tuple(rows)),)


def joined(figures: Iterable[Figure], language: str) -> str:
    return phrase("list", language).join(figure_text(figure, language) for figure in figures)


def neighbour_text(other: Neighbour, language: str, above: bool) -> str:
    said = phrase("neighbour", language, place=other.place, key=other.key, by=spoken(other.by, language),
                  theirs=figure_text(other.theirs, language, bare=True), equal=equal_text(other, language))  # fmt: skip
    if other.distance is not None:
        code = "more_by" if other.theirs.value > other.mine.value else "less_by"
        said += phrase(code, language, distance=figure_text(other.distance, language, bare=True))
    elif other.theirs.value == other.mine.value:
        said += phrase("same_values", language)
    return said


def equal_text(other: Neighbour, language: str) -> str:
    """The order values before the one by which two differ."""
    names = phrase("list", language).join(spoken(name, language) for name in other.equal)
    return phrase("equal", language, names=names) if names else ""


def edge_row(edge: Edge, language: str) -> Row:
    name = figure_text(edge.name, language)
    code = "edge_endless" if edge.last is None else "edge_up" if edge.up else "edge_own"
    said = phrase(code, language, name=name, last=edge.last)
    other = edge.other
    if other is not None:
        words = {
            "place": other.place,
            "equal": " " + equal_text(other, language) if other.equal else "",
            "by": spoken(other.by, language),
            "theirs": figure_text(other.theirs, language, bare=True),
            "mine": figure_text(other.mine, language, bare=True),
        }
        if other.distance is None:
            said += phrase("edge_differs", language, **words)
        else:
            distance = figure_text(other.distance, language, bare=True)
            said += phrase("edge_short" if edge.up else "edge_lead", language, distance=distance, **words)
    return Row(phrase("band_up" if edge.up else "band_own", language), how=said)
