"""Parameters set from outside: `--set 合格线=55` puts another value in the place of the document's own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from dsl.syntax import surface as s
from policy.diagnostic import Argument, Diagnostic, Severity
from policy.source import Source, Span


def with_settings(document: s.Document, settings: Mapping[str, str]) -> tuple[s.Document, tuple[Diagnostic, ...]]:
    """The document with each named parameter given its new value; what is wrong with a setting otherwise."""
    params = {st.name.text: st for st in document.statements if isinstance(st, s.Param)}
    replaced: dict[str, s.Param] = {}
    wrong: list[Diagnostic] = []
    for name, value in settings.items():
        source = Source(f"--set {name}", value)
        span = Span(source, 0, len(value))
        if name not in params:
            wrong.append(_unknown(name, list(params), span))
            continue
        expr = _value(source)
        if expr is None:
            wrong.append(Diagnostic("ZS903", Severity.ERROR, span, {"name": name, "value": value}))
        else:
            replaced[name] = _replaced(params[name], expr)
    statements = tuple(replaced.get(st.name.text, st) if isinstance(st, s.Param) else st for st in document.statements)
    return structs.replace(document, statements=statements), tuple(wrong)


def _unknown(name: str, known: list[str], span: Span) -> Diagnostic:
    from dsl.suggest import nearest

    near = nearest(name, known)
    arguments: dict[str, Argument] = {"name": name, "near": near[0] if near else "", "known": tuple(known) or ("—",)}
    return Diagnostic("ZS902" if near else "ZS904", Severity.ERROR, span, arguments)


def _value(source: Source) -> s.Expr | None:
    """The expression of a setting's text, read as the value of a parameter."""
    from dsl.pipeline import parse

    before = "政策 “-”\n参数 - = ".replace("-", "设")
    parsed = parse(Source(source.name, f"{before}{source.text}\n"))
    if parsed.document is None or len(parsed.document.statements) != 1:
        return None
    statement = parsed.document.statements[0]
    return statement.value if isinstance(statement, s.Param) else None


def _replaced(param: s.Param, value: s.Expr) -> s.Param:
    """A bare number takes the unit that the document's own value has."""
    own = param.value if param.value is not None else param.dated[0].value
    if isinstance(value, s.Number) and value.unit is None and isinstance(own, s.Number):
        value = structs.replace(value, unit=own.unit)
    return structs.replace(param, value=value, by=None, dated=())
