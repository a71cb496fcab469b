"""How groups fare: the rate of each good result before and after, beside the highest rate of any group."""

from __future__ import annotations

from typing import Any, TypeAlias

from cli import terminal
from cli.render.simulation import Cell, word
from cli.sheets import Sheet
from interpreter.exact.decide import Decisions
from interpreter.simulating import Simulation
from interpreter.simulating.fairness import Groups, Rate, Test, good_results, rates

Told: TypeAlias = "tuple[tuple[str, str], list[Rate], list[Rate]]"
"""A good result with the rates before and after."""


def told(found: Simulation, group: Groups, test: Test | None) -> list[Told]:
    """For each good result that both rules have, the rates before and after."""
    before, after = (good_results(d.policy) for d in (found.before, found.after))
    return [
        (result, _rates(found.before, result, group, test), _rates(found.after, result, group, test))
        for result in after
        if result in before
    ]


def _rates(decisions: Decisions, result: tuple[str, str], group: Groups, test: Test | None) -> list[Rate]:
    return rates(decisions.cases, decisions.policy, result, group, test)


def sheets(found: Simulation, field: str, group: Groups, test: Test | None, language: str) -> list[Sheet]:
    """One table: a row for each good result and group."""
    side = [word(w, language) for w in ("before", "after")]
    columns = ["rate", "ratio", *(["chance"] if test is not None else [])]
    headers = [word("good", language), field, word("people", language)]
    headers += [f"{each} {word(column, language)}" for each in side for column in columns]
    headers.append(word("remark", language))
    rows: list[list[Cell]] = []
    for (name, grade), before, after in told(found, group, test):
        title = name if not grade else word("or_better", language, name=name, grade=grade)
        was = {rate.group: rate for rate in before}
        for rate in after:
            old = was.get(rate.group, Rate(rate.group, 0, 0, 0))
            cells = [cell for each in (old, rate) for cell in _cells(each, test is not None)]
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


def note(language: str, *, tested: bool) -> None:
    """What the figures mean, and what is missing for the test."""
    terminal.line(word("fairness_note", language))
    terminal.line(word("chance_note" if tested else "no_test", language))


def as_object(found: Simulation, field: str, group: Groups, test: Test | None) -> list[dict[str, Any]]:
    """The rates as JSON; rates as fractions."""
    return [
        {
            "result": name,
            "least": grade,
            "field": field,
            **{side: [_rate_object(rate) for rate in each] for side, each in (("before", before), ("after", after))},
        }
        for (name, grade), before, after in told(found, group, test)
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
