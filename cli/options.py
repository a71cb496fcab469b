"""How data is to be read, as the commands that take data ask for it: declared once, carried as one thing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer
from msgspec import Struct

from cli import session
from cli.speech import chosen

if TYPE_CHECKING:
    from interpreter.reading.settled import Scale, Settled

NoneOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--none", metavar="NAME", help="说明没有这种数据 say that there is no such data")
]
Percent = Annotated[
    list[str] | None,
    typer.Option(
        "--percent",
        help="没有百分号的数怎么读 how plain numbers are meant: COLUMN=ratio (0.9 is 90%), COLUMN=percent",
    ),
]
FillDown = Annotated[
    list[str] | None,
    typer.Option("--fill-down", help="这一列的合并单元格每一行都填首格的值 fill the merged cells of a column: COLUMN"),
]
InputEncoding = Annotated[
    str | None,
    typer.Option("--input-encoding", help="数据文件的编码 encoding of the data: utf-8, gb18030, utf-16"),
]

Base = Annotated[
    Path | None, typer.Option("--base", help="修订所改的政策文件 the policy file that an amendment changes")
]
OutputEncoding = Annotated[
    str | None,
    typer.Option("--encoding", help="写出的 CSV 的编码 encoding of CSV that is written: utf-8, utf-8-sig, gb18030"),
]

_SCALES: dict[str, Scale] = {
    **dict.fromkeys(("ratio", "小数", "比例"), "ratio"),
    **dict.fromkeys(("percent", "permille", "百分数", "百分比", "千分数"), "unit"),
}
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-16",
    "utf16": "utf-16",
}


class DataOptions(Struct, frozen=True):
    """The options of reading. `none` are the records of which there is said to be no data; `settled` answers what files
    leave open, None where nothing is said."""

    none: tuple[str, ...] = ()
    settled: Settled | None = None


PLAIN = DataOptions()


def data_options(
    asked: session.Asked,
    none: Sequence[str] | None,
    percent: Sequence[str] | None,
    fill_down: Sequence[str] | None,
    encoding: str | None,
) -> DataOptions:
    """What was given on the command line; ends the command where one is not written as it should be."""
    from interpreter.reading.settled import Settled

    scales = tuple(_scale(each, asked) for each in percent or ())
    return DataOptions(tuple(none or ()), Settled(scales, tuple(fill_down or ()), _encoding(encoding, asked)))


def _scale(text: str, asked: session.Asked) -> tuple[str, Scale]:
    column, _, word = text.replace("＝", "=").rpartition("=")
    scale = _SCALES.get(word.strip().casefold())
    if not column.strip() or scale is None:
        language = chosen(asked.language)
        zh, en = "要写成 列=ratio（小数）或 列=percent（百分数）", "write COLUMN=ratio or COLUMN=percent"
        session.fault("ZS911", language, asked, why=f"--percent {text}{f'：{zh}' if language == 'zh' else f': {en}'}")
    assert scale is not None
    return column.strip(), scale


def output_encoding(asked: session.Asked, text: str | None) -> str:
    """The encoding in which CSV is to be written, empty where none is asked for."""
    known = ("utf-8", "utf-8-sig", "gb18030")
    found = (text or "").strip().casefold()
    if text is not None and found not in known:
        session.fault("ZS911", chosen(asked.language), asked, why=f"--encoding {text}: {', '.join(known)}")
    return found


def _encoding(text: str | None, asked: session.Asked) -> str:
    if text is None:
        return ""
    found = _ENCODINGS.get(text.strip().casefold(), "")
    if not found:
        session.fault("ZS911", chosen(asked.language), asked, why=f"--input-encoding {text}: utf-8, gb18030, utf-16")
    return found
