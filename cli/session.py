"""What the commands share: policies and data loaded with their stop gates, faults told in one way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cli import terminal
from cli.speech import chosen, say
from dsl import pipeline
from policy import core
from policy.catalogue.system import why_of
from policy.diagnostic import Argument, Diagnostic, Severity
from policy.source import Source, Span

if TYPE_CHECKING:
    from cli.options import DataOptions
    from interpreter.exact.decide import Decisions
    from interpreter.exact.population import Population
    from interpreter.reading import Dataset
    from interpreter.reading.account import Account


MANY = 2_000
"""People for whom deciding takes long enough to show that it goes on."""


class Asked(Struct, frozen=True):
    """The options that every command takes."""

    language: str | None = None
    json: bool = False
    ascii: bool = False


class Session(Struct, frozen=True):
    """A checked policy with the language that messages about it are in."""

    policy: core.Policy
    loaded: pipeline.Loaded
    language: str
    asked: Asked


class Run(Struct, frozen=True):
    """A policy decided over data, with the account of its rows."""

    session: Session
    dataset: Dataset
    account: Account
    population: Population
    decisions: Decisions
    as_of: date | None


# -- faults ---------------------------------------------------------------------------------------------------------


def fault(code: str, language: str, asked: Asked, /, **arguments: Argument) -> None:
    """Tell one fault of use and end with exit code 2."""
    nowhere = Span(Source("", ""), 0, 0)
    show([Diagnostic(code, Severity.ERROR, nowhere, arguments)], language, asked)
    terminal.leave(terminal.MISUSED)


def show(diagnostics: Sequence[Diagnostic], language: str, asked: Asked) -> None:
    """Diagnostics on standard error, as pictures or as JSON."""
    if asked.json:
        from cli.render.machine import as_objects

        terminal.as_json({"diagnostics": as_objects(diagnostics, language)})
        return
    from cli.render.diagnostics import render

    terminal.console(error=True).print(render(diagnostics, language, ascii=asked.ascii))


# -- policies -------------------------------------------------------------------------------------------------------


def settings_of(pairs: Sequence[str], asked: Asked) -> dict[str, str]:
    """`--set NAME=VALUE`, several times."""
    found = {}
    for pair in pairs:
        name, equals, value = pair.replace("＝", "=").partition("=")
        if not equals or not value.strip():
            language = chosen(asked.language)
            why = f"--set {pair}：要写成 名称=值" if language == "zh" else f"--set {pair}: write NAME=VALUE"
            fault("ZS911", language, asked, why=why)
        if name.strip() in found:
            language = chosen(asked.language)
            why = (
                f"--set {name.strip()} 写了两次；一次只试一个值，几个值请用 simulate --sweep"
                if language == "zh"
                else f"--set {name.strip()} is given twice; one value at a time, or simulate --sweep"
            )
            fault("ZS911", language, asked, why=why)
        found[name.strip()] = value.strip()
    return found


def load(
    path: Path, asked: Asked, settings: dict[str, str] | None = None, base: Path | Source | None = None
) -> pipeline.Loaded:
    """A policy file, whatever became of it, an amendment laid over `base`; ends the command if it cannot be read."""
    try:
        loaded = pipeline.load(path, settings, base)
    except OSError as error:
        fault("ZS905", chosen(asked.language), asked, file=str(path), why=why_of(error))
        raise
    if any(d.code == "ZS116" for d in loaded.diagnostics):
        show(loaded.diagnostics, chosen(asked.language), asked)
        terminal.leave(terminal.MISUSED)
    return loaded


def opened(
    path: Path, asked: Asked, settings: dict[str, str] | None = None, base: Path | Source | None = None
) -> Session:
    """A policy that can be run; ends the command with exit code 1 if it has errors."""
    loaded = load(path, asked, settings, base)
    language = chosen(asked.language, loaded.language)
    if loaded.document is not None and loaded.document.kind == "supplement":
        fault("ZS916", language, asked, file=str(path), kind="例子" if language == "zh" else "examples")
    if loaded.policy is None:
        show([d for d in loaded.diagnostics if d.blocks], language, asked)
        if any(d.blocks and d.span.source.name.startswith("--set ") for d in loaded.diagnostics):
            terminal.leave(terminal.MISUSED)
        if not asked.json:
            terminal.line(say("stopped", language), error=True)
        terminal.leave(terminal.FAILED)
    return Session(loaded.policy, loaded, language, asked)


def open_findings(session: Session) -> int:
    """How many findings are neither mended nor accepted."""
    return sum(d.severity is Severity.FINDING and d.accepted is None for d in session.loaded.diagnostics)


# -- data and decisions ---------------------------------------------------------------------------------------------


def read_data(session: Session, specs: Sequence[str], options: DataOptions | None = None) -> Dataset:
    """The data; ends the command with exit code 2 if it cannot be read."""
    from interpreter.reading import DataError, Reading, Settled, read
    from interpreter.reading.needed import uses_of
    from policy.reads import owner_fields, records_read

    policy, answers = session.policy, options.settled if options and options.settled else Settled()
    how = Reading(options.none if options else (), records_read(policy), owner_fields(policy), answers, uses_of(policy))
    try:
        with terminal.working(say("reading", session.language), _large(specs)):
            return read(specs, session.policy.records, session.policy.main.name, how)
    except DataError as error:
        where = error.place
        name = " ".join(p for p in (where.file, where.sheet) if p)
        if where.row:
            name += " " + say("row", session.language, row=where.row)
        diagnostic = Diagnostic(
            error.reason.code, Severity.ERROR, Span(Source(name, ""), 0, 0), dict(error.reason.arguments)
        )
        show([diagnostic], session.language, session.asked)
        terminal.leave(terminal.MISUSED)


def _large(specs: Sequence[str]) -> bool:
    """Whether reading could take long enough to show that it goes on."""
    paths = (Path(spec.partition("=")[2] or spec) for spec in specs)
    return any(path.is_dir() or (path.is_file() and path.stat().st_size > 1_000_000) for path in paths)


def decided(session: Session, specs: Sequence[str], as_of: str | None, options: DataOptions | None = None) -> Run:
    """The policy decided over the data."""
    dataset = read_data(session, specs, options)
    return decided_over(session, dataset, as_of)


def decided_over(session: Session, dataset: Dataset, as_of: str | None) -> Run:
    """The policy decided over data that is already read."""
    from interpreter.exact.decide import decide
    from interpreter.exact.population import Population
    from interpreter.reading.account import account_of

    if not session.policy.results:
        fault("ZS913", session.language, session.asked)
    day = moment(session, as_of)
    population = Population.of_dataset(session.policy.records, dataset)
    people = len(population.of(session.policy.main.name))
    with terminal.working(say("deciding", session.language), people > MANY):
        decisions = decide(session.policy, population, day, traced=False)
    return Run(session, dataset, account_of(dataset), population, decisions, day)


def moment(session: Session, as_of: str | None) -> date | None:
    """The as-of date; ends the command if the policy needs one that is not given or not a date."""
    if as_of is not None:
        try:
            return date.fromisoformat(as_of)
        except ValueError:
            why = (
                f"--as-of {as_of}：要写成 2025-06-30"
                if session.language == "zh"
                else f"--as-of {as_of}: write 2025-06-30"
            )
            fault("ZS911", session.language, session.asked, why=why)
    if session.policy.dated:
        fault("ZS912", session.language, session.asked)
    return None
