"""`simulate POLICY OLD… --with NEW`: two periods, and with a change of rules what is due to the people or the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from cli import options, session, terminal
from cli.speech import say

if TYPE_CHECKING:
    from interpreter.exact.decide import Decisions
    from interpreter.reading.account import Account
    from interpreter.simulating.periods import Corners, TwoYears

DataOf = Callable[[session.Session, session.Session, options.DataOptions], options.DataOptions]
"""The options for one of two policies."""


def compared(
    rules: tuple[session.Session, session.Session | None],
    data: tuple[Sequence[str], Sequence[str]],
    days: tuple[str | None, str | None],
    how: tuple[options.DataOptions, DataOf],
    told: tuple[str, Path | None, str],
) -> None:
    """Both periods decided, shown and written; ends the command, with 3 where rows or cases are open."""
    before, after = rules
    if after is not None and before.policy.main.name != after.policy.main.name:
        left, right = before.policy.main.name, after.policy.main.name
        session.fault("ZS917", before.language, before.asked, left=left, right=right)
    asked = [session.moment(each, days[0]) for each in (before, after) if each is not None]
    moments = (asked[0] or asked[-1], _later(rules, days[1]))
    corners, accounts = _corners(rules, data, moments, how)
    from interpreter.simulating.periods import two_years

    found = two_years(corners)
    _tell(found, accounts, before, told)
    decided = all(case.outcome == "decided" for case in found.corners.last.cases)
    fine = decided and all(account.in_order for account in accounts)
    terminal.leave(terminal.FINE if fine else terminal.OPEN)


def _later(rules: tuple[session.Session, session.Session | None], text: str | None) -> date | None:
    """The as-of date of the new data; ends the command if one is needed and not given, or it is no date."""
    before, zh = rules[0], rules[0].language == "zh"
    if text is None:
        if any(each is not None and each.policy.dated for each in rules):
            zh_why, en_why = "新数据的基准日也要写：--with-as-of 2025-06-30", "give --with-as-of for the new data too"
            session.fault("ZS911", before.language, before.asked, why=zh_why if zh else en_why)
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        why = f"--with-as-of {text}" + ("：要写成 2025-06-30" if zh else ": write 2025-06-30")
        session.fault("ZS911", before.language, before.asked, why=why)
        raise


def _corners(
    rules: tuple[session.Session, session.Session | None],
    data: tuple[Sequence[str], Sequence[str]],
    days: tuple[date | None, date | None],
    how: tuple[options.DataOptions, DataOf],
) -> tuple[Corners, tuple[Account, Account]]:
    """Each data set read and decided as each of the rules wants it; the accounts are of the rules in force."""
    from interpreter.simulating.periods import Corners

    given, for_one = how
    before, after = rules
    other = after or before
    first = [_decided(before, specs, day, for_one(before, other, given)) for specs, day in zip(data, days, strict=True)]
    accounts = (first[0][1], first[1][1])
    if after is None:
        return Corners(first[0][0], first[1][0]), accounts
    ruled = [_decided(after, specs, day, for_one(after, before, given)) for specs, day in zip(data, days, strict=True)]
    return Corners(first[0][0], first[1][0], ruled[0][0], ruled[1][0]), accounts


def _decided(
    each: session.Session, specs: Sequence[str], day: date | None, how: options.DataOptions
) -> tuple[Decisions, Account]:
    run = session.decided(each, specs, day.isoformat() if day is not None else None, how)
    return run.decisions, run.account


def _tell(
    found: TwoYears, accounts: tuple[Account, Account], before: session.Session, told: tuple[str, Path | None, str]
) -> None:
    from cli.render import account, twoyears

    (edit, output, encoding), language = told, before.language
    names = [twoyears.word(word, language) for word in ("old_data", "new_data")]
    sheets = twoyears.sheets(found, language)
    for name, rows in zip(names, accounts, strict=True):
        sheet = account.account_sheet(rows, language)
        sheets.append(structs.replace(sheet, title=f"{sheet.title} {name}"))
    machine = {
        **twoyears.as_object(found, edit),
        "account": {"old_data": account.as_object(accounts[0]), "new_data": account.as_object(accounts[1])},
    }
    if output is not None:
        from cli import writing
        from cli.render.simulation import json_writer
        from cli.sheets import writer

        kind = output.suffix.lower()
        fill = json_writer(machine) if kind == ".json" else writer(kind, sheets, encoding)
        writing.write(output, fill, language, before.asked)
    if before.asked.json:
        terminal.as_json(machine)
        return
    for name, rows in zip(names, accounts, strict=True):
        for line in (*account.headlines(rows, language), *account.problems(rows, language)):
            terminal.line(f"{name}  {line}")
    twoyears.show(found, before, edit, output)
    if output is not None and output.suffix.lower() == ".csv" and not encoding:
        terminal.line(say("plain_utf8", language))
    for name, rows in zip(names, accounts, strict=True):
        for line in account.summaries(rows, language):
            terminal.line(f"{name}  {line}")
