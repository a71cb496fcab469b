"""The records that a policy is decided over, and how the text names its own lines."""

from __future__ import annotations

from typing import Any

from policy import core
from policy.types import Reference
from tests.reference.absence import Absent, Value, is_open, spread, taken
from tests.reference.reckoning import size_of


class Row:
    """One record of the data. `given` are values that stand in for definitions; `aside` says why its row was set aside."""

    def __init__(
        self,
        record: core.Record,
        values: dict[str, Any],
        given: dict[str, Any] | None = None,
        aside: Absent | None = None,
    ) -> None:
        self.record = record
        self.aside = aside
        self.values = {name: taken(value) for name, value in values.items()}
        self.given = {name: taken(value) for name, value in (given or {}).items()}
        self.known: dict[str, Value] = {}
        key = self.values.get(record.key.name) if record.key else None
        self.key = key if isinstance(key, str) else ""

    @property
    def label(self) -> str:
        """How others call it: by its key, else by its owner's."""
        owner = self.values.get(owner_field(self.record))
        return self.key or (owner if isinstance(owner, str) else "")

    def in_doubt(self, state: Value) -> Value:
        """What holds of a record, or may, is open where its row was set aside; what surely does not is not."""
        return state if self.aside is None or state is False else self.aside


Scope = tuple[Row, ...]


class NotGiven(Exception):  # noqa: N818
    """The as-of date is read and was not given."""


def owner_field(record: core.Record) -> str:
    """The field marked 归属, else the sole reference."""
    references = [field for field in record.fields if isinstance(field.type.kind, Reference)]
    marked = [field for field in references if field.owner] or (references if len(references) == 1 else [])
    return marked[0].name if marked else ""


def text_of(node: Any) -> str:
    return " ".join(node.span.text.split())


def called(arm: Any) -> str:
    """A line of the text by its citation, else by its own words."""
    if arm.clause.cites:
        return "".join(arm.clause.cites)
    words = text_of(arm)
    return words if len(words) <= 40 else words[:40] + "…"


def held_to(value: Value, limit: Value, node: Any, floor: bool) -> Value:
    """A value not below a floor, or not above a cap."""
    kind = node.type
    if not isinstance(value, Absent) and size_of(value, kind) is None:
        return value
    if isinstance(value, Absent) and value.kind == "nothing listed" and not is_open(limit):
        return value
    if isinstance(value, Absent) or isinstance(limit, Absent):
        return spread([value, limit])
    mine, bound = size_of(value, kind), size_of(limit, kind)
    if bound is None:
        return value
    return limit if (mine < bound if floor else mine > bound) else value
