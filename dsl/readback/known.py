"""What the document and the checked policy know of the words that the read-back says.

Units that a bare number takes, whether a word is a name or a value, what is a place or a date: looked up by the span of
the text in the checked policy, and where that says nothing of it, told from the declarations.
"""

from __future__ import annotations

from dsl.syntax import surface as s
from policy import core, walk
from policy.types import Calendar, Number
from policy.units import Unit, named

_CALENDARS = ("DATE_T", "MONTH_T", "QUARTER_T", "YEAR_T")
_OWNED = s.Define | s.Table | s.Score | s.Require | s.Rank | s.Quota | s.Allocate


class Known:
    """What the document and the checked policy know of its words."""

    def __init__(self, document: s.Document, policy: core.Policy) -> None:
        self.params = {st.name.text: st for st in document.statements if isinstance(st, s.Param)}
        self.fields = {f.name.text: f for st in document.statements if isinstance(st, s.Data) for f in st.fields}
        self.places = {st.head.path.names[-1].text for st in document.statements if isinstance(st, s.Rank)}
        self.places |= {d.name for d in policy.definitions if d.ranking is not None}
        heads = {st.head.path.names[-1].text for st in document.statements if isinstance(st, _OWNED)}
        inputs = {word.text for st in document.statements if isinstance(st, _OWNED) for word in st.head.inputs}
        declared = {st.name.text for st in document.statements if isinstance(st, s.Data | s.Choice | s.Exempting)}
        below = {field.name for record in policy.records for field in record.fields}
        self.names = {*self.params, *self.fields, *heads, *inputs, *below, *(d.name for d in policy.definitions)}
        self.all_names = {*self.names, *declared}
        self.orders = _orders(document)
        self.checked = _checked(policy)

    def core(self, node: s.Node) -> core.Expr | None:
        """What the checker made of a piece of text; None if it says nothing of it alone."""
        return self.checked.get((node.span.start, node.span.end))

    def is_period(self, expr: s.Expr) -> bool:
        """Whether a value is a month, quarter or year."""
        found = self.core(expr)
        return found is not None and isinstance(found.type.kind, Calendar) and found.type.kind.grain != "day"

    def unit(self, expr: s.Expr) -> Unit | None:
        """The unit of a value, as far as it is known."""
        found = self.core(expr)
        if found is not None and isinstance(found.type.kind, Number):
            return found.type.kind.unit
        if isinstance(expr, s.Number):
            return named(expr.unit) if expr.unit and expr.unit != "decimals" else None
        field = self.fields.get(expr.names[-1].text) if isinstance(expr, s.Path) else None
        return named(field.type.range.unit) if field and field.type.range and field.type.range.unit else None

    def lent(self, number: s.Number) -> Unit | None:
        """The unit that a number written without one takes from what it stands beside; None if it takes none."""
        found = self.core(number)
        if not isinstance(found, core.Const) or not isinstance(found.type.kind, Number):
            return None
        unit = found.type.kind.unit
        return unit if unit is not None and found.value == number.value * unit.factor else None

    def is_place(self, expr: s.Expr) -> bool:
        found = self.core(expr)
        if found is not None:
            return isinstance(found.type.kind, Number) and found.type.kind.place
        return isinstance(expr, s.Path) and expr.names[-1].text in self.places

    def is_calendar(self, expr: s.Expr) -> bool:
        found = self.core(expr)
        if found is not None:
            return isinstance(found.type.kind, Calendar)
        if isinstance(expr, s.Path):
            field = self.fields.get(expr.names[-1].text)
            return field is not None and field.type.name in _CALENDARS
        return isinstance(expr, s.Moment | s.AsOf) or (isinstance(expr, s.Sum) and self.is_calendar(expr.terms[0]))

    def is_value(self, path: s.Path) -> bool:
        """Whether a word is a value of a choice and no name."""
        found = self.core(path)
        if found is not None:
            return isinstance(found, core.Const)
        return len(path.names) == 1 and not path.anchor and path.names[0].text not in self.names

    def outside(self, value: str) -> list[str]:
        """The values outside the order of the choice that `value` belongs to."""
        order = next((o for o in self.orders if any(w.text == value for w in o.values)), None)
        return [w.text for w in order.values[order.ordered :]] if order is not None else []


def _orders(document: s.Document) -> list[s.Order]:
    fields = [f for st in document.statements if isinstance(st, s.Data) for f in st.fields]
    own = [st.order for st in document.statements if isinstance(st, s.Choice)]
    return own + [f.type.order for f in fields if f.type.order is not None]


def _checked(policy: core.Policy) -> dict[tuple[int, int], core.Expr]:
    """Core expressions by the text that they were written as; of several, what a single word or number means."""
    found: dict[tuple[int, int], core.Expr] = {}
    for definition in policy.definitions:
        for top in walk.of_definition(definition):
            for node in walk.everything(top):
                key = (node.span.start, node.span.end)
                if key not in found or _worth(node) > _worth(found[key]):
                    found[key] = node
    return found


def _worth(expr: core.Expr) -> tuple[bool, bool]:
    """Whether it is one word or number (a test in a cell has the same text as its value), and of known unit."""
    kind = expr.type.kind
    return isinstance(expr, core.Const | core.Get | core.Ref), not (isinstance(kind, Number) and kind.bare)
