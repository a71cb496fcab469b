"""Makes dsl/syntax/tables.txt of keywords.yaml and grammar.lark: the parser's tables, computed once by Lark.

Run `python -m dsl.syntax.build` after a change to either; a test fails when the file is out of date. Lark numbers the
states as it comes upon them; here they are named after the rules they stand in, so that a change of one rule changes
the lines of that rule and of what meets it, and every release of Lark writes the same file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import lark
from lark.grammar import Rule, Terminal
from lark.lexer import Lexer
from msgspec import Struct

from dsl.syntax.tables import PATH
from dsl.syntax.words import Keyword

HERE = PATH.parent
ROOT = "document"
"""The rule above all: a start and the end of the text."""
_END = -1
"""The state after the end, which Lark leaves out."""


def keywords() -> tuple[Keyword, ...]:
    """The keyword table, in the order of keywords.yaml."""
    import yaml

    table: dict[str, dict[str, str]] = yaml.load(
        (HERE / "keywords.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return tuple(Keyword(token, **entry) for token, entry in table.items())


def grammar(words: tuple[Keyword, ...]) -> str:
    """The whole grammar: grammar.lark with the keyword terminals declared."""
    rules = (HERE / "grammar.lark").read_text(encoding="utf-8")
    return rules + "%declare " + " ".join(k.token for k in words) + "\n"


def parser(lexer: type[Lexer], words: tuple[Keyword, ...]) -> lark.Lark:
    """Lark's own parser of the grammar."""
    return lark.Lark(grammar(words), parser="lalr", lexer=lexer, maybe_placeholders=True, propagate_positions=True)


def rules() -> list[Rule]:
    """The rules of the grammar, its lists and options written out."""
    return parser(_NoLexer, keywords()).rules


class _NoLexer(Lexer):
    """Text is not read here."""

    def __init__(self, lexer_conf: Any) -> None:
        del lexer_conf

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[lark.Token]:
        del lexer_state, parser_state
        return iter(())


class _Made(Struct, frozen=True):
    """A rule under its own name: its symbols, and as they are told."""

    name: str
    origin: str
    symbols: tuple[str, ...]
    told: str


class _State(Struct):
    """A state: the symbol that leads to it, the states that come next, the rule that ends and before what."""

    symbol: str
    next: set[int]
    ends: int | None
    before: frozenset[str]


def text() -> str:
    """The content of tables.txt."""
    words = keywords()
    made = parser(_NoLexer, words)
    rules = _rules(made.rules)
    states, first = _states(made, rules)
    names = _names(states, first, [rule for rule, _ in rules])
    sections = {
        "[keywords]": ["\t".join((k.token, k.zh, k.en, k.family, k.use)) for k in words],
        "[rules]": [f"{rule.name} {rule.told}" for rule, _ in rules],
        **_told([rule for rule, _ in rules], states, names),
    }
    return "\n\n".join("\n".join((title, *lines)) for title, lines in sections.items()) + "\n"


def _rules(found: Iterable[Rule]) -> list[tuple[_Made, Rule | None]]:
    """The rules in the order of the grammar, numbered within their origin; lists are numbered within their owner."""
    lists: dict[str, str] = {}
    counted: dict[str, int] = defaultdict(int)

    def named(symbol: str) -> str:
        if (part := re.fullmatch(r"(__\w+?)_\d+", symbol)) is None:
            return symbol
        if symbol not in lists:
            counted[part[1]] += 1
            lists[symbol] = f"{part[1]}_{counted[part[1]]}"
        return lists[symbol]

    made: list[tuple[_Made, Rule | None]] = [
        (_Made(f"{ROOT}/1", ROOT, ("start", "$END"), f"{ROOT} = start $END"), None)
    ]
    numbers: dict[str, int] = defaultdict(int)
    for rule in found:
        origin = named(rule.origin.name)
        numbers[origin] += 1
        symbols = tuple(named(symbol.name) for symbol in rule.expansion)
        told = f"{rule.alias or origin} = {' '.join(_parts(rule, symbols))}".rstrip()
        made.append((_Made(f"{origin}/{numbers[origin]}", origin, symbols, told), rule))
    return made


def _parts(rule: Rule, symbols: tuple[str, ...]) -> Iterator[str]:
    """The symbols of a rule, each with what becomes of it, and where optional parts are missing."""
    assert not rule.options.expand1, "the automaton makes a tree of every rule"
    assert not rule.options.keep_all_tokens, "the automaton leaves out what has no name"
    missing = iter(rule.options.empty_indices or (False,) * len(symbols))
    for symbol, name in zip(rule.expansion, symbols, strict=True):
        while next(missing):
            yield "?"
        left_out = isinstance(symbol, Terminal) and symbol.filter_out
        yield ("-" if left_out else "*" if not symbol.is_term and name.startswith("_") else "") + name
    yield from ("?" for gone in missing if gone)


def _states(made: lark.Lark, rules: list[tuple[_Made, Rule | None]]) -> tuple[dict[int, _State], int]:
    """Lark's states under its own numbers, and the first."""
    table: Any = made.parser.parser._parse_table
    numbers = {rule: number for number, (_, rule) in enumerate(rules)}
    lists = {rule.origin.name: named.origin for named, rule in rules if rule is not None}
    first: int = table.start_states["start"]
    states = {number: _State("$START", set(), None, frozenset()) for number in table.states}
    for number, row in table.states.items():
        ending = defaultdict(set)
        for symbol, (action, argument) in row.items():
            if isinstance(argument, Rule):
                ending[numbers[argument]].add(symbol)
            else:
                del action
                states[number].next.add(argument)
                states[argument].symbol = lists.get(symbol, symbol)
        assert len(ending) < 2, "a state that could end two rules"
        for rule, before in ending.items():
            states[number].ends, states[number].before = rule, frozenset(before)
    states[_END] = _State("$END", set(), None, frozenset())
    states[table.end_states["start"]].next.add(_END)
    return states, first


def _names(states: Mapping[int, _State], first: int, rules: list[_Made]) -> dict[int, str]:
    """A name for each state: the first rule it stands in, and a number; in the order of rules and places in them."""
    step = {number: {states[n].symbol: n for n in state.next} for number, state in states.items()}
    places: dict[int, set[tuple[int, int]]] = defaultdict(set)
    places[first].add((0, 0))
    for number, rule in enumerate(rules):
        for start in states:
            if rule.origin not in step[start] and (rule.origin != ROOT or start != first):
                continue
            at = start
            for place, symbol in enumerate(rule.symbols, 1):
                at = step[at][symbol]
                places[at].add((number, place))
    order = sorted(states, key=lambda number: sorted(places[number]))
    assert len({frozenset(places[n]) for n in states}) == len(states), "two states at the same places"
    counted: dict[str, int] = defaultdict(int)
    names: dict[int, str] = {}
    for number in order:
        origin = rules[min(places[number])[0]].origin
        counted[origin] += 1
        names[number] = f"{origin}.{counted[origin]}"
    return names


def _told(rules: list[_Made], states: Mapping[int, _State], names: Mapping[int, str]) -> dict[str, list[str]]:
    """The sections of the automaton: what may follow a rule, what may begin, the states."""
    menus = _menus(states, names)
    after: dict[frozenset[str], str] = {}
    counted: dict[str, int] = defaultdict(int)
    lines = []
    for number, name in names.items():
        state = states[number]
        told = f"{name} {state.symbol}"
        if state.next:
            told += f" > {_next(state.next, menus, names)}"
        if state.ends is not None:
            rule = rules[state.ends]
            if state.before not in after:
                counted[rule.origin] += 1
                after[state.before] = f"after/{rule.origin}.{counted[rule.origin]}"
            told += f" < {rule.name} {after[state.before]}"
        lines.append(told)
    return {
        "[after]": [f"{name} = {' '.join(sorted(terminals))}" for terminals, name in after.items()],
        "[menus]": [f"@{symbol} = {_next(menu, _smaller(menus, symbol), names)}" for symbol, menu in menus.items()],
        "[states]": lines,
    }


def _menus(states: Mapping[int, _State], names: Mapping[int, str]) -> dict[str, frozenset[int]]:
    """For a symbol the states that come next wherever it may begin; smaller ones first, none of a single state."""
    found: dict[str, list[set[int]]] = defaultdict(list)
    for state in states.values():
        for number in state.next:
            symbol = states[number].symbol
            if not symbol.isupper():
                found[symbol].append(state.next)
    shared = {symbol: frozenset.intersection(*map(frozenset, sets)) for symbol, sets in found.items()}
    distinct: dict[frozenset[int], str] = {}
    for symbol in sorted(shared, key=lambda symbol: (len(shared[symbol]), symbol)):
        if len(shared[symbol]) > 1 and len(found[symbol]) > 1:
            distinct.setdefault(shared[symbol], symbol)
    return {symbol: menu for menu, symbol in distinct.items()}


def _smaller(menus: Mapping[str, frozenset[int]], symbol: str) -> dict[str, frozenset[int]]:
    return {other: menu for other, menu in menus.items() if menu < menus[symbol]}


def _next(wanted: Iterable[int], menus: Mapping[str, frozenset[int]], names: Mapping[int, str]) -> str:
    """States as menus, largest first, and what no menu has."""
    left = set(wanted)
    whole = frozenset(left)
    told: list[str] = []
    for symbol in sorted(menus, key=lambda symbol: (-len(menus[symbol]), symbol)):
        if menus[symbol] <= whole and len(menus[symbol] & left) > 1:
            told.append(f"@{symbol}")
            left -= menus[symbol]
    place = {number: at for at, number in enumerate(names)}
    return " ".join([*told, *(names[number] for number in sorted(left, key=place.__getitem__))])


def write() -> None:
    """Write tables.txt."""
    PATH.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
