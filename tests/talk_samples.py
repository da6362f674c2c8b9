"""A conversation that has something of everything, held at fixed times, and any conversation."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from intake_tui.guide.model import Guide
from intake_tui.intake import events
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import subjects
from intake_tui.intake.events import Event
from intake_tui.intake.fold import fold
from intake_tui.intake.line import KINDS, Line
from intake_tui.intake.snapshot import Snapshot

START = dt.datetime(2026, 11, 23, 13, 2, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


class Clock:
    """A minute later each time that it is looked at."""

    def __init__(self, at: dt.datetime = START) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        self.at += MINUTE
        return self.at


def begun(
    guide: Guide, *, by: str = "ab" * 16, number: int = 1, at: dt.datetime = START
) -> Conversation:
    """A new conversation with ids that follow from its number."""
    return Conversation.new(
        guide,
        by=by,
        now=Clock(at),
        id=number.to_bytes(16, "big"),
        case=(0x4F2A << 112 | number).to_bytes(16, "big"),
    )


def keep(talk: Conversation, text: str = "", *places: str, **answers: str) -> None:
    """One line, kept."""
    talk.line = Line(
        text, places=places, answers={k.replace("_", "-"): v for k, v in answers.items()}
    )
    talk.keep()


def whole_talk(guide: Guide, *, by: str = "ab" * 16, number: int = 1) -> Conversation:
    """Lines of each kind, answers, children, safety, what was told, a decision, what is next."""
    talk = begun(guide, by=by, number=number)
    keep(talk, "", "INV-1", INV_1="telephone")
    keep(talk, "", "caller", caller="she")
    keep(talk, "Rogn", "alias")
    keep(talk, "mannen, brå før også", "OPEN-4", "THREAT-1", THREAT_1="one")
    keep(talk, '"Nå er det hver uke', "THREAT-4", THREAT_4="yes")
    keep(talk, "o:snakker lavt, stopper opp når det smeller i en dør")
    keep(talk, "jakter, to våpen i boden", "THREAT-10", THREAT_10="yes")
    keep(talk, "", "THREAT-9", THREAT_9="unknown")
    keep(talk, "9, hos faren", "OPEN-8")
    talk.pin("call", "no")
    talk.pin("deadline", "barna hjem 16")
    talk.broke()
    keep(talk, "spør om bv, forklart opplysningsplikt", "INFO-13", INFO_13="understood")
    keep(talk, "", "INFO-2", **{"INFO_2": "given"})
    keep(talk, "", "HELP-1", HELP_1="offered-wanted")
    keep(talk, "v:våpen i huset, og det er verre nå. rom fra i dag", "decision", decision="HELP-1")
    keep(talk, "", "police", police="no")
    keep(talk, "jeg ringer advokatvakta tirsdag kl 9", "next")
    _weigh_duties(talk, guide)
    for place, value in (("unit", "stay"), ("reg-gender", "woman"), ("REG-1", "done")):
        talk.answer(place, value)
    talk.date(talk.intake.statements[1].id, "lørdag", "på telefonen")
    talk.edit_sentence(talk.intake.statements[0].id, "Mannen var brå før også.")
    talk.answer("INFO-2", "understood")
    return talk


def _weigh_duties(talk: Conversation, guide: Guide) -> None:
    """The duty to avert, concluded on; the duty to inform, with a reasoned no."""
    talk.weigh("avert", "grounds", "grave-injury")
    talk.weigh("avert", "supports", "s7", "s5")
    talk.weigh("avert", "certain", "most-likely")
    talk.weigh("avert", "possible", "yes")
    talk.weigh("avert", "way", "safe-place")
    talk.weigh("avert", "plan", "jeg henter henne og barna kl 15")
    talk.weigh("avert", "told", "yes")
    talk.weigh("avert", "conclusion", "applies")
    talk.weigh("avert", "reason", "to våpen, og verre nå")
    duty = guide.duty("inform")
    assert duty is not None
    (child,) = subjects(duty, talk.intake)
    talk.weigh("inform", "certain", "no", subject=child)
    talk.weigh("inform", "conclusion", "not", subject=child)
    talk.weigh("inform", "reason", "barnet kommer hit i dag", subject=child)


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_words = st.text("abcæøå-10", min_size=1, max_size=8)
_times = st.datetimes(
    dt.datetime(2020, 1, 1),
    dt.datetime(2040, 1, 1),
    timezones=st.just(dt.UTC),
)
_places = st.lists(_words, max_size=3).map(tuple)
_statements = st.sampled_from(["s1", "s2", "s3", "s4"])
_line = {
    "statement": _statements,
    "kind": st.sampled_from(KINDS),
    "text": _texts,
    "places": _places,
    "answers": st.dictionaries(_words, _words, max_size=2),
}
_ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
_from = {"contact": _ids, "held": _times}
_changes = st.one_of(
    st.tuples(st.just(events.LineKept), st.fixed_dictionaries(_line)),
    st.tuples(st.just(events.LineEdited), st.fixed_dictionaries(_line)),
    st.tuples(
        st.just(events.LinePlaced),
        st.fixed_dictionaries({"statement": _statements, "places": _places}),
    ),
    st.tuples(
        st.just(events.LineDated),
        st.fixed_dictionaries({"statement": _statements, "when": _texts, "where": _texts}),
    ),
    st.tuples(st.just(events.LineRetracted), st.fixed_dictionaries({"statement": _statements})),
    st.tuples(
        st.just(events.Answered),
        st.fixed_dictionaries({"place": _words, "value": st.none() | _texts}),
    ),
    st.tuples(
        st.just(events.SafetyPinned),
        st.fixed_dictionaries({"kind": st.just("hours"), "text": st.none() | _texts}),
    ),
    st.tuples(
        st.just(events.DutyWeighed),
        st.fixed_dictionaries(
            {
                "duty": _words,
                "child": _words,
                "about": _texts,
                "part": st.sampled_from(["supports", "words", "conclusion"]),
                "value": st.lists(_texts, max_size=2).map(tuple),
            }
        ),
    ),
    st.tuples(
        st.just(events.AnswerTaken),
        st.fixed_dictionaries({"place": _words, "value": _texts, **_from}),
    ),
    st.tuples(
        st.just(events.PinTaken),
        st.fixed_dictionaries({"kind": st.just("hours"), "text": _texts, **_from}),
    ),
    st.tuples(st.just(events.CaseChosen), st.fixed_dictionaries({"case": _ids})),
    st.tuples(st.just(events.LineBroke), st.just({})),
    st.tuples(
        st.just(events.SentenceEdited),
        st.fixed_dictionaries({"sentence": _words, "text": st.none() | _texts}),
    ),
    st.tuples(st.just(events.Undone), st.fixed_dictionaries({"event": st.integers(1, 9)})),
    st.tuples(st.just(events.Redone), st.fixed_dictionaries({"event": st.integers(1, 9)})),
)


@st.composite
def any_events(draw: st.DrawFn) -> tuple[Event, ...]:
    """A short history of changes, whether they make sense or not."""
    changes = draw(st.lists(_changes, max_size=8))
    return tuple(
        kind(id=number, at=draw(_times), by="ab" * 16, **fields)
        for number, (kind, fields) in enumerate(changes, 1)
    )


any_snapshot = st.builds(
    Snapshot,
    id=st.binary(min_size=16, max_size=16),
    began_in=st.binary(min_size=16, max_size=16),
    started=_times,
    by=_words,
    language=st.sampled_from(["nb", "nn", "en"]),
    guide_hash=_words,
    step=st.integers(1, 8),
    changes=st.integers(0, 999),
    line=st.builds(
        Line,
        text=_texts,
        kind=st.sampled_from(KINDS),
        places=_places,
        answers=st.dictionaries(_words, _words, max_size=2),
        editing=st.none() | _statements,
    ),
    intake=any_events().map(fold),
)
