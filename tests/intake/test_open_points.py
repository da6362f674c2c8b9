"""What is still open before signing: each point goes when it is settled, and no other one."""

from small_guide import GUIDE
from ticking import begun

from intake_tui.intake.line import Line
from intake_tui.intake.open_points import open_points


def test_each_point_goes_when_it_is_settled() -> None:
    talk = begun()
    still = ["channel", "choice", "next", "call", "unit"]
    assert list(open_points(GUIDE, talk.intake)) == still
    talk.answer("INV-1", "telephone")
    talk.answer("unit", "telephone")
    talk.pin("call", "no")
    assert list(open_points(GUIDE, talk.intake)) == ["choice", "next"]
    talk.answer("decision", "HELP-1")
    assert list(open_points(GUIDE, talk.intake)) == ["reason", "next"]
    for place in ("decision", "next"):
        talk.line = Line(text="ord", places=(place,))
        talk.keep()
    assert list(open_points(GUIDE, talk.intake)) == []


def test_a_worksheet_without_a_conclusion_is_open() -> None:
    talk = begun()
    talk.weigh("avert", "reason", "alle kommer hit i dag")
    assert "sheet" in open_points(GUIDE, talk.intake)
    talk.weigh("avert", "conclusion", "unsettled")
    assert "sheet" not in open_points(GUIDE, talk.intake)
