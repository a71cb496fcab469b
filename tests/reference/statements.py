"""Statements at random: every construct of the grammar that this version decides by."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from random import Random

from tests.reference.phrases import ROUNDINGS, Phrases
from tests.reference.schema import BOOL, DATE, PLACE, PLAIN, POOLS, Kind, Known, Record, Schema, spelled

Lines = list[str]
Move = tuple[str, str, list[str]]
"""Under which condition, which part's weight, to which parts."""
INDENT = "    "


class Statements:
    """One document's statements, each a list of lines; what one defines, later ones may read."""

    def __init__(self, random: Random, schema: Schema) -> None:
        self.random = random
        self.schema = schema
        self.write = Phrases(random, schema)
        self.exceptions: list[tuple[str, Record, int | None]] = []
        self.targets: list[tuple[Record, Known]] = []
        self.clauses = 0
        self.clock = 0
        self.aside: list[Lines] = []
        self.focus: tuple[Record, Known] | None = None
        self.graded: set[tuple[str, str]] = set()
        self.chained = False

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def cite(self) -> str:
        if not self.chance(0.2):
            return ""
        self.clauses += 1
        return f" [Art. {self.clauses}]"

    def any(self) -> list[Lines]:
        """A statement of any kind; mostly of the document's theme, so that what belongs together meets."""
        makers = {
            "anything": [self.define, self.cases, self.cases, self.table, self.table, self.tiers, self.score, self.score,
                         self.require, self.rank, self.rank, self.quota, self.parameter, self.called_table, self.exception,
                         self.exception, self.outputs],
            "ranks": [self.rank, self.rank, self.placed, self.placed, self.contested, self.perhaps],
            "quotas": [self.quota, self.quota, self.quota, self.rank],
            "lists": [self.listing, self.listing, self.listing, self.cases, self.perhaps],
            "exceptions": [self.cases, self.table, self.exception, self.exception, self.exception, self.exception],
            "scores": [self.score, self.score, self.tiers, self.parameter],
            "numbers": [self.reckoning, self.reckoning, self.reckoning, self.tiers],
            "dates": [self.dating, self.dating, self.parameter, self.cases],
        }  # fmt: skip
        if self.chance(0.01) and not self.chained:
            return self.chain()
        theme = self.schema.theme if self.chance(0.7) else "anything"
        return self.random.choice(makers[theme])()

    # -- names ------------------------------------------------------------------------------------------------------

    def place(self, lists: float = 0.25) -> Record:
        others = [each for each in self.schema.records if each is not self.schema.main]
        return self.random.choice(others) if others and self.chance(lists) else self.schema.main

    def new(self, record: Record, kind: Kind, *may: str, defined: str = "", name: str = "") -> str:
        """A definition's name as it is written at its head."""
        name = name or self.schema.names.new()
        known = Known(name, kind, set(may), (), defined)
        self.coming = (record, known)
        return spelled(name) if record is self.schema.main else f"{spelled(record.name)}.{spelled(name)}"

    def done(self, *statements: Lines) -> list[Lines]:
        """The statement is finished; from now on its name may be read."""
        record, known = self.coming
        self.clock += 1
        known.since = self.clock
        record.known.append(known)
        self.targets.append((record, known))
        return list(statements)

    def kind(self, record: Record) -> Kind:
        numbers = [each.kind for each in record.fields if each.kind.name == "num"] or [Kind("num", "points")]
        choices = [Kind("choice", each.name) for each in self.schema.choices]
        return self.random.choice([*numbers, *numbers, BOOL, *choices, DATE, Kind("num", "points")])

    # -- definitions ------------------------------------------------------------------------------------------------

    def define(self) -> list[Lines]:
        record = self.place()
        kind = self.kind(record)
        if kind.name == "choice" and not self.write.of_kind(record, kind):
            kind = BOOL
        text = self.write.condition(record, 2) if kind == BOOL else self.write.value(record, kind, 2)
        head = self.new(record, kind, "open", "missing")
        supplied = " supplied" if self.chance(0.03) else ""
        return self.done([f"define {head}{supplied} = {text}{self.cite()}"])

    def listing(self) -> list[Lines]:
        """A list made into one value: any word over any record."""
        record = self.place(0.4)
        word = self.random.choice(
            [
                "sum",
                "count",
                "average",
                "median",
                "most_frequent",
                "share_of",
                "highest",
                "lowest",
                "exists",
                "latest",
                "longest run",
                "longest run",
                "in a row",
                "in a row",
            ]
        )
        kind = (
            BOOL if word == "exists" else PLAIN if word in ("count", "longest run", "in a row") else self.kind(record)
        )
        if word == "share_of":
            kind = Kind("num", "%")
        if kind == BOOL and word != "exists":
            word = "exists"
        if kind.name != "num" and word in ("sum", "average", "median"):
            word = "latest"
        before = self.perhaps() if word in ("longest run", "in a row") and self.chance(0.6) else []
        text = self.write.fold(record, kind, 1, word)
        if text is None:
            return [*before, *self.define()]
        if word in ("average", "share_of", "median"):
            text = f"({text} {self.write.rounding(kind)})"
        if word in ("average", "median", "most_frequent", "highest", "lowest", "latest") and self.chance(0.5):
            text = f"{text} if missing {self.write.constant(kind)}"
        head = self.new(record, kind, "open")
        return [*before, *self.done([f"define {head} = {text}{self.cite()}"])]

    def chain(self) -> list[Lines]:
        """Many definitions, each built on the one before, in any order of writing."""
        self.chained = True
        record, kind = self.place(), Kind("num", "points")
        whose = "" if record is self.schema.main else f"{spelled(record.name)}."
        links = [f"link{at}x" for at in range(self.random.choice([5, 48, 300]))]
        forms = ["({0} + 1 point capped at 100 points)", "larger({0}, 2 points)", "({0} if missing 1 point)", "{0}"]
        first = self.write.path(record, kind) or self.write.constant(kind)
        texts = [first, *(self.random.choice(forms).format(link) for link in links)]
        head = self.new(record, kind, "open", "missing")
        written = [[f"define {whose}{link} = {text}"] for link, text in zip(links, texts, strict=False)]
        written.append([f"define {head} = {texts[-1]}"])
        self.random.shuffle(written)
        return self.done(*written)

    def reckoning(self) -> list[Lines]:
        """Sums, shares and products, rounded."""
        record = self.place()
        kind = Kind("num", self.random.choice(["points", "yuan", "hours", "%"]))
        text = self.write.product(record, kind, 1) if self.chance(0.7) else self.write.quotient(record, kind, 0)
        return self.done(
            [f"define {self.new(record, kind, 'open', 'missing')} = {text} {self.write.rounding(kind)}{self.cite()}"]
        )

    def dating(self) -> list[Lines]:
        """Dates moved and counted between."""
        if self.chance(0.3) and (worked := self.worked()):
            return worked
        record = self.place()
        kind = self.random.choice([DATE, Kind("num", "years"), Kind("num", "months"), Kind("num", "days")])
        text = self.write.date(record, 3) if kind == DATE else self.write.special(record, kind, 2)
        return self.done([f"define {self.new(record, kind, 'open', 'missing')} = {text}{self.cite()}"])

    def worked(self) -> list[Lines]:
        """Working days by whichever record has one day and a yes or no."""
        fit = [(each, [f for f in each.fields if f.kind == BOOL]) for each in self.schema.records
               if sum(f.kind == DATE for f in each.fields) == 1]  # fmt: skip
        fit = [(each, answers) for each, answers in fit if answers]
        if not fit:
            return []
        listed, answers = self.random.choice(fit)
        record = self.place()
        days = ", ".join(self.write.date(record, 1) for _ in range(2))
        text = f"workdays({days}, {spelled(listed.name)}.{spelled(self.random.choice(answers).name)})"
        head = self.new(record, Kind("num", "days"), "open", "missing")
        return self.done([f"define {head} = {text}{self.cite()}"])

    def perhaps(self) -> list[Lines]:
        """A value of one's own for some, none for others."""
        lists = [each for each in self.schema.lists if each.series]
        record = self.random.choice(lists) if lists and self.chance(0.5) else self.place(0.5)
        kinds = [each.kind for each in record.fields if each.kind.name in ("num", "date", "period", "choice")]
        if not kinds:
            return self.define()
        dates = [kind for kind in kinds if kind.name in ("date", "period")]
        kind = self.random.choice(dates if dates and record.series and self.chance(0.6) else kinds)
        value = self.write.path(record, kind) or self.write.constant(kind)
        guard = self.usual(record)
        head = self.new(record, kind, "none", "open")
        return self.done([f"define {head}:", f"{INDENT}when {guard}: {value}", f"{INDENT}otherwise: none"])

    def contested(self) -> list[Lines]:
        """An exception on a rank; then who is among the first."""
        ranked = [(record, known) for record, known in self.targets if known.kind == PLACE]
        if not ranked:
            return self.rank()
        self.focus = self.random.choice(ranked)
        return [*self.exception(), *self.placed()]

    def placed(self) -> list[Lines]:
        """Whether a place is among the first."""
        ranked = [(record, each) for record in self.schema.records for each in record.known if each.kind == PLACE]
        if not ranked:
            return self.rank()
        record, _ = self.random.choice(ranked)
        text = self.write.first(record, 1) or "yes"
        return self.done([f"define {self.new(record, BOOL, 'open')} = {text}"])

    def outcome(self, record: Record, kind: Kind) -> str:
        chance = self.random.random()
        if chance < 0.07:
            return f'{self.random.choice(["refer", "undecided"])} "{self.random.choice(["panel", "later"])}"'
        if 0.07 <= chance < 0.16:
            return "none"
        if chance < 0.6:
            return self.write.constant(kind)
        return self.write.value(record, kind, 1)

    def cases(self) -> list[Lines]:
        record = self.place()
        kind = self.kind(record)
        in_order = " in order" if self.chance(0.4) else ""
        lines: Lines = []
        for _ in range(self.random.randint(1, 3)):
            guard = self.write.guard(record, 1)
            if self.chance(0.2):
                lines.append(f"{INDENT}when {guard}:{self.cite()}")
                lines.append(
                    f"{INDENT * 2}when {self.write.guard(record, 1)}: {self.outcome(record, kind)}{self.cite()}"
                )
                if self.chance(0.7):
                    lines.append(f"{INDENT * 2}otherwise: {self.outcome(record, kind)}")
            else:
                lines.append(f"{INDENT}when {guard}: {self.outcome(record, kind)}{self.cite()}")
        if self.chance(0.75):
            lines.append(f"{INDENT}otherwise: {self.outcome(record, kind)}")
        head = self.new(record, kind, "none", "open")
        return self.done([f"define {head}{in_order}:{self.cite()}", *lines])

    def parameter(self) -> list[Lines]:
        kind = Kind("num", self.random.choice(["points", "yuan", "cases", "%"]))
        name = self.schema.names.new()
        known = Known(name, kind, {"open"})
        if self.chance(0.4):
            self.write.parameters.append(known)
            return [[f"parameter {spelled(name)} = {self.write.constant(kind)}{self.cite()}"]]
        dates = [each for each in self.schema.main.fields if each.kind == DATE]
        by = spelled(self.random.choice(dates).name) if dates and self.chance(0.5) else "as_of"
        days = self.random.sample(
            ["2023-01-01", "2024-01", "2024-07", "2024-10", "2024-10-15", "2025-02-01"], self.random.randint(1, 4)
        )
        if self.schema.manner.days:
            days = [f"{day}-01" if len(day) == 7 else day for day in days]
        else:
            days = [f"{day[:4]}年{int(day[5:])}月" if day in ("2024-07", "2024-10") else day for day in days]
        lines = [f"{INDENT}from {day}: {self.write.constant(kind)}{self.cite()}" for day in days]
        head = [f"parameter {spelled(name)} by {by}:{self.cite()}", *lines]
        if by == "as_of":
            self.write.parameters.append(known)
        else:
            self.schema.main.known.append(known)
        return [head]

    # -- tables -----------------------------------------------------------------------------------------------------

    def inputs(self, record: Record, count: int) -> list[Known]:
        usable = [each for each in record.all()
                  if each.kind.name in ("num", "choice", "bool", "text", "place") and each.kind != PLAIN and each is not record.fields[0]]  # fmt: skip
        return self.random.sample(usable, min(count, len(usable)))

    def rows(self, inputs: list[Known], record: Record, kinds: list[Kind]) -> Lines:
        found = []
        for _ in range(self.random.randint(1, 4)):
            cells = ["any" if self.chance(0.2) else self.write.cell(each) for each in inputs]
            values = [self.outcome(record, kind) for kind in kinds]
            found.append(f"{INDENT}| {' | '.join(cells)} || {' | '.join(values)} |{self.cite()}")
        if self.chance(0.6):
            cells = ["any"] * len(inputs) if self.chance(0.4) else ["otherwise"]
            found.append(
                f"{INDENT}| {' | '.join(cells)} || {' | '.join(self.outcome(record, kind) for kind in kinds)} |"
            )
        return found

    def table(self) -> list[Lines]:
        record = self.place()
        mode = self.random.choice(["", " in order", " in order", " added up", " highest of"])
        kind = (
            self.kind(record)
            if not mode or mode == " in order"
            else Kind("num", self.random.choice(["points", "yuan"]))
        )
        inputs = self.inputs(record, self.random.randint(1, 2))
        if not inputs:
            return self.define()
        heads = " | ".join(spelled(each.name) for each in inputs)
        if self.chance(0.25):
            across = self.random.choice(self.inputs(record, 9))
            columns = [self.write.one_test(across) for _ in range(self.random.randint(1, 3))]
            rows = self.rows(inputs, record, [kind] * len(columns))
            head = self.new(record, kind, "none", "open")
            return self.done([f"table {head} across {spelled(across.name)}{mode}:{self.cite()}",
                              f"{INDENT}| {heads} || {' | '.join(columns)} |", *rows])  # fmt: skip
        rows = self.rows(inputs, record, [kind])
        head = self.new(record, kind, "none", "open")
        name = spelled(self.coming[1].name)
        return self.done([f"table {head}{mode}:{self.cite()}", f"{INDENT}| {heads} || {name} |", *rows])

    def outputs(self) -> list[Lines]:
        """A table with two result columns, each a name of its own."""
        record = self.schema.main
        inputs, kinds = self.inputs(record, 1), [self.kind(record), self.kind(record)]
        if not inputs:
            return self.define()
        rows = self.rows(inputs, record, kinds)
        columns = [self.schema.names.new() for _ in kinds]
        for name, kind in zip(columns, kinds, strict=True):
            record.known.append(Known(name, kind, {"none", "open"}, since=self.clock))
        head = f"table {spelled(self.schema.names.new())}{self.random.choice(['', ' in order'])}:"
        return [[head, f"{INDENT}| {spelled(inputs[0].name)} || {' | '.join(map(spelled, columns))} |", *rows]]

    def tiers(self) -> list[Lines]:
        record = self.place(0.1)
        inputs = [each for each in record.all() if each.kind.name == "num" and each.kind.of not in ("", "%")]
        if not inputs:
            return self.define()
        each = self.random.choice(inputs)
        pool = [n for n in POOLS[each.kind.of][1] if not n.startswith("-") and n != "0"]
        edges = [pool[at] for at in sorted(self.random.sample(range(len(pool)), min(2, len(pool))))]
        edges = [f"{edge} {each.kind.of}" for edge in edges]
        others = [other for other in inputs if other.kind == each.kind and other is not each]
        if others and self.chance(0.4):
            moving = [spelled(other.name) for other in self.random.sample(others, min(len(others), 2))]
            edges = [moving[0], f"{moving[0]} + {edges[0]}"] if self.chance(0.4) else moving
        cells = [f"{edges[0]} or less", *[f"more than {a} up to {b}" for a, b in pairwise(edges)]]
        if self.chance(0.8):
            cells.append(f"more than {edges[-1]}")
        unit = self.random.choice(["%", ""])
        rates = [self.random.choice(["0", "10", "20", "50"]) + unit for _ in cells]
        head = self.new(record, each.kind, "open")
        mode = self.random.choice(["marginal", "whole amount"])
        rows = [f"{INDENT}| {cell} || {rate} |{self.cite()}" for cell, rate in zip(cells, rates, strict=True)]
        return self.done([f"table {head} {mode}:{self.cite()}", f"{INDENT}| {spelled(each.name)} || rate |", *rows])

    def called_table(self) -> list[Lines]:
        """A table with an input, which is given where it is used."""
        given, kind = Kind("num", "points"), Kind("num", self.random.choice(["points", "yuan"]))
        name, argument = self.schema.names.new(0), self.schema.names.new(0)
        each = Known(argument, given, {"missing"})
        rows = self.rows([each], self.schema.group or self.schema.main, [kind])
        self.write.tables.append((name, "", given, kind))
        mode = self.random.choice(["", " in order"])
        table = [
            f"table {spelled(name)}({argument}){mode}:",
            f"{INDENT}| {argument} || {self.schema.names.new(0)} |",
            *rows,
        ]
        main = self.schema.main
        uses = [f"{spelled(name)}({self.write.number(main, given, 1)})" for _ in range(self.random.randint(1, 2))]
        head = self.new(main, kind, "none", "open")
        return [table, *self.done([f"define {head} = {' + '.join(uses)}{self.cite()}"])]

    # -- scores -----------------------------------------------------------------------------------------------------

    def score(self) -> list[Lines]:
        record = self.place(0.15)
        write, points = self.write, Kind("num", "points")
        lines: Lines = []
        weighted = [each for each in record.all() if each.kind == points]
        if len(weighted) > 1 and self.chance(0.5):
            lines += self.weights(record, self.random.sample(weighted, min(len(weighted), self.random.randint(2, 3))))
        else:
            if weighted and self.chance(0.5):
                lines.append(f"{INDENT}{spelled(self.random.choice(weighted).name)} out of 100{self.cite()}")
            for _ in range(self.random.randint(1, 3)):
                lines += self.score_line(record, INDENT)
        limits = self.random.choice(["", "", " capped at 90", " floored at 0", " capped at 80 floored at 5"])
        full = " out of 100" if self.chance(0.4) else ""
        if self.chance(0.3):
            lines.append(f"{INDENT}{self.random.choice(['add', 'deduct'])} {write.number(record, points, 1)}")
        head = self.new(record, points, "open")
        return self.done([f"score {head}{full}{limits}:{self.cite()}", *lines])

    def weights(self, record: Record, parts: list[Known]) -> Lines:
        shares = {2: ["60%", "40%"], 3: ["50%", "30%", "20%"]}[len(parts)]
        names = [spelled(each.name) for each in parts]
        held = self.random.choice(["", "", " capped at 40", " capped at 30 floored at 5"])
        limits = {name: held if self.chance(0.5) else "" for name in names}
        lines = [f"{INDENT}{name} weight {share}{limits[name]}{self.cite()}"
                 for name, share in zip(names, shares, strict=True)]  # fmt: skip
        moves: list[Move] = []
        for _ in range(self.random.choice([0, 1, 1, 2])):
            at = self.random.randrange(len(parts)) if not moves or self.chance(0.4) else names.index(moves[-1][1])
            each = parts[at]
            others = [name for name in names if name != names[at]]
            to = self.random.choice([*others, ", ".join(others), "the rest"])
            guards = [self.write.condition(record, 0), self.write.path(record, BOOL) or "yes", f"{names[at]} missing"]
            guards += [f"{names[at]} = {spelled(code)}" for code in each.codes]
            guard = self.random.choice(guards)
            guard = "yes" if moves and self.clock % 2 else guard  # both hold for some
            moves.append((guard, names[at], others if to == "the rest" else to.split(", ")))
            lines.append(f"{INDENT}when {moves[-1][0]}: {names[at]} moves to {to}")
        if self.schema.manner.cases and moves:
            whose = "" if record is self.schema.main else f"{spelled(record.name)}."
            head = f"{whose}aside{len(self.aside)}"
            self.aside.append(written_out(dict(zip(names, shares, strict=True)), moves, head, limits))
            return [f"{INDENT}add aside{len(self.aside) - 1}"]
        return lines

    def score_line(self, record: Record, indent: str, deep: bool = True) -> Lines:
        chance = self.random.random()
        word = self.random.choice(["add", "add", "deduct"])
        if chance < 0.3:
            return [f"{indent}{self.bonus(record, word)}{self.cite()}"]
        if chance < 0.6 or not deep:
            return [f"{indent}when {self.write.guard(record, 1)}: {self.bonus(record, word)}{self.cite()}"]
        if chance < 0.8:
            inner = [
                f"{indent}when {self.write.guard(record, 1)}:{self.cite()}",
                *self.score_line(record, indent + INDENT, False),
            ]
            if self.chance(0.7):
                inner += [f"{indent}otherwise: {self.bonus(record, 'add')}"]
            return inner
        cap = " capped at 4" if self.chance(0.4) else ""
        best = [line for _ in range(2) for line in self.score_line(record, indent + INDENT, False)]
        return [f"{indent}highest of{cap}:{self.cite()}", *best]

    def bonus(self, record: Record, word: str) -> str:
        amount = self.random.choice(["1", "2", "0.5", "5 points"])
        cap = f" capped at {self.random.choice(['3', '5', '10'])}" if self.chance(0.3) else ""
        numbers = [each for each in record.all() if each.kind.name == "num" and each.kind.of]
        if numbers and self.chance(0.5):
            each = self.random.choice(numbers)
            size = self.write.constant(each.kind)
            if size.startswith("0 ") or size.startswith("0%"):
                size = "1" + size[1:]
            if self.chance(0.25):
                size = self.write.number(record, each.kind, 0)
            every = self.random.choice(["every", "every full", "every started"])
            return f"{spelled(each.name)} {every} {size} {word} {amount}{cap}"
        if self.chance(0.5):
            amount = self.write.number(record, Kind("num", "points"), 1)
        return f"{word} {amount}{cap}"

    # -- requirements -----------------------------------------------------------------------------------------------

    def require(self) -> list[Lines]:
        record = self.place()
        word = "check" if self.chance(0.2) else "requirement"
        lines = self.needs(record, INDENT, True)
        head = self.new(record, BOOL, "open")
        return self.done([f"{word} {head} {self.group(len(lines))}:{self.cite()}", *lines])

    def group(self, lines: int) -> str:
        return self.random.choice(["all of", "any of", f"at least {self.random.randint(1, min(2, lines))}"])

    def needs(self, record: Record, indent: str, deep: bool) -> Lines:
        lines: Lines = []
        for _ in range(self.random.randint(2, 3)):
            guard = f"when {self.write.guard(record, 1)}: " if self.chance(0.25) else ""
            if deep and self.chance(0.2):
                lines += [f"{indent}{guard}{self.group(2)}:", *self.needs(record, indent + INDENT, False)]
            else:
                lines.append(f"{indent}{guard}{self.write.condition(record, 1)}{self.cite()}")
        return lines

    # -- ranks and quotas -------------------------------------------------------------------------------------------

    def cohort(self, record: Record) -> tuple[str, Lines]:
        """`among … same …`, and the order."""
        among = ""
        if self.chance(0.5):
            ranked = [each for each in record.defined() if each.kind == PLACE]
            among = (
                spelled(self.random.choice(ranked).name)
                if ranked and self.chance(0.3)
                else self.write.condition(record, 1)
            )
            among = f" among {among}"
        alike = [
            each
            for each in record.all()
            if each.kind.name in ("text", "bool", "choice", "ref") and each is not record.fields[0]
        ]
        same = f" same {spelled(self.random.choice(alike).name)}" if alike and self.chance(0.4) else ""
        orderable = [each for each in record.all() if each.kind.name in ("num", "choice", "date", "period")]
        count = min(len(orderable), self.random.choice([1, 1, 2]))
        telling = [each for each in orderable if "none" in each.may or each.kind.name == "choice"]
        chosen = self.random.sample(orderable, count)
        if telling and self.chance(0.4):
            chosen = [self.random.choice(telling), *(each for each in chosen[1:] if each not in telling)]
        lines = [f"{INDENT}by {spelled(each.name)} {self.random.choice(['highest first', 'lowest first'])}{self.cite()}"
                 for each in chosen]  # fmt: skip
        if self.chance(0.75):
            lines.append(f"{INDENT}missing {self.random.choice(['left out', 'last', 'undecided'])}")
        return among + same, lines

    def rank(self) -> list[Lines]:
        record = self.place(0.15)
        head, lines = self.cohort(record)
        lines.append(
            f"{INDENT}ties {self.random.choice(['share', 'share', 'share without gaps', 'refer', 'undecided'])}"
        )
        edged = self.chance(0.7)
        if edged:
            lines.append(f"{INDENT}ties at the cut {self.random.choice(['all in', 'all out', 'refer', 'undecided'])}")
        name = self.new(record, PLACE, "none", "open", defined="edged" if edged else "")
        if edged:
            self.write.edged.add((record.name, self.coming[1].name))
        return self.done([f"rank {name}{head}:{self.cite()}", *lines])

    def quota(self) -> list[Lines]:
        record = self.place(0.3)
        head, lines = self.cohort(record)
        choice = self.random.choice(self.schema.choices)
        graded = choice.values[: self.random.randint(1, min(3, choice.ordered))]
        shares = False
        for value in graded:
            share = self.chance(0.5)
            shares = shares or share
            most = self.random.choice(["20%", "30%", "50%", "100%"]) if share else f"{self.random.randint(0, 2)} places"
            if self.chance(0.1):
                most = f"({self.write.count(record, 0)} - 2)"
            among = f" among {self.write.condition(record, 0)}" if self.chance(0.4) else ""
            lines.append(f"{INDENT}{spelled(value)} at most {most}{among}{self.cite()}")
        lines.append(f"{INDENT}otherwise: {self.random.choice(['none', spelled(choice.values[-1])])}")
        if shares:
            where = f" where {self.write.atom_of_condition(record, 0)}" if self.chance(0.2) else ""
            base = f"count(all {spelled(record.name)}{where})" if self.chance(0.8) else "5"
            lines += [f"{INDENT}base {base}", f"{INDENT}places {self.random.choice(ROUNDINGS)} 1 place"][
                : 1 if self.chance(0.03) else 2
            ]
        lines += [f"{INDENT}ties at the cut {self.random.choice(['all in', 'all out', 'refer', 'undecided'])}",
                  f"{INDENT}overflow {self.random.choice(['to next', 'to next', 'dropped'])}",
                  f"{INDENT}vacancies {self.random.choice(['stay empty', 'to next', 'filled from below'])}"]  # fmt: skip
        kind = Kind("choice", choice.name)
        own = self.chance(0.3) and (record.name, choice.name) not in self.graded
        self.graded |= {(record.name, choice.name)} if own else set()
        name = self.new(record, kind, "none", "open", name=choice.name if own else "")
        return self.done([f"quota {name}{head}:{self.cite()}", *lines])

    # -- exceptions -------------------------------------------------------------------------------------------------

    def exception(self) -> list[Lines]:
        if self.exceptions and self.chance(0.3):
            return self.on_exception()
        if self.chance(0.12):
            return self.on_result()
        if not self.targets:
            return self.define()
        record, known = self.random.choice(self.targets) if self.focus is None or self.chance(0.4) else self.focus
        self.focus = (record, known)
        for each in self.schema.records:
            each.until = known.since
        written = self.on_definition(record, known)
        for each in self.schema.records:
            each.until = None
        return written

    def on_definition(self, record: Record, known: Known) -> list[Lines]:
        if known.kind.name not in ("num", "choice", "bool", "place", "date"):
            return []
        name = self.schema.names.new()
        inside, each = self.each(record)
        over = [other for other, where, _ in self.exceptions if where is record]
        prevails = f" prevails over {spelled(self.random.choice(over))}" if over and self.chance(0.4) else ""
        target = spelled(known.name) if record is self.schema.main else f"{spelled(record.name)}.{spelled(known.name)}"
        known.may |= {"open", "none"}
        self.exceptions.append((name, inside, known.since))
        head = f"exception {spelled(name)} on {target}{each}{prevails}"
        inputs = self.inputs(inside, 1)
        if inputs and self.chance(0.3):
            across = self.random.choice(self.inputs(inside, 9))
            columns = [self.write.one_test(across) for _ in range(2)]
            rows = [f"{INDENT}| {self.write.cell(inputs[0])} || {' | '.join(self.effect(inside, known) for _ in columns)} |{self.cite()}"
                    for _ in range(self.random.randint(1, 2))]  # fmt: skip
            return [[f"{head} across {spelled(across.name)}:{self.cite()}",
                     f"{INDENT}| {spelled(inputs[0].name)} || {' | '.join(columns)} |", *rows]]  # fmt: skip
        lines = [f"{INDENT}when {self.usual(inside)}: {self.effect(inside, known)}{self.cite()}"
                 for _ in range(self.random.randint(1, 2))]  # fmt: skip
        if known.kind.name in ("choice", "num") and self.chance(0.25):
            lines = [
                f"{INDENT}when {self.usual(inside)}: {word} {self.write.constant(known.kind)}"
                for word in ("floored at", "capped at")
            ]
        return [[f"{head}:{self.cite()}", *lines]]

    def usual(self, record: Record) -> str:
        """A condition that often holds."""
        plain = self.write.path(record, BOOL) if self.chance(0.5) else None
        return plain or self.write.guard(record, 1)

    def each(self, record: Record) -> tuple[Record, str]:
        if record is self.schema.main and self.schema.lists and self.chance(0.35):
            inside = self.random.choice(self.schema.lists)
            return inside, f" each {spelled(inside.name)}"
        return record, ""

    def effect(self, record: Record, known: Known) -> str:
        chance = self.random.random()
        if chance < (0.5 if known.kind == PLACE else 0.15):
            return f'{self.random.choice(["refer", "undecided"])} "{self.random.choice(["inquiry", "appeal"])}"'
        if chance < 0.2:
            return "does not apply"
        if known.kind.name in ("choice", "num") and chance < 0.75:
            word = self.random.choice(["capped at", "floored at", "floored at", "capped at", "lowered", "raised"])
            if word in ("lowered", "raised"):
                return f"{word} {'1 grade' if known.kind.name == 'choice' else self.write.constant(known.kind)}"
            return f"{word} {self.write.constant(known.kind)}"
        if chance < 0.82:
            return "none"
        return self.write.constant(known.kind)

    def on_exception(self) -> list[Lines]:
        target, inside, until = self.random.choice(self.exceptions)
        name = self.schema.names.new()
        self.exceptions.append((name, inside, until))
        for each in self.schema.records:
            each.until = until
        lines = [f"{INDENT}when {self.write.guard(inside, 1)}: does not apply{self.cite()}"]
        for each in self.schema.records:
            each.until = None
        return [[f"exception {spelled(name)} on {spelled(target)}:{self.cite()}", *lines]]

    def on_result(self) -> list[Lines]:
        inside, each = self.each(self.schema.main)
        name = self.schema.names.new()
        self.exceptions.append((name, inside, None))
        word = self.random.choice(["refer", "refer", "undecided"])
        guard = self.write.guard(inside, 1)
        guard = f"({guard}) and as_of ≥ 2024-07-01" if self.clock % 3 == 0 else guard
        line = f'{INDENT}when {guard}: {word} "the panel decides"{self.cite()}'
        return [[f"exception {spelled(name)} on result{each}:", line]]


def written_out(shares: dict[str, str], moves: list[Move], name: str, limits: dict[str, str]) -> Lines:
    """A weighted score whose weights move, as one case for every way in which the conditions can hold.

    Two lines of one part that move it to the same parts are one move; a weight that moves to different parts at once, or
    finds no part to go to, leaves the case open.
    """
    alike: dict[tuple[str, frozenset[str]], Move] = {}
    for guard, source, targets in moves:
        same = alike.get((source, frozenset(targets)))
        guards = guard if same is None else f"({same[0]}) or ({guard})"
        alike[source, frozenset(targets)] = (guards, source, targets)
    moves = list(alike.values())
    weights = {part: Fraction(share[:-1]) / 100 for part, share in shares.items()}
    lines = [f"define {name}:"]
    for holding in product([True, False], repeat=len(moves)):
        guards = [
            f"({guard})" if holds else f"(not ({guard}))" for (guard, _, _), holds in zip(moves, holding, strict=True)
        ]
        made = [move for move, holds in zip(moves, holding, strict=True) if holds]
        gone = {source for _, source, _ in made}
        shifted = {part: Fraction(0) if part in gone else weight for part, weight in weights.items()}
        stuck = len(gone) < len(made)
        for _, source, targets in made:
            left = [target for target in targets if target not in gone]
            stuck = stuck or not left
            for target in left:
                shifted[target] += weights[source] * weights[target] / sum(weights[each] for each in left)
        terms = " + ".join(
            f"({part} × {share.numerator} ÷ {share.denominator}{limits[part]})"
            for part, share in shifted.items()
            if share
        )
        value = 'undecided "weights"' if stuck else terms
        lines.append(f"{INDENT}when {' and '.join(guards)}: {value}")
    return lines
