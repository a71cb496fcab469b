"""`simulate --fair FIELD --near NAME=DISTANCE`: how groups fare and who stands near an edge, also of one rule alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cli import options, reporting, session, terminal
from cli.sheets import Sheet

if TYPE_CHECKING:
    from interpreter.exact.decide import Decisions
    from interpreter.simulating.edges import Nearby
    from interpreter.simulating.fairness import Groups, Test
    from policy.units import Exact

PLAIN = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
"""A number as it is written out."""


class Views(Struct, frozen=True, eq=False):
    """What is looked at besides the changes: rates of groups, numbers with a distance from their edges, and groups by
    which everything is added up."""

    fair: Sequence[tuple[str, Groups]]
    near: Sequence[tuple[str, Exact, str]]
    by: tuple[str, Groups] | None = None


class Viewed(Struct, frozen=True, eq=False):
    """What is told of that: tables with the notes under them, and the same for programs."""

    parts: Sequence[tuple[Sequence[Sheet], Sequence[str]]]
    told: dict[str, Any]

    @property
    def sheets(self) -> list[Sheet]:
        return [sheet for sheets, _ in self.parts for sheet in sheets]

    def show(self, rule: str) -> None:
        """All of it on the terminal."""
        from cli.render import simulation

        for sheets, notes in self.parts:
            for sheet in (each for each in sheets if each.rows):
                terminal.line()
                terminal.line(sheet.title)
                simulation.show_sheet(sheet, rule, numbers=False)
            for note in notes:
                terminal.line(note)


def near_of(text: str, opened: session.Session) -> tuple[str, Exact, str]:
    """`总分=1`: a number of the person, and how far from an edge counts as near."""
    from interpreter.simulating.edges import number_of
    from policy.units import whole

    name, _, distance = (part.strip() for part in text.replace("＝", "=").partition("="))
    kind = number_of(opened.policy, name)
    if kind is None or not PLAIN.fullmatch(distance) or distance.startswith("-"):
        zh = opened.language == "zh"
        why = (
            f"--near {text}：要写成 名称=距离，名称是每人都有的一个数，如 总分=1"
            if zh
            else f"--near {text}: write NAME=DISTANCE, NAME being a number that each person has, as in score=1"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)
    assert kind is not None
    return name, whole(Fraction(distance) * Fraction(kind.unit.factor if kind.unit is not None else 1)), distance


def viewed(views: Views, sides: Sequence[Decisions], language: str) -> Viewed:
    """Groups under each of one or two rules; edges under the first, which is the rule in force."""
    from cli.render import edges, fairness
    from interpreter.simulating.edges import near
    from interpreter.simulating.fairness import fisher

    parts: list[tuple[Sequence[Sheet], Sequence[str]]] = []
    told: dict[str, Any] = {}
    if views.fair:
        test: Test | None = fisher()
        sheets = [s for field, group in views.fair for s in fairness.sheets(sides, field, group, test, language)]
        parts.append((sheets, fairness.notes(language, tested=test is not None)))
        told["fairness"] = [o for field, group in views.fair for o in fairness.as_object(sides, field, group, test)]
    close: list[tuple[Nearby, str]] = [(near(sides[0], name, far), text) for name, far, text in views.near]
    parts += [(edges.sheets(each, text, language), edges.notes(each, language)) for each, text in close]
    if close:
        told["near"] = [edges.as_object(each, text) for each, text in close]
    return Viewed(parts, told)


def alone(
    opened: session.Session,
    over: tuple[Sequence[str], str | None, options.DataOptions],
    views: Views,
    target: reporting.Target,
) -> None:
    """The rule in force by itself; ends the command with 3 where cases are open."""
    from cli.render import account, report
    from cli.render.simulation_words import word

    run, language = session.decided(opened, *over), opened.language
    seen = viewed(views, [run.decisions], language)
    title = word("in_force", language, name=opened.policy.name)
    sheets = [*seen.sheets, account.account_sheet(run.account, language)]

    def page() -> None:
        terminal.line(title)
        seen.show("-" if opened.asked.ascii else "─")

    told = {**seen.told, "account": account.as_object(run.account)}
    said = reporting.Told(told, report.plain(title, sheets, language), page)
    reporting.tell(said, [("", run.account)], opened, target)
    reporting.leave([run.account], run.decisions)
