"""A browser as people have one. Without Chromium or a Chinese font these tests are skipped, unless ZHUNSHENG_BROWSER=required."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import Shelf
from tests.browser.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def without(what: str) -> None:
    """Skips, or fails where a browser has to be there."""
    if os.environ.get("ZHUNSHENG_BROWSER") == "required":
        pytest.fail(f"ZHUNSHENG_BROWSER=required, but {what}")
    pytest.skip(f"{what} (apt-get install chromium fonts-wqy-zenhei, pip install playwright)")


def chinese_drawn() -> bool:
    """Whether some font of this machine has Chinese; where fonts cannot be listed, the test of glyphs says it."""
    lister = shutil.which("fc-list")
    return lister is None or bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=True).stdout.strip())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        without("there is no Chromium on the path")
    if not chinese_drawn():
        without("no font here has Chinese characters")
    if find_spec("playwright") is None:
        without("playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Opens the pages of the command by name."""
    return Reader(browser, Shelf(tmp_path_factory.mktemp("pages")))
