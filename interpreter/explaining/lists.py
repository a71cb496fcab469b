"""Lists of records told: how many were counted of how many, the first of them, and which were left out for what."""

from __future__ import annotations

from datetime import date

from msgspec import structs

from interpreter.exact.choosing import magnitude
from interpreter.exact.trace import Listed, Listing, Step
from interpreter.explaining import conditions, telling
from interpreter.explaining.model import Figure, Item, Remark
from interpreter.explaining.told import Told, type_of
from policy import core
from policy.values import ABSENT, Period, Undecided

SHOWN = 3
"""Records that are named of those counted, and of those left out."""


def tell_fold(step: Step, node: core.Fold, into: Told) -> None:
    """What was made of the records."""
    listing = step.note
    if not isinstance(listing, Listing):
        return
    kept = [entry for entry in listing.records if entry.kept is True]
    out = [entry for entry in listing.records if entry.kept is False]
    doubtful = [entry for entry in listing.records if entry.kept is not True and entry.kept is not False]
    if not listing.records:
        into.remark("no_records", record=node.record)
        return
    into.remark(node.kind, record=node.record, kept=len(kept), all=len(listing.records))
    if node.count is not None:
        code = "last" if node.newest else "best" if node.best else "worst"
        if node.each is None:
            into.remark(f"{code}_only", count=node.count)
        else:
            into.remark(f"{code}_each", count=node.count, each=" ".join(node.each.span.text.split()))
    if node.mine is None:
        into.items += [record_item(entry, into) for entry in doubtful if set_aside(entry)][:SHOWN]
        return
    counted = best_first(step, node, kept)
    for entries in (counted, doubtful, out):
        into.items += [record_item(entry, into, share=node.kind == "share") for entry in entries[:SHOWN]]
    beyond = [entry for entry in kept if entry not in counted]
    into.items += [structs.replace(record_item(entry, into), kind="beyond_best") for entry in beyond[:SHOWN]]
    for code, entries in (("more_kept", counted), ("more_open", doubtful), ("more_out", out)):
        if len(entries) > SHOWN:
            into.remark(code, count=len(entries) - SHOWN)


def set_aside(entry: Listed) -> bool:
    """Whether a record is open because its row was set aside."""
    return isinstance(entry.kept, Undecided) and all(r.cause == "set_aside" for r in entry.kept.reasons)


def best_first(step: Step, node: core.Fold, kept: list[Listed]) -> list[Listed]:
    """The records that made the value: of the best few those, of an extreme the one that gave it before the others."""
    if any(entry.item is None or isinstance(entry.item.value, ABSENT) for entry in kept):
        return kept
    if node.kind in ("highest", "lowest", "latest"):
        return sorted(kept, key=lambda entry: entry.item is None or entry.item.value != step.value)
    if node.count is None:
        return kept
    groups: dict[object, list[Listed]] = {}
    for entry in kept:
        groups.setdefault(entry.group, []).append(entry)
    return [entry for group in groups.values() for entry in few(node, group)[: node.count]]


def few(node: core.Fold, group: list[Listed]) -> list[Listed]:
    """Records in the order in which they come to count: the newest first, or the best (or worst)."""
    if node.newest:
        dated = [entry for entry in group if not isinstance(entry.by, ABSENT)]
        return sorted(dated, key=lambda entry: entry.by, reverse=True)
    size = magnitude(node.item.type if node.item is not None else node.type)
    sized = [(size(entry.item.value), entry) for entry in group if entry.item is not None]
    ordered = sorted((pair for pair in sized if pair[0] is not None), key=lambda pair: pair[0], reverse=node.best)
    return [entry for _, entry in ordered]


def record_item(entry: Listed, into: Told, *, share: bool = False) -> Item:
    """One record of a list: where it stands in the data, its item, and its test where it was left out."""
    found = Told("", into.inside)
    value, kind = None, ""
    if entry.item is not None and share:
        holds = entry.item.value == 1
        test = entry.item.parts[0].parts[0] if entry.item.parts and entry.item.parts[0].parts else entry.item
        (conditions.tell if holds else conditions.tell_failing)(test, found)
        kind = "share_yes" if holds else "share_no"
    elif entry.item is not None:
        telling.tell(entry.item, found)
        value = Figure(entry.item.value, type_of(entry.item))
    elif entry.where is not None and not set_aside(entry):
        conditions.tell_failing(entry.where, found)
    where = (place_of(entry),) if getattr(entry.place, "row", 0) else ()
    formula = tuple(found.formula) if entry.item is None or share or len(found.formula) > 2 else ()
    return Item("record", entry.key, value, None, formula, entry.kept, where, items=tuple(found.items), kind=kind)


def place_of(entry: Listed) -> Remark:
    """A record by what tells it from its like, and where it stands in the data."""
    file, row = getattr(entry.place, "short", ""), getattr(entry.place, "row", 0)
    own = entry.own if isinstance(entry.own, str | Period | date) and entry.own != "" else None
    if own is None:
        return Remark("data_row", (("file", file), ("row", row)))
    return Remark("record_at", (("own", Figure(own)), ("file", file), ("row", row)))
