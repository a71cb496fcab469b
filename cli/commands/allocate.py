"""`zhunsheng allocate`: who gets what by the divisions of a policy, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, session, terminal
from cli.dividing import Wish, asked_for, kept_in, solved
from cli.speech import chosen
from policy.values import Nil

if TYPE_CHECKING:
    from cli.render.allocation import Divided
    from cli.session import Run


def command(
    policy: Annotated[Path, typer.Argument(help="政策文件 policy file", metavar="POLICY")],
    data: Annotated[
        list[str],
        typer.Argument(help="数据文件、文件夹，或 数据=文件 files, a folder, or record=file", metavar="DATA…"),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写成 write .xlsx .html .docx .json .csv")
    ] = None,
    of: Annotated[str | None, typer.Option("--of", help="哪一项分配 which division, by its name")] = None,
    why_not: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--why-not", metavar="ITEM OWNER", help="为什么这一个不给那一个 why the one does not go to the other"
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", help="上次的结果（csv），尽量不动 the last division (csv), to be kept where it can be"),
    ] = None,
    time_limit: Annotated[float | None, typer.Option("--time-limit", help="最多算多少秒 seconds at most")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="改参数 set a parameter: NAME=VALUE")] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    base: options.Base = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date: 2025-06-30")] = None,
    encoding: options.OutputEncoding = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """按政策分配 Give out what the policy divides, and say why."""
    from cli import reporting
    from cli.again import again
    from cli.render.allocation import report
    from cli.render.allocation_json import as_object
    from cli.render.allocation_text import page

    asked = session.Asked(lang, form == "json", ascii)
    if form not in ("text", "json"):
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: text, json")
    opened = session.opened(policy, asked, session.settings_of(settings or [], asked), base)
    language = opened.language
    wanted = asked_for(opened, of)
    target = reporting.Target(output, options.output_encoding(asked, encoding))
    reporting.refuse(target, [str(policy), *data, *([str(keep)] if keep is not None else [])], opened, force=force)
    given = options.data_options(asked, none, percent, fill_down, input_encoding)
    wish = Wish(kept_in(keep, wanted, opened) if keep is not None else None, time_limit, why_not)
    run, found = solved(opened, wanted, lambda: session.decided(opened, data, as_of, given), wish)
    _refuse_unknown(wish, found, opened)
    files: list[str | Path] = [policy, *opened.policy.files, *data, *([keep] if keep is not None else [])]
    told = report(found, opened.policy.name, again(files, run.as_of, language))
    shown = reporting.Told(as_object(found, opened.policy), told, lambda: page(found, told, ascii=ascii))
    reporting.tell(shown, [("", run.account)], opened, target)
    terminal.leave(_code(run, found))


def _refuse_unknown(wish: Wish, found: list[Divided], opened: session.Session) -> None:
    """Ends the command where `--why-not` asks about what is in no division."""
    if wish.why_not is None or any(each.answer is not None for each in found):
        return
    item, kinds = wish.why_not[0], ("、" if opened.language == "zh" else ", ").join(each.item for each in found)
    why = (
        f"--why-not {item}：先写要分的{kinds}的主键，再写给谁"
        if opened.language == "zh"
        else f"--why-not {item}: first the key of what is given ({kinds}), then of who would take it"
    )
    session.fault("ZS911", opened.language, opened.asked, why=why)


def _code(run: Run, found: list[Divided]) -> int:
    """1 where there is no division, 3 where rows or items are open, else 0."""
    if any(each.division.solution is None for each in found):
        return terminal.FAILED
    closed = all(isinstance(value, str | Nil) for each in found for value in each.values.values())
    return terminal.FINE if closed and run.account.in_order else terminal.OPEN
