"""Admission, yearly review, protection and grades, worked by hand."""

from __future__ import annotations

from tests.library.documents import NPL, ended, found


def test_worked_by_hand() -> None:
    results = {key: told for key, (_, told) in found(NPL).items()}
    paid = {key: [told[name] for name in ("等级", "执行系数", "执行绩效")] for key, told in results.items()}
    assert paid["N028"] == ["二级", "1.9", "4000.01"]
    assert paid["N029"] == ["二级", "1.8", "3200"]
    assert paid["N031"] == ["三级", "1.6", "3200"]
    appointed = {key: results[key]["任职结论"] for key in ("N036", "N037", "N041", "N042")}
    assert appointed == {"N036": "不得担任", "N037": "继续任职", "N041": "予以聘任", "N042": "暂不聘任"}
    assert ended(NPL, "referred") == {"N033", "N034"}
    assert ended(NPL, "undecided") == {"N035", "N039"}
