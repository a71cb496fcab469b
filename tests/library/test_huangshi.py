"""The grade review and performance rules, worked by hand."""

from __future__ import annotations

from tests.library.documents import HUANGSHI, ended, found


def test_worked_by_hand() -> None:
    results = {key: told for key, (_, told) in found(HUANGSHI).items()}
    positions = {key: results[key]["身份"] for key in ("HS036", "HS037", "HS038")}
    assert positions == {"HS036": "见习客户经理", "HS037": "助理客户经理", "HS038": "见习客户经理"}
    assert [*results["HS047"].values()] == ["客户经理", "高级一级", "6000", "甲等", "4000", "3000", "2000"]
    assert ended(HUANGSHI, "referred") == {"HS035", "HS039", "HS043", "HS044", "HS052"}
    assert ended(HUANGSHI, "undecided") == {"HS051"}
