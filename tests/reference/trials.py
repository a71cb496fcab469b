"""What one document is put through: the other evaluator, other orders, another language, other ways of writing it.

Each trial gives the disagreements that it sees; none is what should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import structs

from dsl.layout import format_text
from interpreter.exact.decide import Decisions
from interpreter.exact.decide import decide as decide_exactly
from interpreter.exact.examples import run_example
from interpreter.exact.population import Population
from interpreter.explaining import explain
from interpreter.reading.account import account_of
from interpreter.simulating import Variant, simulate
from policy import catalogue, core
from policy.diagnostic import Severity
from policy.source import Source
from policy.values import Period
from tests.reference import deciding, files, judged
from tests.reference.account import accounted, strangers, taken
from tests.reference.documents import Document, document
from tests.reference.judged import Checked, Disagreement, checked, crashed, told
from tests.reference.schema import Data, Manner, Unread, plain_name, spelled

Trial = Callable[[core.Policy, Document], Iterator[Disagreement]]
MANNERS = {"mirrored": Manner(mirrored=True), "owned": Manner(owned=True), "days": Manner(days=True),
           "asked": Manner(asked=True), "plain names": Manner(plain=True), "moves as cases": Manner(cases=True),
           "words in quotes": Manner(quoted=True)}  # fmt: skip


def accepted(given: Document) -> tuple[Document, Checked]:
    """A document as the checker takes it: results that could have endless decimals are left out."""
    found = checked(given.text)
    while found.policy is None and set(found.codes) == {"ZS302"} and len(given.results) > 1:
        named = {str(d.arguments.get("name")) for d in judged.diagnostics(given.text) if d.code == "ZS302"}
        kept = [name for name in given.results if name not in named]
        if not kept or len(kept) == len(given.results):
            break
        given = given.with_results(kept)
        found = checked(given.text)
    return given, found


def results(decisions: Decisions, codes: bool, renamed: Callable[[str], str] = str) -> dict[Any, Any]:
    """Every value and outcome by person and the place of the result; reasons whole, or their codes alone."""
    found: dict[Any, Any] = {}
    for case in decisions.cases:
        for at, step in enumerate(case.results.values()):
            value = told(step.value)
            if isinstance(value, tuple) and len(value) > 1:
                value = (value[0], frozenset(code for code, _ in value[1]) if codes else value[1])
            found[case.key, at] = renamed(value) if isinstance(value, str) else value
        found[case.key, "outcome"] = case.outcome
    return found


def compared(what: str, first: dict[Any, Any], second: dict[Any, Any]) -> Iterator[Disagreement]:
    for at, value in first.items():
        if (
            at not in second
            or (type(second[at]) is not type(value) and not isinstance(value, int))
            or second[at] != value
        ):
            yield Disagreement(f"{what}: {at}", value, second.get(at))
            return


def decided_anew(
    what: str, policy: core.Policy, given: Document, other: Document, text: str, codes: bool
) -> Iterator[Disagreement]:
    """The document written in another way, or over data in another order, decides the same."""
    first = results(judged.exactly(policy, given), codes)
    again = checked(text)
    if again.policy is None:
        yield Disagreement(what, "accepted", again.crash or again.codes)
        return
    yield from compared(what, first, results(judged.exactly(again.policy, other), codes))


def agrees(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """Every definition of every record, where the disagreement starts; then what becomes of every case."""
    yield from judged.disagreements(policy, given)


def rows_shuffled(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """Rows and columns in any order. The reason of a row set aside says where it stands, so then only codes are compared."""
    random = Random(given.seed)
    turned: Data = {}
    for record, rows in given.data.items():
        turned[record] = [dict(random.sample(list(row.items()), len(row))) for row in random.sample(rows, len(rows))]
    told = any(isinstance(value, Unread) for rows in given.data.values() for row in rows for value in row.values())
    first = results(judged.exactly(policy, given), told)
    yield from compared("rows shuffled", first, results(judged.exactly(policy, given.with_data(turned)), told))


def statements_shuffled(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """Statements in any order; and within them what has no order: fields, dated figures, lines of a rank."""
    random = Random(given.seed)
    main, rest = given.statements[0], given.statements[1:]
    loose = [[lines[0], *random.sample(lines[1:], len(lines) - 1)] if lines[0].startswith(("data ", "parameter ")) else lines
             for lines in random.sample(rest, len(rest))]  # fmt: skip
    turned = given.with_statements([main, *loose])
    yield from decided_anew("statements shuffled", policy, given, given, turned.text, True)


def other_language(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """The same in Chinese, and what the formatter makes of it in English."""
    for language in ("zh", "en"):
        text = format_text(Source("random.policy", given.text), language)
        assert isinstance(text, str)
        yield from decided_anew(f"formatted in {language}", policy, given, given, text, True)


def other_manner(name: str) -> Trial:
    def trial(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
        other = document(given.seed, MANNERS[name])
        if name == "plain names":
            other = other.with_results([plain_name(each) for each in given.results])
        else:
            other = other.with_results(given.results)
        again = checked(other.text)
        if again.policy is None:
            yield Disagreement(name, "accepted", again.crash or again.codes)
            return
        renamed = plain_name if name == "plain names" else str
        codes = name not in ("moves as cases",)
        first = results(judged.exactly(policy, given), True, renamed)
        second = results(judged.exactly(again.policy, other), True, renamed)
        if not codes:
            first, second = bare(first), bare(second)
        yield from compared(name, first, second)

    return trial


def bare(found: dict[Any, Any]) -> dict[Any, Any]:
    """Values without the reasons of those that are open."""
    return {at: value[0] if isinstance(value, tuple) else value for at, value in found.items()}


def excepted_within(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """Exceptions that stand within an expression do what those beside a definition do."""
    first = results(judged.exactly(policy, given), False)
    second = results(judged.exactly(with_exceptions_within(policy), given), False)
    yield from compared("exceptions within", first, second)


def with_exceptions_within(policy: core.Policy) -> core.Policy:
    def within(stated: core.Definition) -> core.Definition:
        if stated.body is None or not stated.exceptions:
            return stated
        body = core.Excepted(of=stated.body, exceptions=stated.exceptions, type=stated.type)
        return structs.replace(stated, body=body, exceptions=())

    return structs.replace(policy, definitions=tuple(within(stated) for stated in policy.definitions))


def with_acceptances(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """Findings accepted by name change nothing."""
    turned = accepting(given)
    if turned is not given:
        yield from decided_anew("findings accepted", policy, given, given, turned.text, True)


def accepting(given: Document) -> Document:
    """The document with every finding accepted in the statement that has it."""
    lines = given.text.split("\n")
    statements = list(given.statements)
    for found in judged.diagnostics(given.text):
        if found.severity is not Severity.FINDING:
            continue
        for at, statement in enumerate(statements):
            start = next((i for i in range(len(lines)) if lines[i : i + len(statement)] == statement), None)
            if len(statement) > 1 and start is not None and start < found.span.line <= start + len(statement):
                line = f'    accept "{catalogue.entry(found.code).name_en}" because "the source says so"'
                statements[at] = statement if line in statement else [*statement, line]
                break
    return given if statements == given.statements else given.with_statements(statements)


def told_alike(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """What an explanation shows, and a simulation of no change."""
    decisions = judged.exactly(policy, given)
    for case in decisions.cases[:2]:
        shown = {each.name: told(each.value.value) for each in explain(decisions, case.key, given.as_of).results}
        for name, step in case.results.items():
            if name in shown and shown[name] != told(step.value):
                yield Disagreement(f"explained {name} of {case.key}", told(step.value), shown[name])
    variant = [Variant(policy, judged.population(policy, given.data)) for _ in range(2)]
    changes = simulate(*variant, given.as_of).changes
    if changes:
        yield Disagreement("simulating no change", "nobody changes", [change.key for change in changes])


def as_example(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """The data written as an example that expects what came out."""
    text = given.text + example(policy, given)
    again = checked(text)
    if set(again.codes) == {"ZS232"}:
        return  # a choice of which 缺 or 无 is a value leaves no word for what is missing, or none by rule
    if again.policy is None:
        yield Disagreement("as an example", "accepted", again.crash or again.codes)
        return
    for mismatch in run_example(again.policy, again.policy.examples[0]):
        yield Disagreement(
            f"example: {mismatch.name} of {mismatch.who}",
            told(mismatch.expected),
            (told(mismatch.found), mismatch.reason),
        )


def from_files(policy: core.Policy, given: Document) -> Iterator[Disagreement]:
    """The data read from files decides the same, and no row is lost: each is taken, set aside or nobody's."""
    if not given.data[policy.main.name]:
        return
    with TemporaryDirectory() as folder:
        found = files.dataset(policy, given, Path(folder))
    lost = [record.name for record, _, rejected in accounted(policy, given.data) if rejected is not None]
    account = account_of(found)
    for table in account.tables:
        name = table.record.name
        rows = len(given.data[name]), lost.count(name)
        if rows != (table.read, len(table.of("set_aside"))):
            yield Disagreement(f"rows of {name}, and set aside", rows, (table.read, len(table.of("set_aside"))))
    named = sorted(left.key for table in account.tables for left in table.of("nobody"))
    if named != strangers(policy, given.data):
        yield Disagreement("rows of nobody", strangers(policy, given.data), named)
    decisions = decide_exactly(policy, Population.of_dataset(policy.records, found), given.as_of)
    yield from compared(
        "from files", bare(results(judged.exactly(policy, given), True)), bare(results(decisions, True))
    )


def example(policy: core.Policy, given: Document) -> str:
    """All records in tables, and every result that a text can say."""
    given = given.with_data(taken(policy, given.data))
    lines = ['example "all of it":', f"    given as_of = {given.as_of.isoformat()}"]
    people = given.data.get(policy.main.name, [])
    alone = len(people) == 1
    if alone:
        lines.append(
            "    given " + ", ".join(f"{spelled(f.name)} = {cell(people[0][f.name], f)}" for f in policy.main.fields)
        )
    for record in policy.records:
        rows = given.data.get(record.name, [])
        if rows and not (alone and record is policy.main):
            names = [field.name for field in record.fields]
            lines.append(f"    given {spelled(record.name)}:")
            lines.append(f"        | {' | '.join(map(spelled, names))} |")
            lines += [
                f"        | {' | '.join(cell(row[name], record.field(name)) for name in names)} |" for row in rows
            ]
    with judged.deep():
        cases = deciding.decide(policy, given.data, given.as_of)
    if alone:
        values = {name: value for name, value in cases[0].values.items() if policy.definition(name) is not None}
        lines += [
            f"    expect {spelled(name)} = {expected(value, policy.definition(name))}" for name, value in values.items()
        ]
    elif cases:
        key = policy.main.fields[0].name
        names = [name for name in policy.results if policy.definition(name) is not None]
        lines.append(f"    expect {spelled(policy.main.name)}:")
        lines.append(f"        | {' | '.join(map(spelled, [key, *names]))} |")
        for case in cases:
            cells = [expected(case.values[name], policy.definition(name)) for name in names]
            lines.append(f"        | {' | '.join([quoted(case.key), *cells])} |")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return f'"{text}"'


def cell(value: Any, field: Any) -> str:
    """A value as an example writes it."""
    from policy.numerals import decimal
    from policy.types import Number
    from policy.units import divide
    from policy.values import Missing

    kind = field.type.kind
    match value:
        case Missing(_, code):
            return spelled(code) if code else "missing"
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case Period(year, part, grain):
            return f"{year}" if grain == "year" else f"{year}Q{part}" if grain == "quarter" else f"{year}-{part:02}"
        case str():
            return quoted(value)
    assert isinstance(kind, Number)
    unit = kind.unit
    number = decimal(divide(value, unit.factor) if unit is not None else value)
    return (
        f"{number}{unit.en}"
        if unit is not None and unit.family == "ratio"
        else f"{number} {unit.en}"
        if unit is not None
        else number
    )


def expected(value: Any, definition: Any) -> str:
    match told(value):
        case ("none",):
            return "none"
        case ("undecided", _):
            return 'undecided ""'
        case (("missing" | "nothing listed"), _):
            return "missing"
        case ("referred", _):
            return 'refer ""'
    return cell(value, definition)


TRIALS: dict[str, Trial] = {
    "the other evaluator": agrees,
    "rows shuffled": rows_shuffled,
    "statements shuffled": statements_shuffled,
    "another language": other_language,
    "exceptions within": excepted_within,
    "findings accepted": with_acceptances,
    "explained and simulated": told_alike,
    "as an example": as_example,
    "from files": from_files,
    **{name: other_manner(name) for name in MANNERS},
}


def tried(name: str, policy: core.Policy, given: Document) -> list[Disagreement]:
    try:
        return list(TRIALS[name](policy, given))
    except Exception as error:
        return [Disagreement(name, "an answer", crashed(error))]
