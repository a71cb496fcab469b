"""Use of the command, and what is read but not decided yet."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.diagnostic import Severity

ERROR, FINDING, NOTE = Severity.ERROR, Severity.FINDING, Severity.NOTE

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ZS901",
        ERROR,
        "还不能用",
        "not decided yet",
        "“{word}”能读懂，但这一版还不会照它做决定",
        "`{word}` can be read, but this version does not decide by it yet",
        "请先不用它，或由人工处理这一条",
        "leave it out for now, or have a person decide this clause",
    ),
)
