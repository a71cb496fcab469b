"""Names of a text by what they are, so that what is offered speaks of what is there."""

from __future__ import annotations

from msgspec import Struct


class Known(Struct, frozen=True):
    """Names by what they are, as far as lines of the usual shape tell; `fields` holds each record's."""

    fields: dict[str, tuple[str, ...]]
    values: frozenset[str]
    names: frozenset[str]

    def record_of(self, field: str) -> str | None:
        """The one record that has a field of that name."""
        found = [record for record, fields in self.fields.items() if field in fields]
        return found[0] if len(found) == 1 else None


NOTHING = Known({}, frozenset(), frozenset())
