"""Whole documents at random, with data for them; each comes from its seed alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.reference.schema import Data, Schema, spelled
from tests.reference.statements import INDENT, Lines, Statements


@dataclass(frozen=True)
class Document:
    """A policy as statements, and the data that it is decided over."""

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

    def with_data(self, data: Data) -> Document:
        return replace(self, data=data)


def document(seed: int) -> Document:
    random = Random(seed)
    schema = Schema(random)
    writing = Statements(random, schema)
    written = [each for _ in range(random.randint(3, 9)) for each in writing.any()]
    while not schema.main.known:
        written += writing.any()
    if random.random() < 0.3:
        written.append(['remark "purpose"'])
    own = [known.name for known in schema.main.known]
    fields = [known.name for known in schema.main.fields[1:]]
    results = own if random.random() < 0.7 else random.sample(own, random.randint(1, len(own)))
    results = [*results, *(random.sample(fields, 1) if random.random() < 0.3 else [])]
    declared = [
        f"choice {spelled(c.name)} = {' > '.join(map(spelled, c.values[: c.ordered]))}"
        + "".join(f", {spelled(value)}" for value in c.values[c.ordered :])
        for c in schema.choices
    ]
    head = ['policy "random"', f'{INDENT}version "{seed}"', *declared]
    records = [[f"data {spelled(record.name)}:", *[INDENT + line for line in record.lines]] for record in schema.records]
    data = schema.data(random.choice([0, 1, 3, 4, 5, 5, 6, 8]))
    return Document(seed, head, [*records, *written], results, data, random.choice([date(2024, 2, 29), date(2025, 6, 30)]))
