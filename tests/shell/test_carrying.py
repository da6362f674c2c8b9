"""What is jotted over a conversation is in it, and its half-written line is as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake_tui.desk.carrying import Carrying
from intake_tui.desk.jot import Jot
from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import picked, typed

GUIDE = load()
WORDS = st.text(alphabet="abcæøå ", min_size=1, max_size=12).filter(str.strip)


def talk() -> Conversation:
    return Conversation.new(GUIDE, by="00" * 16, guide_hash="0" * 64)


def test_lines_are_statements_of_their_own_and_the_half_line_keeps_its_place() -> None:
    conversation, jot = talk(), Jot()
    conversation.line = picked(typed(conversation.line, "han jakter, og"), "THREAT-10")
    half = conversation.line
    carrying = Carrying(conversation)
    jot.typed("nå gråter")
    carrying.take(jot)
    assert conversation.line.text == "han jakter, og nå gråter"
    jot.typed("nå gråter hun")
    jot.ended()
    carrying.take(jot)
    (said,) = conversation.intake.statements
    assert (said.text, said.places) == ("nå gråter hun", ())
    assert conversation.line == half


@given(st.lists(WORDS, max_size=5), WORDS, st.booleans())
def test_every_word_is_there_once_after_each_key(
    lines: list[str], unfinished: str, half: bool
) -> None:
    conversation, jot = talk(), Jot()
    before = "halvveis" if half else ""
    conversation.line = typed(conversation.line, before)
    carrying = Carrying(conversation)
    for line in lines:
        for end in range(len(line) + 1):
            jot.typed(line[:end])
            carrying.take(jot)
        jot.ended()
        carrying.take(jot)
    jot.typed(unfinished)
    carrying.take(jot)
    kept = [statement.text for statement in conversation.intake.statements]
    assert kept == [line.strip() for line in lines]
    assert conversation.line.text == " ".join(text for text in (before, unfinished) if text)
