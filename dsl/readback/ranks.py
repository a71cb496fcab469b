"""Read-back of requirements, ranks and quotas: who, in what order, and what becomes of equals."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s
from policy.source import Clause
from policy.units import Exact

_TIES = {
    "SHARE": (
        "名次相同，后面的名次空出：1、2、2、4",
        "the place is shared and the following ones are left empty: 1, 2, 2, 4",
    ),
    "DENSE": ("名次相同，后面的名次不空：1、2、2、3", "the place is shared and the next one follows on: 1, 2, 2, 3"),
    "REFER": ("名次转人工决定", "a person decides on the place"),
    "UNDECIDED": ("名次未决", "the place is undecided"),
}
_EDGE = {
    "ALLIN": ("他们全都算在内", "all of them are taken in"),
    "ALLOUT": ("他们全都不算在内", "none of them is taken in"),
    "REFER": ("他们转人工决定", "a person decides on them"),
    "UNDECIDED": ("他们未决", "they are undecided"),
}
_MISSING = {
    "LEFTOUT": ("不参加排列", "takes no part"),
    "LAST": ("排在最后", "comes last"),
    "UNDECIDED": ("使全部名次未决", "leaves all places undecided"),
}
_SETTINGS = {
    "NEXT": ("名额已满没有得到的，转到下一档继续考虑", "those who find no place are considered for the next grade"),
    "DROPPED": ("名额已满没有得到的，落选", "those who find no place drop out"),
}
_VACANCIES = {
    "STAY": ("没有用完的名额空着", "places that are not filled stay empty"),
    "NEXT": ("没有用完的名额并入下一档", "places that are not filled pass to the next grade"),
    "FILL": (
        "没有用完的名额，由符合下一档条件的人依次递补",
        "places that are not filled go in order to those whom the next grade admits",
    ),
}


def requirement(p: Phrases, statement: s.Require, name: str) -> Iterator[Sentence]:
    """A requirement: how many of its lines must hold, and each of them."""
    group = _group(p, statement.needs.least)
    if statement.check:
        text = p.say("检查“{name}”：{group}：", "check “{name}”: {group}:", name=name, group=group)
    else:
        text = p.say(
            "{group}的，{name}为“是”，否则为“否”：", "{name} is yes if {group}, otherwise no:", name=name, group=group
        )
    yield p.sentence(text, statement, clause=statement.clause)
    yield from _needs(p, statement.needs, 1, statement.clause)


def _group(p: Phrases, least: Exact | None) -> str:
    if least is None:
        return p.say("下列各项全部成立", "all of these hold")
    if least == 1:
        return p.say("下列各项至少一项成立", "at least one of these holds")
    return p.say("下列各项至少{n}项成立", "at least {n} of these hold", n=str(least))


def _needs(p: Phrases, needs: s.Needs, level: int, under: Clause) -> Iterator[Sentence]:
    for line in needs.lines:
        text = p.condition(line.holds) if isinstance(line, s.Need) else _group(p, line.least)
        stop = "" if isinstance(line, s.Need) else p.say("：", ":")
        if line.guard is not None:
            text = p.say(
                "只要求{guard}的：{text}（其他人这一项视为成立）",
                "only where {guard}: {text} (for others this line counts as met)",
                guard=p.condition(line.guard),
                text=text,
            )
        yield p.sentence(text + stop, line, level, line.clause.within(under))
        if isinstance(line, s.Needs):
            yield from _needs(p, line, level + 1, line.clause.within(under))


def rank(p: Phrases, statement: s.Rank, name: str, record: str) -> Iterator[Sentence]:
    """A rank: who is ranked within whom, by what, and equals."""
    who = _who(p, statement.among, record)
    same = _same(p, statement.same)
    others = p.say("；其他的没有名次", "; the others have none") if statement.among is not None else ""
    text = p.say(
        "{who}排出{name}{same}{others}：",
        "{who} is given a {name}{same}{others}:",
        who=who,
        name=name,
        same=same,
        others=others,
    )
    yield p.sentence(text, statement, clause=statement.clause)
    yield from _orders(p, statement.orders, statement.clause)
    yield from _rules(p, statement)


def _who(p: Phrases, among: s.Expr | None, record: str) -> str:
    if among is None:
        return p.say("全体{record}", "every {record}", record=record)
    if p.known.is_place(among):
        return p.say("有{place}的{record}", "every {record} that has a {place}", record=record, place=p.value(among))
    return p.say(
        "{condition}的{record}", "every {record} where {condition}", record=record, condition=p.condition(among)
    )


def _same(p: Phrases, same: tuple[s.Path, ...]) -> str:
    if not same:
        return ""
    return p.say(
        "，{same}相同的在一起排", ", among those with the same {same}", same=p.listed([p.path(path) for path in same])
    )


def _orders(p: Phrases, orders: tuple[s.By, ...], clause: Clause) -> Iterator[Sentence]:
    """Each key with the ones before it, which must be equal for it to count."""
    for at, by in enumerate(orders):
        value = p.value(by.value)
        if p.known.is_calendar(by.value):
            zh, en = (
                ("{v}晚的在前", "the later {v} comes first")
                if by.descending
                else ("{v}早的在前", "the earlier {v} comes first")
            )
        else:
            zh, en = (
                ("{v}高的在前", "the higher {v} comes first")
                if by.descending
                else ("{v}低的在前", "the lower {v} comes first")
            )
        if not at:
            text = p.say(zh, en, v=value)
        else:
            text = p.say("{equal}的，" + zh, "with {equal}, " + en, equal=_equal(p, orders[:at]), v=value)
        yield p.sentence(text, by, 1, by.clause.within(clause))


def _equal(p: Phrases, orders: tuple[s.By, ...]) -> str:
    names = p.together([p.value(by.value) for by in orders])
    if len(orders) == 1:
        return p.say("{names}相同", "equal {names}", names=names)
    return p.say("{names}都相同", "equal {names}", names=names)


def _rules(p: Phrases, statement: s.Rank | s.Quota) -> Iterator[Sentence]:
    for rule in statement.rules:
        if rule.about == "ties":
            text = p.say(
                "{equal}的，{rule}",
                "with {equal}, {rule}",
                equal=_equal(p, statement.orders),
                rule=p.say(*_TIES[rule.choice]),
            )
        elif rule.about == "edge":
            cut = (
                "取前若干名，而截断处有分不出先后的，{rule}",
                "where the first few are taken and equals stand across the cut, {rule}",
            )
            if isinstance(statement, s.Quota):
                cut = ("名额正好在分不出先后的人中间用完的，{rule}", "where the places end among equals, {rule}")
            text = p.say(*cut, rule=p.say(*_EDGE[rule.choice]))
        else:
            text = p.say(
                "缺少排列所用数值的，{rule}",
                "whoever lacks a value to be ordered by {rule}",
                rule=p.say(*_MISSING[rule.choice]),
            )
        yield p.sentence(text, rule, 1, rule.clause.within(statement.clause))


def quota(p: Phrases, statement: s.Quota, name: str, record: str) -> Iterator[Sentence]:
    """A quota: who takes part, the grades best first, and how places are counted."""
    text = p.say(
        "{name}按名额给，由{who}参加{same}，从最高一档给起：",
        "{name} is given out by places to {who}{same}, from the best grade down:",
        name=name,
        who=_who(p, statement.among, record),
        same=_same(p, statement.same),
    )
    yield p.sentence(text, statement, clause=statement.clause)
    yield from _orders(p, statement.orders, statement.clause)
    for grade in statement.grades:
        only = (
            p.say("，限{among}的", ", only where {among}", among=p.condition(grade.among))
            if grade.among is not None
            else ""
        )
        text = p.say(
            "{grade}最多{most}{only}",
            "{grade} goes to at most {most}{only}",
            grade=p.quoted(grade.name.text),
            most=p.value(grade.most),
            only=only,
        )
        yield p.sentence(text, grade, 1, grade.clause.within(statement.clause))
    for setting in statement.settings:
        yield p.sentence(_setting(p, setting), setting, 1, setting.clause.within(statement.clause))
    yield from _rules(p, statement)
    if statement.leftover is not None:
        text = p.say(
            "没有得到名额的和不参加的，{name}为{value}",
            "whoever got no place or took no part: {name} is {value}",
            name=name,
            value=p.value(statement.leftover),
        )
        yield p.sentence(text, statement, 1, statement.clause)


def _setting(p: Phrases, setting: s.Setting) -> str:
    if setting.about == "overflow":
        return p.say(*_SETTINGS[setting.choice])
    if setting.about == "vacancies":
        return p.say(*_VACANCIES[setting.choice])
    assert setting.value is not None
    if setting.about == "base":
        return p.say("百分比以{base}为基数", "shares are of {base}", base=p.value(setting.value))
    assert isinstance(setting.value, s.Number)
    how = p.rounding(setting.choice, p.number(setting.value))
    return p.say("名额数{how}", "the number of places is {how}", how=how)
