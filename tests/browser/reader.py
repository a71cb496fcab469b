"""A page opened on a telephone, on a desk or as it prints, with everything that it asked for and complained of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from tests.browser.pages import Shelf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4 = 794
"""The width of the paper in the pixels of CSS."""


class Opened(Struct, frozen=True):
    """A page with what it asked for and what it complained of."""

    page: Page
    asked: list[str]
    wrong: list[str]


class Reader:
    """Opens pages by their names."""

    def __init__(self, browser: Browser, shelf: Shelf) -> None:
        self._browser = browser
        self._shelf = shelf

    @contextmanager
    def open(self, name: str, width: int = 1280, *, phone: bool = False) -> Iterator[Opened]:
        """The page at that width; a telephone lays out as wide as the page asks for, not as its screen is."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 844}, is_mobile=phone, offline=True, accept_downloads=False
        )
        try:
            page = context.new_page()
            found = Opened(page, [], [])
            page.on("request", lambda request: found.asked.append(request.url))
            page.on("pageerror", lambda error: found.wrong.append(str(error)))
            page.on(
                "console", lambda said: found.wrong.append(said.text) if said.type in ("error", "warning") else None
            )
            page.goto(self._shelf.file(name).as_uri())
            yield found
        finally:
            context.close()


def overflow(page: Page) -> tuple[int, int]:
    """How wide the page is, and how wide its window."""
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    return wide, room
