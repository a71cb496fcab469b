"""An independent reader of explanations: what is told must come to what is told.

It reads the JSON of an explanation and nothing else. Formulas are worked out from their own figures, sums of lines added
up, comparisons held against their figures, counts of records counted; of everybody together, places are given out again
and neighbours looked up. What is told in words alone, or of values that are not decided, is passed over and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

Object: TypeAlias = dict[str, Any]
UNITS = {
    "%": Fraction(1, 100), "万元": 10_000, "wan_yuan": 10_000, "亿元": 100_000_000, "yi_yuan": 100_000_000,
    "年": 12, "years": 12, "岁": 12, "years_old": 12, "个季度": 3, "quarters": 3, "周": 7, "weeks": 7,
    "小时": 60, "hours": 60,
}  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?")
ROUNDED = ("half_up", "half_even", "down", "up", "half_up_of_it", "half_even_of_it", "down_of_it", "up_of_it")
COMPARED = {"=": lambda a, b: a == b, "≠": lambda a, b: a != b, "<": lambda a, b: a < b, "≤": lambda a, b: a <= b,
            ">": lambda a, b: a > b, "≥": lambda a, b: a >= b}  # fmt: skip


APART = {"marginal", "whole", "standing", "highest_line", "adds_rows", "highest_row"}
"""Remarks of values whose formula says from what, not how much."""


class Unreadable(Exception):  # noqa: N818
    """A formula that is not arithmetic."""


class Untrue(Exception):  # noqa: N818
    """A step within a formula that does not follow from the one before."""


@dataclass
class Audit:
    """What was held against what, and what is false."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def of(self, told: Object) -> None:
        for item in told["steps"]:
            for each in under(item):
                self.formula(told["key"], each)
                self.lines(told["key"], each)
                self.compared(told["key"], each)
                self.counted(told["key"], each)
        for rank in told["ranks"]:
            for which in ("above", "below"):
                self.distance(told["key"], rank, rank[which])
            for edge in rank["edges"]:
                self.distance(told["key"], rank, edge["other"])

    def say(self, key: str, item: Object, what: str) -> None:
        self.wrong.append(f"{key}: {item.get('label') or item.get('name')}: {what}")

    def formula(self, key: str, item: Object) -> None:
        """A formula comes to the value, or to what a rounding or limit began with."""
        number = numeric(item.get("value"))
        acting = any(each["role"] == "exception" and each.get("holds") is not False for each in items(item))
        if number is None or "tokens" not in item or codes(item) & APART or item["role"] == "exception" or acting:
            return
        try:
            found = worked_out(item["tokens"])
        except Untrue as false:
            self.say(key, item, str(false))
            return
        except Unreadable:
            self.seen["formula in words"] += 1
            return
        self.seen["formula"] += 1
        sign = -1 if item.get("kind") == "deduct" and (number < 0 or found < 0) else 1
        nested = any(each["role"] == "line" for each in items(item)) and sign * found == number
        for remark in () if nested else remarks(item):
            found = self.stepped(key, item, remark, found)
        if sign * found != number:
            self.say(key, item, f"{item['formula']} comes to {found}, told {number}")

    def stepped(self, key: str, item: Object, remark: Object, found: Fraction) -> Fraction:
        """What a rounding or a limit makes of a value; it must begin with it."""
        given, code = remark["arguments"], remark["code"]
        if code in ROUNDED:
            now, by = numeric(given["now"]), numeric(given["by"])
            assert now is not None
            assert by is not None
            was = numeric(given["was"]) if "was" in given else found
            self.seen["rounding"] += 1
            if was != found or abs(now - found) > by or now % by:
                self.say(key, item, f"{code} of {found} told as {was} to {now}")
            return now
        if code in ("capped", "floored"):
            was, bound = numeric(given["was"]), numeric(given["bound"])
            assert bound is not None
            self.seen["limit"] += 1
            beyond = found > bound if code == "capped" else found < bound
            if was != found or not beyond:
                self.say(key, item, f"{code} of {found} told as {was} at {bound}")
            return bound
        return found

    def lines(self, key: str, item: Object) -> None:
        """The lines of a score add up: to its value, or to what its formula begins with where it is a line itself."""
        number = numeric(item.get("value"))
        if "tokens" in item:
            number = next((numeric(token) for token in item["tokens"] if "value" in token), None)
        lines = [each for each in items(item) if each["role"] == "line"]
        if number is None or not lines or any(each["role"] in ("exception", "row") for each in items(item)):
            return
        values = [numeric(each.get("value")) for each in lines]
        if any(value is None for value in values):
            return
        known = [value for value in values if value is not None]
        found = max(known) if "highest_line" in codes(item) else sum(known, Fraction(0))
        self.seen["sum of lines"] += 1
        for remark in remarks(item) if found != number else ():
            found = self.stepped(key, item, remark, found)
        if found != number:
            self.say(key, item, f"lines come to {found}, told {number}")

    def compared(self, key: str, item: Object) -> None:
        """A comparison is as its figures are."""
        if item["role"] not in ("condition", "row") or not isinstance(item.get("holds"), bool):
            return
        signs = [token["sign"] for token in item.get("tokens", ()) if "sign" in token]
        figures = [numeric(token) for token in item.get("tokens", ()) if "value" in token]
        if len(signs) != 1 or signs[0] not in COMPARED or len(figures) != 2 or None in figures:
            return
        self.seen["comparison"] += 1
        if COMPARED[signs[0]](*figures) != item["holds"]:
            self.say(key, item, f"{figures[0]} {signs[0]} {figures[1]} told as {item['holds']}")

    def counted(self, key: str, item: Object) -> None:
        """Of a list of records as many are told to count as are said to, no more than the best or newest so many."""
        given = {remark["code"]: remark["arguments"] for remark in remarks(item)}
        kept = next((args["kept"] for args in given.values() if "kept" in args and "all" in args), None)
        records = [each for each in items(item) if each["role"] == "record"]
        if (
            item.get("value", {}).get("value") is None
            or kept is None
            or not records
            or not all(isinstance(each.get("holds"), bool) for each in records)
        ):
            return
        limit = min((args["count"] for code, args in given.items() if code in ONLY), default=kept)
        shown = sum(each["holds"] and each.get("kind") != "beyond_best" for each in records)
        more = given.get("more_kept", {}).get("count", 0)
        if set(given) & UNCOUNTED:
            return
        self.seen["records"] += 1
        if shown + more != min(limit, kept):
            self.say(key, item, f"{shown} + {more} records told to count, {kept} said to, the best {limit}")

    def distance(self, key: str, rank: Object, other: Object | None) -> None:
        """A neighbour is as far as both figures are apart."""
        if other is None or other["distance"] is None:
            return
        theirs, mine, told = (numeric(other[each]) for each in ("theirs", "mine", "distance"))
        self.seen["distance"] += 1
        if theirs is None or mine is None or told != abs(theirs - mine):
            self.say(key, rank, f"{theirs} and {mine} told {told} apart")

    def everybody(self, told: Sequence[Object]) -> None:
        """Places of everybody who is ranked together, and who stands beside whom."""
        ranked: dict[tuple[str, str], dict[str, Object]] = {}
        for each in told:
            for rank in each["ranks"]:
                ranked.setdefault((rank["name"], str(rank["partition"])), {})[each["key"]] = rank
        for members in ranked.values():
            self.places(members)

    def places(self, members: dict[str, Object]) -> None:
        placed = {key: place for key, rank in members.items() if (place := numeric(rank["place"])) is not None}
        if len(placed) < len(members) or any(rank["open"] for rank in members.values()):
            return
        size = {rank["of"] for key, rank in members.items() if key in placed}
        if size != {len(placed)}:
            self.say("", next(iter(members.values())), f"{len(placed)} have a place, told {size}")
            return
        counts = Counter(placed.values())
        values = {key: [numeric(value) for _, value in members[key]["orders"]] for key in placed}
        for key, place in placed.items():
            rank, better = members[key], sum(other < place for other in placed.values())
            dense = len({other for other in placed.values() if other < place})
            self.seen["place"] += 1
            if rank["tied"] != counts[place]:
                self.say(key, rank, f"{counts[place]} share place {place}, told {rank['tied']}")
            if place not in (better + 1, dense + 1):
                self.say(key, rank, f"{better} stand before place {place}")
            for which, side in (("above", -1), ("below", 1)):
                other = rank[which]
                if other is not None and other["key"] in placed:
                    self.seen["neighbour"] += 1
                    if placed[other["key"]] != other["place"] or (other["place"] - place) * side < 0:
                        self.say(key, rank, f"{which} stands {other['key']}, told at {other['place']}")
            if counts[place] > 1 and any(values[o] != values[key] for o, at in placed.items() if at == place):
                self.say(key, rank, "shares a place with somebody of other figures")
        firsts = sorted(
            (place, found[0]) for key, place in placed.items() if (found := values[key]) and found[0] is not None
        )
        order = [value for _, value in firsts]
        if len(order) == len(placed) and order not in (sorted(order), sorted(order, reverse=True)):
            self.say("", next(iter(members.values())), "places do not follow the first figure")


ONLY = ("best_only", "worst_only", "last_only")
UNCOUNTED = {"distinct", "longest_run", "in_a_row", "latest", "best_each", "worst_each", "last_each"}
"""Lists in which what counts is not so many records."""


def items(item: Object) -> list[Object]:
    return item.get("items", [])


def remarks(item: Object) -> list[Object]:
    return item.get("remarks", [])


def codes(item: Object) -> set[str]:
    return {remark["code"] for remark in remarks(item)}


def under(item: Object) -> Iterator[Object]:
    yield item
    for inner in items(item):
        yield from under(inner)


def numeric(value: Any) -> Fraction | None:
    """A figure in the smallest unit of its kind, None where it is no number."""
    if not isinstance(value, dict) or not isinstance(value.get("value"), str) or not NUMBER.fullmatch(value["value"]):
        return None
    return Fraction(value["value"]) * Fraction(UNITS.get(value.get("unit", ""), 1))


# -- a formula -------------------------------------------------------------------------------------------------------


def worked_out(formula: list[Object]) -> Fraction:
    """A formula's value from its own figures: words are left out, and → stands for what its part comes to."""
    tokens = [token for token in formula if "word" not in token]
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
        way = 1 if tokens[at]["sign"] == "+" else -1
        at, other = term(tokens, at + 1)
        found += way * other
    return at, found


def term(tokens: list[Any], at: int) -> tuple[int, Fraction]:
    last = ""
    at, found = factor(tokens, at)
    while is_sign(tokens, at, "×", "÷", "→"):
        code = tokens[at]["sign"]
        at, other = factor(tokens, at + 1)
        if code == "÷" and not other:
            raise Unreadable
        if code == "→" and last == "÷" and other not in (found // 1, -(-found // 1), max(found, Fraction(0))):
            raise Untrue(f"{found} told to come to {other} whole units")
        last = code
        found = other if code == "→" else found * other if code == "×" else found / other
    return at, found


def factor(tokens: list[Any], at: int) -> tuple[int, Fraction]:
    if is_sign(tokens, at, "("):
        return bracket(tokens, at + 1)
    number = numeric(tokens[at]) if at < len(tokens) else None
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
    return at < len(tokens) and tokens[at].get("sign") in codes
