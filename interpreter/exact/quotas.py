"""Quotas: grades given out by places, best first.

Each grade takes in order those whom its `限` admits, up to its places. Equals whom the cut divides are read by
`末位并列`: all in, all out, or their grade is open; then they still hold the places that were left and, where the
surplus passes on, so many of the next grade's. Whoever it is open whether a grade admits, and could be reached, makes
the grades of all after them open. An exception on the result acts later and moves nobody else.
"""

from __future__ import annotations

from msgspec import Struct

from interpreter.exact.absence import OPEN, because, of_someone, spread, truth, undecided
from interpreter.exact.arithmetic import NUMERIC, rounded, times
from interpreter.exact.code import Code, Program, Worker
from interpreter.exact.cohorts import Entry, Gathered, Partition, Rules, by_label, gather, members_of
from interpreter.exact.population import Subject
from interpreter.exact.trace import Allotment, Places, Seat, Step
from policy.core import Definition, Quota, Tier
from policy.numerals import decimal
from policy.units import Exact
from policy.values import Referred, Undecided, Value


class Graded(Struct, eq=False):
    """A grade of a quota, compiled."""

    tier: Tier
    most: Code
    among: Code | None


class Candidate(Struct, eq=False):
    """One who stands in a quota's order. `grade` None is none so far; `asked` are the steps of the grades' `限`."""

    entry: Entry
    grade: Value | None = None
    asked: tuple[Step, ...] = ()

    @property
    def key(self) -> str:
        return self.entry.subject.label


class Peers(Struct, eq=False):
    """Equals who wait for a place. `seats` is how many of them still do, where it is open which (None: all)."""

    candidates: list[Candidate]
    seats: Exact | None = None


class Grading(Struct, eq=False):
    """One grade while it is given out."""

    places: Exact
    left: Exact
    taken: list[str]
    tied: list[str]
    surplus: list[str]
    shut: bool = False

    def record(self, tier: Tier, most: Exact, carried: Exact, possible: Exact | None) -> Places:
        taken, tied, surplus = tuple(self.taken), tuple(self.tied), tuple(self.surplus)
        return Places(tier, most, self.places, carried, taken, tied, surplus, self.left, possible)


class Halt(Exception):  # noqa: N818
    """From here on grades are open: `why`."""

    def __init__(self, why: Value) -> None:
        super().__init__()
        self.why = why


class Room(Struct, eq=False):
    """One partition of a quota while its grades are given out."""

    quota: Quota
    grades: list[Graded]
    waiting: list[Peers]
    records: list[Places]

    def give_out(self, mosts: list[Exact], places: list[Exact], possible: list[Exact]) -> None:
        """All grades in order; what is unfilled goes where `缺额` says."""
        carried: Exact = 0
        for at, grade in enumerate(self.grades):
            total = places[at] + carried
            state = Grading(total, total, [], [], [])
            self.fill(grade, grade, state)
            if self.quota.vacancies == "fill" and state.left and not state.shut and at + 1 < len(self.grades):
                self.fill(grade, self.grades[at + 1], state, from_below=True)
            most = possible[at] + carried
            self.records.append(state.record(grade.tier, mosts[at], carried, most if most != total else None))
            carried = state.left if self.quota.vacancies == "next" else 0

    def fill(self, grade: Graded, admitting: Graded, state: Grading, from_below: bool = False) -> None:
        """Those whom `admitting` admits take places of `grade`, in order."""
        still: list[Peers] = []
        for peers in self.waiting:
            admitted, others = self.split(peers, admitting, state)
            over = self.seat(Peers(admitted, peers.seats), grade, state) if admitted else None
            if over is not None and not from_below:
                state.surplus += [candidate.key for candidate in over.candidates]
                over = None if self.quota.overflow == "dropped" else over
            remaining = [*others, *(over.candidates if over else [])]
            if remaining:
                still.append(Peers(remaining, over.seats if over else None))
        self.waiting = still

    def split(self, peers: Peers, grade: Graded, state: Grading) -> tuple[list[Candidate], list[Candidate]]:
        """Those of some equals whom a grade admits, and the others; it must not be open which, if it matters."""
        reached = self.quota.overflow == "dropped" or (state.left > 0 and not state.shut)
        admitted: list[Candidate] = []
        others: list[Candidate] = []
        for candidate in peers.candidates:
            test = grade.among((candidate.entry.subject,)) if grade.among else None
            if test is not None:
                candidate.asked = (*candidate.asked, test)
            holds = truth(test.value) if test else True
            if type(holds) in OPEN and reached:
                why = undecided("ZS826", who=candidate.key, grade=grade.tier.value)
                raise Halt(spread((why, of_someone(candidate.key, holds))))
            (admitted if holds is True else others).append(candidate)
        if peers.seats is not None and admitted and others:
            raise Halt(undecided("ZS826", who=admitted[0].key, grade=grade.tier.value))
        return admitted, others

    def seat(self, peers: Peers, grade: Graded, state: Grading) -> Peers | None:
        """Equals take their places together; those who find none are given back."""
        size = len(peers.candidates) if peers.seats is None else peers.seats
        if state.shut or state.left <= 0:
            return peers
        if size <= state.left:
            state.left -= size
            self.take(peers, grade, state)
            return None
        state.tied += [candidate.key for candidate in peers.candidates]
        edge = self.quota.edge
        if edge == "all_in" and peers.seats is None:
            state.left = 0
            self.take(peers, grade, state)
            return None
        if edge == "all_out" and peers.seats is None:
            state.shut = True
            return peers
        over = Peers(peers.candidates, size - state.left)
        self.leave_open(peers, state)
        return over

    def take(self, peers: Peers, grade: Graded, state: Grading) -> None:
        for candidate in peers.candidates:
            if candidate.grade is None:
                candidate.grade = grade.tier.value
                state.taken.append(candidate.key)

    def leave_open(self, peers: Peers, state: Grading) -> None:
        """Equals whom the cut divides are not decided; they use up what was left."""
        why = (because("ZS828", tied=str(len(peers.candidates)), left=decimal(state.left)),)
        for candidate in peers.candidates:
            if candidate.grade is None:
                candidate.grade = Referred(why) if self.quota.edge == "referred" else Undecided(why)
        state.left = 0


def quota_of(definition: Definition, quota: Quota, program: Program) -> Worker:
    """All grades are given out together when the first is asked for."""
    make = program.code
    rules, leftover, base = Rules.of(quota, make), make(quota.leftover), make(quota.base)
    grades = [Graded(t, make(t.most), make(t.among) if t.among else None) for t in quota.tiers]
    placed: dict[int, Step] = {}

    def work_out() -> None:
        found = gather(definition.record, rules, program)
        allotments = []
        for partition in by_label(found.partitions):
            allotment, steps = allotted(definition, partition, grades, base)
            allotments.append(allotment)
            for entry, value, seat in steps:
                placed[id(entry.subject)] = settled(quota, entry, value, seat, leftover)
        for entry, value in unplaced(found):
            placed[id(entry.subject)] = settled(quota, entry, value, None, leftover)
        program.cohorts.allotments[definition.key] = tuple(allotments)

    def worker(subject: Subject) -> Step:
        if not placed:
            work_out()
        return placed[id(subject)]

    return worker


def unplaced(found: Gathered) -> list[tuple[Entry, Value | None]]:
    """Those who are in no partition's order: outside the quota, or it is open among whom they stand."""
    outside: list[tuple[Entry, Value | None]] = [(entry, None) for entry in (*found.outside, *found.left)]
    return [*outside, *found.adrift]


def settled(quota: Quota, entry: Entry, value: Value | None, seat: Seat | None, leftover: Code) -> Step:
    """The step of one subject's grade; without one it is what `否则` says."""
    if value is not None:
        return Step(quota, value, entry.parts, seat)
    rest = leftover((entry.subject,))
    return Step(quota, rest.value, (*entry.parts, rest), seat)


def allotted(
    definition: Definition, partition: Partition, grades: list[Graded], base: Code
) -> tuple[Allotment, list[tuple[Entry, Value | None, Seat]]]:
    """One partition's grades, with what each of its subjects got."""
    quota = definition.quota
    assert quota is not None
    groups = [[Candidate(entry) for entry in group] for group in partition.groups]
    candidates = [candidate for group in groups for candidate in group]
    members = members_of(partition.groups, False)
    records: list[Places] = []
    amount: Step | None = None
    why = partition.blocked
    if why is None and candidates:
        amount = (
            shared([c.entry.subject for c in candidates], base, quota) if any(g.tier.share for g in grades) else None
        )
        why, records = run(quota, grades, groups, amount.value if amount else None, len(partition.open))
    open_keys = sorted(
        {*partition.open, *(c.key for c in candidates if type(why if c.grade is None else c.grade) in OPEN)}
    )
    allotment = Allotment(definition.key, partition.values, amount, tuple(records), members, tuple(open_keys))
    results = [(with_asked(c), c.grade if c.grade is not None else why, Seat(allotment, at))
               for at, c in enumerate(candidates)]  # fmt: skip
    results += [(entry, partition.blocked, Seat(allotment, None)) for entry in partition.left]
    results += [(entry, own, Seat(allotment, None)) for entry, own in partition.doubtful]
    return allotment, results


def with_asked(candidate: Candidate) -> Entry:
    entry = candidate.entry
    return Entry(entry.subject, (*entry.parts, *candidate.asked), entry.values)


def run(
    quota: Quota, grades: list[Graded], groups: list[list[Candidate]], base: Value, open_cases: int
) -> tuple[Value | None, list[Places]]:
    """Gives out all grades; a value says why those who have none yet wait, None that they simply have none."""
    if base is not None and type(base) not in NUMERIC:
        return spread((base,)), []
    subjects = [candidate.entry.subject for group in groups for candidate in group]
    mosts = [shared(subjects, grade.most, quota).value for grade in grades]
    if any(type(most) not in NUMERIC for most in mosts):
        return spread([most for most in mosts if type(most) not in NUMERIC]), []
    places = [places_of(grade, most, base, quota) for grade, most in zip(grades, mosts, strict=True)]
    below = [because("ZS829", grade=grade.tier.value, places=decimal(number))
             for grade, number in zip(grades, places, strict=True) if number < 0]  # fmt: skip
    if below:
        return Undecided(tuple(below)), []
    wider = None if base is None else base + open_cases
    possible = [places_of(grade, most, wider, quota) for grade, most in zip(grades, mosts, strict=True)]
    room = Room(quota, grades, [Peers(group) for group in groups], [])
    try:
        room.give_out(mosts, places, possible)
    except Halt as halt:
        return halt.why, room.records
    return None, room.records


def shared(subjects: list[Subject], code: Code, quota: Quota) -> Step:
    """A number that holds for a whole partition: the same whoever is asked."""
    steps = [code((subject,)) for subject in subjects]
    values = [step.value for step in steps]
    doubts = [value for value in values if type(value) not in NUMERIC]
    if doubts:
        return Step(steps[0].expr, spread(doubts))
    if any(value != values[0] for value in values):
        return Step(steps[0].expr, undecided("ZS827", what=" ".join(quota.base.span.text.split())))
    return steps[0]


def places_of(grade: Graded, most: Exact, base: Value, quota: Quota) -> Exact:
    """A grade's places: a share of the base, rounded as `取整` says, or a number as it stands."""
    if not grade.tier.share:
        return most
    mode, step = quota.places
    return rounded(times(most, base), mode, step)
