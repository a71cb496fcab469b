"""Whole documents at random, with data for them; each comes from its seed alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.reference.schema import Data, Manner, Schema, spelled
from tests.reference.statements import INDENT, Lines, Statements

AS_SAID = Manner()


@dataclass(frozen=True)
class Document:
    """A policy as statements, and the data that it is decided over. `loose` statements stand in any order."""

    seed: int
    head: Lines
    statements: list[Lines]
    results: list[str]
    data: Data
    as_of: date

    @property
    def text(self) -> str:
        result = f"result {', '.join(spelled(name) for name in self.results)}"
        return "\n".join(line for statement in [self.head, *self.statements, [result]] for line in statement) + "\n"

    def with_statements(self, statements: list[Lines]) -> Document:
        return replace(self, statements=statements)

    def with_results(self, results: list[str]) -> Document:
        return replace(self, results=results)

    def with_data(self, data: Data) -> Document:
        return replace(self, data=data)


RECKONING = (
    ("leap day in March", "leap day in February"),
    ("month end to month end", "month end to the same day"),
    ("end days both counted", "end days counted once"),
)


def document(seed: int, manner: Manner = AS_SAID) -> Document:
    """The document of a seed, written in a manner."""
    random = Random(seed)
    schema = Schema(random, manner)
    writing = Statements(random, schema)
    written = [each for _ in range(random.randint(3, 9)) for each in writing.any()]
    while not schema.main.known:
        written += writing.any()
    if random.random() < 0.3:
        written.append(["> Art. 1. These rules are made for good.", 'remark "purpose"'])
    own = [known.name for known in schema.main.known]
    fields = [known.name for known in schema.main.fields[1:]]
    results = own if random.random() < 0.7 else random.sample(own, random.randint(1, len(own)))
    results = [*results, *(random.sample(fields, 1) if random.random() < 0.3 else [])]
    declared = [
        f"choice {spelled(c.name)} = {' > '.join(map(spelled, c.values[: c.ordered]))}"
        + "".join(f", {spelled(value)}" for value in c.values[c.ordered :])
        for c in schema.choices
    ]
    meta = [f'{INDENT}version "{seed}"', f"{INDENT}effective 2024-01-01", f'{INDENT}source "a dice"'][
        : random.randint(0, 3)
    ]
    meta += [f"{INDENT}{random.choice(words)}" for words in RECKONING if random.random() < 0.3]
    records = [
        [f"data {spelled(record.name)}:", *[INDENT + line for line in record.lines]] for record in schema.records
    ]
    data = schema.data(random.choice([0, 1, 1, 3, 4, 5, 5, 6, 8]))
    as_of = random.choice([date(2024, 2, 29), date(2025, 6, 30)])
    return Document(
        seed, ['policy "random"', *meta, *declared], [*records, *written, *writing.aside], results, data, as_of
    )
