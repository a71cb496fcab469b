"""Who stands near an edge: a row for each person, and how many stand on each side of each edge."""

from __future__ import annotations

from typing import Any

from cli.render.simulation_tables import Cell
from cli.render.simulation_words import word
from cli.sheets import Sheet
from interpreter.simulating.edges import Edge, Near, Nearby
from policy.numerals import numeral


def sheets(found: Nearby, distance: str, language: str) -> list[Sheet]:
    """The people, the nearest first, then the counts by edge. A CSV file has the first table alone."""
    title = word("near_edge", language, name=found.name, distance=distance)
    counts = [_count_row(edge, found, language) for edge in found.edges]
    headers = [word(each, language) for each in ("edge", "asks", "lower", "upper")]
    people = [_row(each, found, language) for each in found.people]
    columns = [word("key", language), found.name, *(word(w, language) for w in ("edge", "asks", "away", "side"))]
    return [Sheet(title, columns, people), Sheet(word("near_counts", language, title=title), headers, counts)]


def _count_row(edge: Edge, found: Nearby, language: str) -> list[Cell]:
    under, upper = _counts(edge, found)
    return [_edge(edge, found, language), _asks(edge), under, upper]


def _counts(edge: Edge, found: Nearby) -> tuple[int, int]:
    sides = [each.upper for each in found.people if each.edge == edge]
    return sides.count(False), sides.count(True)


def _row(each: Near, found: Nearby, language: str) -> list[Cell]:
    shown = numeral(each.value, found.kind), _edge(each.edge, found, language)
    return [each.key, *shown, _asks(each.edge), numeral(each.distance, found.kind), word(_side(each), language)]


def _side(each: Near) -> str:
    """Has a place of a quota or not; else on which side of the edge, and how the edge itself is told."""
    if each.edge.grade:
        return "placed" if each.upper else "unplaced"
    if each.edge.within:
        return "reached" if each.upper else "short"
    return "past" if each.upper else "not_past"


def _edge(edge: Edge, found: Nearby, language: str) -> str:
    """`60（末位）` of a quota; `60 起` where 60 itself is on the upper side, else `60 以上（不含）`."""
    kind = "edge_last" if edge.grade else "edge_from" if edge.within else "edge_over"
    return word(kind, language, value=numeral(edge.value, found.kind))


def _asks(edge: Edge) -> str:
    return f"{edge.place} {edge.grade}".rstrip()


def notes(found: Nearby, language: str) -> list[str]:
    """That there is no edge, nobody near one, or people whose number is not known."""
    said = ["no_edge"] if not found.edges else ["nobody_near"] if not found.people else ["last_place"]
    said = said if said != ["last_place"] or any(edge.grade for edge in found.edges) else []
    unknown = [word("near_unknown", language, name=found.name, count=found.unknown)] if found.unknown else []
    return [*(word(each, language, name=found.name) for each in said), *unknown]


def as_object(found: Nearby, distance: str) -> dict[str, Any]:
    """The same as JSON; numbers as they are shown."""
    return {
        "name": found.name,
        "distance": distance,
        "unknown": found.unknown,
        "edges": [
            _edge_object(e, found) | dict(zip(("lower", "upper"), _counts(e, found), strict=True)) for e in found.edges
        ],
        "people": [
            {
                "key": each.key,
                "value": numeral(each.value, found.kind),
                **_edge_object(each.edge, found),
                "distance": numeral(each.distance, found.kind),
                "side": "upper" if each.upper else "lower",
            }
            for each in found.people
        ],
    }


def _edge_object(edge: Edge, found: Nearby) -> dict[str, Any]:
    value = numeral(edge.value, found.kind)
    return {"edge": value, "edge_itself_is_upper": edge.within, "asked_by": edge.place, "last_place_of": edge.grade}
