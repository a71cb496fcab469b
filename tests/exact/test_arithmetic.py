"""Exact arithmetic: against the decimal module, against plain fractions, and what is absent."""

from __future__ import annotations

import decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.arithmetic import added, rounded
from policy.core import Band, Banded, Limited, Product, Rounded, Sum, Units
from policy.units import exact, whole
from policy.values import Referred, Undecided
from tests.exact.hand_core import MONEY, NIL, NUM, OPEN, RATE, SENT, Missing, codes, const, get, step_of, value_of

numbers = st.one_of(st.integers(-(10**6), 10**6), st.fractions(-1000, 1000, max_denominator=60).map(whole))
MODES = {
    "half_up": decimal.ROUND_HALF_UP,
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
}


@given(st.integers(-(10**7), 10**7), st.integers(0, 4), st.integers(0, 3), st.sampled_from(sorted(MODES)))
def test_rounding_is_that_of_decimals(digits: int, places: int, kept: int, mode: str) -> None:
    value = decimal.Decimal(digits).scaleb(-places)
    wanted = value.quantize(decimal.Decimal(1).scaleb(-kept), rounding=MODES[mode])
    assert rounded(exact(digits, 10**places), mode, exact(1, 10**kept)) == Fraction(wanted)


RATIOS = st.one_of(st.fractions(max_denominator=97), st.fractions(), st.integers().map(lambda n: Fraction(n, 10**30)))


@given(st.lists(st.tuples(RATIOS, st.sampled_from((1, -1)))))
def test_ratios_of_any_denominators_add_up(terms: list[tuple[Fraction, int]]) -> None:
    found = added([whole(value) for value, _ in terms], [sign for _, sign in terms])
    assert found == sum((value * sign for value, sign in terms), Fraction(0))
    assert type(found) is int or found.denominator > 1


def test_many_ratios_stay_over_their_least_common_denominator() -> None:
    """Ten thousand of them: over the product of their denominators this would take minutes."""
    ratios = [Fraction(1, 2 + n % 5_000) for n in range(10_000)]
    assert added([whole(ratio) for ratio in ratios], [1] * len(ratios)) == sum(
        (2 * Fraction(1, n) for n in range(2, 5_002)), Fraction(0)
    )


@given(numbers, st.sampled_from(sorted(MODES)), st.sampled_from([1, 10, 3, Fraction(1, 3), Fraction(1, 4)]))
def test_rounding_gives_a_multiple_not_a_step_away(value: Any, mode: str, step: Any) -> None:
    found = rounded(value, mode, step)
    assert Fraction(found) / step % 1 == 0
    assert abs(found - value) < step
    assert type(found) is int or found.denominator > 1


@given(st.lists(st.tuples(numbers, st.sampled_from([1, -1])), max_size=6))
def test_sums_are_exact_and_stay_whole(terms: list[tuple[Any, int]]) -> None:
    found = added([value for value, _ in terms], [sign for _, sign in terms])
    assert found == sum((value * sign for value, sign in terms), 0)
    assert type(found) is int or (isinstance(found, Fraction) and found.denominator > 1)


def test_products_divide_exactly() -> None:
    node = Product(factors=(get("a"), get("b"), get("c")), powers=(1, -1, 1), type=NUM)
    assert value_of(node, a=7, b=3, c=2) == Fraction(14, 3)
    assert value_of(node, a=6, b=3, c=2) == 4
    assert type(value_of(node, a=6, b=4, c=2)) is int
    assert codes(value_of(node, a=6, b=0, c=2)) == {"ZS804"}


def test_absent_operands_spread() -> None:
    node = Sum(terms=(get("a"), get("b")), signs=(1, -1), type=NUM)
    assert value_of(node, a=1, b=NIL) is NIL
    lacking = value_of(node, a=Missing("a"), b=Missing("b", "停课"))
    assert type(lacking) is Undecided
    assert [reason.arguments for reason in lacking.reasons] == [
        (("field", "a"),),
        (("field", "b"), ("word", "停课")),
    ]
    both = value_of(node, a=OPEN, b=SENT)
    assert type(both) is Undecided
    assert both.reasons == value_of(node, a=SENT, b=OPEN).reasons
    assert len(both.reasons) == 2
    assert type(value_of(node, a=NIL, b=SENT)) is Referred


@pytest.mark.parametrize(
    ("reading", "quantity", "units"),
    [
        ("every", 42, Fraction(7, 6)),
        ("every_full", 42, 1),
        ("every_full", Fraction(359, 10), 0),
        ("every_full", 36, 1),
        ("every_started", 42, 2),
        ("every_started", 36, 1),
        ("every_started", 0, 0),
        ("every_full", -1, 0),
        ("every", -36, 0),
    ],
)
def test_units_in_a_quantity(reading: str, quantity: Any, units: Any) -> None:
    node = Units(of=get("年数"), unit=const(36), reading=reading, type=NUM)
    assert value_of(node, 年数=quantity) == units


def test_limits_keep_the_bit_that_bit() -> None:
    node = Limited(of=get("a"), cap=const(20), floor=const(0), type=NUM)
    assert [value_of(node, a=a) for a in (-1, 0, 19, 25)] == [0, 0, 19, 20]
    step = step_of(node, a=25)
    assert [part.value for part in step.parts] == [25, 20, 0]
    assert codes(value_of(node, a=Missing("a"))) == {"ZS801"}


TIERS = (
    Band(None, False, const(40), True, const(100, MONEY)),
    Band(const(40), False, const(100), True, const(120, MONEY)),
    Band(const(100), False, None, False, const(150, MONEY)),
)


@pytest.mark.parametrize(
    ("mode", "amount", "total"),
    [
        ("marginal", 70, 40 * 100 + 30 * 120),
        ("marginal", 40, 4000),
        ("marginal", 130, 4000 + 60 * 120 + 30 * 150),
        ("marginal", 0, 0),
        ("marginal", -5, 0),
        ("whole", 40, 4000),
        ("whole", 70, 8400),
        ("whole", Fraction(201, 2), Fraction(201, 2) * 150),
    ],
)
def test_tiers(mode: str, amount: Any, total: Any) -> None:
    assert value_of(Banded(of=get("a"), mode=mode, bands=TIERS, type=MONEY), a=amount) == total


def test_an_amount_that_no_tier_covers_is_undecided() -> None:
    node = Banded(of=get("a"), mode="marginal", bands=TIERS[:2], type=MONEY)
    assert codes(value_of(node, a=101)) == {"ZS808"}
    steps = step_of(Banded(of=get("a"), mode="marginal", bands=TIERS, type=MONEY), a=70).parts
    assert [(step.note, step.value) for step in steps[1:]] == [(40, 4000), (30, 3600)]


def test_rounding_takes_the_rounded_operand() -> None:
    node = Rounded(of=Product(factors=(get("a"), const(Fraction(1, 3), RATE)), powers=(1, 1), type=NUM),
                   mode="half_up", step=Fraction(1, 10), type=NUM)  # fmt: skip
    assert value_of(node, a=10) == Fraction(33, 10)
    assert value_of(node, a=NIL) is NIL
