"""`zhunsheng simulate`: what a change of the rules would do, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct, structs

from cli import options, session, standing, terminal, values
from cli.alternatives import Alternative, alternatives, deciders
from cli.speech import chosen, say

if TYPE_CHECKING:
    from interpreter.exact.population import Population
    from interpreter.reading.account import Account
    from interpreter.simulating import Simulation
    from interpreter.simulating.causes import Causes
    from interpreter.simulating.fairness import Groups
    from policy.units import Exact


def command(
    policy: Annotated[Path, typer.Argument(help="现行政策 the policy in force", metavar="POLICY")],
    data: Annotated[list[str] | None, typer.Argument(help="数据 data", metavar="DATA…")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="试改参数 try another value: NAME=VALUE")] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", help="与修订或另一份政策比，可重复 an amendment or another policy, several times"),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成 write .xlsx .json .csv")] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date")] = None,
    sweep: Annotated[
        list[str] | None, typer.Option("--sweep", help="一个参数逐值试 a parameter over a range: NAME=FROM..TO")
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--goal", help="逐值试要达到什么 what a sweep should reach: “合格人数 = 50”")
    ] = None,
    newer: Annotated[
        list[str] | None, typer.Option("--with", metavar="DATA", help="另一期的数据 data of another period")
    ] = None,
    with_as_of: Annotated[
        str | None, typer.Option("--with-as-of", help="另一期的基准日 as-of date of the other period")
    ] = None,
    people: Annotated[
        int | None, typer.Option("--people", min=1, max=1_000_000, help="虚构这么多人 so many made-up people")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="虚构的种子 seed of made-up people (1)")] = None,
    by: Annotated[str | None, typer.Option("--by", help="按哪一栏分开统计 add up by a field")] = None,
    fair: Annotated[
        list[str] | None,
        typer.Option("--fair", help="各组的比率是否相当 rates by groups: FIELD, or FIELD=30,40 for a number"),
    ] = None,
    near: Annotated[
        list[str] | None, typer.Option("--near", help="谁离分界近 who is near an edge: NAME=DISTANCE")
    ] = None,
    encoding: options.OutputEncoding = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """试改规则 Decide under both rules and list everyone whose result changes."""
    asked = session.Asked(lang, form == "json", ascii)
    how = options.data_options(asked, none, percent, fill_down, input_encoding)
    data = data or []
    apart = [("--sweep", sweep), ("--by", by), ("--fair", fair), ("--near", near), ("--goal", goal)]
    alone = [name for name, given in apart if given]
    _refuse_mixture(asked, (data, newer or [], with_as_of), (people, seed), (alone, len(against or []) > 1))
    if sweep:
        from cli import sweeping

        if len(sweep) > 1:
            _one_sweep(asked)
        if settings or against or by is not None or fair or near:
            _refuse_use(asked)
        if output is not None:
            _refuse_output(output, [str(policy), *data], session.opened(policy, asked), force=force)
        written = (output, options.output_encoding(asked, encoding))
        sweeping.swept(policy, data, sweep[0], as_of, how, asked, written, goal)
    lone = not settings and not against
    if goal is not None or (lone and not newer and (by is not None or not (fair or near))):
        _refuse_use(asked)
    before = session.opened(policy, asked)
    views = standing.Views(
        [groups_of(each, before) for each in fair or ()], [standing.near_of(each, before) for each in near or ()]
    )
    if lone and not newer:
        if output is not None:
            _refuse_output(output, [str(policy), *data], before, force=force)
        standing.alone(before, (data, as_of, how), views, (output, options.output_encoding(asked, encoding)))
    tried = alternatives(before, against or [], session.settings_of(settings or [], asked), policy, asked)
    if by is not None:
        _known_field(by, before)
    if output is not None:
        _refuse_output(output, [str(policy), *data, *(newer or [])], before, force=force)
    written = (output, options.output_encoding(asked, encoding))
    if newer:
        from cli import twoyears

        both = (before, None if lone else tried[0].rule)
        twoyears.compared(both, (data, newer), (as_of, with_as_of), (how, for_one), (tried[0].title, *written))
    if len(tried) > 1:
        if by is not None or fair or near:
            _one_only(before)
        decided, account = _compared(before, tried, (data, as_of, how), written)
        terminal.leave(terminal.FINE if account.in_order and decided else terminal.OPEN)
    if people is None:
        outcome = simulated(before, tried[0], data, as_of, how)
    else:
        outcome = _made_up(before, tried[0], data, as_of, how, (people, 1 if seed is None else seed))
    _tell(outcome, (before, tried[0]), written, by or "", views)
    found, account = outcome.found, outcome.account
    decided = all(case.outcome == "decided" for case in found.after.cases)
    terminal.leave(terminal.FINE if account.in_order and decided else terminal.OPEN)


def groups_of(text: str, opened: session.Session) -> tuple[str, Groups]:
    """`支行`, or `年龄=30,40` for bands of a number."""
    from fractions import Fraction

    from interpreter.simulating.fairness import banded
    from policy.numerals import decimal
    from policy.types import Number
    from policy.units import whole

    field, _, edges = text.replace("＝", "=").replace("，", ",").partition("=")
    _known_field(field.strip(), opened, "--fair")
    kind = next(f.type.kind for f in opened.policy.main.fields if f.name == field.strip())
    factor = kind.unit.factor if isinstance(kind, Number) and kind.unit is not None else 1
    written = [edge.strip() for edge in edges.split(",") if edge.strip()]
    plain = all(standing.PLAIN.fullmatch(edge) for edge in written)
    cut = sorted({whole(Fraction(edge) * Fraction(factor)) for edge in written}) if plain else []
    if isinstance(kind, Number) != bool(cut) or (edges.strip() and not cut):
        zh = opened.language == "zh"
        why = (
            f"--fair {text}：数要写出分界，如 {field.strip()}=30,40；其他的栏只写名称"
            if zh
            else f"--fair {text}: a number needs edges, as in {field.strip()}=30,40; other fields are named alone"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)

    def number(edge: Exact) -> str:
        return decimal(whole(Fraction(edge) / Fraction(factor)))

    return field.strip(), banded(field.strip(), cut, lambda v: values.plain(v, opened.policy.language), number)


def _one_sweep(asked: session.Asked) -> None:
    language = chosen(asked.language)
    why = (
        "一次只试一个参数，请只写一个 --sweep"
        if language == "zh"
        else "one parameter is tried at a time; give one --sweep"
    )
    session.fault("ZS911", language, asked, why=why)


def _one_only(opened: session.Session) -> None:
    why = (
        "--by、--fair 和 --near 一次看一种改法，请只写一个 --against"
        if opened.language == "zh"
        else "--by, --fair and --near look at one rule at a time; give one --against"
    )
    session.fault("ZS911", opened.language, opened.asked, why=why)


def _known_field(by: str, opened: session.Session, option: str = "--by") -> None:
    from dsl.suggest import nearest

    names = [field.name for field in opened.policy.main.fields]
    if by not in names:
        offered = nearest(by, names) or names
        zh = opened.language == "zh"
        known = ("、" if zh else ", ").join(offered)
        why = (
            f"{option} {by}：没有这一栏，可以写 {known}"
            if zh
            else f"{option} {by}: there is no such field; there are {known}"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)


def _refuse_use(asked: session.Asked) -> None:
    language = chosen(asked.language)
    why = (
        "请写 --set 名称=值、--against 另一份政策（可以再加 --set），--sweep 名称=从..到（可以加 --goal），或 --fair 栏、--near 名称=距离"
        if language == "zh"
        else "give --set NAME=VALUE, --against OTHER (with --set on top), --sweep NAME=FROM..TO (with --goal), or --fair FIELD, --near NAME=DISTANCE"
    )
    session.fault("ZS911", language, asked, why=why)


def _refuse_mixture(
    asked: session.Asked,
    data: tuple[Sequence[str], Sequence[str], str | None],
    made: tuple[int | None, int | None],
    apart: tuple[Sequence[str], bool],
) -> None:
    """Ends the command where there is nobody to decide about, or options do not go together."""
    (old, new, with_as_of), (people, seed), (alone, several) = data, made, apart
    if not old and people is None:
        zh, en = "请给数据，或用 --people 人数 虚构", "give DATA, or --people COUNT for made-up people"
    elif new and (alone or people is not None):
        zh, en = (
            f"--with 不能与 {'、'.join([*alone, '--people'])} 一起用",
            f"--with does not go with {', '.join([*alone, '--people'])}",
        )
    elif people is not None and "--sweep" in alone:
        zh, en = "--people 不能与 --sweep 一起用", "--people does not go with --sweep"
    elif several and (new or people is not None):
        zh, en = "--with 和 --people 一次看一种改法，请只写一个 --against", "--with and --people take one --against"
    elif with_as_of is not None and not new:
        zh, en = "--with-as-of 只与 --with 一起用", "--with-as-of goes with --with only"
    elif seed is not None and people is None:
        zh, en = "--seed 只与 --people 一起用", "--seed goes with --people only"
    else:
        return
    language = chosen(asked.language)
    session.fault("ZS911", language, asked, why=zh if language == "zh" else en)


def _refuse_output(output: Path, inputs: Sequence[str], opened: session.Session, *, force: bool) -> None:
    from cli import writing

    if output.suffix.lower() not in (".xlsx", ".json", ".csv"):
        session.fault("ZS909", opened.language, opened.asked, file=str(output), kinds=(".xlsx", ".json", ".csv"))
    writing.refuse_target(output, inputs, opened.language, opened.asked, force=force)


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
) -> Outcome:
    """Both rules decided over the data, which is read as each of them wants it."""
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
    if len(tried.edits) < 2:
        return Outcome(found, account_of(datasets[0]), None)

    def reading(part: session.Session) -> Population:
        return Population.of_dataset(part.policy.records, session.read_data(part, data, for_one(part, before, how)))

    part = deciders(tried, (before, after), (variants[0], variants[1]), reading)
    because = causes(variants[0], variants[1], part, len(tried.edits), day)
    return Outcome(found, account_of(datasets[0]), because)


def _made_up(
    before: session.Session,
    tried: Alternative,
    data: Sequence[str],
    as_of: str | None,
    how: options.DataOptions,
    wanted: tuple[int, int],
) -> Outcome:
    """The same over made-up people, so many and of this seed."""
    from cli import madeup

    found, account, made = madeup.simulated((before, tried.rule), data, as_of, how, wanted)
    return Outcome(found, account, None, made)


def for_one(each: session.Session, other: session.Session, how: options.DataOptions) -> options.DataOptions:
    """The options for one of two policies: what they say of a record or a column that only the other has is left out."""
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


def _compared(
    before: session.Session,
    tried: Sequence[Alternative],
    over: tuple[Sequence[str], str | None, options.DataOptions],
    written: tuple[Path | None, str],
) -> tuple[bool, Account]:
    """Several rules side by side; whether every case is decided under each, and the account of the rows."""
    from cli.render import account, alternatives, simulation

    outcomes = [simulated(before, each, *over) for each in tried]
    found = [(each.title, outcome.found) for each, outcome in zip(tried, outcomes, strict=True)]
    table, rows = alternatives.sheet(found, before.language), outcomes[0].account
    told = {**alternatives.as_object(found), "account": account.as_object(rows)}
    output, encoding = written
    if output is not None:
        from cli import writing
        from cli.sheets import writer

        kind = output.suffix.lower()
        sheets = [table, *alternatives.pages(found, before.language), account.account_sheet(rows, before.language)]
        fill = simulation.json_writer(told) if kind == ".json" else writer(kind, sheets, encoding)
        writing.write(output, fill, before.language, before.asked)
    if before.asked.json:
        terminal.as_json(told)
    else:
        for line in (*account.headlines(rows, before.language), *account.problems(rows, before.language)):
            terminal.line(line)
        alternatives.show(table, found, before, output)
        for line in account.summaries(rows, before.language):
            terminal.line(line)
    return all(case.outcome == "decided" for o in outcomes for case in o.found.after.cases), rows


def _tell(
    outcome: Outcome,
    both: tuple[session.Session, Alternative],
    written: tuple[Path | None, str],
    by: str,
    views: standing.Views,
) -> None:
    from cli.render import account, causes, simulation

    (before, tried), (output, encoding) = both, written
    found, rows, because, made = outcome.found, outcome.account, None, outcome.made
    title = ("，" if before.language == "zh" else ", ").join(filter(None, (made, tried.title)))
    told = {**simulation.as_object(found, title), "account": account.as_object(rows)}
    told = {"made_up": made, **told} if made else told
    if outcome.causes is not None:
        told["causes"] = causes.as_object(outcome.causes, found, tried.edits)
        because = causes.told_of(outcome.causes, found, tried.edits, before.language)
    seen = standing.viewed(views, (found.before, found.after), before.language)
    told |= seen.told
    if output is not None:
        from cli import writing
        from cli.sheets import is_ascii, writer

        kind = output.suffix.lower()
        sheets = [
            *simulation.sheets(found, before.language, by, because),
            *seen.sheets,
            account.account_sheet(rows, before.language),
        ]
        if made:
            from cli.madeup import marked

            sheets = marked(sheets, before.language)
        fill = simulation.json_writer(told) if kind == ".json" else writer(kind, sheets, encoding)
        writing.write(output, fill, before.language, before.asked)
    if before.asked.json:
        terminal.as_json(told)
    else:
        for line in (*account.headlines(rows, before.language), *account.problems(rows, before.language)):
            terminal.line(line)
        simulation.show(found, before, title, output, by=by, because=because)
        seen.show("-" if before.asked.ascii else "─")
        if output is not None and output.suffix.lower() == ".csv" and not encoding and not is_ascii(sheets[0]):
            terminal.line(say("plain_utf8", before.language))
        for line in account.summaries(rows, before.language):
            terminal.line(line)
