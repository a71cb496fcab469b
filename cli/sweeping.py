"""`simulate --sweep 合格线=50..70`: one parameter at each value of a range, or two of them, each with each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cli import options, reporting, session, terminal
from cli.speech import chosen, say
from policy.core import Policy
from policy.numerals import decimal

if TYPE_CHECKING:
    from cli.goals import Goal
    from interpreter.simulating.sweep import With

Axis: TypeAlias = "tuple[str, Sequence[str]]"
"""A parameter and its values as they are written."""

MOST = 2_000
"""Values of one sweep, or cells of a grid, at most."""
_NUMBER = r"-?\d{1,30}(?:\.\d{1,30})?"
_RANGE = re.compile(
    rf"\s*({_NUMBER})\s*([^\d:]*?)\s*(?:\.\.|~|～|至|-)\s*({_NUMBER})\s*([^\d:]*?)\s*(?::\s*({_NUMBER})\s*([^\d:]*?)\s*)?"
)


def swept(
    path: Path,
    sweeps: Sequence[str],
    over: tuple[Sequence[str], str | None, options.DataOptions],
    asked: session.Asked,
    target: reporting.Target,
    goal: str | None = None,
) -> None:
    """Shows or writes the sweep of one parameter or the grid of two; ends the command with 3 where cases are open
    under the policy in force."""
    from cli import goals

    opened = session.opened(path, asked)
    axes = [ranged(sweep, opened) for sweep in sweeps]
    if len({name for name, _ in axes}) < len(axes):
        refuse(sweeps[-1], opened, "两个 --sweep 要写不同的参数", "the two --sweep must name different parameters")
    cells = 1
    for name, values in axes:
        session.opened(path, asked, {name: values[0]})
        cells *= len(values)
    if cells > MOST:
        _too_many(sweeps[-1], cells, opened)
    wanted = goals.goal_of(goal, opened) if goal is not None else None
    run = session.decided(opened, *over)

    def with_values(settings: Mapping[str, str]) -> Policy | None:
        return session.load(path, asked, dict(settings)).policy

    with terminal.working(say("deciding", opened.language), cells * len(run.decisions.cases) > session.MANY):
        told = (_line if len(axes) == 1 else _grid)(axes, with_values, run, wanted)
    reporting.tell(told, [], opened, target)
    reporting.leave([run.account], run.decisions)


def _line(axes: Sequence[Axis], with_values: With, run: session.Run, goal: Goal | None) -> reporting.Told:
    from cli import goals
    from cli.render import sweep as rendered
    from interpreter.simulating.sweep import sweep

    ((name, values),) = axes
    policy, language = run.session.policy, run.session.language
    found = list(sweep(name, values, with_values, run.decisions))
    told = rendered.as_object(name, found, policy)
    told |= goals.as_object(goal, found) if goal is not None else {}
    lines = [goals.told(goal, found, language)] if goal is not None else []
    written = rendered.report((name, now(policy, name)), found, lines, policy, language)
    return reporting.Told(told, written, lambda: rendered.show(written, run.session.asked.ascii))


def _grid(axes: Sequence[Axis], with_values: With, run: session.Run, goal: Goal | None) -> reporting.Told:
    from cli import goals
    from cli.render import grid as rendered
    from interpreter.simulating.sweep import grid

    policy, language = run.session.policy, run.session.language
    found = list(grid(axes, with_values, run.decisions))
    told = rendered.as_object(axes, found, policy)
    told |= goals.grid_object(goal, found) if goal is not None else {}
    lines = [goals.told_of_grid(goal, axes, found, language)] if goal is not None else []
    in_force = [now(policy, name) for name, _ in axes]
    written = rendered.report(axes, found, (in_force, goal, lines), policy, language)
    return reporting.Told(told, written, lambda: rendered.show(written, run.session.asked.ascii))


def ranged(sweep: str, opened: session.Session) -> Axis:
    """The parameter and its values: a step apart, or where none is written, one of the last written decimal."""
    name, equals, text = sweep.replace("＝", "=").replace("：", ":").partition("=")
    found = _RANGE.fullmatch(text)
    if not equals or found is None:
        refuse(
            sweep,
            opened,
            "要写成 名称=从..到，如 合格线=50..70，或加上步长：合格线=50..70:5",
            "write NAME=FROM..TO, as in pass_mark=50..70, or with a step: pass_mark=50..70:5",
        )
        raise AssertionError
    low, high = Fraction(found[1]), Fraction(found[3])
    places = max(len(part.partition(".")[2]) for part in (found[1], found[3]))
    step, unit = Fraction(found[5]) if found[5] else Fraction(1, 10**places), found[2] or found[4] or found[6] or ""
    if len({part for part in (found[2], found[4], found[6]) if part}) > 1:
        refuse(sweep, opened, "各数的单位要相同", "all figures must have the same unit")
    if high < low:
        turned = f"{name}={found[3]}..{found[1]}{unit}"
        refuse(sweep, opened, f"从小到大写：{turned}", f"write the lower one first: {turned}")
    if step <= 0:
        refuse(sweep, opened, "步长要大于 0", "the step must be more than 0")
    if step > high - low > 0:
        refuse(sweep, opened, f"步长 {found[5]} 比整个范围还大", f"the step {found[5]} is wider than the range")
    count = (high - low) // step + 1
    if count > MOST:
        _too_many(sweep, count, opened)
    return name.strip(), list(steps(low, high, step, unit))


def steps(low: Fraction, high: Fraction, step: Fraction, unit: str) -> Iterator[str]:
    """The values from the first to the last, as they are written."""
    value = low
    while value <= high:
        yield f"{decimal(value)}{unit}"
        value += step


def _too_many(sweep: str, count: int, opened: session.Session) -> None:
    refuse(
        sweep,
        opened,
        f"一共 {count} 个值，最多 {MOST} 个；请加大步长，如 :5",
        f"that is {count} values, {MOST} at most; give a wider step, as in :5",
    )


def refuse(sweep: str, opened: session.Session, zh: str, en: str) -> None:
    """Ends the command: a sweep that is none."""
    language = chosen(opened.asked.language, opened.language)
    why = f"--sweep {sweep}：{zh}" if language == "zh" else f"--sweep {sweep}: {en}"
    session.fault("ZS911", language, opened.asked, why=why)


def now(policy: Policy, name: str) -> str:
    """The value in force, as it is written."""
    definition = policy.definition(name)
    body = definition.body if definition is not None else None
    return " ".join(body.span.text.split()) if body is not None else ""
