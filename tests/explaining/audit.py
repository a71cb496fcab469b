"""An independent reader of explanations: what is told must come to what is told.

Formulas are worked out from their own figures, sums of lines added up, comparisons held against their figures. What is
told in words alone, or of values that are not decided, is passed over and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from interpreter.explaining.model import Explanation, Figure, Item, Remark, Sign, Word

ROUNDED = ("half_up", "half_even", "down", "up", "half_up_of_it", "half_even_of_it", "down_of_it", "up_of_it")
COMPARED = {"=": lambda a, b: a == b, "≠": lambda a, b: a != b, "<": lambda a, b: a < b, "≤": lambda a, b: a <= b,
            ">": lambda a, b: a > b, "≥": lambda a, b: a >= b}  # fmt: skip


APART = {"marginal", "whole", "standing", "highest_line", "adds_rows", "highest_row"}
"""Remarks of values whose formula says from what, not how much."""


class Unreadable(Exception):  # noqa: N818
    """A formula that is not arithmetic."""


@dataclass
class Audit:
    """What was held against what, and what is false."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def of(self, explanation: Explanation) -> None:
        for item in explanation.steps:
            for each in under(item):
                self.formula(explanation.key, each)
                self.lines(explanation.key, each)
                self.compared(explanation.key, each)

    def say(self, key: str, item: Item, what: str) -> None:
        self.wrong.append(f"{key}: {item.label}: {what}")

    def formula(self, key: str, item: Item) -> None:
        """A formula comes to the value, or to what a rounding or limit began with."""
        number = numeric(item.value)
        if number is None or not item.formula or {remark.code for remark in item.remarks} & APART:
            return
        try:
            found = worked_out(item.formula)
        except Unreadable:
            self.seen["formula in words"] += 1
            return
        self.seen["formula"] += 1
        nested = any(each.role == "line" for each in item.items)
        for remark in () if nested else item.remarks:
            found = self.stepped(key, item, remark, found)
        sign = -1 if item.kind == "deduct" and number < 0 else 1
        if sign * found != number:
            self.say(key, item, f"{item.formula} comes to {found}, told {number}")

    def stepped(self, key: str, item: Item, remark: Remark, found: Fraction) -> Fraction:
        """What a rounding or a limit makes of a value; it must begin with it."""
        given = dict(remark.arguments)
        if remark.code in ROUNDED:
            now, by = numeric(given["now"]), numeric(given["by"])
            assert now is not None
            assert by is not None
            was = numeric(given["was"]) if "was" in given else found
            self.seen["rounding"] += 1
            if was != found or abs(now - found) > by or now % by:
                self.say(key, item, f"{remark.code} of {found} told as {was} to {now}")
            return now
        if remark.code in ("capped", "floored"):
            was, bound = numeric(given["was"]), numeric(given["bound"])
            assert bound is not None
            self.seen["limit"] += 1
            beyond = found > bound if remark.code == "capped" else found < bound
            if was != found or not beyond:
                self.say(key, item, f"{remark.code} of {found} told as {was} at {bound}")
            return bound
        return found

    def lines(self, key: str, item: Item) -> None:
        """The lines of a score add up: to its value, or to what its formula begins with where it is a line itself."""
        number = numeric(item.value)
        if item.formula:
            number = next((numeric(token) for token in item.formula if isinstance(token, Figure)), None)
        lines = [each for each in item.items if each.role == "line"]
        codes = {remark.code for remark in item.remarks}
        if number is None or not lines or any(each.role in ("exception", "row") for each in item.items):
            return
        values = [numeric(each.value) for each in lines]
        if any(value is None for value in values):
            return
        known = [value for value in values if value is not None]
        found = max(known) if "highest_line" in codes else sum(known, Fraction(0))
        self.seen["sum of lines"] += 1
        for remark in item.remarks:
            found = self.stepped(key, item, remark, found)
        if found != number:
            self.say(key, item, f"lines come to {found}, told {number}")

    def compared(self, key: str, item: Item) -> None:
        """A comparison is as its figures are."""
        if item.role not in ("condition", "row") or not isinstance(item.holds, bool):
            return
        signs = [token.code for token in item.formula if isinstance(token, Sign)]
        figures = [numeric(token) for token in item.formula if isinstance(token, Figure)]
        if len(signs) != 1 or signs[0] not in COMPARED or len(figures) != 2 or None in figures:
            return
        self.seen["comparison"] += 1
        if COMPARED[signs[0]](*figures) != item.holds:
            self.say(key, item, f"{figures[0]} {signs[0]} {figures[1]} told as {item.holds}")


def under(item: Item) -> Iterator[Item]:
    yield item
    for inner in item.items:
        yield from under(inner)


def numeric(value: Any) -> Fraction | None:
    value = value.value if isinstance(value, Figure) else value
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


# -- a formula -------------------------------------------------------------------------------------------------------


def worked_out(formula: tuple[Any, ...]) -> Fraction:
    """A formula's value from its own figures: words are left out, and → stands for what its part comes to."""
    tokens = [token for token in formula if not isinstance(token, Word)]
    at, found = total(tokens, 0)
    if at != len(tokens):
        raise Unreadable
    return found


def total(tokens: list[Any], at: int) -> tuple[int, Fraction]:
    sign = 1
    if is_sign(tokens, at, "-"):
        at, sign = at + 1, -1
    at, found = term(tokens, at)
    found *= sign
    while is_sign(tokens, at, "+", "-"):
        way = 1 if tokens[at].code == "+" else -1
        at, other = term(tokens, at + 1)
        found += way * other
    return at, found


def term(tokens: list[Any], at: int) -> tuple[int, Fraction]:
    at, found = factor(tokens, at)
    while is_sign(tokens, at, "×", "÷", "→"):
        code = tokens[at].code
        at, other = factor(tokens, at + 1)
        if code == "÷" and not other:
            raise Unreadable
        found = other if code == "→" else found * other if code == "×" else found / other
    return at, found


def factor(tokens: list[Any], at: int) -> tuple[int, Fraction]:
    if is_sign(tokens, at, "("):
        return bracket(tokens, at + 1)
    number = numeric(tokens[at]) if at < len(tokens) and isinstance(tokens[at], Figure) else None
    if number is None:
        raise Unreadable
    return at + 1, number


def bracket(tokens: list[Any], at: int) -> tuple[int, Fraction]:
    """A part in brackets; of one that tells what something comes to, that."""
    depth, end = 1, at
    while depth:
        if end >= len(tokens):
            raise Unreadable
        depth += is_sign(tokens, end, "(") - is_sign(tokens, end, ")")
        end += 1
    inner = tokens[at : end - 1]
    if len(inner) > 1 and is_sign(inner, len(inner) - 2, "→"):
        number = numeric(inner[-1])
        if number is None:
            raise Unreadable
        return end, number
    rest, found = total(inner, 0)
    if rest != len(inner):
        raise Unreadable
    return end, found


def is_sign(tokens: list[Any], at: int, *codes: str) -> bool:
    return at < len(tokens) and isinstance(tokens[at], Sign) and tokens[at].code in codes
