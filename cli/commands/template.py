"""`zhunsheng template`: an empty workbook for a policy's data: titles, dropdowns, limits, notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, session, terminal
from cli.speech import chosen, say

if TYPE_CHECKING:
    from cli.render.template_columns import Column

KINDS = (".xlsx", ".csv")


def command(
    policy: Annotated[Path, typer.Argument(help="政策文件 policy file", metavar="POLICY")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成 write .xlsx .csv")] = None,
    encoding: options.OutputEncoding = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """数据模板 An empty workbook for the data: titles, dropdowns, limits, notes; without -o, the columns are listed."""
    from cli.render.template_columns import columns_of

    asked = session.Asked(lang, form == "json", ascii)
    if form not in ("text", "json"):
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: text, json")
    opened = session.opened(policy, asked)
    columns = columns_of(opened.policy)
    if output is not None:
        _refuse(output, policy, opened, force=force)
        _write(output, opened, columns, options.output_encoding(asked, encoding))
    if asked.json:
        terminal.as_json(_as_object(opened, columns, output))
    elif output is None:
        _list(opened, columns)
    else:
        terminal.line(say("written", opened.language, file=output))


def _refuse(output: Path, policy: Path, opened: session.Session, *, force: bool) -> None:
    from cli import writing

    language, asked = opened.language, opened.asked
    if output.suffix.lower() not in KINDS:
        session.fault("ZS909", language, asked, file=str(output), kinds=KINDS)
    records = [record.name for record in opened.policy.records]
    if output.suffix.lower() == ".csv" and len(records) > 1:
        zh = f"这个政策有 {len(records)} 种数据（{'、'.join(records)}），一个 CSV 只装得下一种；请写成 .xlsx"
        en = f"this policy has {len(records)} kinds of data ({', '.join(records)}) and a CSV holds one; write .xlsx"
        session.fault("ZS911", language, asked, why=zh if language == "zh" else en)
    writing.refuse_target(output, [str(policy)], language, asked, force=force)


def _write(output: Path, opened: session.Session, columns: Sequence[Column], encoding: str) -> None:
    from cli import writing
    from cli.render import template

    if output.suffix.lower() == ".csv":
        writing.write(output, template.csv_writer(columns, encoding or "utf-8-sig"), opened.language, opened.asked)
    else:
        writing.write(output, template.workbook_writer(opened.policy, columns), opened.language, opened.asked)


def _list(opened: session.Session, columns: Sequence[Column]) -> None:
    """What the data must hold, on the terminal."""
    from cli.render.columns import aligned
    from cli.render.template_columns import HEADERS, cells

    language = opened.policy.language
    headers = [header[0 if language == "zh" else 1] for header in HEADERS]
    rows = [cells(column) for column in columns]
    used = [at for at in range(len(headers)) if any(row[at] for row in rows)]
    shown = [[row[at] for at in used] for row in rows]
    rule = "-" if opened.asked.ascii else "─"
    for line in aligned([headers[at] for at in used], shown, [False] * len(used), rule=rule):
        terminal.line(line)


def _as_object(opened: session.Session, columns: Sequence[Column], output: Path | None) -> dict[str, object]:
    """The same as JSON."""
    return {
        "policy": opened.policy.name,
        "written": str(output) if output is not None else None,
        "columns": [
            {
                "record": column.record,
                "header": column.field.header,
                "field": column.field.name,
                "type": column.kind,
                "unit": column.unit or None,
                "range": column.range or None,
                "decimals": column.decimals,
                "choices": list(column.choices),
                "may_be_empty": column.field.type.missing,
                "words_for_missing": list(column.field.type.codes),
                "key": column.field.key,
            }
            for column in columns
        ],
    }
