"""The documents of the library: what data each reads, the date it was worked out for, and how its people end."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.cli.command import ROOT
from tests.documents import IN_CHINESE, choices, decided

LIBRARY = ROOT / "policy" / "library"
SOURCES = Path(__file__).parent


class Document(Struct, frozen=True):
    """`<name>.policy` and `<name>.en.policy` in a folder.

    `records` gives each English record its file; `counted` is how many are decided, referred, undecided, set aside.
    """

    name: str
    records: tuple[tuple[str, str], ...]
    counted: tuple[int, int, int, int]
    as_of: str | None = None
    within: str = ""

    @property
    def folder(self) -> Path:
        return LIBRARY / (self.within or self.name)

    @property
    def zh(self) -> Path:
        return self.folder / f"{self.name}.policy"

    @property
    def en(self) -> Path:
        return self.folder / f"{self.name}.en.policy"

    @property
    def source(self) -> Path:
        return SOURCES / f"{self.folder.name.replace('-', '_')}_source.txt"

    def told(self) -> Any:
        """What the Chinese document decides about its data."""
        return decided(self.zh, [file for _, file in self.records], self.as_of)

    def told_in_english(self) -> Any:
        return decided(self.en, [f"{record}={file}" for record, file in self.records], self.as_of)

    @property
    def words(self) -> dict[str, str]:
        """English results in Chinese: the engine's words and the document's own."""
        return {**IN_CHINESE, **dict(zip(choices(self.en), choices(self.zh), strict=True))}


HUANGSHI = Document("huangshi", (("staff", "staff.csv"), ("unit", "units.csv")), (47, 5, 1, 0), "2025-06-30")
NPL = Document("npl-grades", (("person", "staff.csv"), ("review", "reviews.csv")), (45, 2, 2, 0), "2025-12-31")
RURAL = Document("rural", (("person", "staff.csv"), ("assessment", "quarters.csv")), (45, 0, 3, 0), "2025-12-31")
WEALTH = Document("wealth", (("wealth_manager", "managers.csv"),), (45, 0, 3, 0), "2025-06-30")
ACCOUNTS = Document(
    "accounts",
    (
        ("account", "accounts.csv"),
        ("candidate", "candidates.csv"),
        ("new_account", "new_accounts.csv"),
        ("team", "teams.csv"),
        ("depositor", "deposit_accounts.csv"),
    ),
    (67, 2, 0, 0),
    "2025-06-30",
    "selection",
)
CLIENTS = Document(
    "clients", (("client", "clients.csv"), ("wealth_manager", "managers.csv")), (240, 0, 0, 0), "2025-06-30", "wealth"
)
STAFF = Document("staff", (("person", "staff.csv"),), (97, 0, 4, 0), "2025-06-30", "selection")
ASSESSMENT = Document(
    "assessment",
    (
        ("manager", "客户经理.csv"),
        ("regular_review", "定期评估.csv"),
        ("exam", "考试.csv"),
        ("sales_target", "销售目标.csv"),
        ("colleague_feedback", "同事反馈.csv"),
        ("achievement", "学习成果.csv"),
    ),
    (36, 1, 4, 1),
)
COMPETENCE = Document("competence", (("manager", "客户经理.csv"),), (39, 0, 3, 0), "2025-06-30")
OPERATING = Document(
    "operating",
    (
        ("manager", "客户经理.csv"),
        ("branch", "支行.csv"),
        ("indicator", "考核指标.csv"),
        ("training", "培训.csv"),
        ("visit", "走访.csv"),
        ("deal", "业务.csv"),
    ),
    (41, 0, 3, 0),
    "2025-12-31",
)
WEIGHTS = Document(
    "weights", (("manager", "客户经理.csv"), ("quarter_review", "季度考核.csv")), (39, 2, 4, 0), "2025-12-31"
)
ALL = (HUANGSHI, NPL, RURAL, WEALTH, CLIENTS, ACCOUNTS, STAFF, ASSESSMENT, COMPETENCE, OPERATING, WEIGHTS)
PARTS = ("accounts", "staff", "clients")
"""Documents that rule a part of their source only."""
SHORT = ("clients",)
"""Documents of one rule."""


@cache
def found(document: Document) -> dict[str, tuple[str, dict[str, str]]]:
    """Outcome and results of everyone, by key."""
    return {case["key"]: (case["outcome"], case["results"]) for case in document.told()["decisions"]}


def ended(document: Document, outcome: str) -> set[str]:
    """The keys that ended so."""
    return {key for key, (how, _) in found(document).items() if how == outcome}
