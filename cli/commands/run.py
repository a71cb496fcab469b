"""`zhunsheng run`: decide everyone; a table on the terminal, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, session, terminal
from cli.speech import chosen

if TYPE_CHECKING:
    from cli.session import Run


def command(
    policy: Annotated[Path, typer.Argument(help="政策文件 policy file", metavar="POLICY")],
    data: Annotated[
        list[str],
        typer.Argument(help="数据文件、文件夹，或 数据=文件 files, a folder, or record=file", metavar="DATA…"),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成 write .csv .xlsx .parquet .json")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="改参数 set a parameter: NAME=VALUE")] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    base: options.Base = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date: 2025-06-30")] = None,
    engine: Annotated[str, typer.Option("--engine", help="auto, exact, batch")] = "auto",
    everyone: Annotated[bool, typer.Option("--all", help="显示所有人 show every row")] = False,
    encoding: options.OutputEncoding = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """裁定所有人 Decide everyone and write the results."""
    asked = session.Asked(lang, form == "json", ascii)
    if form not in ("text", "json"):
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: text, json")
    _refuse_engine(engine, asked)
    opened = session.opened(policy, asked, session.settings_of(settings or [], asked), base)
    if output is not None:
        _refuse_output(output, [str(policy), *data], opened, force=force)
    run = session.decided(opened, data, as_of, options.data_options(asked, none, percent, fill_down, input_encoding))
    plain = output is not None and _write(run, output, options.output_encoding(asked, encoding), force=force)
    if asked.json:
        from cli.render.run import as_object

        terminal.as_json(as_object(run))
    else:
        from cli.render.run import Shown, show

        show(run, Shown(output, everyone, settings or [], ascii, plain_csv=plain))
    terminal.leave(exit_code(run))


def exit_code(run: Run) -> int:
    """0 if everyone is decided and no row waits for a person, else 3."""
    decided = all(case.outcome == "decided" for case in run.decisions.cases)
    return terminal.FINE if decided and run.account.in_order else terminal.OPEN


def _refuse_engine(engine: str, asked: session.Asked) -> None:
    if engine not in ("auto", "exact"):
        code, what = ("ZS914", "--engine batch") if engine == "batch" else ("ZS911", "")
        session.fault(code, chosen(asked.language), asked, what=what, why=f"--engine {engine}: auto, exact, batch")


def _refuse_output(output: Path, inputs: Sequence[str], opened: session.Session, *, force: bool) -> None:
    from cli import writing

    language, asked = opened.language, opened.asked
    if output.suffix.lower() not in writing.KINDS:
        session.fault("ZS909", language, asked, file=str(output), kinds=tuple(writing.KINDS))
    if output.suffix.lower() == ".parquet":
        _need_pyarrow(opened)
    for target in _targets(output):
        writing.refuse_target(target, inputs, language, asked, force=force)


def _need_pyarrow(opened: session.Session) -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        session.fault("ZS915", opened.language, opened.asked, package="zhunsheng[parquet]")


def rejected_beside(output: Path) -> Path | None:
    """Where the rows that were not taken go; a workbook has a sheet for them."""
    return None if output.suffix.lower() == ".xlsx" else output.with_name(f"{output.stem}.rejected.csv")


def _targets(output: Path) -> list[Path]:
    aside = rejected_beside(output)
    return [output] if aside is None else [output, aside]


def _write(run: Run, output: Path, encoding: str, *, force: bool) -> bool:
    """The results; and the account and the rows that were not taken, in sheets of their own or beside them. Says whether
    CSV was written that a spreadsheet may garble."""
    from cli import writing
    from cli.render.account import account_sheet, rejected_sheet
    from cli.render.run import results_sheet
    from cli.sheets import is_ascii, writer
    from interpreter.reading import DataError, refuse_changes

    language, asked = run.session.language, run.session.asked
    aside = rejected_beside(output)
    for target in _targets(output):  # once more, now that folders are opened
        writing.refuse_target(target, [file.path for file in run.dataset.files], language, asked, force=force)
    try:
        refuse_changes(run.dataset)
    except DataError as error:
        session.fault(error.reason.code, language, asked, **dict(error.reason.arguments))
    rejected, sheets = rejected_sheet(run.account, run.session.policy.language), [results_sheet(run)]
    if aside is None:
        sheets += [account_sheet(run.account, run.session.policy.language), *([rejected] if rejected.rows else [])]
    kind = output.suffix.lower()
    parts: list[tuple[Path, writing.Fill | None]] = [(output, writer(kind, sheets, encoding))]
    beside = [rejected] if aside is not None and rejected.rows else []
    if aside is not None and (beside or force):
        parts.append((aside, writer(".csv", beside, encoding) if beside else None))
    writing.write_together(parts, language, asked)
    in_csv = [*(sheets[:1] if kind == ".csv" else []), *beside]
    return not encoding and not all(map(is_ascii, in_csv))
