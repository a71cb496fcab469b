"""`zhunsheng simulate`: what a change of the rules would do, and to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import asking, options, reporting, session, simulating, standing
from cli.alternatives import alternatives


def command(
    policy: Annotated[Path, typer.Argument(help="现行政策 the policy in force", metavar="POLICY")],
    data: Annotated[list[str] | None, typer.Argument(help="数据 data", metavar="DATA…")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="试改参数 try another value: NAME=VALUE")] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", help="与修订或另一份政策比，可重复 an amendment or another policy, several times"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写成 write .xlsx .html .docx .json .csv")
    ] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date")] = None,
    sweep: Annotated[
        list[str] | None, typer.Option("--sweep", help="一个参数逐值试 a parameter over a range: NAME=FROM..TO")
    ] = None,
    goals: Annotated[
        list[str] | None, typer.Option("--goal", help="逐值试要达到什么 what a sweep should reach: “合格人数 = 50”")
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
    by: Annotated[
        str | None, typer.Option("--by", help="按哪一栏分开统计 add up by a field: FIELD, or FIELD=30,40 for bands")
    ] = None,
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
    goal = asking.one_goal(goals or [], form, asked)
    how = options.data_options(asked, none, percent, fill_down, input_encoding)
    old, new, rules, ruled = data or [], newer or [], against or [], bool(settings or against)
    views = [name for name, given in (("--by", by), ("--fair", fair), ("--near", near), ("--goal", goal)) if given]
    wanted = asking.Wanted(old, new, with_as_of, people, seed, sweep or [], views, ruled, len(rules) > 1)
    asking.refuse(wanted, asked)
    before = session.opened(policy, asked)
    target = reporting.Target(output, options.output_encoding(asked, encoding))
    reporting.refuse(target, [str(policy), *old, *new], before, force=force)
    if sweep:
        from cli import sweeping

        sweeping.swept(policy, sweep, (old, as_of, how), asked, target, goal)
    looks = standing.Views(
        [asking.groups_of(each, before, "--fair") for each in fair or ()],
        [standing.near_of(each, before) for each in near or ()],
        asking.groups_of(by, before, "--by") if by is not None else None,
    )
    if not ruled and not new:
        standing.alone(before, (old, as_of, how), looks, target)
    tried = alternatives(before, rules, session.settings_of(settings or [], asked), policy, asked)
    if new:
        from cli import twoyears

        both = (before, tried[0].rule if ruled else None)
        twoyears.compared(both, (old, new), (as_of, with_as_of), how, (tried[0].title, target))
    if len(tried) > 1:
        simulating.compared(before, tried, (old, as_of, how), target)
    if people is None:
        outcome = simulating.simulated(before, tried[0], old, as_of, how)
    else:
        outcome = simulating.made_up(before, tried[0], (old, as_of, how), (people, 1 if seed is None else seed))
    files: list[str | Path] = [policy, *rules, *(table.place.file for table in outcome.account.tables)]
    simulating.tell(before, tried[0], outcome, looks, files, target)
    reporting.leave([outcome.account], outcome.found.after)
