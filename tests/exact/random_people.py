"""People at random: rows for any policy's records, by the types of their fields, with whatever may be missing missing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

from interpreter.exact.population import Population, Subject
from policy.core import Field, Policy
from policy.identity import check_digit
from policy.types import Calendar, Choice, Number, Reference, Text, YesNo
from policy.units import whole
from policy.values import Missing, Period, Value

KEYS = ("a", "b", "c", "d")


def people(policy: Policy, random: Random) -> Population:
    subjects = []
    for record in policy.records:
        for key in KEYS:
            values = {
                f.name: key if f.key and isinstance(f.type.kind, Text) else value(f, random) for f in record.fields
            }
            subjects.append(Subject(record, values))
    return Population(policy.records, subjects)


def value(field: Field, random: Random) -> Value:
    kind = field.type.kind
    if field.type.missing and random.random() < 0.3:
        return Missing(field.name, random.choice(["", *field.type.codes]))
    match kind:
        case Number():
            step = Fraction(kind.grid or 1)
            low = Fraction(kind.low if kind.low is not None else 0)
            high = Fraction(kind.high if kind.high is not None else low + 400 * step)
            return whole(random.choice([low, high, low + random.randint(0, int((high - low) / step)) * step]))
        case YesNo():
            return random.random() < 0.5
        case Choice():
            return random.choice(kind.values)
        case Reference():
            return random.choice(KEYS)
        case Calendar(grain="day"):
            return date(2020 + random.randint(0, 5), random.randint(1, 12), random.randint(1, 28))
        case Calendar(grain=grain):
            last = {"year": 0, "quarter": 4, "month": 12}[grain]
            return Period(2024, random.randint(1, last) if last else 0, grain)
        case Text(identity=True):
            digits = f"330106{random.randint(1950, 2005)}0{random.randint(1, 9)}{random.randint(10, 28)}"
            digits += f"{random.randint(0, 999):03}"
            return digits + check_digit(digits)
        case _:
            return random.choice(["x", "y"])
