"""Ten pages pasted, with control characters and letters in two pieces."""

from __future__ import annotations

from counsellor import EMPTY_NOTE, Counsellor
from intake_tui.guide.model import Guide
from machine import Home
from readback import drafts, only_contact

MESSY = "første\tlinje\x07 med\x1b[31m rødt og a\u030a i to tegn\n" * 400  # some ten pages


def test_ten_pages_pasted_then_undone(home: Home, guide: Guide) -> None:
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.type("beholdt\r")
        counsellor.paste(MESSY)
        counsellor.wait("i to tegn")
        counsellor.press("ctrl+z")
        counsellor.wait(EMPTY_NOTE)
        counsellor.paste("ett å til")
        counsellor.wait("ett å til")
        counsellor.leave()
    (kept,) = drafts(home, guide)
    assert kept.lines == ("beholdt",)
    assert kept.unfinished == "ett å til"


def test_ten_pages_pasted_and_kept(home: Home) -> None:
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.paste(MESSY)
        counsellor.press("enter")
        counsellor.wait(EMPTY_NOTE)
        counsellor.leave()
    (line,) = only_contact(home)["statements"]
    assert "\x1b" not in line["text"]
    assert "\x07" not in line["text"]
    assert "å i to tegn" in line["text"]
    assert line["text"].count("i to tegn") == 400
