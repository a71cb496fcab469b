"""What the documents at random are about: records, their fields, and rows for them.

The numbers of a unit come from one small pool for data and text alike, so that ties, edges and zeros are common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from policy.units import Exact, named, whole
from policy.values import Missing, Period

Row = dict[str, Any]
Data = dict[str, list[Row]]


@dataclass(frozen=True)
class Unread:
    """A cell that cannot be read: its row is set aside."""

    raw: str = "?!"


POOLS: dict[str, tuple[str, list[str]]] = {
    "points": (
        "number 0..100 points, 1 decimal",
        ["0", "1", "2.5", "7.5", "50", "59.9", "60", "75", "80", "90", "100"],
    ),
    "yuan": ("number -5000..100000 yuan, 2 decimals", ["-100", "0", "0.05", "500", "1000", "1234.56", "20000"]),
    "wan_yuan": ("number 0..50 wan_yuan, 2 decimals", ["0", "0.01", "0.1", "2", "50"]),
    "cases": ("whole -5..20 cases", ["-2", "0", "1", "2", "3", "7"]),
    "%": ("number 0..150 %, 1 decimal", ["0", "10", "33.3", "50", "80", "100", "130"]),
    "years": ("whole 0..40 years", ["0", "1", "2", "5", "10"]),
    "months": ("whole 0..60 months", ["0", "1", "11", "12", "30"]),
    "days": ("whole 0..400 days", ["0", "1", "31", "365"]),
    "hours": ("number 0..200 hours, 1 decimal", ["0", "1.5", "40", "60"]),
}
"""By unit: how a field of it is declared, and the numbers that occur."""
THEMES = ["anything", "anything", "ranks", "quotas", "lists", "lists", "exceptions", "scores", "numbers", "dates"]
"""What most statements of a document are about."""
WORDS = ["无", "none", "任意", "any", "缺", "missing", "是", "no"]
"""Keywords that are values of a choice."""
LONG = ["0.123456789012345678901234567891", "33.333333333333333333333333333333", "0.000000000000000000000000000001"]
"""Numbers of many decimals."""
DATES = ["2019-02-28", "2020-02-29", "2023-12-31", "2024-01-01", "2024-07-01", "2024-07-31", "2024-10-15", "2025-01-31",
         "2025-02-28", "2025-06-30", "2025-12-31"]  # fmt: skip
PERIODS = {"month": ["2023-12", "2024-01", "2024-02", "2024-04"], "quarter": ["2023Q4", "2024Q1", "2024Q2", "2024Q4"],
           "year": ["2022", "2023", "2024", "2026"]}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What a value is: `num` of a unit, `bool`, `choice` of a name, `date`, `period` of a grain, `text`, `ref`, `place`."""

    name: str
    of: str = ""

    @property
    def family(self) -> str:
        return named(self.of).family if self.name == "num" and self.of else self.of


BOOL, DATE, TEXT, PLACE, IDENTITY = Kind("bool"), Kind("date"), Kind("text"), Kind("place"), Kind("identity number")
NUMBERS = ("11010519491231002X", "33010620040229001X", "33010619850615002X", "33010620010131003X")
"""Identity numbers of men and women; one was born on a leap day."""
PLAIN = Kind("num")


@dataclass
class Known:
    """A field or a definition that may be read. `may` are the ways in which it may be absent: missing, none, open."""

    name: str
    kind: Kind
    may: set[str] = field(default_factory=set)
    codes: tuple[str, ...] = ()
    defined: str = ""
    since: int = 0
    fine: bool = False


@dataclass(frozen=True)
class Manner:
    """Ways of writing the same document, each of which must leave its meaning as it is.

    `mirrored`: comparisons, and, or, sums and products the other way round; `owned`: 归属 written where it was not, and
    left out where it was; `days`: dated figures by the first day of the month; `asked`: guards as `(…) = yes`; `plain`:
    names that are no keywords; `cases`: weights that move written out as cases; `quoted`: keywords that are values of a
    choice always in quotes.
    """

    mirrored: bool = False
    owned: bool = False
    days: bool = False
    asked: bool = False
    plain: bool = False
    cases: bool = False
    quoted: bool = False


@dataclass
class Choice:
    name: str
    values: list[str]
    ordered: int


@dataclass
class Record:
    name: str
    fields: list[Known]
    lines: list[str]
    owner: str = ""
    series: str = ""
    known: list[Known] = field(default_factory=list)
    until: int | None = None

    def all(self) -> list[Known]:
        """What may be read of it: what was defined before `until`, where that is limited."""
        return [*self.fields, *self.defined()]

    def defined(self) -> list[Known]:
        return [each for each in self.known if self.until is None or each.since < self.until]


def period(text: str, grain: str) -> Period:
    if grain == "year":
        return Period(int(text), 0, grain)
    return Period(int(text[:4]), int(text[5:]), grain)


def canonical(number: str, unit: str) -> Exact:
    return whole(Fraction(number) * Fraction(named(unit).factor if unit else 1))


class Names:
    """Names that mean one thing each. Some are keywords elsewhere, some need quotes."""

    PLAIN: ClassVar = ["exam", "bonus", "笔试", "得分", "grade_x", "total", "业绩", "merit", "talk", "名单", "课时", "Größe", "left1",
             "happy", "档案", "quality", "部分", "rest", "shares", "vv", "sure", "甲", "乙项"]  # fmt: skip
    ODD: ClassVar = ["date", "rank", "sum", "no", "yes", "none", "top", "top 3", "结局", "基准日", "结果", "分", "权重(旧)", "year", "any",
           "all", "value", "否则", "if missing", "record", "mine", "0号", "or", "本", "as_of", "missing", "无"]  # fmt: skip

    def __init__(self, random: Random, plain: bool) -> None:
        self.random = random
        self.plain = plain
        self.used: set[str] = set()

    def new(self, odd: float = 0.06) -> str:
        """A fresh name as data knows it; `spelled` is how the text has it."""
        pool = self.ODD if self.random.random() < odd else self.PLAIN
        name = self.random.choice(pool)
        while name in self.used:
            name = f"{self.random.choice(self.PLAIN)}{self.random.randint(2, 99)}"
        self.used.add(name)
        return plain_name(name) if self.plain else name


def plain_name(name: str) -> str:
    """A name that is no keyword in place of one that is."""
    return f"odd{Names.ODD.index(name)}x" if name in Names.ODD else name


def spelled(name: str) -> str:
    return f"`{name}`" if name in Names.ODD or name in WORDS else name


class Schema:
    """The records of one document."""

    def __init__(self, random: Random, manner: Manner) -> None:
        self.random = random
        self.manner = manner
        self.theme = random.choice(THEMES)
        self.damaged = False
        self.names = Names(random, manner.plain)
        self.choices = [self.choice() for _ in range(random.randint(1, 2))]
        self.group: Record | None = None
        if random.random() < 0.5:
            self.group = self.record([Kind("num", "cases"), Kind("num", "points"), TEXT], key=True)
        self.main = self.record(self.kinds(random.randint(4, 8)), key=True)
        if self.group is not None:
            self.reference(self.main, self.group, owner=False)
        count = random.choice([1, 2, 2] if self.theme == "lists" else [0, 1, 1, 2])
        self.lists = [self.listed(series=at == 1 or self.theme == "lists") for at in range(count)]

    @property
    def records(self) -> list[Record]:
        return [self.main, *self.lists, *([self.group] if self.group else [])]

    def choice(self) -> Choice:
        values = [self.names.new() for _ in range(self.random.randint(2, 4))]
        word = self.random.choice(WORDS)
        if self.random.random() < 0.2 and word not in self.names.used:
            self.names.used.add(word)
            values[self.random.randrange(len(values))] = word
        ordered = self.random.randint(2, len(values))
        return Choice(self.names.new(), values, ordered)

    def choice_named(self, name: str) -> Choice:
        return next(each for each in self.choices if each.name == name)

    def kinds(self, count: int) -> list[Kind]:
        units = [Kind("num", unit) for unit in POOLS]
        pool = [*units[:2], *units, BOOL, BOOL, BOOL, *[Kind("choice", c.name) for c in self.choices], DATE, DATE, TEXT, IDENTITY,
                Kind("period", self.random.choice(list(PERIODS)))]  # fmt: skip
        return [Kind("num", "points"), BOOL, *[self.random.choice(pool) for _ in range(count)]]

    def record(self, kinds: list[Kind], key: bool) -> Record:
        made = Record(self.names.new(0.03), [], [])
        if key:
            name = self.names.new(0.1)
            made.fields.append(Known(name, TEXT))
            made.lines.append(f"{spelled(name)}: text, key")
        for kind in kinds:
            self.field(made, kind)
        return made

    def field(self, record: Record, kind: Kind) -> None:
        name, may, codes, more = self.names.new(), set[str](), (), ""
        if self.random.random() < 0.4:
            may.add("missing")
            more = ", optional"
            if self.random.random() < 0.5:
                codes = tuple(self.names.new(0) for _ in range(self.random.randint(1, 2)))
                more += f" ({', '.join(codes)})"
        if self.random.random() < 0.1:
            more += f', column "{name} (col)"'
        fine = kind.of in ("points", "yuan", "hours") and self.random.random() < 0.05
        record.fields.append(Known(name, kind, may, codes, fine=fine))
        text = f"number {kind.of}, 30 decimals" if fine else self.declared(kind)
        record.lines.append(f"{spelled(name)}: {text}{more}")

    def declared(self, kind: Kind) -> str:
        match kind.name:
            case "num":
                text = POOLS[kind.of][0]
                return f"number {kind.of}, 2 decimals" if self.random.random() < 0.1 else text
            case "bool":
                return "yes or no"
            case "date" | "text" | "identity number":
                return kind.name
            case "period":
                return kind.of
            case "choice":
                return spelled(kind.of)
            case _:
                raise AssertionError(kind)

    def reference(self, record: Record, to: Record, owner: bool) -> None:
        name, may = self.names.new(), set[str]()
        more = ""
        if owner and (self.random.random() < 0.6) is not self.manner.owned:
            more = ", belongs"
        elif not owner and self.random.random() < 0.3:
            may.add("missing")
            more = ", optional"
        record.fields.append(Known(name, Kind("ref", to.name), may))
        record.lines.append(f"{spelled(name)}: {spelled(to.name)}{more}")
        if owner:
            record.owner = name

    def listed(self, series: bool) -> Record:
        made = Record(self.names.new(0.03), [], [])
        self.reference(made, self.main, owner=True)
        for kind in [Kind("num", self.random.choice(["points", "hours", "yuan"])), BOOL, DATE, TEXT,
                     Kind("choice", self.choices[0].name)][: self.random.randint(3, 5)]:  # fmt: skip
            self.field(made, kind)
        if series or self.random.random() < 0.5:
            grain = self.random.choice(list(PERIODS))
            made.series = self.names.new()
            made.fields.append(Known(made.series, Kind("period", grain)))
            made.lines.append(f"{spelled(made.series)}: {grain}, series")
        return made

    # -- rows -------------------------------------------------------------------------------------------------------

    def data(self, people: int) -> Data:
        """Rows with ties, gaps and declared words; few values of each field, so that many are alike."""
        self.damaged = self.random.random() < 0.4
        keys = {self.main.name: [f"p{at}" for at in range(1, people + 1)]}
        if self.group is not None:
            keys[self.group.name] = ["g1", "g2"]
        pools = {(record.name, each.name): self.pool(each) for record in self.records for each in record.fields}
        data: Data = {}
        for record in self.records:
            keyed = keys.get(record.name)
            count = len(keyed) if keyed is not None else self.random.randint(0, 2 * people + 1)
            rows = []
            for at in range(count):
                row = {each.name: self.cell(each, pools[record.name, each.name], keys) for each in record.fields}
                if keyed is not None:
                    row[record.fields[0].name] = keyed[at]
                rows.append(row)
            data[record.name] = rows
        return data

    def cell(self, each: Known, pool: list[Any], keys: dict[str, list[str]]) -> Any:
        if (
            self.damaged
            and each.kind.name in ("num", "bool", "date", "period", "choice")
            and self.random.random() < 0.03
        ):
            return Unread()
        if "missing" in each.may and self.random.random() < 0.25:
            return Missing(each.name, self.random.choice(["", *each.codes]))
        if each.kind.name == "ref":
            strange = not keys[each.kind.of] or (self.damaged and self.random.random() < 0.06)
            return "nobody" if strange else self.random.choice(keys[each.kind.of])
        return self.random.choice(pool)

    def pool(self, each: Known) -> list[Any]:
        match each.kind.name:
            case "num":
                numbers = self.random.sample(POOLS[each.kind.of][1], self.random.randint(2, 4))
                numbers += LONG if each.fine else []
                return [canonical(number, each.kind.of) for number in numbers]
            case "bool":
                return [True, False]
            case "date":
                return [date.fromisoformat(text) for text in self.random.sample(DATES, 4)]
            case "period":
                return [period(text, each.kind.of) for text in PERIODS[each.kind.of]]
            case "text":
                return ["east", "west"]
            case "identity number":
                return list(NUMBERS)
            case "choice":
                return list(self.choice_named(each.kind.of).values)
            case _:
                return []
