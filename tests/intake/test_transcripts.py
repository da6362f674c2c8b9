"""The four invented conversations, held from the first line to the decision."""

import re

import pytest
from replay import TRANSCRIPTS, guide, held, transcript

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import TEXTS, Subject, decided_not_done, written_of
from intake_tui.intake.events import DutyPart
from intake_tui.intake.journal import JournalNote, draft, text
from intake_tui.intake.journal_voice import Voice
from intake_tui.intake.line import Line
from intake_tui.intake.overview import overview
from intake_tui.intake.record import Statement
from intake_tui.intake.shape import shape
from intake_tui.intake.signals import signals

PART_OF_KIND = {"told": "told", "quote": "told", "observed": "observed", "assessed": "assessed"}
REASON = pytest.mark.parametrize("reason", [True, False], ids=["with reason", "without"])
WORD = re.compile(r"\w+(?:[./-]\w+)*")


def note_of(conversation: Conversation) -> JournalNote:
    return draft(conversation.guide, conversation.intake, conversation.language)


def part_of(line: Statement) -> str:
    """Where its sentence has to stand."""
    if line.kind == "told" and set(line.places) == {"HOME-5"}:
        return "plan"
    informs = all(place.startswith(("INFO-", "HOME-4")) for place in line.places)
    return "information" if informs and line.kind == "told" else PART_OF_KIND[line.kind]


def note_words(name: str) -> int:
    return sum(len(line["note"].split()) for line in transcript(name)["line"])


def words_in(text_: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text_)}


@pytest.fixture(scope="module", params=TRANSCRIPTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_line_is_there_as_typed_and_in_order(name: str) -> None:
    lines = held(name, reason=False).intake.statements
    assert [(line.kind, line.text, list(line.places)) for line in lines] == [
        (line["kind"], line["note"], line["places"]) for line in transcript(name)["line"]
    ]


def test_every_answer_is_there_and_what_was_not_asked_is_not(name: str) -> None:
    intake = held(name).intake
    for place, value in transcript(name)["answers"].items():
        assert intake.value(place) == (None if value == "not-asked" else value)


def test_the_signals_are_those_that_follow(name: str) -> None:
    intake = held(name).intake
    found = signals(guide(), intake)
    assert {each.signal.id for each in found} == set(transcript(name)["expect"]["signals"])
    ids = {line.id for line in intake.statements}
    for because in (because for each in found for because in each.because):
        assert because.value == intake.value(because.place)
        assert because.statements or because.value is not None
        assert set(because.statements) <= ids


def test_the_overview_names_what_is_not_known(name: str) -> None:
    expected = transcript(name)
    unknown = {
        (each.place, each.state)
        for view in overview(guide(), held(name).intake)
        for each in view.unknown
    }
    for place in expected["expect"]["unknown_for_decision"]:
        considered = [
            view for view in overview(guide(), held(name).intake) if place in view.option.considers
        ]
        assert not considered or (place, expected["answers"][place]) in unknown


@REASON
def test_the_note_has_what_it_must_and_nothing_that_nobody_said(name: str, reason: bool) -> None:
    conversation = held(name, reason=reason)
    note, expected = note_of(conversation), transcript(name)["journal"]
    parts = {sentence.key: part.id for part in note.parts for sentence in part.sentences}
    texts = {sentence.key: sentence.text for part in note.parts for sentence in part.sentences}
    for piece in expected["must_contain"]:
        (source,) = (line for line in conversation.intake.statements if piece in line.text)
        assert piece in texts.get(source.id, ""), piece
        assert parts[source.id] == part_of(source), piece
    for label in expected["must_not_contain"]:
        assert label not in text(note)


def test_the_note_has_what_it_must_with_the_persons_view_and_the_police_too(name: str) -> None:
    conversation, expected = held(name), transcript(name)
    conversation.answer(expected["expect"]["outcome"], "wanted")
    conversation.answer("HELP-3", "offered")
    conversation.answer("police", "yes")
    note = note_of(conversation)
    assert note.words <= 0.85 * note_words(name)
    for piece in expected["journal"]["must_contain"]:
        assert piece in text(note), piece


@REASON
def test_the_note_is_short(name: str, reason: bool) -> None:
    note = note_of(held(name, reason=reason))
    assert note.words == len(text(note).split())
    assert note.words <= min(350, 0.85 * note_words(name))


def test_the_decision_and_its_reason_stand_in_the_note(name: str) -> None:
    note, expected = note_of(held(name)), transcript(name)["expect"]
    (decided,) = (part for part in note.parts if part.id == "decision")
    assert decided.sentences[0].key == f"chosen:{expected['outcome']}"
    assert expected["outcome_reason"] in decided.sentences[1].text


def test_the_note_says_no_word_that_is_neither_a_sources_nor_the_guides(name: str) -> None:
    conversation = held(name)
    note, language = note_of(conversation), conversation.language
    rules = guide().journal
    own = [lead.at(language) for each in rules.leads for lead in (each.she, each.he, each.they)]
    own += [phrase.at(language) for phrase in rules.phrases.values()]
    own += [each.long.at(language) for each in rules.abbreviations]
    own += [item.short.at(language) for item in guide().items()]
    for place in ("decision", "INV-3"):
        own += [choice.word.at(language) for choice in guide().question(place).choices]
    of_guide = words_in(" ".join(own))
    for sentence in (*note.left_out, *(s for part in note.parts for s in part.sentences)):
        lines = [conversation.intake.statement(id_) for id_ in sentence.sources]
        said = words_in(" ".join(line.text for line in lines if line))
        assert words_in(sentence.text) <= said | of_guide


def test_every_line_stands_in_the_note_or_beneath_it_once(name: str) -> None:
    conversation = held(name)
    note = note_of(conversation)
    keys = [s.key for part in note.parts for s in part.sentences]
    keys += [s.key for s in note.left_out]
    assert len(keys) == len(set(keys))
    assert {line.id for line in conversation.intake.statements} <= set(keys)


def test_a_sentence_goes_with_its_line(name: str) -> None:
    conversation = held(name)
    for line in conversation.intake.statements:
        conversation.retract(line.id)
        note = note_of(conversation)
        sources = [s.sources for part in note.parts for s in part.sentences]
        sources += [s.sources for s in note.left_out]
        assert all(line.id not in each for each in sources)
        conversation.undo()


def test_the_shape_tells_all_of_it(name: str) -> None:
    conversation, expected = held(name), transcript(name)
    told = shape(conversation)
    assert told["alias"] == expected["alias"]
    assert [line["text"] for line in told["statements"]][:-1] == [
        line["note"] for line in expected["line"]
    ]
    answers = {place: answer["value"] for place, answer in told["answers"].items()}
    asked = {p: value for p, value in expected["answers"].items() if value != "not-asked"}
    assert asked.items() <= answers.items()
    states = {place: answer["value"] for place, answer in told["told"].items()}
    assert states == dict.fromkeys(expected["expect"]["told"], "given")
    assert {each["id"] for each in told["signals"]} == set(expected["expect"]["signals"])
    assert told["decision"]["chosen"] == expected["expect"]["outcome"]
    assert told["decision"]["reason"] == expected["expect"]["outcome_reason"]


def test_what_must_not_count_changes_nothing_that_is_weighed(name: str) -> None:
    conversation = held(name)
    before = _weighed(conversation)
    for question in guide().items():
        if getattr(question, "may_decide", True):
            continue
        for value in question.values or ("x",):
            conversation.answer(question.id, value)
            conversation.line = Line("sagt om dette", places=(question.id,))
            conversation.keep()
            assert _weighed(conversation) == before


def _weighed(conversation: Conversation) -> object:
    note = note_of(conversation)
    decided = [
        sentence.text for part in note.parts if part.id == "decision" for sentence in part.sentences
    ]
    intake = conversation.intake
    return signals(guide(), intake), overview(guide(), intake), decided


WORKED: dict[str, tuple[str, str, dict[DutyPart, list[str]]]] = {
    "01-telephone-weapons": (
        "avert",
        "",
        {
            "grounds": ["killing", "grave-injury"],
            "words": ["våpen, verre siden høsten, redd for livet, barna hos ham nå"],
            "certain": ["most-likely"],
            "possible": ["yes"],
            "way": ["safe-place"],
            "plan": ["alle tre kommer hit i dag, jeg ringer pol."],
            "told": ["yes"],
            "conclusion": ["applies"],
            "reason": ["kan bli drept om h. blir der"],
        },
    ),
    "03-family-other-centre": (
        "inform",
        "11, hjemme hos foreldrene",
        {
            "grounds": ["abuse-neglect"],
            "words": ["stengt inne, fikk ikke bli m. på leirskole, slik det begynte for h."],
            "certain": ["yes"],
            "way": ["together"],
            "plan": ["h. og jeg ringer bv i dag før flytting"],
            "told": ["yes"],
            "conclusion": ["applies"],
            "reason": ["søster er igjen hos dem"],
        },
    ),
}


def worked(name: str) -> Conversation:
    """A talk with its worksheet written, on the lines that a counsellor would link it to."""
    talk = held(name)
    duty, about, parts = WORKED[name]
    child = talk.add_child(duty, about) if about else ""
    subject = Subject(str(child), about, own=True)
    bearing = [line.id for line in talk.intake.statements if set(line.places) & set(BEARS[duty])]
    for part, values in {"supports": bearing, **parts}.items():
        talk.weigh(duty, part, *values, subject=subject)
    return talk


BEARS = {"avert": ("THREAT-4", "THREAT-7", "THREAT-10"), "inform": ("THREAT-8", "INFO-13")}


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_through_duty_stands_in_a_note_that_is_still_short_and_whole(name: str) -> None:
    talk = worked(name)
    note = note_of(talk)
    assert note.words <= 350
    (duties,) = (part for part in note.parts if part.id == "duties")
    assert not [s for s in note.left_out if s.part == "duties"]
    for piece in transcript(name)["journal"]["must_contain"]:
        assert piece in text(note), piece
    (sheet,) = talk.intake.duties
    assert sheet.values("supports")
    assert all(s.sources == (sheet.id, *sheet.values("supports")) for s in duties.sentences)
    said = " ".join(s.text for s in duties.sentences)
    for words in (words for part in TEXTS for words in sheet.values(part)):
        assert Voice(guide(), talk.language).line(words).rstrip(".") in said


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_through_duty_is_left_to_be_done_until_it_is(name: str) -> None:
    talk = worked(name)
    (left,) = decided_not_done(guide(), talk.intake)
    assert left.plan == WORKED[name][2]["plan"][0]
    (sheet,) = talk.intake.duties
    talk.weigh(left.duty, "done", "yes", subject=Subject(sheet.child, left.about, own=True))
    assert decided_not_done(guide(), talk.intake) == ()


def test_the_assessed_line_of_the_duty_stays_what_it_is() -> None:
    talk = worked("01-telephone-weapons")
    duty = guide().duty("avert")
    assert duty is not None
    (line,) = written_of(duty, talk.intake)
    assert line.kind == "assessed"
    assert line.text.startswith("avvergeplikt vurdert: våpen")
