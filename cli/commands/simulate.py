"""`zhunsheng simulate`: what a change of the rules would do, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import structs

from cli import options, session, terminal
from cli.speech import chosen, say

if TYPE_CHECKING:
    from interpreter.reading.account import Account
    from interpreter.simulating import Simulation


def command(
    policy: Annotated[Path, typer.Argument(help="现行政策 the policy in force", metavar="POLICY")],
    data: Annotated[list[str] | None, typer.Argument(help="数据 data", metavar="DATA…")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="试改参数 try another value: NAME=VALUE")] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="与另一份政策比 compare with another policy")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成 write .xlsx .json .csv")] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date")] = None,
    sweep: Annotated[
        str | None, typer.Option("--sweep", help="一个参数逐值试 a parameter over a range: NAME=FROM..TO")
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
    alone = [name for name, given in (("--sweep", sweep), ("--by", by)) if given is not None]
    _refuse_mixture(asked, (data, newer or [], with_as_of), (people, seed), alone)
    if sweep is not None:
        from cli import sweeping

        if settings or against is not None or by is not None:
            _refuse_use(asked)
        if output is not None:
            _refuse_output(output, [str(policy), *data], session.opened(policy, asked), force=force)
        sweeping.swept(policy, data, sweep, as_of, how, asked, (output, options.output_encoding(asked, encoding)))
    ruled = bool(settings) or against is not None
    if not ruled and not newer:
        _refuse_use(asked)
    before = session.opened(policy, asked)
    after = session.opened(against or policy, asked, session.settings_of(settings or [], asked))
    if by is not None:
        _known_field(by, before)
    if output is not None:
        _refuse_output(output, [str(policy), *data, *(newer or [])], before, force=force)
    written = (output, options.output_encoding(asked, encoding))
    if newer:
        from cli import twoyears

        edit = "，".join([*([against.name] if against else []), *(settings or [])])
        both = (before, after if ruled else None)
        twoyears.compared(both, (data, newer), (as_of, with_as_of), (how, for_one), (edit, *written))
    made = ""
    if people is not None:
        from cli import madeup

        found, account, made = madeup.simulated(
            (before, after), data, as_of, how, (people, 1 if seed is None else seed)
        )
    else:
        found, account = simulated(before, after, data, as_of, how)
    _tell((found, account, made), (before, after), settings or [], written, by or "")
    decided = all(case.outcome == "decided" for case in found.after.cases)
    terminal.leave(terminal.FINE if account.in_order and decided else terminal.OPEN)


def _known_field(by: str, opened: session.Session) -> None:
    from dsl.suggest import nearest

    names = [field.name for field in opened.policy.main.fields]
    if by not in names:
        offered = nearest(by, names) or names
        zh = opened.language == "zh"
        known = ("、" if zh else ", ").join(offered)
        why = (
            f"--by {by}：没有这一栏，可以写 {known}" if zh else f"--by {by}: there is no such field; there are {known}"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)


def _refuse_use(asked: session.Asked) -> None:
    language = chosen(asked.language)
    why = (
        "请写 --set 名称=值、--against 另一份政策（可以再加 --set），或 --sweep 名称=从..到"
        if language == "zh"
        else "give --set NAME=VALUE, --against OTHER (with --set on top), or --sweep NAME=FROM..TO"
    )
    session.fault("ZS911", language, asked, why=why)


def _refuse_mixture(
    asked: session.Asked,
    data: tuple[Sequence[str], Sequence[str], str | None],
    made: tuple[int | None, int | None],
    alone: Sequence[str],
) -> None:
    """Ends the command where there is nobody to decide about, or options do not go together."""
    (old, new, with_as_of), (people, seed) = data, made
    if not old and people is None:
        zh, en = "请给数据，或用 --people 人数 虚构", "give DATA, or --people COUNT for made-up people"
    elif new and (alone or people is not None):
        zh, en = "--with 不能与 --sweep、--by、--people 一起用", "--with does not go with --sweep, --by or --people"
    elif people is not None and "--sweep" in alone:
        zh, en = "--people 不能与 --sweep 一起用", "--people does not go with --sweep"
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


def simulated(
    before: session.Session,
    after: session.Session,
    data: Sequence[str],
    as_of: str | None,
    how: options.DataOptions = options.PLAIN,
) -> tuple[Simulation, Account]:
    """Both rules decided over the data, which is read as each of them wants it; the account is of the rule in force."""
    from interpreter.exact.population import Population
    from interpreter.reading.account import account_of
    from interpreter.simulating import Variant, simulate

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
    return simulate(variants[0], variants[1], days[0] or days[1]), account_of(datasets[0])


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


def _tell(
    what: tuple[Simulation, Account, str],
    both: tuple[session.Session, session.Session],
    settings: Sequence[str],
    written: tuple[Path | None, str],
    by: str,
) -> None:
    from cli.render import account, simulation

    (found, rows, made), (before, after), (output, encoding) = what, both, written
    names = [str(each.loaded.source.name) if each.loaded.source else "" for each in (before, after)]
    other = names[1] if names[0] != names[1] else ""
    edit = "，".join([*([made] if made else []), *([other] if other else []), *settings])
    told = {**simulation.as_object(found, edit), "account": account.as_object(rows)}
    told = {"made_up": made, **told} if made else told
    if output is not None:
        from cli import writing
        from cli.sheets import is_ascii, writer

        kind = output.suffix.lower()
        sheets = [*simulation.sheets(found, before.language, by), account.account_sheet(rows, before.language)]
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
        simulation.show(found, before, edit, output, by=by)
        if output is not None and output.suffix.lower() == ".csv" and not encoding and not is_ascii(sheets[0]):
            terminal.line(say("plain_utf8", before.language))
        for line in account.summaries(rows, before.language):
            terminal.line(line)
