"""How groups fare: the rate of each good result before and after, beside the highest rate of any group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from cli.render.simulation_tables import Cell
from cli.render.simulation_words import word
from cli.sheets import Sheet
from interpreter.exact.decide import Decisions
from interpreter.simulating.fairness import Groups, Rate, Test, good_results, rates

SIDES = ("before", "after")

Told: TypeAlias = "tuple[tuple[str, str], list[list[Rate]]]"
"""A good result with the rates under each rule."""


def told(sides: Sequence[Decisions], group: Groups, test: Test | None) -> list[Told]:
    """For each good result that all rules have, the rates under each: before and after, or under one alone."""
    good = [good_results(side.policy) for side in sides]
    return [
        (result, [rates(side.cases, side.policy, result, group, test) for side in sides])
        for result in good[-1]
        if all(result in each for each in good)
    ]


def sheets(sides: Sequence[Decisions], field: str, group: Groups, test: Test | None, language: str) -> list[Sheet]:
    """One table: a row for each good result and group."""
    side = [word(w, language) for w in SIDES[: len(sides)]]
    columns = ["rate", "ratio", *(["chance"] if test is not None else [])]
    headers = [word("good", language), field, word("people", language)]
    headers += [f"{each} {word(column, language)}" for each in side for column in columns]
    headers.append(word("remark", language))
    rows: list[list[Cell]] = []
    for (name, grade), found in told(sides, group, test):
        title = name if not grade else word("or_better", language, name=name, grade=grade)
        known = [{rate.group: rate for rate in each} for each in found]
        for rate in found[-1]:
            each_side = [each.get(rate.group, Rate(rate.group, 0, 0, 0)) for each in known]
            cells = [cell for each in each_side for cell in _cells(each, test is not None)]
            people = rate.decided + rate.open
            rows.append([title, rate.group or word("missing", language), people, *cells, _remark(rate, language)])
    return [Sheet(word("fairness", language, field=field), headers, rows)]


def _cells(rate: Rate, tested: bool) -> list[Cell]:
    share = "" if rate.rate is None else f"{rate.good}/{rate.decided} = {_percent(rate.good, rate.decided)}"
    ratio = "" if rate.ratio is None else _percent(rate.ratio.numerator, rate.ratio.denominator)
    return [share, ratio, *([_chance(rate)] if tested else [])]


def _percent(above: int, below: int) -> str:
    """A share in per cent, cut after the first decimal."""
    tenths = above * 1000 // below
    return f"{tenths // 10}.{tenths % 10}%"


def _chance(rate: Rate) -> str:
    if rate.chance is None:
        return ""
    return "< 0.001" if rate.chance < 0.001 else f"{rate.chance:.3f}"


def _remark(rate: Rate, language: str) -> str:
    said = [*(["low"] if rate.low else []), *(["small"] if rate.small else [])]
    said_open = [word("open_ones", language, count=rate.open)] if rate.open else []
    return ("，" if language == "zh" else ", ").join([*(word(each, language) for each in said), *said_open])


def notes(language: str, *, tested: bool) -> list[str]:
    """What the figures mean, and what is missing for the test."""
    return [word("fairness_note", language), word("chance_note" if tested else "no_test", language)]


def as_object(sides: Sequence[Decisions], field: str, group: Groups, test: Test | None) -> list[dict[str, Any]]:
    """The rates as JSON; rates as fractions."""
    return [
        {
            "result": name,
            "least": grade,
            "field": field,
            **{side: [_rate_object(rate) for rate in each] for side, each in zip(SIDES, found, strict=False)},
        }
        for (name, grade), found in told(sides, group, test)
    ]


def _rate_object(rate: Rate) -> dict[str, Any]:
    return {
        "group": rate.group,
        "good": rate.good,
        "decided": rate.decided,
        "open": rate.open,
        "ratio": None if rate.ratio is None else str(rate.ratio),
        "under_four_fifths": rate.low,
        "small": rate.small,
        "fisher_p": None if rate.chance is None else _chance(rate),
    }
