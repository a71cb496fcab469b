"""Expected outputs: `make golden` (`pytest --rewrite-golden`) writes all of them anew; the commit says why they changed.

`pytest tests/reference --documents 10000 --seed 7` decides so many documents at random with both evaluators.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, settings

import zhunsheng  # noqa: F401  (workbooks are read as the command reads them)

# How long an example takes says nothing; a folder that examples share is written anew by each.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")

Golden: TypeAlias = Callable[[Path, str], None]
"""Compares a file of expected text with what was found."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write every expected output anew, and run only the tests that have one",
    )
    parser.addoption("--documents", type=int, default=240, help="how many documents at random tests/reference decides")
    parser.addoption("--seed", type=int, default=0, help="the seed of the first of them")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--rewrite-golden"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    """What is found must be what the file holds; with --rewrite-golden the file holds what is found."""
    rewrite = bool(request.config.getoption("--rewrite-golden"))

    def compare(path: Path, found: str) -> None:
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8")
        assert found == path.read_text(encoding="utf-8")

    return compare
