"""`pytest --rewrite-golden` writes the expected outputs anew; the commit says why they changed.

`pytest tests/reference --documents 10000 --seed 7` decides so many documents at random with both evaluators.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the expected outputs of golden documents anew"
    )
    parser.addoption("--documents", type=int, default=300, help="how many documents at random tests/reference decides")
    parser.addoption("--seed", type=int, default=0, help="the seed of the first of them")


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden"))
