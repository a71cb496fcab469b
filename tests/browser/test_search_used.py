"""The search in the list of a report, typed into as people do."""

from __future__ import annotations

import pytest

from tests.browser.reader import Reader

LISTS = ("report-zh", "report-en", "groups-zh", "groups-en", "several-zh")
"""Reports with a list of people."""


@pytest.mark.parametrize("name", LISTS)
def test_what_is_typed_leaves_the_rows_that_have_it(reader: Reader, name: str) -> None:
    with reader.open(name) as opened:
        box = opened.page.locator("input.search").first
        part = opened.page.locator("section").filter(has=opened.page.locator("input.search")).first
        rows, shown = part.locator("tbody tr"), part.locator("tbody tr:visible")
        texts = rows.all_text_contents()
        assert box.is_visible()
        assert shown.count() == len(texts) > 1
        key = rows.last.locator("td").first.text_content() or "?"
        box.fill(f"  {key.lower()} ")
        wanted = [text for text in texts if key in text]
        assert shown.all_text_contents() == wanted
        assert part.locator(".found").text_content() == f"{len(wanted)} / {len(texts)}"
        box.fill("no such person")
        assert shown.count() == 0
        box.fill("")
        assert shown.count() == len(texts)
