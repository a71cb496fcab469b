"""Expressions at random, of every kind, about whatever is known of the record in scope.

Each comes out as text that may stand anywhere: a name, a number, a call, or brackets.
"""

from __future__ import annotations

from random import Random

from tests.reference.schema import (
    BOOL,
    DATE,
    DATES,
    IDENTITY,
    LONG,
    PERIODS,
    PLACE,
    PLAIN,
    POOLS,
    TEXT,
    WORDS,
    Kind,
    Known,
    Record,
    Schema,
    spelled,
)

ROUNDINGS = ["rounded to", "rounded down to", "rounded up to", "rounded half even to"]
STEPS = {"points": ["1 point", "0.1 points", "5 points"], "yuan": ["1 yuan", "0.01 yuan", "100 yuan"],
         "wan_yuan": ["0.1 wan_yuan", "100 yuan"], "cases": ["1 cases", "2 cases"], "%": ["1%", "0.1%", "5%"],
         "years": ["1 year"], "months": ["1 month", "6 months"], "days": ["1 day", "1 week"],
         "hours": ["1 hour", "30 minutes"]}  # fmt: skip


MIRRORED = {"≥": "≤", "≤": "≥", "<": ">", ">": "<", "not below": "not above", "not above": "not below", "above": "below",
            "below": "above"}  # fmt: skip

RUNS = ("longest run", "in a row")
BARE = ("count", "exists", "longest run", "in a row", "share_of")
"""Words before the name of a record alone."""


class Phrases:
    """Text of expressions. `inside` is the record outside the brackets of the list that is being written, if any."""

    def __init__(self, random: Random, schema: Schema) -> None:
        self.random = random
        self.schema = schema
        self.parameters: list[Known] = []
        self.tables: list[tuple[str, str, Kind, Kind]] = []
        self.edged: set[tuple[str, str]] = set()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def either(self, parts: list[str]) -> list[str]:
        """Parts whose order means nothing, in this document's order."""
        return parts[::-1] if self.schema.manner.mirrored else parts

    def compared(self, a: str, op: str, b: str) -> str:
        return f"{b} {MIRRORED.get(op, op)} {a}" if self.schema.manner.mirrored else f"{a} {op} {b}"

    # -- what there is ----------------------------------------------------------------------------------------------

    def of_kind(self, record: Record, kind: Kind, family: bool = True) -> list[Known]:
        found = [each for each in [*record.all(), *self.parameters]
                 if each.kind == kind or (family and kind.name == each.kind.name == "num" and kind.family == each.kind.family)]  # fmt: skip
        return found[1:] if kind == TEXT and record.fields[0] in found else found

    def known(self, record: Record, kind: Kind, family: bool = True) -> Known | None:
        found = self.of_kind(record, kind, family)
        return self.random.choice(found) if found else None

    def path(self, record: Record, kind: Kind) -> str | None:
        """A name of that kind, of the record itself or of one that it refers to."""
        links = [each for each in record.fields if each.kind.name == "ref"]
        if links and self.chance(0.25):
            link = self.random.choice(links)
            target = next(each for each in self.schema.records if each.name == link.kind.of)
            there = self.known(Record(target.name, target.fields, [], known=target.defined()), kind)
            if there is not None and there not in self.parameters:
                return f"{spelled(link.name)}.{spelled(there.name)}"
        if record.series and self.chance(0.3):
            before = self.known(Record("", record.fields, []), kind)
            if before is not None and before not in self.parameters:
                return f"{self.random.choice(['previous', 'previous', 'next'])}.{spelled(before.name)}"
        found = self.known(record, kind)
        if found is None:
            return None
        if found in record.all() and self.chance(0.05):
            return f"this.{spelled(found.name)}"
        return spelled(found.name)

    # -- values of every kind ---------------------------------------------------------------------------------------

    def value(self, record: Record, kind: Kind, depth: int) -> str:
        match kind.name:
            case "num" | "place":
                return self.number(record, kind, depth)
            case "bool":
                return self.atom_of_condition(record, depth)
            case "choice":
                return self.grade(record, kind, depth)
            case "date":
                return self.date(record, depth)
            case "period":
                return self.path(record, kind) or self.constant(kind)
            case "text":
                return self.path(record, kind) or self.constant(kind)
            case _:
                raise AssertionError(kind)

    def constant(self, kind: Kind) -> str:
        match kind.name:
            case "num":
                if kind.of in ("points", "yuan") and self.chance(0.01):
                    return f"{self.random.choice(LONG)} {kind.of}"
                number = self.random.choice([n for n in POOLS[kind.of][1] if not n.startswith("-")]) if kind.of else self.random.choice(["0", "1", "2", "0.5"])  # fmt: skip
                return f"{number} {kind.of}".replace(" %", "%").strip()
            case "place":
                return f"{self.random.randint(1, 4)} places"
            case "bool":
                return self.random.choice(["yes", "no"])
            case "choice":
                return self.graded_as(self.random.choice(self.schema.choice_named(kind.of).values))
            case "date":
                return self.random.choice(DATES)
            case "period":
                return self.random.choice(PERIODS[kind.of])
            case "text":
                return self.random.choice(['"east"', '"west"', '"north"'])
            case _:
                raise AssertionError(kind)

    def graded_as(self, value: str) -> str:
        """A value of a choice; a keyword bare, in quotes or as a name."""
        if value not in WORDS:
            return spelled(value)
        said = self.random.choice([value, f'"{value}"', spelled(value)])
        return f'"{value}"' if self.schema.manner.quoted else said

    def number(self, record: Record, kind: Kind, depth: int) -> str:
        if depth <= 0 or self.chance(0.25) or kind == PLACE:
            return (self.path(record, kind) if self.chance(0.8) else None) or self.constant(kind)
        options = [self.sum, self.product, self.quotient, self.rounded, self.limited, self.defaulted, self.larger, self.fold_number,
                   self.fold_number, self.defaulted, self.special, self.called, self.negative]  # fmt: skip
        return self.random.choice(options)(record, kind, depth - 1) or self.number(record, kind, depth - 1)

    def sum(self, record: Record, kind: Kind, depth: int) -> str:
        other = Kind("num", "yuan") if kind.of == "wan_yuan" else Kind("num", "wan_yuan") if kind.of == "yuan" else kind
        terms = [self.number(record, kind, depth), self.number(record, self.random.choice([kind, other]), depth)]
        if self.chance(0.3):
            terms.append(self.number(record, kind, depth))
        self.random.shuffle(terms)
        if self.chance(0.5):
            return "(" + " + ".join(self.either(terms)) + ")"
        return "(" + terms[0] + "".join(f" {self.random.choice('+-')} {term}" for term in terms[1:]) + ")"

    def product(self, record: Record, kind: Kind, depth: int) -> str:
        factor = self.random.choice(
            [self.number(record, Kind("num", "%"), depth), "2", "0.5", self.count(record, depth)]
        )
        pair = [self.number(record, kind, depth), factor]
        self.random.shuffle(pair)
        return "(" + " × ".join(self.either(pair)) + ")"

    def quotient(self, record: Record, kind: Kind, depth: int) -> str:
        unit = self.random.choice(["points", "yuan"])
        below = self.number(record, Kind("num", unit), depth)
        text = self.random.choice([
            f"{self.number(record, kind, depth)} ÷ {self.random.choice(['2', '3', self.count(record, depth)])}",
            f"{self.number(record, Kind('num', unit), depth)} ÷ {below} × {self.constant(kind)}",
            f"{self.constant(kind)} × ({self.number(record, Kind('num', unit), depth)} ÷ {below})",
        ])  # fmt: skip
        return f"({text} {self.rounding(kind)})"

    def rounding(self, kind: Kind) -> str:
        step = self.random.choice(STEPS[kind.of])
        if self.chance(0.15):
            step = self.random.choice(["1 decimal", "2 decimals", "1"])
        return f"{self.random.choice(ROUNDINGS)} {step}"

    def rounded(self, record: Record, kind: Kind, depth: int) -> str:
        return f"({self.number(record, kind, depth)} {self.rounding(kind)})"

    def limited(self, record: Record, kind: Kind, depth: int) -> str:
        word = self.random.choice(["capped at", "floored at"])
        more = f" floored at {self.number(record, kind, 0)}" if word == "capped at" and self.chance(0.4) else ""
        return f"({self.number(record, kind, depth)} {word} {self.number(record, kind, depth - 1)}{more})"

    def defaulted(self, record: Record, kind: Kind, depth: int) -> str:
        of = self.number(record, kind, depth)
        return f"({of} if missing {self.constant(kind)})"

    def larger(self, record: Record, kind: Kind, depth: int) -> str:
        items = [self.number(record, kind, depth) for _ in range(self.random.randint(2, 3))]
        return f"{self.random.choice(['larger', 'smaller'])}({', '.join(items)})"

    def negative(self, record: Record, kind: Kind, depth: int) -> str:
        return f"(-{self.number(record, kind, depth)})"

    def called(self, record: Record, kind: Kind, depth: int) -> str | None:
        fitting = [each for each in self.tables if each[3] == kind] if record is self.schema.main else []
        if not fitting:
            return None
        name, column, taken, _ = self.random.choice(fitting)
        return f"{spelled(name)}({self.value(record, taken, depth)})" + (f".{spelled(column)}" if column else "")

    def special(self, record: Record, kind: Kind, depth: int) -> str | None:
        """What only dates and counts give."""
        if kind.family == "months":
            function = "full_years" if kind.of == "years" else "full_months"
            return f"{function}({self.date(record, depth)}, {self.date(record, depth)})"
        if kind.family == "days":
            return f"days_between({self.date(record, depth)}, {self.date(record, depth)})"
        if kind.of == "cases":
            return f"({self.count(record, depth)} × 1 cases)"
        return None

    def date(self, record: Record, depth: int) -> str:
        if depth <= 0 or self.chance(0.5):
            return (self.path(record, DATE) if self.chance(0.75) else None) or self.random.choice(["as_of", *DATES[:3]])
        span = self.number(record, Kind("num", self.random.choice(["months", "days", "years"])), 0)
        inner = self.date(record, depth - 1)
        card = self.path(record, IDENTITY)
        fold = self.fold(record, DATE, depth - 1, self.random.choice(["highest", "lowest", "latest"]))
        options = [f"({inner} {self.random.choice('+-')} {span})", f"(2020-02-29 {self.random.choice('+-')} {span})", f"start_of_month({inner})", f"start_of_quarter({inner})",
                   f"start_of_year({inner})", f"larger({inner}, {self.date(record, 0)})", f"({inner} if missing 2024-01-01)"]  # fmt: skip
        return self.random.choice([*options, *([fold] if fold else []), *([f"birth_date_of({card})"] if card else [])])

    def grade(self, record: Record, kind: Kind, depth: int) -> str:
        found = self.path(record, kind)
        if found is None:
            return self.constant(kind)
        if depth > 0 and self.chance(0.5):
            fold = self.fold(record, kind, depth - 1, self.random.choice(["highest", "lowest", "latest"]))
            best = self.schema.choice_named(kind.of).values[0]
            return self.random.choice([f"({found} if missing {self.constant(kind)})", f"({found} capped at {spelled(best)})",
                                       f"({found} floored at {self.constant(kind)})", fold or found])  # fmt: skip
        return found

    # -- lists ------------------------------------------------------------------------------------------------------

    def fold_number(self, record: Record, kind: Kind, depth: int) -> str | None:
        return self.fold(
            record, kind, depth, self.random.choice(["sum", "sum", "average", "median", "highest", "lowest", "latest"])
        )

    def count(self, record: Record, depth: int) -> str:
        kind = self.random.choice(["count", "count", "longest run", "in a row"])
        return self.fold(record, PLAIN, depth, kind) or "2"

    def sources(self, record: Record) -> list[tuple[Record, bool]]:
        """Lists that a formula of a record may be about, and whether they are everybody's."""
        own = [(each, False) for each in self.schema.lists] if record is self.schema.main else []
        return [*own, *own, *[(each, True) for each in self.schema.records]]

    def fold(self, record: Record, kind: Kind, depth: int, word: str) -> str | None:
        sources = self.sources(record)
        if word in ("latest", *RUNS):
            sources = [(each, everyone) for each, everyone in sources if each.series or word == "latest"]
        fitting = [(each, everyone) for each, everyone in sources
                   if word in BARE or self.items(each, kind)]  # fmt: skip
        if not fitting:
            return None
        listed, everyone = self.random.choice(fitting)
        whose = spelled(listed.name)
        if word not in BARE:
            whose += f".{spelled(self.random.choice(self.items(listed, kind)).name)}"
        elif word == "count" and self.chance(0.15):
            whose += f".{spelled(self.random.choice(listed.fields[1:]).name)}"
        elif word == "share_of" and self.chance(0.4) and self.items(listed, BOOL):
            whose += f".{spelled(self.random.choice(self.items(listed, BOOL)).name)}"
        text = f"{word}({'all ' if everyone else ''}{self.made_of(whose, word, kind)}"
        if everyone and listed is record:
            alike = [each for each in record.all() if each.kind.name in ("text", "bool", "choice", "ref")]
            if alike and self.chance(0.6):
                some = self.random.sample(alike, min(len(alike), self.random.choice([1, 1, 1, 2])))
                text += f" same {', '.join(spelled(each.name) for each in some)}"
        if self.chance(0.5) or word in ("exists", *RUNS, "share_of"):
            text += f" where {self.inside(listed, record, depth)}"
        if word == "latest" and (not listed.series or self.chance(0.3)):
            by = [each for each in listed.all() if each.kind.name in ("date", "period")]
            if not by:
                return None
            text += f" by {spelled(self.random.choice(by).name)}"
        elif word in RUNS and self.chance(0.5):
            by = [each for each in listed.all() if each.kind.name in ("date", "period")]
            by = [each for each in by if "none" in each.may] or by
            text += f" by {spelled(self.random.choice(by).name)}" if by else ""
        elif word not in ("exists", *RUNS, "latest") and self.chance(0.25):
            by = [each for each in listed.all() if each.kind.name in ("date", "period")]
            if by:
                text += f" by {spelled(self.random.choice(by).name)} newest {self.random.randint(1, 3)}"
        elif word in ("sum", "average", "count") and self.chance(0.4) and (word != "count" or "." not in whose):
            group = self.random.choice(listed.fields).name
            each = f" each {spelled(group)}" if self.chance(0.6) or word == "count" else ""
            text += f"{each} {self.random.choice(['best', 'worst'])} {self.random.randint(1, 2)}"
        return text + ")"

    def made_of(self, whose: str, word: str, kind: Kind) -> str:
        """What is made of each record: a value of it, or a little more."""
        if word not in ("sum", "average", "median", "highest", "lowest") or kind.name != "num" or self.chance(0.6):
            return whose
        return self.random.choice([f"2 × {whose}", f"{whose} × 3", f"larger({whose}, {self.constant(kind)})"])

    def items(self, listed: Record, kind: Kind) -> list[Known]:
        found = [each for each in listed.all() if each.kind == kind]
        if kind.name == "choice":
            return found
        return [each for each in found if kind.name != "text"]

    def inside(self, listed: Record, outer: Record, depth: int) -> str:
        """A filter: about the listed record, or compared with the one outside by `this`."""
        if listed is outer and self.chance(0.4):
            mine = self.known(outer, Kind("num", "points"))
            if mine is not None and mine not in self.parameters:
                return f"{spelled(mine.name)} {self.random.choice(['>', '≥', '='])} this.{spelled(mine.name)}"
        return self.atom_of_condition(listed, min(depth, 1))

    # -- conditions -------------------------------------------------------------------------------------------------

    def condition(self, record: Record, depth: int) -> str:
        """A condition as it may stand behind `when`."""
        if depth > 0 and self.chance(0.35):
            joint = self.random.choice([" and ", " or "])
            return joint.join(
                self.either([self.atom_of_condition(record, depth - 1) for _ in range(self.random.randint(2, 3))])
            )
        return self.test(record, depth)

    def guard(self, record: Record, depth: int) -> str:
        """A condition behind `when`."""
        text = self.condition(record, depth)
        return f"({text}) = yes" if self.schema.manner.asked else text

    def atom_of_condition(self, record: Record, depth: int) -> str:
        found = self.path(record, BOOL) if self.chance(0.3) else None
        return found or f"({self.condition(record, depth)})"

    def test(self, record: Record, depth: int) -> str:
        options = [self.size, self.size, self.size, self.absence, self.absence, self.named_code, self.alike, self.graded, self.dated,
                   self.within, self.there, self.negated, self.first, self.spoken, self.woman]  # fmt: skip
        return self.random.choice(options)(record, depth) or self.size(record, depth)

    def size(self, record: Record, depth: int) -> str:
        found = self.random.choice([each for each in record.all() if each.kind.name == "num"] or [None])
        kind = found.kind if found is not None and found.kind.of else Kind("num", "points")
        sides = [spelled(found.name) if found is not None and self.chance(0.6) else self.number(record, kind, depth - 1),
                 self.number(record, kind, depth - 1) if self.chance(0.4) else self.constant(kind)]  # fmt: skip
        if self.chance(0.05):
            sides[1] = self.random.choice(["0", "1", "5"])
        if self.chance(0.3):
            sides.reverse()
        return self.compared(sides[0], self.random.choice(["≥", "≥", "<", ">", "≤", "=", "≠"]), sides[1])

    def absence(self, record: Record, depth: int) -> str | None:
        found = self.random.choice(record.all())
        if found.kind.name == "ref":
            return None
        if self.chance(0.3) and ("none" in found.may or found.kind == PLACE):
            return f"{spelled(found.name)} {self.random.choice(['=', '≠'])} none"
        return f"{spelled(found.name)} missing"

    def named_code(self, record: Record, depth: int) -> str | None:
        found = [each for each in record.fields if each.codes]
        if not found:
            return None
        each = self.random.choice(found)
        sides = [spelled(each.name), spelled(self.random.choice(each.codes))]
        return self.compared(sides[0], self.random.choice(["=", "=", "≠"]), sides[1])

    def alike(self, record: Record, depth: int) -> str | None:
        found = self.path(record, TEXT)
        return self.compared(found, self.random.choice(["=", "≠"]), self.constant(TEXT)) if found else None

    def graded(self, record: Record, depth: int) -> str | None:
        found = [each for each in record.all() if each.kind.name == "choice"]
        if not found:
            return None
        kind = self.random.choice(found).kind
        word = self.random.choice(["not below", "not above", "above", "below", "=", "≠"])
        return self.compared(self.grade(record, kind, depth - 1), word, self.constant(kind))

    def dated(self, record: Record, depth: int) -> str | None:
        periods = [each for each in record.all() if each.kind.name == "period"]
        word = self.random.choice(["≥", "<", ">", "≤", "="])
        if periods and self.chance(0.5):
            kind = self.random.choice(periods).kind
            other = (
                f"{kind.of}_of({self.date(record, depth - 1)})"
                if kind.of in ("year", "quarter", "month") and self.chance(0.5)
                else self.constant(kind)
            )
            if self.chance(0.2):
                other = self.date(record, depth - 1)
            return self.compared(self.path(record, kind) or other, word, other)
        return self.compared(self.date(record, depth - 1), word, self.date(record, depth - 1))

    def within(self, record: Record, depth: int) -> str:
        usable = [
            each
            for each in record.all()
            if each.kind.name in ("num", "choice", "bool", "text", "place") and each.kind != PLAIN
        ]
        each = self.random.choice([known for known in usable if known is not record.fields[0]] or [record.fields[0]])
        return f"{spelled(each.name)} in ({self.cell(each)})"

    def woman(self, record: Record, depth: int) -> str | None:
        card = self.path(record, IDENTITY)
        return f"is_female({card})" if card else None

    def there(self, record: Record, depth: int) -> str | None:
        return self.fold(record, BOOL, depth - 1, "exists")

    def negated(self, record: Record, depth: int) -> str:
        return f"not {self.atom_of_condition(record, depth - 1)}"

    def first(self, record: Record, depth: int) -> str | None:
        ranked = [each for each in record.defined() if each.kind == PLACE]
        if not ranked:
            return None
        each = self.random.choice(ranked)
        if (record.name, each.name) in self.edged:
            return f"{spelled(each.name)} in (top {self.top(record)})"
        return f"{spelled(each.name)} ≤ {self.random.randint(1, 3)} places"

    def top(self, record: Record) -> str:
        if self.chance(0.4):
            return f"{self.random.choice(['30%', '50%', '75%'])} {self.random.choice(ROUNDINGS)} 1 place"
        return str(self.random.randint(1, 3))

    def spoken(self, record: Record, depth: int) -> str | None:
        found = self.path(record, BOOL)
        return (
            self.compared(found, self.random.choice(["=", "≠"]), self.random.choice(["yes", "no"])) if found else None
        )

    # -- cells ------------------------------------------------------------------------------------------------------

    def cell(self, each: Known) -> str:
        """What a column is tested for: one test or several."""
        tests = [self.one_test(each) for _ in range(2 if self.chance(0.15) else 1)]
        return ", ".join(tests)

    def one_test(self, each: Known) -> str:
        if "missing" in each.may and self.chance(0.15):
            return self.random.choice(["missing", *(spelled(code) for code in each.codes)])
        if ("none" in each.may or each.kind == PLACE) and self.chance(0.15):
            return "none"
        match each.kind.name:
            case "num":
                low, high = self.ends(each.kind)
                forms = [f"{low} or more", f"more than {low}", f"less than {high}", f"{high} or less", f"{low}..{high}", low,
                         f"{low} or more less than {high}", f"more than {low} up to {high}", f"more than {low} less than {high}",
                         f"{low} or more {high} or less"]  # fmt: skip
                return self.random.choice(forms)
            case "place":
                return self.random.choice(["1", "2..3", "4 or more", *(["top 2"] if each.defined == "edged" else [])])
            case _:
                return self.constant(each.kind)

    def ends(self, kind: Kind) -> tuple[str, str]:
        pool = [n for n in POOLS[kind.of][1] if not n.startswith("-")]
        low, high = sorted(self.random.sample(range(len(pool)), 2))
        unit = kind.of if kind.of in ("%", "wan_yuan") or self.chance(0.4) else ""
        return tuple(f"{pool[at]} {unit}".replace(" %", "%").strip() for at in (low, high))  # type: ignore[return-value]
