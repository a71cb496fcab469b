"""The answers of the user, held against the fields of a policy: which column each of them speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from interpreter.reading.dataset import Place, stop
from interpreter.reading.headers import plain_title
from interpreter.reading.scales import scales_of
from interpreter.reading.settled import Scale, Settled, Uses
from policy.core import Field, Record


class Answers(Struct, frozen=True):
    """What is settled of single columns, each known as (record, field), and what the policy uses; `main` is the record
    of the people decided about."""

    scales: dict[tuple[str, str], Scale]
    filled: frozenset[tuple[str, str]]
    uses: Uses
    main: str

    def is_read(self, record: Record, field: Field) -> bool:
        """Whether some rule reads a field."""
        return self.uses.read is None or (record.name, field.name) in self.uses.read

    def is_list(self, record: Record) -> bool:
        """Whether the rows of a record belong to somebody; the people decided about belong to nobody."""
        return record.name != self.main and any(field.owner for field in record.fields)


def answers_of(settled: Settled, uses: Uses, records: Sequence[Record], main: str) -> Answers:
    """The answers by column; DataError where one speaks of no column, or two of one contradict each other."""
    scales: dict[tuple[str, str], Scale] = {}
    for name, scale in settled.scales:
        for place in _named("--percent", name, records, ratios=True):
            if scales.setdefault(place, scale) != scale:
                raise stop("ZS697", Place(""), name=name)
    filled = (place for name in settled.fill_down for place in _named("--fill-down", name, records, ratios=False))
    return Answers(scales, frozenset(filled), uses, main)


def speaks_of(name: str, records: Sequence[Record]) -> bool:
    """Whether a name means a field of some record."""
    wanted = plain_title(name)
    return any(wanted in _spellings(record, field) for record in records for field in record.fields)


def _named(option: str, name: str, records: Sequence[Record], *, ratios: bool) -> list[tuple[str, str]]:
    """The fields that a name means: its own or its title, with its record in front where one name stands in several."""
    wanted = plain_title(name)
    offered = [(r, f) for r in records for f in r.fields if not ratios or scales_of(f, None)]
    found = [(r.name, f.name) for r, f in offered if wanted in _spellings(r, f)]
    if not found:
        columns = "、".join(dict.fromkeys(f.header for _, f in offered)) or "-"
        raise stop("ZS648", Place(""), option=option, name=name, columns=columns)
    return found


def _spellings(record: Record, field: Field) -> Iterator[str]:
    for title in (field.name, field.header):
        yield plain_title(title)
        yield plain_title(f"{record.name}.{title}")
