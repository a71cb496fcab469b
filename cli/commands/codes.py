"""`zhunsheng codes`: every code that a message can carry, and what one means."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from cli import session, terminal
from cli.speech import chosen
from policy import catalogue

_PUT_IN = re.compile(r"\{[\w.]+\}")
"""Where a name or figure of the document stands in a message."""


def command(
    code: Annotated[
        str | None, typer.Argument(help="代码或名称 a code or a name, such as ZS420", metavar="CODE")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
) -> None:
    """代码一览 List the codes of messages, or explain one."""
    asked = session.Asked(lang, form == "json")
    language = chosen(lang)
    found = [e for c, e in sorted(catalogue.entries().items()) if code in (None, c, e.name_zh, e.name_en)]
    if not found:
        session.fault("ZS911", language, asked, why=f"{code}?")
    if asked.json:
        terminal.as_json(
            [
                {
                    "code": e.code,
                    "severity": e.severity.value,
                    "zh": [e.name_zh, e.zh, e.help_zh],
                    "en": [e.name_en, e.en, e.help_en],
                }
                for e in found
            ]
        )
        return
    for entry in found:
        name, text, help_text = (
            (entry.name_zh, entry.zh, entry.help_zh) if language == "zh" else (entry.name_en, entry.en, entry.help_en)
        )
        terminal.line(f"{entry.code}  {name}")
        if code is not None:
            for told in (text, help_text) if help_text else (text,):
                terminal.line(f"  {_PUT_IN.sub('…', told)}")
