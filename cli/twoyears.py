"""`simulate POLICY OLD… --with NEW`: two periods, and with a change of rules what is due to the people or the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import structs

from cli import options, reporting, session
from cli.simulating import for_one

if TYPE_CHECKING:
    from interpreter.exact.decide import Decisions
    from interpreter.reading.account import Account
    from interpreter.simulating.periods import Corners, TwoYears


def compared(
    rules: tuple[session.Session, session.Session | None],
    data: tuple[Sequence[str], Sequence[str]],
    days: tuple[str | None, str | None],
    how: options.DataOptions,
    told: tuple[str, reporting.Target],
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
    reporting.leave(accounts, found.corners.last)


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
    how: options.DataOptions,
) -> tuple[Corners, tuple[Account, Account]]:
    """Each data set read and decided as each of the rules wants it; the accounts are of the rules in force."""
    from interpreter.simulating.periods import Corners

    before, after = rules
    other = after or before
    first = [_decided(before, specs, day, for_one(before, other, how)) for specs, day in zip(data, days, strict=True)]
    accounts = (first[0][1], first[1][1])
    if after is None:
        return Corners(first[0][0], first[1][0]), accounts
    ruled = [_decided(after, specs, day, for_one(after, before, how)) for specs, day in zip(data, days, strict=True)]
    return Corners(first[0][0], first[1][0], ruled[0][0], ruled[1][0]), accounts


def _decided(
    each: session.Session, specs: Sequence[str], day: date | None, how: options.DataOptions
) -> tuple[Decisions, Account]:
    run = session.decided(each, specs, day.isoformat() if day is not None else None, how)
    return run.decisions, run.account


def _tell(
    found: TwoYears,
    accounts: tuple[Account, Account],
    before: session.Session,
    told: tuple[str, reporting.Target],
) -> None:
    from cli.render import account, report, twoyears

    (edit, target), language = told, before.language
    named = list(zip((twoyears.word(word, language) for word in ("old_data", "new_data")), accounts, strict=True))
    sheets = twoyears.sheets(found, language)
    for name, rows in named:
        sheet = account.account_sheet(rows, language)
        sheets.append(structs.replace(sheet, title=f"{sheet.title} {name}"))
    machine = {
        **twoyears.as_object(found, edit),
        "account": {"old_data": account.as_object(accounts[0]), "new_data": account.as_object(accounts[1])},
    }

    def page() -> None:
        twoyears.show(found, before, edit)

    written = report.plain(twoyears.title(before.policy.name, edit, language), sheets, language)
    said = reporting.Told(machine, written, page)
    reporting.tell(said, [(f"{name}  ", rows) for name, rows in named], before, target)
