"""Rules that are tried decided beside the rule in force, and told: one of them whole, several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from cli import options, reporting, session, standing
from cli.alternatives import Alternative, deciders

if TYPE_CHECKING:
    from interpreter.exact.population import Population
    from interpreter.reading.account import Account
    from interpreter.simulating import Simulation
    from interpreter.simulating.causes import Causes


class Outcome(Struct, frozen=True, eq=False):
    """What a rule that is tried does, the account of the rows under the rule in force, and because of what; `made` says
    what made-up people are, empty for real ones."""

    found: Simulation
    account: Account
    causes: Causes | None
    made: str = ""


def simulated(
    before: session.Session,
    tried: Alternative,
    data: Sequence[str],
    as_of: str | None,
    how: options.DataOptions = options.PLAIN,
    *,
    told_why: bool = True,
) -> Outcome:
    """Both rules decided over the data, which is read as each of them wants it; with the causes if they are told."""
    from interpreter.exact.population import Population
    from interpreter.reading.account import account_of
    from interpreter.simulating import Variant, simulate
    from interpreter.simulating.causes import causes

    after = tried.rule
    if before.policy.main.name != after.policy.main.name:
        session.fault(
            "ZS917", before.language, before.asked, left=before.policy.main.name, right=after.policy.main.name
        )
    pairs = ((before, after), (after, before))
    days = [session.moment(each, as_of) for each in (before, after)]
    datasets = [session.read_data(each, data, for_one(each, other, how)) for each, other in pairs]
    variants = [
        Variant(each.policy, Population.of_dataset(each.policy.records, dataset))
        for each, dataset in zip((before, after), datasets, strict=True)
    ]
    day = days[0] or days[1]
    found = simulate(variants[0], variants[1], day)
    if len(tried.edits) < 2 or not told_why:
        return Outcome(found, account_of(datasets[0]), None)

    def reading(part: session.Session) -> Population:
        return Population.of_dataset(part.policy.records, session.read_data(part, data, for_one(part, before, how)))

    part = deciders(tried, (before, after), (variants[0], variants[1]), reading)
    because = causes(found, part, len(tried.edits), day)
    return Outcome(found, account_of(datasets[0]), because)


def made_up(
    before: session.Session,
    tried: Alternative,
    over: tuple[Sequence[str], str | None, options.DataOptions],
    wanted: tuple[int, int],
) -> Outcome:
    """The same over made-up people, so many and of this seed."""
    from cli import madeup

    found, account, made = madeup.simulated((before, tried.rule), *over, wanted)
    return Outcome(found, account, None, made)


def for_one(each: session.Session, other: session.Session, how: options.DataOptions) -> options.DataOptions:
    """The options for one of two policies, without what they say of a record or a column that only the other has."""
    from interpreter.reading.answers import speaks_of
    from interpreter.reading.sources import plain_name

    own, theirs = ({plain_name(record.name) for record in of.policy.records} for of in (each, other))
    none = tuple(name for name in how.none if plain_name(name) in own or plain_name(name) not in theirs)
    if how.settled is None:
        return structs.replace(how, none=none)

    def mine(column: str) -> bool:
        return speaks_of(column, each.policy.records) or not speaks_of(column, other.policy.records)

    settled = structs.replace(
        how.settled,
        scales=tuple(pair for pair in how.settled.scales if mine(pair[0])),
        fill_down=tuple(filter(mine, how.settled.fill_down)),
    )
    return options.DataOptions(none, settled)


def compared(
    before: session.Session,
    tried: Sequence[Alternative],
    over: tuple[Sequence[str], str | None, options.DataOptions],
    target: reporting.Target,
) -> None:
    """Several rules side by side; ends the command."""
    from cli.render import account, alternatives

    outcomes = [simulated(before, each, *over, told_why=False) for each in tried]
    found = [(each.title, outcome.found) for each, outcome in zip(tried, outcomes, strict=True)]
    table, rows = alternatives.sheet(found, before.language), outcomes[0].account
    told = {**alternatives.as_object(found), "account": account.as_object(rows)}
    data = account.account_sheet(rows, before.language)
    written = alternatives.report(table, found, data, before.policy.name, before.language)

    def page() -> None:
        alternatives.show(table, found, before)

    reporting.tell(reporting.Told(told, written, page), [("", rows)], before, target)
    reporting.leave([rows], *(outcome.found.after for outcome in outcomes))


def tell(
    before: session.Session,
    tried: Alternative,
    outcome: Outcome,
    views: standing.Views,
    files: Sequence[str | Path],
    target: reporting.Target,
) -> None:
    """One rule whole: who changes and because of what, in groups and in other views where they are asked for; `files`
    are those that it rests on."""
    from cli.again import again
    from cli.render import account, causes, simulation, simulation_json, simulation_report
    from cli.render.run import FEW, MANY

    found, rows, language = outcome.found, outcome.account, before.language
    title = ("，" if language == "zh" else ", ").join(filter(None, (outcome.made, tried.title)))
    because = causes.told_of(outcome.causes, found, tried.edits, language) if outcome.causes is not None else None
    seen = standing.viewed(views, (found.before, found.after), language)
    told: dict[str, Any] = {"made_up": outcome.made} if outcome.made else {}
    told |= {**simulation_json.as_object(found, title, views.by), "account": account.as_object(rows)}
    if outcome.causes is not None:
        told["causes"] = causes.as_object(outcome.causes, found, tried.edits)
    kept = again(files, found.after.as_of, language)
    edits = tried.words(before.policy)
    also = simulation_report.Told(edits, rows, kept, because, outcome.causes, views.by, seen.parts)
    report = simulation_report.report(found, title, also, language)
    if outcome.made:
        from cli.madeup import marked

        report = marked(report)

    def page() -> None:
        few = FEW if target.path is not None else MANY
        simulation.show(
            found, before, title, simulation.Shown(views.by, because, few, edits if tried.changed is not None else ())
        )
        seen.show("-" if before.asked.ascii else "─")

    reporting.tell(reporting.Told({**told, **seen.told}, report, page), [("", rows)], before, target)
