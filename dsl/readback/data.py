"""Read-back of what a policy declares: its head, choices, data, parameters, and the results it gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s
from policy import core
from policy.reckoning import Reckoning
from policy.types import Number
from policy.units import Unit, named
from policy.values import begins

UNDECLARED_PLACES = 6
"""Decimals that data may have where the document does not say how many."""

_KINDS = {
    "TEXT": ("文字", "text"),
    "IDNO": ("身份证号，校验码要对", "an identity number whose check digit is right"),
    "YESNO": ("“是”或“否”", "yes or no"),
    "DATE_T": ("日期", "a date"),
    "MONTH_T": ("月份", "a month"),
    "QUARTER_T": ("季度", "a quarter"),
    "YEAR_T": ("年份", "a year"),
}


def head(p: Phrases, document: s.Document) -> Sentence:
    """Name, version, source and date."""
    parts = [p.say("本文件是政策“{name}”", "this is the policy “{name}”", name=document.name)]
    if document.version:
        parts.append(p.say("版本“{version}”", "version “{version}”", version=document.version))
    if document.origin:
        parts.append(p.say("出自“{origin}”", "after “{origin}”", origin=document.origin))
    if document.rests:
        files = p.listed([p.quoted(word.text) for word in document.rests])
        parts.append(p.say("依据{files}，那里的数据、选项、参数和结果在这里同名可用",
                           "it rests on {files}, whose data, choices, parameters and results are known here by name",
                           files=files))  # fmt: skip
    if document.effective:
        parts.append(p.say("自{day}起生效", "in force from {day}", day=_day(p, document.effective)))
    else:
        parts.append(p.say("没有写明生效日期", "no date is given from which it is in force"))
    return p.sentence(p.say("，", ", ").join([*parts, *_reckoning(p, document.reckoning)]), document)


def _reckoning(p: Phrases, how: Reckoning) -> Iterator[str]:
    """What the head says of the calendar."""
    if how.leap_in_march:
        yield p.say("2月29日在平年算3月1日", "29 February counts as 1 March where a year has none")
    if how.month_ends:
        yield p.say("月末加减月数仍到月末", "the last day of a month stays the last when months are added")
    if how.both_days:
        yield p.say("数日子首尾两天都算", "days between two days count both of them")


def _day(p: Phrases, text: str) -> str:
    try:
        return p.moment(date.fromisoformat(text))
    except ValueError:
        return text


def choice(p: Phrases, statement: s.Choice) -> Iterator[Sentence]:
    """The values of a choice and how they stand to each other."""
    text = p.say("{name}：{order}", "{name}: {order}", name=statement.name.text, order=order(p, statement.order))
    yield p.sentence(text, statement, clause=statement.clause)


def order(p: Phrases, values: s.Order) -> str:
    """`从高到低为…；另有…，不分高低`."""
    words = [p.quoted(word.text) for word in values.values]
    first, rest = words[: values.ordered], words[values.ordered :]
    if not first:
        return p.say("只能是{words}，不分高低", "one of {words}, in no order", words=p.listed(words))
    text = p.say("从高到低为{words}", "from best to lowest {words}", words=p.listed(first))
    if not rest:
        return text
    return p.say(
        "{text}；另有{rest}，不与它们比高低", "{text}; also {rest}, outside this order", text=text, rest=p.listed(rest)
    )


def data(p: Phrases, statement: s.Data, main: bool, records: dict[str, core.Record]) -> Iterator[Sentence]:
    """A kind of record: what tells one from another, and each of its fields."""
    key = next((field.name.text for field in statement.fields if field.key), "")
    name = statement.name.text
    if main:
        text = p.say(
            "数据“{name}”一行一个，由{key}区分，逐一得出结果；缺必填项、超出范围或位数的行搁置，不作决定：",
            "each row of “{name}” is told apart by its {key} and gets its own result; a row that lacks a required "
            "value or has one out of range is set aside and not decided:",
            name=name,
            key=key,
        )
    else:
        told = p.say("，由{key}区分", ", told apart by its {key}", key=key) if key else ""
        text = p.say("数据“{name}”一行一条{told}：", "each row of “{name}” is one record{told}:", name=name, told=told)
    yield p.sentence(text, statement, clause=statement.clause)
    for field in statement.fields:
        yield p.sentence(_field(p, field, name, records), field, 1, field.clause.within(statement.clause))


def _field(p: Phrases, field: s.Field, owner: str, records: dict[str, core.Record]) -> str:
    parts = [_type(p, field, owner, records)]
    if field.key:
        parts.append(p.say("各行不得相同", "different in every row"))
    if field.series:
        parts.append(p.say("各期按它分先后", "which puts the periods in order"))
    if field.fixed:
        parts.append(p.say("不能再改变", "which nobody can change"))
    if field.column is not None and field.column != field.name.text:
        parts.append(p.say("取自“{column}”一列", "read from the column “{column}”", column=field.column))
    parts.append(_presence(p, field))
    return p.say("{name}：{parts}", "{name}: {parts}", name=field.name.text, parts=p.say("，", ", ").join(parts))


def _type(p: Phrases, field: s.Field, owner: str, records: dict[str, core.Record]) -> str:
    kind = field.type
    match kind.name:
        case "NUM" | "WHOLE":
            return _number(p, field)
        case "CHOICE":
            assert kind.order is not None
            return order(p, kind.order)
        case "NAME":
            assert kind.named is not None
            return _named(p, field, kind.named.text, owner, records)
        case _:
            return p.say(*_KINDS[kind.name])


def _named(p: Phrases, field: s.Field, name: str, owner: str, records: dict[str, core.Record]) -> str:
    record = records.get(name)
    if record is None:
        return p.say("“{name}”中的一个", "one of the values of “{name}”", name=name)
    key = record.key.name if record.key else name
    text = p.say("所指的{name}，填它的{key}", "the {name} meant, by its {key}", name=name, key=key)
    if not field.owner:
        return text
    return p.say("{text}；这条{owner}归属于它", "{text}; this {owner} belongs to it", text=text, owner=owner)


def _number(p: Phrases, field: s.Field) -> str:
    written = field.type.range
    unit = named(written.unit) if written is not None and written.unit else None
    if written is not None and written.low is not None and written.high is not None:
        factor = unit.factor if unit else 1
        text = p.span_of(written.low.value * factor, written.high.value * factor, unit)
    else:
        text = p.say("没有规定上下限的数", "a number without declared bounds")
        text += p.say("（{unit}）", " ({unit})", unit=p.unit(unit)) if unit else ""
    return p.say("，", ", ").join([text, _places(p, field), *_told_in(p, unit)])


def _places(p: Phrases, field: s.Field) -> str:
    if field.type.name == "WHOLE" or field.places == 0:
        return p.say("整数", "whole")
    if field.places is None:
        return p.say(
            "位数没有写明，最多{places}", "decimals not declared, at most {places}", places=p.places(UNDECLARED_PLACES)
        )
    return p.say("最多{places}", "at most {places}", places=p.places(field.places))


def _told_in(p: Phrases, unit: Unit | None) -> list[str]:
    """English tells money in yuan; in what the data have it must be said."""
    if p.zh or unit is None or unit.family != "money" or unit.factor == 1:
        return []
    return [p.say("", "written in units of {size} yuan", size=f"{unit.factor:,}")]


def _presence(p: Phrases, field: s.Field) -> str:
    if not field.optional:
        return p.say("必填", "required")
    words = [p.quoted(word.text) for word in field.codes]
    codes = p.say("，空缺可写作{words}", ", also written as {words}", words=p.listed(words)) if words else ""
    return p.say(
        "可以空缺{codes}；用到它而条文没有说空缺怎么办的，未决",
        "may be missing{codes}; what needs it is then undecided unless a rule says what to do",
        codes=codes,
    )


def parameter(p: Phrases, statement: s.Param) -> Iterator[Sentence]:
    """A figure that may be changed, or one for each span of time."""
    name = statement.name.text
    if statement.value is not None:
        text = p.say("{name}定为{value}", "{name} is set to {value}", name=name, value=p.value(statement.value))
        yield p.sentence(text, statement, clause=statement.clause)
        return
    assert statement.by is not None
    text = p.say("{name}随{by}而定：", "{name} depends on {by}:", name=name, by=p.value(statement.by))
    yield p.sentence(text, statement, clause=statement.clause)
    dated = sorted(statement.dated, key=lambda line: begins(line.since.value))
    for at, line in enumerate(dated):
        following = dated[at + 1] if at + 1 < len(dated) else None
        until = p.say("，到{next}之前", ", before {next}", next=p.value(following.since)) if following else ""
        if line.until is not None:
            until = p.say("，到{last}为止（含）", ", up to and with {last}", last=p.value(line.until))
        text = p.say(
            "自{since}起{until}，{name}为{value}",
            "from {since} on{until}, {name} is {value}",
            since=p.value(line.since),
            until=until,
            name=name,
            value=p.value(line.value),
        )
        yield p.sentence(text, line, 1, line.clause.within(statement.clause))


def results(p: Phrases, statement: s.Result, policy: core.Policy) -> Iterator[Sentence]:
    """What everyone is given, with the range that the rules leave to each number."""
    shown = [_result(p, path, policy) for path in statement.paths]
    text = p.say("结果依次给出：{shown}", "the results are, in this order: {shown}", shown=p.listed(shown))
    yield p.sentence(text, statement, clause=statement.clause)


def _result(p: Phrases, path: s.Path, policy: core.Policy) -> str:
    definition = policy.definition(path.names[-1].text)
    kind = definition.type.kind if definition is not None else None
    if not isinstance(kind, Number) or kind.place or kind.low is None or kind.high is None:
        return path.text
    low, high = p.amount(kind.low, kind.unit), p.amount(kind.high, kind.unit)
    return p.say(
        "{name}（最低{low}、最高{high}）", "{name} ({low} at least, {high} at most)", name=path.text, low=low, high=high
    )
