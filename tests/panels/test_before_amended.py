"""What an earlier contact said stands beside a new one as it reads now."""

from __future__ import annotations

from panels_bench import NOON, told

from intake_tui.intake.amendment import as_it_reads
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.shape import shape
from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.widgets.before_rows import BeforeRows
from intake_tui.words import Words


def test_do_not_call_after_all_is_what_is_shown_and_taken_over(talk: Conversation) -> None:
    told(talk, "nummeret er 000 00 000", "OPEN-1")
    talk.answer("INFO-5", "later")
    talk.pin("call", "yes")
    record = {**shape(talk, status="signed", signed=NOON), "joined": [], **NOTHING_ADDED}
    entry = {"what": "safety", "key": "call", "now": "no", "at": "", "by": "", "damaged": False}
    before = BeforeRows(
        {**record, "amended": as_it_reads(record, [entry])}, talk.guide, Words("nb")
    )
    texts = [f"{row.lead}{row.text}" for row in before.rows(talk.intake)]
    assert [text for text in texts if "IKKE RING" in text]
    assert not [text for text in texts if "kan ringes" in text]
    assert [take.value for take in before.takes.values() if take.item == "call"] == ["no"]
    assert before.caution is not None
    assert "IKKE" in before.caution.marked("nummeret er 000 00 000")
    name = talk.guide.by_id["INFO-5"].short.nb
    assert [text for text in texts if name.casefold() in text.casefold()]
