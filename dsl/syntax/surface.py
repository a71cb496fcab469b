"""A policy document as its author wrote it: one typed node a statement, line and expression, before any meaning.

Names are still text, units still words. Spans point into the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from policy.kinds import Open
from policy.reckoning import BY_DEFAULT, Reckoning
from policy.source import Clause, Span
from policy.units import Exact
from policy.values import Period, date

if TYPE_CHECKING:
    from policy import core


class Node(Struct, frozen=True, kw_only=True, eq=False):
    """Anything that was written somewhere."""

    span: Span


class Word(Node, frozen=True, eq=False):
    """A name or string at a place."""

    text: str


# Expressions


class Number(Node, frozen=True, eq=False):
    """`60 分`, `40 课时`, `2 位小数`; `unit` None where none is written, "decimals" for `位小数`."""

    value: Exact
    unit: str | None


class Text(Node, frozen=True, eq=False):
    """`“线上部”`"""

    value: str


class Moment(Node, frozen=True, eq=False):
    """`2025-03-01`, `2025-03`"""

    value: date | Period


class YesNo(Node, frozen=True, eq=False):
    """`是`, `否`"""

    value: bool


class Nothing(Node, frozen=True, eq=False):
    """`无`"""


class AsOf(Node, frozen=True, eq=False):
    """`基准日`"""


class Path(Node, frozen=True, eq=False):
    """`笔试`, `课程.课时`, `本.x`, `上期.x`; `anchor` is "this", "previous", "following" or empty."""

    names: tuple[Word, ...]
    anchor: str = ""

    @property
    def text(self) -> str:
        return ".".join(word.text for word in self.names)


class Call(Node, frozen=True, eq=False):
    """`档(听)`, `满年(a, b)`, `档(听).得分`; `function` is a keyword's terminal or empty."""

    name: Word
    function: str
    arguments: tuple[Expr, ...]
    member: Word | None


class Pick(Node, frozen=True, eq=False):
    """`每个 项目 取最高 1`"""

    each: Path | None
    best: bool
    count: Number
    newest: bool = False


class Fold(Node, frozen=True, eq=False):
    """`合计(全体 课程.课时 同 部门 其中 … 按 … 取最高 1)`; `kind` is the keyword's terminal.

    `item` is what is made of each record where it is more than the path: `课程.成绩 × 学分`.
    """

    kind: str
    everyone: bool
    path: Path
    item: Expr | None
    same: tuple[Path, ...]
    where: Expr | None
    by: Path | None
    pick: Pick | None


class Negative(Node, frozen=True, eq=False):
    """`-x`"""

    of: Expr


class Sum(Node, frozen=True, eq=False):
    """`a + b - c`"""

    terms: tuple[Expr, ...]
    signs: tuple[int, ...]


class Product(Node, frozen=True, eq=False):
    """`a × b ÷ c`"""

    factors: tuple[Expr, ...]
    powers: tuple[int, ...]


class Limited(Node, frozen=True, eq=False):
    """`x 封顶 5`"""

    of: Expr
    cap: bool
    bound: Expr


class Rounded(Node, frozen=True, eq=False):
    """`x 四舍五入到 1 元`; `mode` is the keyword's terminal."""

    of: Expr
    mode: str
    step: Number


class Default(Node, frozen=True, eq=False):
    """`x 缺则 0`"""

    of: Expr
    fallback: Expr


class Compare(Node, frozen=True, eq=False):
    """`a ≥ b`; `op` is =, ≠, <, ≤, >, ≥ or NOTBELOW, NOTABOVE, ABOVE, BELOW."""

    left: Expr
    op: str
    right: Expr


class Within(Node, frozen=True, eq=False):
    """`x 属于 (75 以上 不满 90)`"""

    of: Expr
    tests: tuple[Test, ...]


class IsMissing(Node, frozen=True, eq=False):
    """`x 缺`"""

    of: Expr


class All(Node, frozen=True, eq=False):
    """`a 且 b`"""

    items: tuple[Expr, ...]


class Any(Node, frozen=True, eq=False):
    """`a 或 b`"""

    items: tuple[Expr, ...]


class Not(Node, frozen=True, eq=False):
    """`非 a`"""

    of: Expr


Expr: TypeAlias = (
    Number | Text | Moment | YesNo | Nothing | AsOf | Path | Call | Fold | Negative | Sum | Product | Limited | Rounded
    | Default | Compare | Within | IsMissing | All | Any | Not
)  # fmt: skip


# Tests in cells and in 属于(…)


class Exactly(Node, frozen=True, eq=False):
    """`x`"""

    value: Expr


class Range(Node, frozen=True, eq=False):
    """`a 以上 不满 b`, `a 以上 b 以下`, `超过 a 至 b`, `a..b`, one-sided; `_in`: whether the bound belongs to it."""

    low: Expr | None
    low_in: bool
    high: Expr | None
    high_in: bool


class Top(Node, frozen=True, eq=False):
    """`前 5`"""

    count: Expr


class Whatever(Node, frozen=True, eq=False):
    """`任意`"""


class Absent(Node, frozen=True, eq=False):
    """`缺`"""


Test: TypeAlias = Exactly | Range | Top | Whatever | Absent


# Outcomes of cases and rows


class Bound(Node, frozen=True, eq=False):
    """`封顶 三星`, `保底 10`"""

    cap: bool
    value: Expr


class Shift(Node, frozen=True, eq=False):
    """`降 1 档`, `升 1 档`"""

    down: bool
    by: Number


class Void(Node, frozen=True, eq=False):
    """`不适用`"""


class Refer(Node, frozen=True, eq=False):
    """`转人工 “由评审会决定”`, `未决 “…”`; `outcome` is referred or undecided."""

    outcome: Open
    reason: str


Outcome: TypeAlias = Expr | Bound | Shift | Void | Refer


# Statements


class Accept(Node, frozen=True, eq=False):
    """`认可 “分项合计不符” 因为 “…”`"""

    name: Word
    reason: str


class Case(Node, frozen=True, eq=False):
    """`当 a：b`, or `当 a：` with cases under it. `guard` None is 否则."""

    guard: Expr | None
    value: Outcome | None
    cases: tuple[Case, ...]
    clause: Clause


class Range0(Node, frozen=True, eq=False):
    """`0..30 分`, or a unit alone."""

    low: Number | None
    high: Number | None
    unit: str | None


class FieldType(Node, frozen=True, eq=False):
    """A field's type: `name` is a type keyword's terminal, "CHOICE" with `order`, or "NAME" with `named`."""

    name: str
    range: Range0 | None = None
    order: Order | None = None
    named: Word | None = None


class Order(Node, frozen=True, eq=False):
    """`优 > 良 > 中，缓评`: the values, the first `ordered` of them best first."""

    values: tuple[Word, ...]
    ordered: int


class Field(Node, frozen=True, eq=False):
    """`笔试：数 0..30 分，1 位小数，可缺 (缺考)`"""

    name: Word
    type: FieldType
    clause: Clause
    key: bool = False
    owner: bool = False
    series: bool = False
    fixed: bool = False
    places: int | None = None
    optional: bool = False
    codes: tuple[Word, ...] = ()
    column: str | None = None


class Data(Node, frozen=True, eq=False):
    """`数据 候选人：`"""

    name: Word
    fields: tuple[Field, ...]
    clause: Clause


class Choice(Node, frozen=True, eq=False):
    """`选项 等级 = 优 > 良`"""

    name: Word
    order: Order
    clause: Clause


class Dated(Node, frozen=True, eq=False):
    """`自 2025-03-01：60 分`; `自 2010 年 至 2014 年：…` holds to the end of what is named."""

    since: Moment
    until: Moment | None
    value: Expr
    clause: Clause


class Param(Node, frozen=True, eq=False):
    """`参数 合格线 = 60 分`, or with `by` a value from each date on."""

    name: Word
    value: Expr | None
    by: Path | AsOf | None
    dated: tuple[Dated, ...]
    clause: Clause
    accepts: tuple[Accept, ...] = ()
    supplied: bool = False


class Head(Node, frozen=True, eq=False):
    """`资历`, `课程.得分`, `档(值)`, `等级线 暂定`; `supplied` marks what the source does not say."""

    path: Path
    inputs: tuple[Word, ...]
    supplied: bool = False


class Define(Node, frozen=True, eq=False):
    """`定义 x = …`, or by cases."""

    head: Head
    value: Expr | None
    in_order: bool
    cases: tuple[Case, ...]
    accepts: tuple[Accept, ...]
    clause: Clause


class Row(Node, frozen=True, eq=False):
    """`| 60..74 | 任意 || 合格 |`; `tests` None is 否则."""

    tests: tuple[tuple[Test, ...], ...] | None
    values: tuple[Outcome, ...]
    clause: Clause


class Table(Node, frozen=True, eq=False):
    """`表 等级 依次：`; `heads` are the input columns, `outputs` the cells right of the double bar."""

    head: Head
    across: Expr | None
    mode: str
    heads: tuple[Expr, ...]
    outputs: tuple[tuple[Test, ...], ...]
    rows: tuple[Row, ...]
    accepts: tuple[Accept, ...]
    clause: Clause


class Part(Node, frozen=True, eq=False):
    """`笔试 满分 30`"""

    subject: Expr
    full: Expr
    clause: Clause


class Weighted(Node, frozen=True, eq=False):
    """`笔试 权重 60%`; the limits are of what the line comes to."""

    subject: Expr
    weight: Expr
    cap: Expr | None
    floor: Expr | None
    clause: Clause


class Per(Node, frozen=True, eq=False):
    """`行长年数 每满 1 年`; `reading` is the keyword's terminal."""

    subject: Expr
    reading: str
    unit: Expr


class Bonus(Node, frozen=True, eq=False):
    """`加 4`, `行长年数 每满 1 年 加 1 封顶 5`, `扣 2`"""

    per: Per | None
    deduct: bool
    amount: Expr
    cap: Expr | None
    clause: Clause


class Moves(Node, frozen=True, eq=False):
    """`学员评价 转给 授课`; `targets` empty is 其余."""

    subject: Expr
    targets: tuple[Path, ...]
    clause: Clause


class When(Node, frozen=True, eq=False):
    """Score lines under one condition."""

    guard: Expr | None
    lines: tuple[ScoreLine, ...]
    clause: Clause


class Best(Node, frozen=True, eq=False):
    """`取高：` with its lines."""

    cap: Expr | None
    lines: tuple[ScoreLine, ...]
    clause: Clause


ScoreLine: TypeAlias = Part | Weighted | Bonus | Moves | When | Best


class Score(Node, frozen=True, eq=False):
    """`评分 总分 满分 100 封顶 100：`"""

    head: Head
    full: Expr | None
    cap: Expr | None
    floor: Expr | None
    lines: tuple[ScoreLine, ...]
    accepts: tuple[Accept, ...]
    clause: Clause


class Need(Node, frozen=True, eq=False):
    """One line of a requirement: `当 教龄 < 1 年：课时数 ≥ 20 课时`"""

    guard: Expr | None
    holds: Expr
    clause: Clause


class Needs(Node, frozen=True, eq=False):
    """A group of lines: `全部`, `任一`, `至少 2 项` (`least`: None is all)."""

    guard: Expr | None
    least: Exact | None
    lines: tuple[Need | Needs, ...]
    clause: Clause


class Require(Node, frozen=True, eq=False):
    """`条件 达标 全部：`; `check` marks a 检查."""

    head: Head
    check: bool
    needs: Needs
    accepts: tuple[Accept, ...]
    clause: Clause


class By(Node, frozen=True, eq=False):
    """`按 总分 从高到低`"""

    value: Expr
    descending: bool
    clause: Clause


class Rule(Node, frozen=True, eq=False):
    """`并列 同名次`, `缺 不参加`: `about` is ties, edge or missing, `choice` the keyword's terminal."""

    about: str
    choice: str
    clause: Clause


class Rank(Node, frozen=True, eq=False):
    """`排名 名次 限 合格 同 支行：`"""

    head: Head
    among: Expr | None
    same: tuple[Path, ...]
    orders: tuple[By, ...]
    rules: tuple[Rule, ...]
    accepts: tuple[Accept, ...]
    clause: Clause


class Grade(Node, frozen=True, eq=False):
    """`五星 至多 10% 限 总分 ≥ 85 分`"""

    name: Word
    most: Expr
    among: Expr | None
    clause: Clause


class Setting(Node, frozen=True, eq=False):
    """`基数 …`, `取整 舍去到 1 名`, `溢出 顺延`, `缺额 空缺`: `about` is base, places, overflow or vacancies."""

    about: str
    choice: str
    value: Expr | None
    clause: Clause


class Quota(Node, frozen=True, eq=False):
    """`名额 星级 限 达标 同 部门：`"""

    head: Head
    among: Expr | None
    same: tuple[Path, ...]
    orders: tuple[By, ...]
    rules: tuple[Rule, ...]
    grades: tuple[Grade, ...]
    settings: tuple[Setting, ...]
    leftover: Expr | None
    accepts: tuple[Accept, ...]
    clause: Clause


class Arity(Node, frozen=True, eq=False):
    """`每个 客户经理 至多 300 户 按 贷款户.里程`: `bound` is the terminal, `by` None where they are counted."""

    whom: Word
    bound: str
    amount: Expr
    by: Path | None
    same: tuple[Path, ...] = ()


class Together(Node, frozen=True, eq=False):
    """`一起 集团`: what is the same there goes to one and the same."""

    by: Path


class Aim(Node, frozen=True, eq=False):
    """`目标 2：均衡 贷款余额 同 支行`: `kind` is KEEP, PREFER, BALANCE, MOST, LEAST or BY; `value` None counts.

    Of BY, `value` orders what is given and `second` who takes it, or `wishes` are whom each would rather have.
    """

    kind: str
    value: Expr | None
    same: tuple[Path, ...] = ()
    where: Expr | None = None
    tolerance: Expr | None = None
    descending: bool = False
    second: Expr | None = None
    second_descending: bool = False
    wishes: tuple[Path, ...] = ()


class AllocationLine(Node, frozen=True, eq=False):
    """A line of a division. `goal` is its number where it is one, `order` that at which it may be given up."""

    what: Arity | Together | Aim | Outcome
    clause: Clause
    guard: Expr | None = None
    otherwise: bool = False
    goal: Number | None = None
    order: Number | None = None


class Allocate(Node, frozen=True, eq=False):
    """`分配 贷款户 给 客户经理 为 分管人 限 合格：`; the head is that of a definition of what is given."""

    head: Head
    item: Word
    owner: Word
    among: Expr | None
    lines: tuple[AllocationLine, ...]
    accepts: tuple[Accept, ...]
    clause: Clause


class Exempting(Node, frozen=True, eq=False):
    """`例外 违规影响 对 星级 每个 违规 优先于 x 横 月数：`; `target` None is 结果."""

    name: Word
    target: Path | None
    each: Word | None
    over: tuple[Word, ...]
    across: Expr | None
    cases: tuple[Case, ...]
    heads: tuple[Expr, ...]
    outputs: tuple[tuple[Test, ...], ...]
    rows: tuple[Row, ...]
    accepts: tuple[Accept, ...]
    clause: Clause
    supplied: bool = False


class Later(Node, frozen=True, eq=False):
    """A statement that is read but not yet decided: `what` is its keyword's terminal."""

    what: str


class Remark(Node, frozen=True, eq=False):
    """`说明 “宗旨”`: the quoted source text before it is no rule."""

    reason: str
    clause: Clause


class Result(Node, frozen=True, eq=False):
    """`结果 总分，等级`"""

    paths: tuple[Path, ...]
    clause: Clause


class Assign(Node, frozen=True, eq=False):
    """`总分 = 60`; `target` None is 结果 or 基准日 as `special` says; `value` None is 缺."""

    target: Path | None
    special: str
    value: Outcome | None


class Listed(Node, frozen=True, eq=False):
    """A table of records in an example: the first of `rows` is the header."""

    record: Word
    rows: tuple[tuple[Outcome | None, ...], ...]
    expect: bool


class Example(Node, frozen=True, eq=False):
    """`例 “刚好及格”：`"""

    name: str
    given: tuple[Assign, ...]
    expected: tuple[Assign, ...]
    listed: tuple[Listed, ...]


Statement: TypeAlias = (
    Data | Choice | Param | Define | Table | Score | Require | Rank | Quota
    | Allocate | Exempting | Later | Remark | Result | Example
)  # fmt: skip


class Document(Node, frozen=True, eq=False):
    """A whole policy text. `kind` is policy, amendment or supplement (examples alone).

    `repeated` are words of the head that say a second time what was said. `rests` are the files that it rests on, as
    written, `bases` the policies in them once they were found. `unread` are names that statements would
    declare which could not be read; of such a document only errors count.
    """

    kind: str
    name: str
    version: str
    effective: str
    origin: str
    language: str
    statements: tuple[Statement, ...]
    reckoning: Reckoning = BY_DEFAULT
    repeated: tuple[Word, ...] = ()
    rests: tuple[Word, ...] = ()
    bases: tuple[core.Policy, ...] = ()
    unread: frozenset[str] = frozenset()
