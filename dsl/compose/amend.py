"""An amendment laid over its policy: each change finds the one thing it is about, or it is said why it does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from msgspec import Struct, structs

from dsl.compose.addresses import (
    GROUPS,
    LINES,
    address,
    cites_of,
    group_of,
    lines_of,
    name_of,
    otherwise,
    path_of,
    shape,
)
from dsl.compose.splice import Origins, Splice, indent_of, lifted, spliced, taken
from dsl.suggest import nearest
from dsl.syntax import parser
from dsl.syntax.parser import Refusal
from dsl.syntax.reader_values import expressions, tokens, trees, written_end
from dsl.syntax.text import plain
from dsl.syntax.tree import Token, Tree
from policy.diagnostic import Argument, Diagnostic, Severity
from policy.source import Source, Span

_LAST = ("example", "remark", "result")
"""Statements that come behind those that decide; what is added of another kind stands before them."""


class Edit(Struct, frozen=True):
    """One change of an amendment: what it names, its citations and its words."""

    name: str
    cites: tuple[str, ...]
    span: Span


class Amended(Struct, frozen=True, eq=False):
    """A policy with changes laid over it: the whole text, None where a change finds nothing; every change; what was
    found. `laid` are the lines of each change and `always` those that come with any of them."""

    base: Source
    source: Source | None
    edits: tuple[Edit, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    origins: Origins | None = None
    laid: tuple[tuple[Splice, ...], ...] = ()
    always: tuple[Splice, ...] = ()

    def told(self, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """What is said of the amended text, at the places where its authors wrote it. Offered lines fall away."""
        origins = self.origins
        if origins is None:
            return found
        return tuple(
            structs.replace(
                each,
                span=origins.span(each.span),
                labels=tuple(structs.replace(label, span=origins.span(label.span)) for label in each.labels),
                fix=None,
            )
            for each in found
        )

    def words(self, at: int) -> tuple[str, str]:
        """What one change (from 0) takes away and what it puts there, as they are written."""
        lines = self.base.text.split("\n")
        old = [line for each in self.laid[at] for line in lines[each.first : each.last]]
        new = [line.text for each in self.laid[at] for line in each.lines]
        return "\n".join(old), "\n".join(new)

    def part(self, only: Collection[int]) -> Source:
        """The policy with some of the changes (from 0) alone, without its examples, which speak of the whole."""
        splices = [*(self.always if only else ()), *(s for at in sorted(only) for s in self.laid[at])]
        taken_away = [Splice(*taken(self.base, each)) for each in statements_of(self.base) if each.data == "example"]
        spans = {(s.first, s.last) for s in splices}
        lines = spliced(self.base, [*splices, *(s for s in taken_away if (s.first, s.last) not in spans)])
        return Source(self.base.name, "\n".join(line.text for line in lines), self.base.encoding)


def amend(base: Source, amendment: Source) -> Amended:
    """The policy `base` as the amendment changes it.

    Both texts parse. Anything said in the diagnostics stands at the amendment's own words.
    """
    old, new = (_top(tree) for source in (base, amendment) if not isinstance(tree := _parsed(source), Refusal))
    work = _Amending(base, old, amendment)
    changes = trees(new, "change")
    edits = tuple(work.edit(change) for change in changes)
    laid = tuple(work.gathered(change) for change in changes)
    always = work.head(new)
    work.overlaps()
    if work.said:
        return Amended(base, None, edits, tuple(work.said))
    return _whole(base, f"{base.name} + {amendment.name}", edits, laid, always)


def _whole(
    base: Source, name: str, edits: tuple[Edit, ...], laid: tuple[tuple[Splice, ...], ...], always: tuple[Splice, ...]
) -> Amended:
    lines = spliced(base, (*always, *(splice for part in laid for splice in part)))
    source = Source(name, "\n".join(line.text for line in lines), base.encoding)
    return Amended(base, source, edits, (), Origins(source, lines), laid, always)


def differences(old: Source, new: Source) -> Amended:
    """Two policies that parse, as changes of the first: a statement that is another, more, or no longer there.

    Which results there are always comes with the new one; examples and remarks decide nothing.
    """
    work = _Amending(old, _top(_tree(old)), new)
    theirs = {(group_of(s), name_of(s)): s for s in statements_of(new) if name_of(s)}
    ours = {(group_of(s), name_of(s)): s for s in work.statements if name_of(s)}
    changed = [each for each in dict.fromkeys([*ours, *theirs]) if each[0] != "example"]
    pairs = [(name, ours.get((group, name)), theirs.get((group, name))) for group, name in changed]
    found = [work.difference(name, before, after) for name, before, after in pairs if not _same(before, after)]
    edits, laid = tuple(edit for edit, _ in found), tuple((splice,) for _, splice in found)
    return _whole(old, new.name, edits, laid, tuple(work.results(new)))


def _same(before: Tree[Token] | None, after: Tree[Token] | None) -> bool:
    return before is not None and after is not None and shape(before) == shape(after)


def _parsed(source: Source) -> Tree[Token] | Refusal:
    return parser.parse(plain(source.text))


def _tree(source: Source) -> Tree[Token]:
    tree = _parsed(source)
    assert not isinstance(tree, Refusal)
    return tree


def _top(tree: Tree[Token]) -> Tree[Token]:
    return next(c for c in tree.children if isinstance(c, Tree))


class _Amending:
    """The splices of one amendment, gathered change by change."""

    def __init__(self, base: Source, old: Tree[Token], amendment: Source) -> None:
        self.base, self.old, self.amendment = base, old, amendment
        self.statements = [_statement(s) for s in old.children if isinstance(s, Tree) and s.data == "stmt"]
        self.splices: list[tuple[Tree[Token], Splice]] = []
        self.said: list[Diagnostic] = []

    def edit(self, change: Tree[Token]) -> Edit:
        target = self._target(change)
        cites = cites_of(change) if target[1] is None else cites_of(target[1])
        return Edit(target[0], cites, self._span(change))

    def _target(self, change: Tree[Token]) -> tuple[str, Tree[Token] | None]:
        """The name that a change is about, and the statement that it gives, None where it names one."""
        if paths := trees(change, "path"):
            return path_of(paths[0]), None
        statement = next(c for c in change.children if isinstance(c, Tree))
        return name_of(statement), statement

    def gathered(self, change: Tree[Token]) -> tuple[Splice, ...]:
        """The lines of one change."""
        before = len(self.splices)
        self.change(change)
        return tuple(splice for _, splice in self.splices[before:])

    # -- whole statements ---------------------------------------------------------------------------------------

    def change(self, change: Tree[Token]) -> None:
        verb = tokens(change)[0].type
        name, statement = self._target(change)
        named = self._named(name, statement)
        if verb == "INSERT":
            assert statement is not None
            if named:
                self.say("ZS244", change, name=name, line=self._line(named[0]))
            else:
                self._add(change, statement)
            return
        if len(named) != 1:
            self._unfound(change, name)
        elif verb == "REMOVE":
            self.splices.append((change, Splice(*taken(self.base, named[0]))))
        elif statement is not None:
            lines = lifted(self.amendment, statement, "")
            self.splices.append((change, Splice(*taken(self.base, named[0]), lines)))
        else:
            self._within(change, name, named[0])

    def _named(self, name: str, statement: Tree[Token] | None) -> list[Tree[Token]]:
        """The statements of a name. A choice or record may be called as a definition is: of the two a statement means
        the one like itself, a bare name the definition."""
        named = [s for s in self.statements if name and name_of(s) == name]
        groups = (group_of(statement),) if statement is not None else GROUPS
        alike = ([s for s in named if group_of(s) == group] for group in groups)
        return next((found for found in alike if found), [])

    def _unfound(self, change: Tree[Token], name: str) -> None:
        known = [n for s in self.statements if (n := name_of(s))]
        near = nearest(name, known) if name else []
        self.say("ZS243", change, name=name or "—", near=near[0] if near else "")

    def _add(self, change: Tree[Token], statement: Tree[Token]) -> None:
        at = self.place(statement)
        self.splices.append((change, Splice(at, at, lifted(self.amendment, statement, ""))))

    def place(self, statement: Tree[Token]) -> int:
        """A statement stands behind the last of its kind, else before what is not decided by, else at the end."""
        alike = [s for s in self.statements if s.data == statement.data]
        closing = [s for s in self.statements if s.data in _LAST]
        if alike:
            return taken(self.base, alike[-1])[1]
        if closing and statement.data not in _LAST:
            return taken(self.base, closing[0])[0]
        return taken(self.base, self.statements[-1])[1] if self.statements else len(self.base.line_starts())

    def difference(self, name: str, before: Tree[Token] | None, after: Tree[Token] | None) -> tuple[Edit, Splice]:
        """The other text's statement in the place of one's own; one of the two may not be there."""
        lines = lifted(self.amendment, after, "") if after is not None else ()
        place = taken(self.base, before) if before is not None else None
        if after is not None:
            where = self._span(after)
            cites = cites_of(after)
            at = self.place(after)
            return Edit(name, cites, where), Splice(*(place or (at, at)), lines)
        assert before is not None
        assert place is not None
        return Edit(name, cites_of(before), Span(self.base, before.start or 0, before.end or 0)), Splice(*place)

    def results(self, new: Source) -> list[Splice]:
        """The results of another policy in the place of one's own."""
        own = [s for s in self.statements if s.data == "result"]
        theirs = [s for s in statements_of(new) if s.data == "result"]
        if [shape(s) for s in own] == [shape(s) for s in theirs]:
            return []
        lines = tuple(line for s in theirs for line in lifted(new, s, ""))
        last = len(self.base.line_starts())
        return [*(Splice(*taken(self.base, s)) for s in own), Splice(last, last, lines)]

    # -- lines of a statement -----------------------------------------------------------------------------------

    def _within(self, change: Tree[Token], name: str, statement: Tree[Token]) -> None:
        lines = list(lines_of(statement))
        if not lines:
            self.say("ZS245", change, name=name)
            return
        cites = cites_of(change)
        for edit in trees(change, "edit"):
            verb = tokens(edit)[0].type
            line = next((c for c in edit.children if isinstance(c, Tree) and c.data in LINES), None)
            if verb == "INSERT":
                assert line is not None
                self._insert(edit, line, name, (statement, lines), cites)
                continue
            found = self._found(edit, line, lines)
            if len(found) != 1:
                self._no_line(edit, name, lines, len(found))
            elif verb == "REMOVE":
                self.splices.append((edit, Splice(*taken(self.base, found[0]))))
            else:
                assert line is not None
                given = () if cites_of(line) else cites or cites_of(found[0])
                lifted_ = lifted(self.amendment, line, indent_of(self.base, found[0]), given)
                self.splices.append((edit, Splice(*taken(self.base, found[0]), lifted_)))

    def _found(self, edit: Tree[Token], line: Tree[Token] | None, lines: list[Tree[Token]]) -> list[Tree[Token]]:
        """The lines of the policy that an edit is about: by citation, by inputs of a row, by what they start with."""
        if cited := tokens(edit, "CITE"):
            cite = str(cited[0])[1:-1].strip()
            return [each for each in lines if cite in cites_of(each)]
        if line is not None:
            wanted = address(line)
            return [each for each in lines if address(each) == wanted]
        if tests := trees(edit, "tests"):
            row: Tree[Token] = Tree("row", [*tests])
            return [each for each in lines if address(each) == address(row)]
        name = path_of(trees(edit, "path")[0])
        return [each for each in lines if address(each)[1:] == (name,)]

    def _no_line(self, edit: Tree[Token], name: str, lines: list[Tree[Token]], count: int) -> None:
        if count:
            self.say("ZS247", edit, name=name, count=count)
            return
        there = tuple(dict.fromkeys(self._words(each) for each in lines if each.data != "accept"))
        self.say("ZS246", edit, name=name, known=there[:6] + (("…",) if len(there) > 6 else ()))

    def _insert(
        self,
        edit: Tree[Token],
        line: Tree[Token],
        name: str,
        there: tuple[Tree[Token], list[Tree[Token]]],
        cites: tuple[str, ...],
    ) -> None:
        """A line stands behind the last of the statement's own, before the one for all others."""
        statement, lines = there
        same = [each for each in lines if address(each) == address(line) and not _another(each, line)]
        if same:
            self.say("ZS248", edit, name=name, line=self._line(same[0]))
            return
        top = [c for c in statement.children if isinstance(c, Tree) and c.data in LINES and c.data != "accept"]
        rest = [each for each in top if otherwise(each)]
        alike = [each for each in top if each.data == line.data and not otherwise(each)]
        if alike:
            at, beside = taken(self.base, alike[-1])[1], alike[-1]
        elif rest:
            at, beside = taken(self.base, rest[0])[0], rest[0]
        else:
            at, beside = taken(self.base, top[-1])[1], top[-1]
        given = () if cites_of(line) else cites
        self.splices.append((edit, Splice(at, at, lifted(self.amendment, line, indent_of(self.base, beside), given))))

    # -- the head -----------------------------------------------------------------------------------------------

    def head(self, new: Tree[Token]) -> tuple[Splice, ...]:
        """Version, date and source of the amendment stand in the place of the policy's."""
        bodies = [trees(top, "body")[0] for top in (self.old, new)]
        old, changed = ({_meta(m): m for m in trees(body, "meta")} for body in bodies)
        first = self.base.position(self.old.start or 0)[0]
        last = max((taken(self.base, meta)[1] for meta in old.values()), default=first)
        places = {key: taken(self.base, old[key]) if key in old else (last, last) for key in changed}
        return tuple(Splice(*places[key], lifted(self.amendment, meta, "    ")) for key, meta in changed.items())

    # -- what is said -------------------------------------------------------------------------------------------

    def overlaps(self) -> None:
        """Two changes of the same lines: which of them should hold is not said."""
        ordered = sorted(
            (pair for pair in self.splices if pair[1].last > pair[1].first), key=lambda pair: pair[1].first
        )
        for (_, one), (at, other) in pairwise(ordered):
            if other.first < one.last:
                self.say("ZS249", at, line=other.first + 1)

    def say(self, code: str, at: Tree[Token], /, **arguments: Argument) -> None:
        self.said.append(Diagnostic(code, Severity.ERROR, self._span(at), arguments))

    def _span(self, tree: Tree[Token]) -> Span:
        start = tree.start or 0
        end = written_end(self.amendment.text, start, tree.end or start)
        return Span(
            self.amendment,
            start,
            self.amendment.text.find("\n", start, end) if "\n" in self.amendment.text[start:end] else end,
        )

    def _line(self, tree: Tree[Token]) -> int:
        return self.base.position(tree.start or 0)[0]

    def _words(self, line: Tree[Token]) -> str:
        """A line of the policy in its own words, without what stands in its margin."""
        text = self.base.line(self._line(line)).split("#")[0].split("【")[0]
        return " ".join(text.split())


def _statement(tree: Tree[Token]) -> Tree[Token]:
    inner = tree.children[0]
    assert isinstance(inner, Tree)
    return inner


def _another(old: Tree[Token], new: Tree[Token]) -> bool:
    """Whether a requirement that starts with the same name is one more: not if it says the same."""
    if new.data != "free_line" or old.data != "rline":
        return False
    return [shape(c) for c in expressions(old)] != [shape(c) for c in expressions(new)]


def _meta(meta: Tree[Token]) -> str:
    return tokens(meta)[0].type


def statements_of(source: Source) -> Iterator[Tree[Token]]:
    """The statements of a policy that parses."""
    return (_statement(s) for s in _top(_tree(source)).children if isinstance(s, Tree) and s.data == "stmt")
