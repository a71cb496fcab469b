"""`simulate --sweep 合格线=50..70`: one parameter at each value of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from cli import options, reporting, session, terminal
from cli.speech import chosen
from policy.core import Policy
from policy.numerals import decimal

MOST = 2_000
"""Values of one sweep at most."""
_RANGE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(\D*?)\s*(?:\.\.|~|～|至|-)\s*(-?\d+(?:\.\d+)?)\s*(\D*)\s*")


def swept(
    path: Path,
    data: Sequence[str],
    sweep: str,
    as_of: str | None,
    how: options.DataOptions,
    asked: session.Asked,
    target: reporting.Target,
    goal: str | None = None,
) -> None:
    """Shows or writes the sweep; ends the command with 3 where cases are open under the policy in force."""
    from cli import goals
    from cli.render import report, simulation, simulation_words
    from cli.render import sweep as rendered
    from interpreter.simulating.sweep import sweep as stretches

    opened = session.opened(path, asked)
    name, values = ranged(sweep, opened)
    session.opened(path, asked, {name: values[0]})
    wanted = goals.goal_of(goal, opened) if goal is not None else None
    run = session.decided(opened, data, as_of, how)

    def with_value(value: str) -> Policy | None:
        return session.load(path, asked, {name: value}).policy

    found = list(stretches(values, with_value, run.decisions, run.population, run.as_of))
    told = rendered.as_object(name, found, opened.policy)
    told |= goals.as_object(wanted, found) if wanted is not None else {}
    table = rendered.sheet(name, found, opened.policy, opened.language)

    def page() -> None:
        terminal.line(simulation_words.word("title", opened.language, name=opened.policy.name, edit=sweep))
        terminal.line(simulation_words.word("sweep_now", opened.language, value=now(opened.policy, name)))
        if wanted is not None:
            terminal.line(goals.told(wanted, found, opened.language))
        terminal.line()
        simulation.show_sheet(table, "-" if asked.ascii else "─", numbers=True)

    title = simulation_words.word("title", opened.language, name=opened.policy.name, edit=sweep)
    reporting.tell(told, report.plain(title, [table], opened.language), [], opened, target, page)
    reporting.leave([run.account], run.decisions)


def ranged(sweep: str, opened: session.Session) -> tuple[str, list[str]]:
    """The parameter and its values, one step of the last written decimal apart."""
    name, equals, text = sweep.replace("＝", "=").partition("=")
    found = _RANGE.fullmatch(text)
    if not equals or found is None:
        refuse(sweep, opened)
        raise AssertionError
    low, high = Fraction(found[1]), Fraction(found[3])
    places = max(len(part.partition(".")[2]) for part in (found[1], found[3]))
    step, unit = Fraction(1, 10**places), found[2] or found[4]
    if high < low or (high - low) / step >= MOST:
        refuse(sweep, opened)
    return name.strip(), list(steps(low, high, step, unit))


def steps(low: Fraction, high: Fraction, step: Fraction, unit: str) -> Iterator[str]:
    value = low
    while value <= high:
        yield f"{decimal(value)}{unit}"
        value += step


def refuse(sweep: str, opened: session.Session) -> None:
    language = chosen(opened.asked.language, opened.language)
    why = (
        f"--sweep {sweep}：要写成 名称=从..到，如 合格线=50..70；最多 {MOST} 个值"
        if language == "zh"
        else f"--sweep {sweep}: write NAME=FROM..TO, as in pass_mark=50..70; {MOST} values at most"
    )
    session.fault("ZS911", language, opened.asked, why=why)


def now(policy: Policy, name: str) -> str:
    """The value in force, as it is written."""
    definition = policy.definition(name)
    body = definition.body if definition is not None else None
    return " ".join(body.span.text.split()) if body is not None else ""
