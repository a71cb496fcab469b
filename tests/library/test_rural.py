"""Entry, yearly appointment, quarterly runs and grades, worked by hand."""

from __future__ import annotations

from tests.library.documents import RURAL, ended, found


def test_worked_by_hand() -> None:
    told = {key: (results["聘用结论"], results["等级"]) for key, (_, results) in found(RURAL).items()}
    assert told["R025"] == ("续聘", "中级客户经理")
    assert told["R026"][0] == "不聘"
    assert told["R027"] == ("在聘", "中级客户经理")
    assert told["R029"] == ("续聘", "中级客户经理")
    assert told["R030"] == ("续聘", "初级客户经理")
    assert told["R033"] == ("续聘", "中级客户经理")
    assert told["R036"] == ("续聘", "初级客户经理")
    assert told["R037"] == ("续聘", "助理客户经理")
    assert told["R042"] == ("新聘", "初级客户经理")
    assert ended(RURAL, "undecided") == {"R038", "R039", "R040"}
