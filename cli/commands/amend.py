"""`zhunsheng amend`: the amended whole of a policy and its amendment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import session, terminal
from cli.speech import chosen, say


def command(
    policy: Annotated[Path, typer.Argument(help="现行政策 the policy in force", metavar="POLICY")],
    amendments: Annotated[
        list[Path], typer.Argument(help="修订，按先后 amendments, in their order", metavar="AMENDMENT…")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写成新的政策文件 write the new policy file")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """修订合成全文 Write the amended whole of a policy."""
    from cli import writing
    from dsl.layout import format_text
    from dsl.syntax.parser import Refusal
    from policy.source import Source

    asked = session.Asked(lang, False, ascii)
    if output is not None:
        inputs = [str(path) for path in (policy, *amendments)]
        writing.refuse_target(output, inputs, chosen(lang), asked, force=force)
    text, language = _whole(policy, amendments, asked)
    formatted = format_text(Source(str(policy), text))
    assert not isinstance(formatted, Refusal)
    if output is None:
        terminal.raw(formatted)
        return
    writing.write_text(output, formatted, language, asked)
    terminal.line(say("written", language, file=output))


def _whole(policy: Path, amendments: list[Path], asked: session.Asked) -> tuple[str, str]:
    """The text of the policy with all amendments, each over what came before; ends the command at the first that has
    errors, with exit code 1."""
    opened = session.opened(policy, asked)
    for path in amendments:
        opened = session.opened(path, asked, base=opened.loaded.whole)
        if opened.loaded.amended is None:
            session.fault("ZS922", opened.language, asked, file=str(path))
    assert opened.loaded.whole is not None
    return opened.loaded.whole.text, opened.language
