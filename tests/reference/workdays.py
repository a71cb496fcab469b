"""Working days, counted day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from policy import core
from tests.reference.absence import Absent, is_open, of_someone, spread, undecided

if TYPE_CHECKING:
    from tests.reference.evaluator import Evaluator


def workdays(asked: Evaluator, node: core.Workdays, scope: Any) -> Any:
    ends = asked.values((node.start, node.end), scope)
    if any(isinstance(end, Absent) for end in ends):
        return spread(ends)
    first, last = min(ends), max(ends)
    at = first if node.reckoning.both_days else first + timedelta(1)
    days = [at + timedelta(n) for n in range((last - at).days + 1)]
    if not days:
        return 0
    said: dict[date, Any] = {}
    doubts: list[Any] = []
    for row in [*asked.rows.get(node.record, []), *asked.aside.get(node.record, [])]:
        day, works = asked.value(node.day, (row,)), asked.value(node.works, (row,))
        if row.aside is not None:
            doubts += [row.aside] if not isinstance(day, date) or day in days else []
        elif not isinstance(day, date):
            doubts.append(of_someone(node.record, day))
        elif is_open(works):
            said[day] = of_someone(day.isoformat(), works)
        elif day in said and said[day] != works:
            said[day] = undecided("ZS855", record=node.record, day=day.isoformat())
        else:
            said[day] = works
    doubts += [works for day, works in said.items() if is_open(works) and day in days]
    if doubts:
        return spread(doubts)
    named = {day.year for day in said}
    lacking = sorted({day.year for day in days} - named)
    if lacking:
        return spread([undecided("ZS854", record=node.record, year=str(year)) for year in lacking])
    count = sum(1 for day in days if said.get(day, day.weekday() < 5) is True)
    return count if ends[0] <= ends[1] else -count
