"""The typed core: the few expressions that everything written in a policy comes down to.

Each node knows its type and the span of text it was written as. Nodes that choose or add (Switch, Total) keep the
clause of every arm and line, because explanations tell them one by one. Nothing here needs a float, a null, an order
of rows or unbounded recursion to have a meaning.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from policy import kinds
from policy.diagnostic import Acceptance
from policy.reckoning import BY_DEFAULT, Reckoning
from policy.source import NO_CLAUSE, NOWHERE, Clause, Span
from policy.types import Choice, Kind, Type
from policy.units import Exact, Unit

Key: TypeAlias = tuple[str, str]
"""What a definition is known by: its record ("" where it belongs to nobody) and its name."""


class Node(Struct, frozen=True, kw_only=True, eq=False):
    """What all expressions have."""

    type: Type
    span: Span = NOWHERE


class Const(Node, frozen=True, eq=False):
    """A value written in the text. `60 分`"""

    value: object


class Me(Node, frozen=True, eq=False):
    """A record in scope: 0 is the innermost (the listed one inside the brackets of a list). `本`"""

    depth: int


class Get(Node, frozen=True, eq=False):
    """A field of a record. `笔试`"""

    of: Expr
    field: str


class Ref(Node, frozen=True, eq=False):
    """The value of a definition of `record` ("" where it belongs to nobody) for one such record. `总分`"""

    of: Expr
    name: str
    record: str

    @property
    def key(self) -> Key:
        return self.record, self.name


class AsOf(Node, frozen=True, eq=False):
    """The as-of date of the run. `基准日`"""


class Sum(Node, frozen=True, eq=False):
    """Terms added; a negative sign (-1) takes away. `a + b - c`"""

    terms: tuple[Expr, ...]
    signs: tuple[int, ...]


class Product(Node, frozen=True, eq=False):
    """Factors multiplied; power -1 divides. `单价 × 数量 ÷ 2`"""

    factors: tuple[Expr, ...]
    powers: tuple[int, ...]


class Rounded(Node, frozen=True, eq=False):
    """Rounded to a multiple of `step` (canonical units): half_up, down, up or half_even. `四舍五入到 1 元`"""

    of: Expr
    mode: kinds.Rounding
    step: Exact


class Limited(Node, frozen=True, eq=False):
    """Not above `cap`, not below `floor`. `封顶 20`"""

    of: Expr
    cap: Expr | None = None
    floor: Expr | None = None


class Units(Node, frozen=True, eq=False):
    """How many `unit`s are in a quantity: pro rata, full ones or started ones. `行长年数 每满 1 年`"""

    of: Expr
    unit: Expr
    reading: kinds.Reading


class Compare(Node, frozen=True, eq=False):
    """`=`, `≠`, `<`, `≤`, `>`, `≥` between two values of one kind; grades compare by their order, best first."""

    left: Expr
    op: kinds.Operator
    right: Expr


class All(Node, frozen=True, eq=False):
    """Every one of the items holds. `全部`"""

    items: tuple[Expr, ...]
    clauses: tuple[Clause, ...] = ()


class AtLeast(Node, frozen=True, eq=False):
    """At least `count` of the items hold; 1 is `或`. `至少 2 项`"""

    count: int
    items: tuple[Expr, ...]
    clauses: tuple[Clause, ...] = ()


class Not(Node, frozen=True, eq=False):
    """The contrary. `非`"""

    of: Expr


class IsMissing(Node, frozen=True, eq=False):
    """Whether the data lacks a value; with a code, whether that word stands in its place. `笔试 缺`, `笔试 = 缺考`"""

    of: Expr
    code: str | None = None


class IsNone(Node, frozen=True, eq=False):
    """Whether a value is 无. `名次 = 无`"""

    of: Expr


class Default(Node, frozen=True, eq=False):
    """A value for one that is missing. `x 缺则 0`"""

    of: Expr
    fallback: Expr


class InTop(Node, frozen=True, eq=False):
    """Whether a place is among the first `count`, equals across the cut being read by the rank's own rule. `前 5`

    `count` is a number of places or, where `share` says so, a part of those ranked.
    """

    of: Ref
    count: Expr
    share: bool = False


class Arm(Struct, frozen=True, eq=False):
    """One case or row: under `guard` the value is `value`. `guard` None is `否则`."""

    guard: Expr | None
    value: Expr
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Switch(Node, frozen=True, eq=False):
    """Cases or rows."""

    mode: kinds.Choosing
    arms: tuple[Arm, ...]


class Line(Struct, frozen=True, eq=False):
    """One line of a score: `value` under `guard`, worth at most `full` where the line says so.

    `label` is the subject as the author names it; `sign` -1 for a deduction; `cap` and `floor` hold what a weighted
    line comes to.
    """

    label: str
    value: Expr
    guard: Expr | None = None
    sign: int = 1
    full: Exact | None = None
    weight: Expr | None = None
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE
    cap: Expr | None = None
    floor: Expr | None = None


class Total(Node, frozen=True, eq=False):
    """Lines of a score added up, or the best of them. `full` is the declared full mark."""

    mode: kinds.Adding
    lines: tuple[Line, ...]
    full: Exact | None = None


class Refer(Node, frozen=True, eq=False):
    """Not decided by rule: `outcome` is referred or undecided, `reason` the author's words. `转人工 “…”`"""

    outcome: kinds.Open
    reason: str


class Named(Node, frozen=True, eq=False):
    """An expression that the author knows by a name: a table used with inputs, a part of a score. `档(听)`"""

    name: str
    of: Expr
    clause: Clause = NO_CLAUSE


class Previous(Node, frozen=True, eq=False):
    """The same owner's record of the calendar period before, or after; missing if there is none. `上期`, `下期`

    `steps` is -1 or 1. `owner` is the field that says whose a record is ("" where all are one series), `series` the
    one that says when.
    """

    of: Expr
    owner: str
    series: str
    steps: int = -1


class Follow(Node, frozen=True, eq=False):
    """The record that a reference points to. `报考线路.名额数`"""

    of: Expr


class Shifted(Node, frozen=True, eq=False):
    """A date moved by a span of months or days; the day is kept or is the month's last. `基准日 - 12 个月`"""

    of: Expr
    by: Expr
    sign: int
    reckoning: Reckoning = BY_DEFAULT


class Elapsed(Node, frozen=True, eq=False):
    """Completed years or months, or days, from one date to another: `满年(a，b)`"""

    start: Expr
    end: Expr
    unit: kinds.Span
    reckoning: Reckoning = BY_DEFAULT


class CalendarOf(Node, frozen=True, eq=False):
    """The first day of a date's year, quarter or month, or the year, quarter or month that it lies in."""

    of: Expr
    part: kinds.CalendarPart


class OfIdentity(Node, frozen=True, eq=False):
    """What an identity number says: the birth date, or whether it is a woman's. `出生日期(证件)`, `是女性(证件)`"""

    of: Expr
    female: bool = False


class Workdays(Node, frozen=True, eq=False):
    """Working days between two days. `工作日(收件日，办结日，节假日.上班)`

    `record` lists days that differ from the week's rule; `day` and `works` are read with such a record as Me(0).
    """

    start: Expr
    end: Expr
    record: str
    day: Expr
    works: Expr
    reckoning: Reckoning = BY_DEFAULT


class Extreme(Node, frozen=True, eq=False):
    """The larger or smaller of several values. `较大(a，b)`"""

    items: tuple[Expr, ...]
    larger: bool


class Fold(Node, frozen=True, eq=False):
    """A list of records made into one value. `合计(课程.课时 其中 近年)`

    The records are those of kind `record` whose field `owner` refers to `mine`, or all of them where `mine` is None.
    `same` pairs an expression about the listed record with one about the outer record; `where` filters; both `where`
    and `item` are read with the listed record as Me(0) and what was Me(0) as Me(1). `by` orders for latest,
    longest_run and in_a_row; within each value of `each` only the `count` best (or worst) items are kept, or of all
    where `each` is None and `count` is not; with `newest` those that come last by `by`. A share is the average of an
    item that is 1 for each that counts and else 0.
    """

    kind: kinds.Aggregate
    record: str
    mine: Expr | None
    owner: str
    same: tuple[tuple[Expr, Expr], ...] = ()
    where: Expr | None = None
    item: Expr | None = None
    by: Expr | None = None
    each: Expr | None = None
    best: bool = True
    count: int | None = None
    newest: bool = False


class Band(Struct, frozen=True, eq=False):
    """One band of a tier table; a bound that is None is not there."""

    low: Expr | None
    low_in: bool
    high: Expr | None
    high_in: bool
    rate: Expr
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Banded(Node, frozen=True, eq=False):
    """Tiers: marginal adds each slice times its rate, whole takes the whole amount times its band's rate. `累进`

    Bounds that are not figures join on: each band starts where the one before it ends. Whoever finds one that ends
    before it starts is undecided.
    """

    of: Expr
    mode: kinds.Tiering
    bands: tuple[Band, ...]


class Effect(Struct, frozen=True, eq=False):
    """What an exception does when `guard` holds."""

    guard: Expr
    kind: kinds.Acting
    value: Expr | None
    reason: str = ""
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Exempt(Struct, frozen=True, eq=False):
    """One exception: its effects (for each record of a list where `each` is a fold that lists them), the exceptions it
    prevails over, and the exceptions to itself, which void it for a case."""

    name: str
    effects: tuple[Effect, ...]
    each: Fold | None
    over: tuple[str, ...]
    voided_by: tuple[Exempt, ...] = ()
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Excepted(Node, frozen=True, eq=False):
    """A value under its exceptions. `例外 违规影响 对 星级`"""

    of: Expr
    exceptions: tuple[Exempt, ...]


Expr: TypeAlias = (
    Const | Me | Get | Ref | AsOf | Sum | Product | Rounded | Limited | Units | Compare | All | AtLeast | Not
    | IsMissing | IsNone | Default | InTop | Switch | Total | Refer | Named | Previous | Follow | Shifted | Elapsed
    | CalendarOf | OfIdentity | Workdays | Extreme | Fold | Banded | Excepted
)  # fmt: skip


class Order(Struct, frozen=True, eq=False):
    """One key of a rank's order. `按 总分 从高到低`"""

    by: Expr
    descending: bool
    clause: Clause = NO_CLAUSE


class Ranking(Struct, frozen=True, eq=False):
    """Who is ranked (`among`), within whom (`same`), by what, and what becomes of equals and of those who lack a value.

    `edge` is None where no cut is made. `missing` speaks of order values, `among` and `same` alike.
    """

    among: Expr | None
    same: tuple[Expr, ...]
    orders: tuple[Order, ...]
    ties: kinds.Ties
    edge: kinds.Edge | None
    missing: kinds.Lacking


class Tier(Struct, frozen=True, eq=False):
    """One grade of a quota, best first: at most `most` places (a share of the base where `share`) for those `among`."""

    value: str
    most: Expr
    among: Expr | None
    share: bool
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Quota(Struct, frozen=True, eq=False):
    """Grades given out by places. `places`: how they are made whole, and to which step; the rest as in Ranking."""

    among: Expr | None
    same: tuple[Expr, ...]
    orders: tuple[Order, ...]
    tiers: tuple[Tier, ...]
    leftover: Expr
    base: Expr
    places: tuple[kinds.Rounding, Exact]
    edge: kinds.Edge
    overflow: kinds.Overflow
    vacancies: kinds.Vacancies
    missing: kinds.Lacking


class Fit(Struct, frozen=True, eq=False):
    """Who may take what: where `guard` holds, `holds` must. `order` is that at which it may be given up, None never.

    Here and in the other lines of a division Me(0) is what is given and Me(1) who takes it.
    """

    guard: Expr | None
    holds: Expr
    order: int | None = None
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Taking(Struct, frozen=True, eq=False):
    """How much each takes of what `guard` holds for: `amount` says, of the sum of `by`, or of the count where it is
    None. `each` is the record that is counted for: who takes, or what is given. Where there is `same`, so much of what
    is alike in it."""

    each: str
    bound: kinds.Bound
    amount: Expr
    by: Expr | None
    guard: Expr | None
    same: tuple[Expr, ...] = ()
    order: int | None = None
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Tied(Struct, frozen=True, eq=False):
    """What has the same value of `by` goes to one and the same. `一起 集团`"""

    by: Expr
    guard: Expr | None
    order: int | None = None
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Aim(Struct, frozen=True, eq=False):
    """One goal. keep and prefer: how many pairs `value` holds for; most and least: the sum of `value`; balance: how far
    apart the sums of `value` (counts where it is None) of those are who share `same`, beyond `tolerance`; by_order:
    what is given in the order of `value`, each to the first in the order of `second`, or of its `wishes`. Only pairs of
    `where` count."""

    kind: kinds.Goal
    value: Expr | None
    where: Expr | None = None
    same: tuple[Expr, ...] = ()
    tolerance: Expr | None = None
    descending: bool = False
    second: Expr | None = None
    second_descending: bool = False
    wishes: tuple[Expr, ...] = ()
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE


class Allocation(Struct, frozen=True, eq=False):
    """Records of kind `item` given to records of kind `owner`, each to one at most. `分配 贷款户 给 客户经理 为 分管人`

    Lines must hold, goals are strictly in order; `leftover` is what an item comes to that nobody takes, None where the
    text does not say.
    """

    item: str
    owner: str
    among: Expr | None
    fits: tuple[Fit, ...]
    takings: tuple[Taking, ...]
    ties: tuple[Tied, ...]
    aims: tuple[Aim, ...]
    leftover: Expr | None


class Definition(Struct, frozen=True, eq=False):
    """A named value of a record.

    Exactly one of `body`, `ranking`, `quota` and `allocation` is given; exceptions to it stand in `exceptions`. `uses`
    are the definitions it reads; `cohort` says that the value depends on others than the record itself.
    """

    name: str
    record: str
    kind: kinds.Statement
    type: Type
    body: Expr | None
    ranking: Ranking | None = None
    quota: Quota | None = None
    allocation: Allocation | None = None
    exceptions: tuple[Exempt, ...] = ()
    clause: Clause = NO_CLAUSE
    span: Span = NOWHERE
    accepted: tuple[Acceptance, ...] = ()
    uses: tuple[Key, ...] = ()
    cohort: bool = False

    @property
    def key(self) -> Key:
        return self.record, self.name

    @property
    def among_all(self) -> bool:
        """Whether it is worked out for all at once: a rank, a quota or a division."""
        return self.ranking is not None or self.quota is not None or self.allocation is not None


class Field(Struct, frozen=True, eq=False):
    """A column of a record. `header` is the column title it is read from; `fixed` is what nobody can change."""

    name: str
    type: Type
    header: str
    key: bool = False
    owner: bool = False
    series: bool = False
    fixed: bool = False
    whole: bool = False
    places: int | None = None
    unit: Unit | None = None
    span: Span = NOWHERE


class Record(Struct, frozen=True, eq=False):
    """A kind of data: one row a person, a course, an account. Of a `subject` some document decides."""

    name: str
    fields: tuple[Field, ...]
    span: Span = NOWHERE
    subject: bool = False

    @property
    def key(self) -> Field | None:
        return next((f for f in self.fields if f.key), None)

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


class Whole(Struct, frozen=True, eq=False):
    """The outcome of a whole case, as what an example expects. `得到 结局 = 转人工`"""


class Given(Struct, frozen=True, eq=False):
    """One value an example gives or expects of `target`, which goes by `name` in the document. `总分 = 60`"""

    target: Get | Ref | AsOf | Whole
    name: str
    value: object
    span: Span = NOWHERE


class Example(Struct, frozen=True, eq=False):
    """A worked case. `given` and `expected` speak of one person; `rows` and `wanted` of listed records by kind."""

    name: str
    given: tuple[Given, ...]
    expected: tuple[Given, ...]
    rows: tuple[tuple[str, tuple[tuple[Given, ...], ...]], ...] = ()
    wanted: tuple[tuple[str, tuple[tuple[Given, ...], ...]], ...] = ()
    span: Span = NOWHERE


class Policy(Struct, frozen=True, eq=False):
    """A checked policy: records (the first is the main one), definitions in the order of the text, what is reported.

    `overall` are the exceptions on 结果 itself; `accepted` pairs the code of each accepted finding with its acceptance;
    `dated` says that something in it reads the as-of date. `choices` are those declared by name. Of a policy that rests
    on others, `below` are the definitions that are theirs and `files` the documents, as paths; `source` is
    its own.
    """

    name: str
    version: str
    effective: str
    origin: str
    language: str
    records: tuple[Record, ...]
    definitions: tuple[Definition, ...]
    results: tuple[str, ...]
    examples: tuple[Example, ...]
    overall: tuple[Exempt, ...] = ()
    accepted: tuple[tuple[str, Acceptance], ...] = ()
    dated: bool = False
    choices: tuple[Choice, ...] = ()
    below: frozenset[Key] = frozenset()
    files: tuple[str, ...] = ()
    source: str = ""

    @property
    def main(self) -> Record:
        return self.records[0]

    def record(self, name: str) -> Record | None:
        return next((r for r in self.records if r.name == name), None)

    def kind(self, name: str) -> Kind | None:
        """The kind of what is reported under a name, None where there is no such definition."""
        found = self.definition(name)
        return found.type.kind if found is not None else None

    def choice(self, name: str) -> Choice | None:
        """The choice that a result is one of, None where it is none."""
        kind = self.kind(name)
        return kind if isinstance(kind, Choice) else None

    def definition(self, name: str, record: str | None = None) -> Definition | None:
        """The definition of that name, of the main record unless another is named."""
        wanted = record or (self.records[0].name if self.records else "")
        return next((d for d in self.definitions if d.name == name and d.record in (wanted, "")), None)
