"""A simulation as a report: what moves, what it costs, because of what, who, and how to have it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from cli.render.account import account_sheet, rejected_sheet
from cli.render.report import Chart, Part, Report
from cli.render.simulation_lines import any_open, lines
from cli.render.simulation_tables import (
    Because,
    By,
    amount,
    exactly,
    grade_sheets,
    group_sheets,
    head_sheets,
    largest_sheets,
    move_sheets,
    people_sheet,
    result_type,
    spread_sheets,
    sum_sheets,
    titled,
)
from cli.render.simulation_words import grade, word
from cli.sheets import Sheet
from interpreter.reading.account import Account
from interpreter.simulating import Simulation
from interpreter.simulating.amounts import bins
from interpreter.simulating.causes import Causes
from policy.units import Exact

FEW = 10
"""The largest moves that are listed."""


class Told(Struct, frozen=True, eq=False):
    """What a report tells besides the simulation: the edits with the words before and after, the causes, groups, other
    views, the account of the data, and what it takes to have it again."""

    edits: Sequence[tuple[str, str, str]]
    account: Account
    again: Sequence[tuple[str, str]]
    because: Because | None = None
    causes: Causes | None = None
    by: By | None = None
    views: Sequence[tuple[Sequence[Sheet], Sequence[str]]] = ()


def report(found: Simulation, title: str, told: Told, language: str) -> Report:
    """The whole report."""
    people = people_sheet(found, language, told.because)
    data = [account_sheet(told.account, language), rejected_sheet(told.account, language)]
    made = [
        _summary(found, language),
        Part(word("moves", language), (), move_sheets(found, language)),
        *_money(found, told, language),
        *_groups(found, told, language),
        *_spread(found, language),
        *(Part(sheets[0].title, notes, sheets) for sheets, notes in told.views if sheets),
        *_causes(told, language),
        Part(word("largest", language), (), largest_sheets(found, language, FEW)),
        Part(word("people_part", language), (), [people], long=True),
        _rules(told, language),
        Part(word("data_part", language), (), data),
        _again(told, language),
    ]
    named = word("title", language, name=found.before.policy.name, edit=title)
    return Report(named, [part for part in made if _says(part)], people, language)


def _says(part: Part) -> bool:
    return bool(part.lines or part.charts or any(sheet.rows for sheet in part.sheets))


def _summary(found: Simulation, language: str) -> Part:
    sides = [word(side, language) for side in ("before", "after")]
    charts = [
        Chart("bars", name, [grade(v, language) for v, _, _ in rows], list(zip(sides, _columns(rows), strict=True)))
        for name, rows in found.heads.items()
    ]
    told = [word("untouched", language), *lines(found, language)]
    told += [word("decided_only", language)] if found.sums and any_open(found) else []
    return Part(
        word("summary_part", language), told, [*head_sheets(found, language), *sum_sheets(found, language)], charts
    )


def _columns(rows: Iterable[tuple[str, int, int]]) -> list[list[Exact]]:
    each = list(rows)
    return [[old for _, old, _ in each], [new for _, _, new in each]]


def _money(found: Simulation, told: Told, language: str) -> list[Part]:
    """Numbers by grade, and from the sum before to the sum after by edit."""
    sheets = grade_sheets(found, language)
    charts = []
    for name, shares in (told.causes.shares if told.causes is not None else {}).items():
        kind = result_type(found, name)
        first, last = (Fraction(_plain(amount(side.total, kind))) for side in found.sums[name])
        steps = [Fraction(_plain(amount(share, kind))) for share in shares]
        labels = [edit for edit, _, _ in told.edits]
        if rest := last - first - sum(steps):
            steps.append(rest)
            labels.append(word("rest", language))
        if any(steps):
            ends = [word(side, language) for side in ("before", "after")]
            series = [("", [first, *steps, last])]
            charts.append(Chart("waterfall", titled(name, kind, language), [ends[0], *labels, ends[1]], series))
    return [Part(word("amounts_part", language), (), sheets, charts)]


def _plain(cell: object) -> str:
    """A number in its unit, a percentage by its figure."""
    return (exactly(cell) or "0").rstrip("%")  # type: ignore[arg-type]


def _groups(found: Simulation, told: Told, language: str) -> list[Part]:
    if told.by is None:
        return []
    sheets = group_sheets(found, told.by, language)
    charts = []
    for sheet in sheets[1:]:
        labels, more, less = ([row[at] for row in sheet.rows] for at in (0, -2, -1))
        series = [(word("more", language), more), (word("less", language), less)]
        charts.append(Chart("bars", sheet.title, labels, series))  # type: ignore[arg-type]
    return [Part(word("groups_part", language), (), sheets, charts)]


def _spread(found: Simulation, language: str) -> list[Part]:
    charts = []
    for name in found.sums:
        kind, counted = result_type(found, name), bins(found, name)
        if len(counted) > 1:
            labels = [f"{exactly(amount(b.low, kind))}–{exactly(amount(b.high, kind))}" for b in counted]
            series: list[tuple[str, list[Exact]]] = [
                (word("before", language), [b.before for b in counted]),
                (word("after", language), [b.after for b in counted]),
            ]
            marks = [_edges([exactly(amount(e, kind)) or "" for e in b.edges], language) for b in counted]
            charts.append(Chart("bars", titled(name, kind, language), labels, series, marks))
    return [
        Part(
            word("spread", language),
            [word("spread_note", language)] if charts else [],
            spread_sheets(found, language),
            charts,
        )
    ]


def _edges(values: Sequence[str], language: str) -> str:
    return f"{word('edge', language)} {('、' if language == 'zh' else ', ').join(values)}" if values else ""


def _causes(told: Told, language: str) -> list[Part]:
    if told.because is None:
        return []
    return [Part(word("causes", language), [told.because.note] if told.because.note else [], told.because.sheets)]


def _rules(told: Told, language: str) -> Part:
    return _listed("rules_part", ("edit", "before", "after"), told.edits, language)


def _again(told: Told, language: str) -> Part:
    return _listed("again_part", ("what", "value"), told.again, language)


def _listed(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]], language: str) -> Part:
    sheet = Sheet(word(title, language), [word(each, language) for each in headers], rows)
    return Part(sheet.title, (), [sheet])
