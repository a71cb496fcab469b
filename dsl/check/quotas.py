"""Quotas: grades with places. What does not go without saying must be said: base, rounding, equals at the cut, surplus,
unfilled places, and what everybody else gets."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from msgspec import structs

from dsl.check import amounts, ranks
from dsl.check.context import Place, Untypable
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core, kinds
from policy.core import Expr, Quota, Tier
from policy.diagnostic import Fix, above
from policy.types import Choice, Number, Type
from policy.units import Exact

_ROUNDING: Final[dict[str, kinds.Rounding]] = {"HALFUP": "half_up", "DOWN": "down", "UP": "up", "EVENR": "half_even"}
_EDGE: Final[dict[str, kinds.Edge]] = {
    "ALLIN": "all_in",
    "ALLOUT": "all_out",
    "REFER": "referred",
    "UNDECIDED": "undecided",
}
_MISSING: Final[dict[str, kinds.Lacking]] = {"LEFTOUT": "left_out", "LAST": "last", "UNDECIDED": "undecided"}
_OVERFLOW: Final[dict[str, kinds.Overflow]] = {"NEXT": "next", "DROPPED": "dropped"}
_VACANCIES: Final[dict[str, kinds.Vacancies]] = {"STAY": "stay", "NEXT": "next", "FILL": "fill"}

_UNSAID = {
    "base": ("“基数”：按多少人算，例如“基数 {all}”", "`base`: a share of whom, as in `base {all}`"),
    "places": (
        "“取整”：不足 1 名怎么算，例如“取整 舍去到 1 名”",
        "`places`: how a part of a place is rounded, as in `places rounded down to 1 place`",
    ),
    "edge": (
        "“末位并列”：末位同分怎么办（全进、全不进、转人工、未决）",
        "`ties at the cut`: what equals across the cut get (all in, all out, refer, undecided)",
    ),
    "overflow": (
        "“溢出”：名额外的人怎么办（顺延、落选）",
        "`overflow`: what becomes of those without a place (to next, dropped)",
    ),
    "vacancies": (
        "“缺额”：空下的名额怎么办（空缺、顺延、递补）",
        "`vacancies`: what becomes of unfilled places (stay empty, to next, filled from below)",
    ),
    "leftover": ("“否则：”：其他人是什么", "`otherwise:` what everybody else gets"),
}


def quota(x: Expressions, statement: s.Quota, place: Place) -> tuple[Quota, Type]:
    """The rule of a `名额`, and the type of the grade it gives."""
    choice = _choice(x, statement)
    among, same, orders = ranks.who(x, statement, place)
    rules = ranks.chosen(x, statement.rules)
    settings = {setting.about: setting for setting in statement.settings}
    tiers = _tiers(x, statement, choice, place)
    parts = any(t.share or _in_parts(t.most) for t in tiers)
    _all_said(x, statement, place, rules, settings, shares=any(t.share for t in tiers), parts=parts)
    may_lack = ranks.may_lack(among, same, orders)
    if may_lack and "missing" not in rules:
        x.findings.report("ZS511", may_lack[0].span, name=may_lack[0].span.text)
    base, places = _base(x, settings.get("base"), place, statement), _places(x, settings.get("places"))
    _not_negative(x, [t.most for t in tiers], base)
    assert statement.leftover is not None
    leftover = x.value(statement.leftover, place, choice)
    found = Quota(
        among=among,
        same=same,
        orders=orders,
        tiers=tuple(_in_whole_places(tier, *places) for tier in tiers),
        leftover=leftover,
        base=base,
        places=places,
        edge=_EDGE[rules["edge"]],
        overflow=_OVERFLOW[settings["overflow"].choice],
        vacancies=_VACANCIES[settings["vacancies"].choice],
        missing=_MISSING[rules.get("missing", "UNDECIDED")],
    )
    return found, Type(choice, bool(may_lack), (), leftover.type.none, True)


def _declared(x: Expressions, statement: s.Quota, name: str, words: list[str]) -> Fix | None:
    """The choice that the grades and what is left over would make, in the order in which they stand."""
    last = statement.leftover
    if not words or not isinstance(last, s.Path | s.Text) or last.span.text in words:
        return None
    word = "选项" if x.findings.language == "zh" else "choice"
    grades = [grade.name.span.text for grade in statement.grades]
    return above(statement.span, f"{word} {name} = {' > '.join([*grades, last.span.text])}")


def _choice(x: Expressions, statement: s.Quota) -> Choice:
    """The choice that the grades are values of: called like the quota, or the only one that has them all."""
    name = statement.head.path.names[-1].text
    named = x.symbols.choices.get(name)
    words = [grade.name.text for grade in statement.grades]
    fitting = [named] if named else [c for c in x.symbols.choices.values() if all(w in c.values for w in words)]
    if not fitting or not statement.grades:
        fix = _declared(x, statement, name, words)
        raise x.findings.refuse("ZS521", statement.head.span, fix=fix, name=name, grades=tuple(words))
    for grade in statement.grades:
        if grade.name.text not in fitting[0].values:
            near = x.symbols.near(grade.name.text, list(fitting[0].values))
            raise x.findings.refuse(
                "ZS207",
                grade.name.span,
                name=grade.name.text,
                choice=fitting[0].name,
                near=near,
                values=fitting[0].values,
            )
    return fitting[0]


def _tiers(x: Expressions, statement: s.Quota, choice: Choice, place: Place) -> tuple[Tier, ...]:
    """Grades best first, in the order of the choice."""
    tiers, failed, before = [], False, -1
    for grade in statement.grades:
        at = choice.rank_of(grade.name.text)
        if at is not None and at <= before:
            raise x.findings.refuse("ZS522", grade.span, name=grade.name.text)
        before = before if at is None else at
        try:
            most = x.number(grade.most, place)
            among = x.condition(grade.among, place) if grade.among is not None else None
            tiers.append(Tier(grade.name.text, _counted(x, most), among, _is_share(most), grade.clause, grade.span))
        except Untypable:
            failed = True
    if failed:
        raise Untypable
    return tuple(tiers)


def _counted(x: Expressions, most: Expr) -> Expr:
    unit = amounts.of(most).unit
    if unit is not None and unit.family not in ("ratio", "places") and not unit.family.startswith("count:"):
        raise x.findings.refuse("ZS523", most.span, what=most.span.text)
    return most


def _is_share(most: Expr) -> bool:
    unit = amounts.of(most).unit
    return unit is not None and unit.family == "ratio"


def _all_said(
    x: Expressions,
    statement: s.Quota,
    place: Place,
    rules: dict[str, str],
    settings: dict[str, s.Setting],
    *,
    shares: bool,
    parts: bool,
) -> None:
    """What is not said; `shares` says that there is a share among the places, `parts` that some may not be whole."""
    needed = [*(("base",) if shares else ()), *(("places",) if parts else ()), "overflow", "vacancies"]
    unsaid = [about for about in needed if about not in settings]
    if "edge" not in rules:
        unsaid.insert(sum(about in ("base", "places") for about in unsaid), "edge")
    if statement.leftover is None:
        unsaid.append("leftover")
    if unsaid:
        zh = x.findings.language == "zh"
        whom = _everybody(statement, place, zh)
        said = [_UNSAID[about][0 if zh else 1].format(all=whom) for about in unsaid]
        told = (f"{chr(0x2460 + at)}{text}" for at, text in enumerate(said))
        words = ("；" if zh else "; ").join(told)
        raise x.findings.refuse("ZS520", statement.head.span, name=statement.head.path.text, unsaid=words)


def _everybody(statement: s.Quota, place: Place, zh: bool) -> str:
    """A count of all among whom the places are given out."""
    same = ("，" if zh else ", ").join(path.text for path in statement.same)
    shared = f" {'同' if zh else 'same'} {same}" if same else ""
    return f"个数(全体 {place.record}{shared})" if zh else f"count(all {place.record}{shared})"


def _base(x: Expressions, setting: s.Setting | None, place: Place, statement: s.Quota) -> Expr:
    if setting is None or setting.value is None:
        return core.Const(value=0, type=Type(Number(None, 1, 0, 0)), span=statement.head.span)
    return _counted(x, x.number(setting.value, place))


def _places(x: Expressions, setting: s.Setting | None) -> tuple[kinds.Rounding, Exact]:
    if setting is None:
        return "down", 1
    assert isinstance(setting.value, s.Number)
    step = setting.value.value
    if setting.value.unit == "decimals" or step < 1 or step.denominator != 1:
        raise x.findings.refuse("ZS524", setting.span)
    return _ROUNDING[setting.choice], int(step)


def _in_parts(most: Expr) -> bool:
    """Whether a number of places need not be whole."""
    grid = amounts.of(most).grid
    return not _is_share(most) and (grid is None or Fraction(grid).denominator != 1)


def _in_whole_places(tier: Tier, mode: kinds.Rounding, step: Exact) -> Tier:
    """A grade whose number of places is rounded as `取整` says, where it need not be whole."""
    if not _in_parts(tier.most):
        return tier
    most = amounts.round_to(tier.most, mode, step, amounts.of(tier.most).unit, tier.most.span)
    return structs.replace(tier, most=most)


def _not_negative(x: Expressions, mosts: list[Expr], base: Expr) -> None:
    """Places, or the base of shares, that could fall below zero."""
    for expr in (*mosts, *([base] if any(_is_share(most) for most in mosts) else [])):
        low = amounts.of(expr).low
        if low is None or low < 0:
            x.findings.report("ZS525", expr.span, what=" ".join(expr.span.text.split()))
