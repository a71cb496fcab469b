"""Catalogue entries: data."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.diagnostic import Severity

ERROR, FINDING, NOTE = Severity.ERROR, Severity.FINDING, Severity.NOTE

ENTRIES: tuple[Entry, ...] = ()
