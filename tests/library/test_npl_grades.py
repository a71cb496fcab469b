"""Admission, yearly review, protection and grades: clean, true to the source, one in both languages; worked by hand."""

from __future__ import annotations

from tests.library.pairs import Pair

NPL = Pair("npl-grades", "2025-12-31", [("person", "staff.csv"), ("review", "reviews.csv")])


def test_it_is_clean() -> None:
    NPL.check()


def test_the_whole_source_is_quoted() -> None:
    NPL.quote()


def test_both_languages_agree() -> None:
    found = {row["key"]: row for row in NPL.agree()}
    paid = {key: [row["results"][name] for name in ("等级", "执行系数", "执行绩效")] for key, row in found.items()}
    assert paid["N028"] == ["二级", "1.9", "4000.01"]
    assert paid["N029"] == ["二级", "1.8", "3200"]
    assert paid["N031"] == ["三级", "1.6", "3200"]
    appointed = {key: found[key]["results"]["任职结论"] for key in ("N036", "N037", "N041", "N042")}
    assert appointed == {"N036": "不得担任", "N037": "继续任职", "N041": "予以聘任", "N042": "暂不聘任"}
    assert {key for key, row in found.items() if row["outcome"] == "referred"} == {"N033", "N034"}
    assert {key for key, row in found.items() if row["outcome"] == "undecided"} == {"N035", "N039"}
