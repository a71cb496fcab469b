"""What two rules together ask of data, so that people can be made up once and decided under both."""

from __future__ import annotations

from msgspec import structs

from policy.core import Field, Policy, Record


class UnlikeError(Exception):
    """A field that both rules have and declare differently: nobody can be made up for both."""

    def __init__(self, record: str, field: str) -> None:
        super().__init__(f"{record}.{field}")
        self.record, self.field = record, field


def joined(before: Policy, after: Policy) -> Policy:
    """A policy with the records and fields of both, whose rules read what either reads; only for making and reading
    data. UnlikeError where a field is declared differently."""
    others = {record.name: record for record in after.records}
    records = [_joined(record, others.pop(record.name, None)) for record in before.records]
    definitions = (*before.definitions, *after.definitions)
    results = tuple(dict.fromkeys((*before.results, *after.results)))
    return structs.replace(
        before,
        records=(*records, *others.values()),
        definitions=definitions,
        results=results,
        dated=before.dated or after.dated,
    )


def _joined(record: Record, other: Record | None) -> Record:
    fields = {field.name: field for field in record.fields}
    for field in other.fields if other is not None else ():
        mine = fields.setdefault(field.name, field)
        if _declared(mine) != _declared(field):
            raise UnlikeError(record.name, field.name)
    return structs.replace(record, fields=tuple(fields.values()))


def _declared(field: Field) -> tuple[object, ...]:
    return field.type, field.key, field.series, field.whole, field.places, field.unit
