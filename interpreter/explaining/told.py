"""What is gathered while a value is told, and what the document calls the things it speaks of."""

from __future__ import annotations

from msgspec import Struct

from interpreter.exact.trace import Step
from interpreter.explaining.model import Figure, Formula, Item, Remark, Sign, Token
from policy import core
from policy.source import Span
from policy.types import Number, Type

LONGEST = 60
"""Characters of document text that a label shows at most."""


class Setting(Struct, frozen=True):
    """Whose case is told: scores that are told within a line of another, by name, with that other's; the own key.

    Definitions of another record than `main`, which are no steps of their own, are opened where they are read, `deep`
    ones behind each other.
    """

    nested: dict[str, str] = {}
    key: str = ""
    main: str = ""
    deep: int = 0


ALONE = Setting()
"""Nothing is told within anything else."""


class Told(Struct, eq=False):
    """What is being told of one value. `label` is the name it goes by, which the formula need not repeat."""

    label: str
    inside: Setting
    formula: list[Token] = []
    remarks: list[Remark] = []
    items: list[Item] = []
    skipped: list[str] = []

    def figure(self, step: Step) -> None:
        self.formula.append(Figure(step.value, type_of(step)))

    def sign(self, code: str) -> None:
        self.formula.append(Sign(code))

    def remark(self, code: str, **arguments: Figure | str | int | tuple[str, ...]) -> None:
        self.remarks.append(Remark(code, tuple(arguments.items())))

    def shown_formula(self) -> Formula:
        """The formula where it says more than the value alone."""
        return tuple(self.formula) if len(self.formula) > 1 else ()


def type_of(step: Step) -> Type:
    """The type of a step's value."""
    expr = step.expr
    if isinstance(expr, core.Line):
        return expr.value.type
    if isinstance(expr, core.Node | core.Definition):
        return expr.type
    return Type(Number())


def name_of(step: Step) -> str:
    """What the document calls a field or definition here."""
    expr = step.expr
    if isinstance(expr, core.Get | core.Ref):
        name = expr.field if isinstance(expr, core.Get) else expr.name
        return name if isinstance(expr.of, core.Me) else one_line(expr.span) or name
    if isinstance(expr, core.Named):
        return expr.name
    return one_line(expr.span) if isinstance(expr, core.Node) else ""


def words_of(step: Step) -> str:
    """The words of the document that a step stands for."""
    return name_of(step)


def one_line(span: Span) -> str:
    """The text at a span on one line, cut where it is long."""
    text = " ".join(span.text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
