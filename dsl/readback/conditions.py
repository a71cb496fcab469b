"""Conditions of a policy in plain words, for the read-back: every bound says whether it belongs."""

from __future__ import annotations

import re
from typing import assert_never

from dsl.readback.values import Values
from dsl.readback.words import Sentence
from dsl.syntax import surface as s
from policy.source import NO_CLAUSE, Clause
from policy.units import PLACES, Exact, Unit, named, whole

_NUMBERS = {
    "≥": ("等于或高于{right}", "is at least {right}"),
    ">": ("高于{right}（不含相等）", "is more than {right}"),
    "≤": ("等于或低于{right}", "is at most {right}"),
    "<": ("低于{right}（不含相等）", "is less than {right}"),
    "=": ("等于{right}", "equals {right}"),
    "≠": ("不等于{right}", "differs from {right}"),
}
_LITERALS = {
    "≥": ("在{right}及以上", "is {right} or more"),
    ">": ("超过{right}（不含{right}）", "is more than {right}"),
    "≤": ("在{right}及以下", "is {right} or less"),
    "<": ("不到{right}", "is less than {right}"),
    "=": ("为{right}", "is {right}"),
    "≠": ("不是{right}", "is not {right}"),
}
_DATES = {
    "≥": ("不早于{right}", "is not before {right}"),
    ">": ("晚于{right}", "is after {right}"),
    "≤": ("不晚于{right}", "is not after {right}"),
    "<": ("早于{right}", "is before {right}"),
    "=": ("为{right}", "is {right}"),
    "≠": ("不是{right}", "is not {right}"),
}
_PLACES = {
    "≥": ("在第{n}名或以后", "is {n} or behind"),
    ">": ("在第{n}名之后（不含第{n}名）", "is behind {n}"),
    "≤": ("在第{n}名或以前", "is {n} or better"),
    "<": ("在第{n}名之前（不含第{n}名）", "is better than {n}"),
    "=": ("为第{n}名", "is {n}"),
    "≠": ("不是第{n}名", "is not {n}"),
}
_GRADES = {
    "NOTBELOW": ("为{right}或更高", "is {right} or better"),
    "NOTABOVE": ("为{right}或更低", "is {right} or lower"),
    "ABOVE": ("高于{right}", "is better than {right}"),
    "BELOW": ("低于{right}", "is lower than {right}"),
}


class Phrases(Values):
    """Says values and conditions, and makes them sentences."""

    def sentence(self, text: str, of: s.Node, level: int = 0, clause: Clause = NO_CLAUSE) -> Sentence:
        """A text with its full stop, or the colon of what lines follow; a capital unless a name comes first."""
        stop = "" if text[-1:] in "：:。." else self.say("。", ".")
        first = re.match(r"[^\s,:]+", text)
        if not self.zh and first is not None and first.group() not in self.known.all_names:
            text = text[0].upper() + text[1:]
        return Sentence(text + stop, clause, of.span, level)

    # -- conditions ----------------------------------------------------------------------------------------------

    def condition(self, expr: s.Expr) -> str:
        """A clause that holds or does not."""
        match expr:
            case s.Path():
                name = self.path(expr)
                return name if self.zh and not name.isascii() else self.say("{name}为“是”", "{name} is yes", name=name)
            case s.Compare():
                return self.compare(expr)
            case s.Within():
                return self.holds(expr.of, expr.tests)
            case s.IsMissing():
                return self.say("{of}空缺", "{of} is missing", of=self.value(expr.of))
            case s.All() | s.Any():
                joint = self.say("，且", " and ") if isinstance(expr, s.All) else self.say("，或", " or ")
                return joint.join(self._item(item) for item in expr.items)
            case s.Not(of=s.Path() as path):
                return self.say("{name}为“否”", "{name} is no", name=self.path(path))
            case s.Not():
                return self.say("并非“{of}”", "it is not so that “{of}”", of=self.condition(expr.of))
            case _:
                return self.value(expr)

    def _item(self, expr: s.Expr) -> str:
        text = self.condition(expr)
        return self.say("（{text}）", "({text})", text=text) if isinstance(expr, s.All | s.Any) else text

    def compare(self, expr: s.Compare) -> str:
        """A comparison, by what is compared: places, dates, grades, words or numbers."""
        left, right = expr.left, expr.right
        if isinstance(right, s.Nothing):
            if self.known.is_place(left):
                given = ("没有{left}", "there is no {left}") if expr.op == "=" else ("有{left}", "there is a {left}")
                return self.say(*given, left=self.value(left))
            return self.say(
                "{left}{op}“无”",
                "{left} {op} none",
                left=self.value(left),
                op=self.say("为", "is") if expr.op == "=" else self.say("不是", "is not"),
            )
        if expr.op in _GRADES:
            return self._grades(expr)
        templates = self._templates(left, right)
        if templates is _PLACES:
            return self._say_of(left, templates[expr.op], n=self.numeral(_literal(right), None))
        return self._say_of(left, templates[expr.op], right=self.operand(right, self.known.unit(left)))

    def _templates(self, left: s.Expr, right: s.Expr) -> dict[str, tuple[str, str]]:
        if self.known.is_place(left) and isinstance(right, s.Number):
            return _PLACES
        if self.known.is_calendar(left) or self.known.is_calendar(right):
            return _DATES
        words = isinstance(right, s.Path) and self.known.is_value(right)
        return _LITERALS if words or isinstance(right, s.Number | s.Text | s.YesNo) else _NUMBERS

    def _say_of(self, left: s.Expr, template: tuple[str, str], **parts: str) -> str:
        return self.say("{left}" + template[0], "{left} " + template[1], left=self.operand(left), **parts)

    def _grades(self, expr: s.Compare) -> str:
        text = self._say_of(expr.left, _GRADES[expr.op], right=self.value(expr.right))
        word = expr.right.names[0].text if isinstance(expr.right, s.Path) else ""
        word = expr.right.value if isinstance(expr.right, s.Text) else word
        notes = []
        if expr.op in ("ABOVE", "BELOW"):
            notes.append(self.say("不含{word}", "{word} itself does not count", word=self.quoted(word)))
        if outside := [self.quoted(value) for value in self.known.outside(word)]:
            notes.append(
                self.say(
                    "{words}不分高低，不算在内",
                    "{words}, outside the order, does not count",
                    words=self.listed(outside),
                )
            )
        if not notes:
            return text
        return self.say("{text}（{notes}）", "{text} ({notes})", text=text, notes=self.say("；", "; ").join(notes))

    # -- tests in cells ------------------------------------------------------------------------------------------

    def holds(self, subject: s.Expr, tests: tuple[s.Test, ...]) -> str:
        """A clause that one of the tests holds of a value; empty where anything will do."""
        if any(isinstance(test, s.Whatever) for test in tests):
            return ""
        if len(tests) == 1:
            return self.test(subject, tests[0])
        name = self.operand(subject)
        clauses = [self.test(subject, test).removeprefix(name).lstrip() for test in tests]
        plain = all(isinstance(test, s.Exactly) for test in tests)
        joined = (self.say("或", " or ") if plain else self.say("，或", ", or ")).join(clauses)
        both = ("{name}{joined}", "{name} {joined}") if plain else ("{name}（{joined}）", "{name} ({joined})")
        return self.say(*both, name=name, joined=joined)

    def test(self, subject: s.Expr, test: s.Test) -> str:
        """A clause that one test holds of a value."""
        match test:
            case s.Exactly():
                return self.compare(s.Compare(left=subject, op="=", right=test.value, span=test.span))
            case s.Range():
                return self.band(subject, test)
            case s.Top():
                return self.top(subject, test.count)
            case s.Absent():
                return self.say("{of}空缺", "{of} is missing", of=self.value(subject))
            case s.Whatever():
                return self.say("{of}不限", "{of} is anything", of=self.value(subject))
            case _:
                assert_never(test)

    def top(self, subject: s.Expr, count: s.Expr) -> str:
        """`名次在前5名`, `名次在前30%（进位到1名）`."""
        how = ""
        if isinstance(count, s.Rounded):
            step = self.step(count.step)
            how = self.say("（{how}）", " ({how})", how=self.rounding(count.mode, step))
            count = count.of
        n = self.value(count, PLACES) if self.zh else self.value(count)
        return self.say("{of}在前{n}{how}", "{of} is among the top {n}{how}", of=self.value(subject), n=n, how=how)

    def band(self, subject: s.Expr, band: s.Range) -> str:
        """`75分及以上、不到90分`: each bound with whether it belongs to the band."""
        low, high = band.low, band.high
        if low is None or high is None:
            op = ("≥" if band.low_in else ">") if low is not None else ("≤" if band.high_in else "<")
            bound = low if low is not None else high
            assert bound is not None
            return self.compare(s.Compare(left=subject, op=op, right=bound, span=band.span))
        if isinstance(low, s.Number) and isinstance(high, s.Number):
            if self.known.is_place(subject):
                return self._places_between(subject, band)
            if band.low_in and band.high_in:
                return self._say_of(
                    subject, ("在{range}", "is {range}"), range=self.between(low, high, self.known.unit(subject))
                )
        return self._say_of(
            subject, self._ends(subject, band), low=self._end(subject, low), high=self._end(subject, high)
        )

    def between(self, low: s.Number, high: s.Number, unit: Unit | None) -> str:
        """Both bounds included, the unit said once."""
        of = unit or self.known.unit(high) or self.known.unit(low)
        return self.span_of(self._canonical(low, of), self._canonical(high, of), of)

    def _canonical(self, number: s.Number, unit: Unit | None) -> Exact:
        own = named(number.unit) if number.unit else unit
        return whole(number.value * own.factor) if own else number.value

    def _end(self, subject: s.Expr, bound: s.Expr) -> str:
        return self.operand(bound, self.known.unit(subject))

    def _places_between(self, subject: s.Expr, band: s.Range) -> str:
        """Places are whole, so every band of them has a first and a last."""
        first = _literal(band.low) + (0 if band.low_in else 1)
        last = _literal(band.high) - (0 if band.high_in else 1)
        return self._say_of(
            subject,
            ("为第{first}名至第{last}名（含两端）", "is from {first} to {last}, both included"),
            first=self.numeral(first, None),
            last=self.numeral(last, None),
        )

    def _ends(self, subject: s.Expr, band: s.Range) -> tuple[str, str]:
        if self.known.is_calendar(subject):
            zh = ("不早于{low}" if band.low_in else "晚于{low}") + (
                "、不晚于{high}" if band.high_in else "、早于{high}"
            )
            en = ("is not before {low}" if band.low_in else "is after {low}") + (
                " and not after {high}" if band.high_in else " and before {high}"
            )
            return zh, en
        zh = ("在{low}及以上" if band.low_in else "超过{low}（不含{low}）") + (
            "、{high}及以下" if band.high_in else "、不到{high}"
        )
        en = ("is {low} or more" if band.low_in else "is more than {low}") + (
            ", up to and including {high}" if band.high_in else " but less than {high}"
        )
        return zh, en


def _literal(expr: s.Expr | None) -> Exact:
    assert isinstance(expr, s.Number)
    return expr.value
