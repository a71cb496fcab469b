"""How data is to be read, as the commands that take data ask for it: declared once, carried as one thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import typer
from msgspec import Struct

NoneOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--none", metavar="NAME", help="说明没有这种数据 say that there is no such data")
]


class DataOptions(Struct, frozen=True):
    """The options of reading. `none` are the records of which there is said to be no data."""

    none: tuple[str, ...] = ()


PLAIN = DataOptions()


def data_options(none: Sequence[str] | None) -> DataOptions:
    """What was given on the command line."""
    return DataOptions(tuple(none or ()))
