"""A report: what a comparison says, in parts, before it becomes a page, a workbook or a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from cli.sheets import Sheet
from policy.units import Exact

Kind: TypeAlias = Literal["bars", "waterfall", "steps"]


class Chart(Struct, frozen=True):
    """Figures to be drawn: `bars` has for each label a value of each series; `waterfall` leads from the first value by
    differences to the last; `steps` has values that hold from a label to the next. `marks` are notes on labels."""

    kind: Kind
    title: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[Exact]]]
    marks: Sequence[str] = ()


class Part(Struct, frozen=True):
    """One part of a report: sentences, tables and charts. A `long` one is a list of people, to be searched."""

    title: str
    lines: Sequence[str] = ()
    sheets: Sequence[Sheet] = ()
    charts: Sequence[Chart] = ()
    long: bool = False


class Report(Struct, frozen=True):
    """What a comparison says: the parts in order, and the table that stands for it where there is room for one."""

    title: str
    parts: Sequence[Part]
    main: Sheet
    language: str

    @property
    def sheets(self) -> list[Sheet]:
        """Every table, the one that stands for all first."""
        others = [sheet for part in self.parts for sheet in part.sheets if sheet is not self.main]
        return [self.main, *others]


def plain(title: str, sheets: Sequence[Sheet], language: str, notes: Sequence[str] = ()) -> Report:
    """A report of tables alone, the first of which stands for all."""
    parts = [Part(sheet.title, () if at else notes, [sheet]) for at, sheet in enumerate(sheets)]
    return Report(title, parts, sheets[0], language)
