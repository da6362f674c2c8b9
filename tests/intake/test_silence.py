"""Nothing that is printed by accident shows what was said: no repr, no error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from replay import TRANSCRIPTS, guide, held, transcript
from ticking import begun

from intake_tui.intake.children import children
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.date_line import date_line
from intake_tui.intake.decision import decision
from intake_tui.intake.duties import TEXTS, decided_not_done, subjects, worksheets
from intake_tui.intake.events import EVENTS
from intake_tui.intake.fold import fold
from intake_tui.intake.journal import draft
from intake_tui.intake.journal_lines import drafted
from intake_tui.intake.line import Line
from intake_tui.intake.record import Edit
from intake_tui.intake.signals import signals

SECRET = "Hemmeligheten"


def spoken() -> Conversation:
    talk = begun()
    for place in ("OPEN-8", "THREAT-10", "decision", "INFO-13", "next", "alias"):
        talk.line = Line(f"9, {SECRET}", places=(place,), answers={"THREAT-10": SECRET})
        talk.keep()
    talk.date("s1", f"lørdag, {SECRET}", SECRET)
    talk.pin("where-now", SECRET)
    talk.weigh("avert", "supports", "s1")
    talk.weigh("avert", "conclusion", "applies")
    for part in TEXTS:
        talk.weigh("avert", part, SECRET)
        talk.weigh("inform", part, SECRET, subject=subjects(talk.guide.duties[1], talk.intake)[0])
    talk.edit_sentence("s1", SECRET)
    talk.edit("s1", f"{SECRET} to")
    talk.answer("INV-1", SECRET)
    talk.line = Line(SECRET)
    return talk


def test_no_object_shows_what_was_said() -> None:
    talk = spoken()
    note = draft(talk.guide, talk.intake, "nb")
    things = [
        talk,
        talk.snapshot(),
        talk.line,
        talk.intake,
        *talk.intake.statements,
        *talk.intake.answers.values(),
        *talk.intake.given,
        *talk.intake.edits.values(),
        *talk.intake.events,
        *(line.of for line in talk.intake.statements),
        *date_line(talk.intake).dated,
        date_line(talk.intake),
        *(each.span for each in date_line(talk.intake).dated),
        *children(talk.intake),
        *talk.intake.duties,
        *(part for sheet in talk.intake.duties for part in sheet.parts.values()),
        *(each for row in worksheets(talk.guide, talk.intake) for each in row[1:]),
        *decided_not_done(talk.guide, talk.intake),
        *drafted(talk.guide, talk.intake, "nb"),
        decision(talk.guide, talk.intake),
        *signals(talk.guide, talk.intake),
        *note.parts,
        note,
        Edit(text=SECRET),
    ]
    assert date_line(talk.intake).dated
    for thing in things:
        assert SECRET not in f"{thing!r} {thing!s} {[thing]!r} { ({'x': thing})!r}"


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_no_talk_is_shown_by_its_parts(name: str) -> None:
    conversation = held(name)
    shown = " ".join(repr(each) for each in (*conversation.intake.events, conversation))
    shown += repr(signals(guide(), conversation.intake))
    shown += repr(draft(guide(), conversation.intake, "nb"))
    assert not any(canary in shown for canary in transcript(name)["journal"]["canaries"])


@pytest.mark.parametrize(
    "text",
    [
        f'[{{"type": "line-kept", "id": 1, "text": "{SECRET}"}}]',
        f'[{{"type": "answered", "id": "{SECRET}", "place": "x", "value": "y"}}]',
        f'[{{"{SECRET}": 1}}]',
        f'["{SECRET}"]',
        f'[{{"type": "{SECRET}',
    ],
)
def test_an_error_in_stored_events_does_not_show_them(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        EVENTS.validate_json(text)
    assert error.value.error_count()
    assert SECRET not in str(error.value)


@given(st.text())
def test_no_text_stops_a_line_from_being_kept_and_stored(text: str) -> None:
    talk = begun()
    talk.line = Line(text)
    talk.keep()
    events = talk.intake.events
    assert fold(EVENTS.validate_json(EVENTS.dump_json(events))) == talk.intake
