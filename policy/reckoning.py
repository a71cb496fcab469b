"""How a document reckons with the calendar, where schemes differ; its head says so (`闰日 在三月`)."""

from __future__ import annotations

from msgspec import Struct


class Reckoning(Struct, frozen=True):
    """Three choices.

    leap_in_march: 29 February comes to 1 March where a year has none, else to 28 February.
    month_ends: the last day of a month comes to the last day of another, else to the same day as far as there is one.
    both_days: days between two days count both of them, else only one.
    """

    leap_in_march: bool = False
    month_ends: bool = False
    both_days: bool = False


BY_DEFAULT = Reckoning()
