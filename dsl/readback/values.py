"""Values of a policy in plain words, for the read-back: formulas keep their signs, everything else is told."""

from __future__ import annotations

from abc import abstractmethod
from typing import assert_never

from dsl.readback.known import Known
from dsl.readback.words import Speech
from dsl.syntax import surface as s
from policy import core
from policy.units import Unit, named, whole

_FOLDS = {
    "SUM": ("{list}的{item}合计", "the sum of {item} over {list}"),
    "COUNT": ("{list}的个数", "the number of {list}"),
    "AVG": ("{list}的{item}平均数", "the average {item} over {list}"),
    "MAX": ("{list}中最高的{item}", "the highest {item} among {list}"),
    "MIN": ("{list}中最低的{item}", "the lowest {item} among {list}"),
    "MEDIAN": ("{list}的{item}的中位数", "the median {item} over {list}"),
    "MODE": ("{list}中出现最多的{item}", "the most frequent {item} among {list}"),
    "SHARED": ("{list}中{holds}的所占的比例", "the share of {list} for which {holds}"),
    "LATEST": ("{list}中最近一条的{item}", "the {item} of the latest of {list}"),
    "STREAK": ("{list}到最后一条为止的连续条数", "how many of {list} in a row up to the last"),
    "RUN": ("{list}中连续最长的条数", "the length of the longest run of {list}"),
}
_CALLS = {
    "FULLYEARS": ("从{0}到{1}的满年数", "the full years from {0} to {1}"),
    "FULLMONTHS": ("从{0}到{1}的满月数", "the full months from {0} to {1}"),
    "DAYS": ("从{0}到{1}的天数", "the days from {0} to {1}"),
    "YEARSTART": ("{0}所在年的第一天", "the first day of the year of {0}"),
    "QUARTERSTART": ("{0}所在季度的第一天", "the first day of the quarter of {0}"),
    "MONTHSTART": ("{0}所在月的第一天", "the first day of the month of {0}"),
    "YEAROF": ("{0}所在的年份", "the year of {0}"),
    "WORKDAYS": (
        "从{0}到{1}的工作日数（哪天放假、哪天上班看{2}）",
        "the working days from {0} to {1} (days off and days worked by {2})",
    ),
    "BIRTHOF": ("{0}里的出生日期", "the birth date in {0}"),
    "FEMALE": ("{0}是女性的", "whether {0} is a woman's"),
    "QUARTEROF": ("{0}所在的季度", "the quarter of {0}"),
    "MONTHOF": ("{0}所在的月份", "the month of {0}"),
    "ONEUP": ("比{0}高一档的（最高一档的不变）", "the grade above {0} (the best stays)"),
    "ONEDOWN": ("比{0}低一档的（最低一档的不变）", "the grade below {0} (the last stays)"),
    "LARGER": ("{all}中较大的", "the larger of {all}"),
    "SMALLER": ("{all}中较小的", "the smaller of {all}"),
}


def made_of_item(fold: s.Fold) -> bool:
    """Whether a list is made of something of each record, not of the records alone."""
    return fold.item is not None or len(fold.path.names) > 1


class Values(Speech):
    """Says values and conditions. `like` is the unit that a number written without one is in."""

    def __init__(self, document: s.Document, policy: core.Policy, language: str) -> None:
        super().__init__(language)
        self.known = Known(document, policy)

    # -- values --------------------------------------------------------------------------------------------------

    def value(self, expr: s.Expr, like: Unit | None = None) -> str:
        """A value as part of a sentence."""
        match expr:
            case s.Number():
                return self.number(expr, like)
            case s.Text():
                return self.quoted(expr.value)
            case s.Moment():
                return self.moment(expr.value)
            case s.YesNo():
                return self.yes_no(expr.value)
            case s.Nothing():
                return self.say("“无”", "none")
            case s.AsOf():
                return self.say("基准日", "the as-of date")
            case s.Path():
                return self.path(expr)
            case s.Call():
                return self.call(expr)
            case s.Fold():
                return self.fold(expr)
            case s.Negative() | s.Sum() | s.Product():
                return self.formula(expr, like)
            case s.Limited() | s.Rounded():
                return self.limited(expr, like)
            case s.Default():
                fallback = self.value(expr.fallback, self.known.unit(expr.of) or like)
                return self.say(
                    "{of}（空缺时按{fallback}）",
                    "{of} ({fallback} if missing)",
                    of=self.operand(expr.of, like),
                    fallback=fallback,
                )
            case s.Compare() | s.Within() | s.IsMissing() | s.All() | s.Any() | s.Not():
                return self.condition(expr)
            case _:
                assert_never(expr)

    def number(self, expr: s.Number, like: Unit | None = None) -> str:
        if expr.unit == "decimals":
            return self.places(int(expr.value))
        unit = named(expr.unit) if expr.unit else self.known.lent(expr) or like
        return self.amount(whole(expr.value * unit.factor) if unit else expr.value, unit)

    def path(self, path: s.Path) -> str:
        """A name, with the value of a parameter behind it; a word of a choice in quotes."""
        if self.known.is_value(path):
            return self.quoted(path.names[0].text)
        words = [word.text for word in path.names]
        text = words[0]
        for word in words[1:]:
            text = self.say("{owner}的{part}", "{part} of {owner}", owner=text, part=word)
        if path.anchor == "previous":
            return self.say("上一期的{name}", "{name} of the period before", name=text)
        if path.anchor == "following":
            return self.say("下一期的{name}", "{name} of the period after", name=text)
        if path.anchor == "this":
            return self.say("自身的{name}", "its own {name}", name=text)
        param = self.known.params.get(words[0]) if len(words) == 1 else None
        if param is not None and isinstance(param.value, s.Number | s.Text | s.Moment | s.YesNo):
            return self.say("{name}（{value}）", "{name} ({value})", name=text, value=self.value(param.value))
        return text

    def call(self, call: s.Call) -> str:
        items = [self.value(argument) for argument in call.arguments]
        if call.function:
            zh, en = _CALLS[call.function]
            numbered = {str(at): item for at, item in enumerate(items)}
            return self.say(zh, en, all=self.listed(items), **numbered)
        part = call.member.text if call.member is not None else self.say("值", "the value")
        return self.say(
            "以{inputs}查“{table}”所得的{part}",
            "{part} that {table} gives for {inputs}",
            table=call.name.text,
            inputs=self.listed(items),
            part=part,
        )

    def formula(self, expr: s.Expr, like: Unit | None = None) -> str:
        """Terms and factors with their signs, in brackets where they stand inside others."""
        match expr:
            case s.Negative():
                return "−" + self.operand(expr.of, like)
            case s.Sum() if self.known.is_calendar(expr.terms[0]) and len(expr.terms) == 2:
                away = ("{day}往后{span}的那一天", "the day {span} after {day}")
                if expr.signs[1] < 0:
                    away = ("{day}往前{span}的那一天", "the day {span} before {day}")
                if self.known.is_period(expr.terms[0]):
                    away = ("{day}之后{span}", "{span} after {day}") if expr.signs[1] > 0 else (
                        "{day}之前{span}", "{span} before {day}")  # fmt: skip
                return self.say(*away, day=self.value(expr.terms[0]), span=self.value(expr.terms[1]))
            case s.Sum():
                return self.sum(expr, like)
            case s.Product():
                text = self.operand(expr.factors[0])
                for factor, power in zip(expr.factors[1:], expr.powers[1:], strict=True):
                    text += (" × " if power > 0 else " ÷ ") + self.operand(factor)
                return text
            case _:
                raise AssertionError(expr)

    def sum(self, expr: s.Sum, like: Unit | None = None) -> str:
        """Terms with their signs; the first that has a unit lends it to those without."""
        like = next((u for term in expr.terms if (u := self.known.unit(term)) is not None), like)
        text = "" if expr.signs[0] > 0 else "−"
        for at, (term, sign) in enumerate(zip(expr.terms, expr.signs, strict=True)):
            operand = self.value(term, like) if isinstance(term, s.Product) else self.operand(term, like)
            text += operand if not at else (" + " if sign > 0 else " − ") + operand
        return text

    def operand(self, expr: s.Expr, like: Unit | None = None) -> str:
        """A value inside a formula."""
        text = self.value(expr, like)
        compound = isinstance(expr, s.Sum | s.Product | s.Limited | s.Rounded)
        compound = compound or (isinstance(expr, s.Negative) and not isinstance(expr.of, s.Number))
        if not compound or self.known.is_calendar(expr):
            return text
        return self.say("（{text}）", "({text})", text=text)

    def limited(self, expr: s.Limited | s.Rounded, like: Unit | None = None) -> str:
        """`…，最高5分`, `…，四舍五入到1元`."""
        of = self.value(expr.of, like)
        if isinstance(expr, s.Rounded):
            unit = self.known.unit(expr.of) or like
            step = self.step(expr.step, unit)
            how = self.rounding(expr.mode, step, one=expr.step.unit != "decimals")
            return self.say("{of}，{how}", "{of}, {how}", of=of, how=how)
        return self.say(
            "{of}，{bound}",
            "{of}, {bound}",
            of=of,
            bound=self.bound(expr.bound, expr.cap, self.known.unit(expr.of) or like),
        )

    def step(self, step: s.Number, unit: Unit | None = None) -> str:
        """What is rounded to: `1元`, `2位小数`, `5分的整数倍`."""
        text = self.number(step, unit)
        if step.value == 1 or step.unit == "decimals":
            return text
        return self.say("{step}的整数倍", "a multiple of {step}", step=text)

    def bound(self, bound: s.Expr, cap: bool, like: Unit | None = None) -> str:
        """`最高5分`, `最低0分`."""
        value = self.operand(bound, like)
        return (
            self.say("最高{value}", "at most {value}", value=value)
            if cap
            else self.say("最低{value}", "at least {value}", value=value)
        )

    # -- lists ---------------------------------------------------------------------------------------------------

    def fold(self, fold: s.Fold) -> str:
        """A list made into one value: whose records, which of them, what of them."""
        record = fold.path.names[0].text
        item = fold.path.names[-1].text if fold.item is None else self.operand(fold.item)
        notes = self.say("；", "; ").join(self.narrowed(fold))
        notes = self.say("（{notes}）", " ({notes})", notes=notes) if notes else ""
        if fold.kind == "EXISTS":
            there = (
                ("全体中有{record}{notes}", "there is any {record}{notes}")
                if fold.everyone
                else ("名下有{record}{notes}", "there is a {record} record belonging to it{notes}")
            )
            return self.say(*there, record=record, notes=notes)
        whose = (
            ("全体{record}{notes}", "all {record}{notes}")
            if fold.everyone
            else ("名下的{record}{notes}", "the {record} records belonging to it{notes}")
        )
        holds = self.condition(fold.where) if fold.kind == "SHARED" and fold.where is not None else ""
        if fold.kind == "SHARED" and made_of_item(fold):
            holds = self.condition(fold.item) if fold.item is not None else self.say("{item}为是", "{item}", item=item)
        return self.say(*_FOLDS[fold.kind], list=self.say(*whose, record=record, notes=notes), item=item, holds=holds)

    def narrowed(self, fold: s.Fold) -> list[str]:
        """Which records of a list count."""
        notes = []
        if fold.same:
            notes.append(
                self.say("{same}相同的", "with the same {same}", same=self.listed([self.path(p) for p in fold.same]))
            )
        if fold.where is not None and (fold.kind != "SHARED" or made_of_item(fold)):
            notes.append(self.say("只计{where}的", "only where {where}", where=self.condition(fold.where)))
        if fold.by is not None:
            notes.append(self.say("按{by}的先后", "in the order of {by}", by=self.path(fold.by)))
        if fold.pick is not None and fold.pick.newest:
            count = self.number(fold.pick.count)
            notes.append(self.say("只取最近的{n}条", "only the last {n}", n=count))
        elif fold.pick is not None:
            best = self.say("最高", "highest") if fold.pick.best else self.say("最低", "lowest")
            count = self.number(fold.pick.count)
            if fold.pick.each is not None:
                notes.append(
                    self.say(
                        "每个{each}只取{best}的{n}项",
                        "only the {n} {best} of each {each}",
                        each=self.path(fold.pick.each),
                        best=best,
                        n=count,
                    )
                )
            else:
                notes.append(self.say("只取{best}的{n}项", "only the {n} {best}", best=best, n=count))
        return notes

    @abstractmethod
    def condition(self, expr: s.Expr) -> str:
        """A clause that holds or does not."""
