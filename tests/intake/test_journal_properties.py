"""Whatever is said, answered, changed and taken back: what holds of every journal note."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from small_guide import GUIDE, PHRASES
from ticking import START, begun

from intake_tui.guide.answers import NO_ANSWER, STANCES, YES_NO
from intake_tui.guide.model import Information
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import CONCLUSIONS
from intake_tui.intake.events import DutyPart
from intake_tui.intake.fold import fold
from intake_tui.intake.journal import JournalNote, Sentence, draft, text
from intake_tui.intake.journal_lines import drafted
from intake_tui.intake.journal_sentence import Rank
from intake_tui.intake.journal_short import MOST_ROWS, rows
from intake_tui.intake.line import KINDS, Line
from intake_tui.intake.record import Given

ITEMS = [item.id for item in GUIDE.items()]
YES_NO_ITEMS = [item.id for item in GUIDE.items() if set(YES_NO) <= set(item.values)]
INFORMATION = [item.id for item in GUIDE.items() if isinstance(item, Information)]
COUNSELLORS_OWN = "rettet av meg"
BY_THE_PERSON = ("told", "quote")

Do = Callable[[Conversation], None]
NUMBER = st.integers(0, 40)
WORDS = st.lists(
    st.sampled_from(["slo", "ringte", "m.", "tlf", "våpen", "nei", "vet"]), max_size=40
)
TEXTS = st.tuples(st.integers(0, 99), WORDS).map(lambda pair: " ".join([f"ord{pair[0]}", *pair[1]]))


def _pick(talk: Conversation, number: int) -> str | None:
    lines = talk.intake.statements
    return lines[number % len(lines)].id if lines else None


def _sentence(talk: Conversation, number: int) -> str | None:
    found = note_of(talk).all
    return found[number % len(found)].key if found else None


def keep(words: str, kind: str, places: list[str], values: list[str]) -> Do:
    def do(talk: Conversation) -> None:
        answers = {
            place: value
            for place, value in zip(places, values, strict=False)
            if value in GUIDE.by_id[place].values
        }
        talk.line = Line(words, kind, tuple(places), answers)  # type: ignore[arg-type]
        talk.keep()

    return do


def answer(place: str, number: int) -> Do:
    values = (None, *GUIDE.by_id[place].values)
    return lambda talk: talk.answer(place, values[number % len(values)])


def on_line(number: int, change: Callable[[Conversation, str], object]) -> Do:
    def do(talk: Conversation) -> None:
        id_ = _pick(talk, number)
        if id_ is not None:
            change(talk, id_)

    return do


def on_sentence(number: int, change: Callable[[Conversation, str], object]) -> Do:
    def do(talk: Conversation) -> None:
        key = _sentence(talk, number)
        if key is not None:
            change(talk, key)

    return do


KEEP = st.builds(
    keep,
    TEXTS,
    st.sampled_from(KINDS),
    st.lists(st.sampled_from(ITEMS), max_size=3, unique=True),
    st.lists(st.sampled_from([*YES_NO, *NO_ANSWER, "given", "later", "HELP-1"]), max_size=3),
)
ANSWER = st.builds(answer, st.sampled_from(ITEMS), NUMBER)
LINE_CHANGE = st.one_of(
    TEXTS.map(lambda words: lambda talk, id_: talk.edit(id_, words)),
    st.sampled_from(ITEMS).map(lambda place: lambda talk, id_: talk.place(id_, place)),
    st.integers(1, 9).map(lambda offset: lambda talk, id_: talk.split(id_, offset)),
    st.just(lambda talk, id_: talk.merge(id_)),
    st.just(lambda talk, id_: talk.shift(id_, 1)),
    st.just(lambda talk, id_: talk.retract(id_)),
)
CHANGE = st.builds(on_line, NUMBER, LINE_CHANGE)
OWN = st.builds(
    on_sentence,
    NUMBER,
    NUMBER.map(lambda n: lambda talk, key: talk.edit_sentence(key, f"{COUNSELLORS_OWN} {n}")),
)
TAKE = st.builds(
    on_sentence,
    NUMBER,
    st.booleans().map(lambda taken: lambda talk, key: talk.take_sentence(key, taken)),
)
CHOICES: dict[DutyPart, tuple[str, ...]] = {
    "grounds": ("ground-1", "ground-2"),
    "certain": ("certain-1", "certain-2"),
    "possible": ("yes", "no", "unknown"),
    "way": ("way-1", "way-2"),
    "reason": ("fordi det haster", "noe annet"),
    "conclusion": CONCLUSIONS,
}


def weigh(part: DutyPart, number: int) -> Do:
    values = CHOICES[part]
    return lambda talk: talk.weigh("avert", part, values[number % len(values)])


def support(number: int) -> Do:
    return on_line(number, lambda talk, id_: talk.weigh("avert", "supports", id_))


WEIGH = st.one_of(
    st.builds(weigh, st.sampled_from(list(CHOICES)), NUMBER), st.builds(support, NUMBER)
)
OTHERS = st.sampled_from(
    [lambda talk: talk.undo(), lambda talk: talk.redo(), lambda talk: talk.take_over_new()]
)
SAID = st.lists(st.one_of(KEEP, KEEP, ANSWER, CHANGE, WEIGH), max_size=25)
ANYTHING = st.lists(st.one_of(KEEP, KEEP, ANSWER, CHANGE, WEIGH, OWN, TAKE, OTHERS), max_size=25)
FAST = settings(deadline=None, max_examples=60)


def note_of(talk: Conversation) -> JournalNote:
    return draft(GUIDE, talk.intake, "nb")


def held(doings: list[Do]) -> Conversation:
    talk = begun()
    for do in doings:
        do(talk)
    return talk


def taken(note: JournalNote) -> Iterator[tuple[str, Sentence]]:
    for part in note.parts:
        yield from ((part.id, sentence) for sentence in part.sentences)


def states(given: Given) -> tuple[str, ...]:
    """What an answer says: of an option it is two things at once."""
    stance = STANCES.get(given.value or "")
    if stance is None:
        return (given.value or "",)
    return (*(["offered"] if stance.offered else []), stance.view or "")


def says(value: str | None, state: str) -> bool:
    return state in states(Given("", value, START))


def stands_on(talk: Conversation, sentence: Sentence) -> bool:
    """Whether what the sentence says it comes from is there: its lines, or its answers."""
    intake, begin = talk.intake, sentence.key.partition(":")
    if begin[0] in ("told", "options"):
        state, _, places = begin[2].partition(":")
        return all(says(intake.value(place), state) for place in places.split(","))
    if begin[0] == "changed":
        place, _, values = begin[2].partition(":")
        given = {state for each in intake.given if each.place == place for state in states(each)}
        return set(values.split(",")) <= given
    if begin[0] == "answer":
        place, _, value = begin[2].rpartition(":")
        return intake.value(place) == value
    if begin[0] == "duty":
        return any(sheet.id in sentence.sources and sheet.parts for sheet in intake.duties)
    if begin[0] in ("chosen", "police"):
        return intake.value({"chosen": "decision"}.get(begin[0], begin[0])) == begin[2]
    return intake.statement(begin[0]) is not None and sentence.sources == (begin[0],)


@FAST
@given(ANYTHING)
def test_no_sentence_is_without_its_source(doings: list[Do]) -> None:
    talk = held(doings)
    alive = {line.id for line in talk.intake.statements}
    alive |= {sheet.id for sheet in talk.intake.duties}
    for sentence in note_of(talk).all:
        assert sentence.without_source or stands_on(talk, sentence)
        assert set(sentence.sources) <= alive


@FAST
@given(ANYTHING)
def test_words_without_a_source_are_the_counsellors_and_in_the_note_by_choice(
    doings: list[Do],
) -> None:
    talk = held(doings)
    for sentence in note_of(talk).all:
        if sentence.without_source:
            edit = talk.intake.edits.get(sentence.key)
            assert sentence.edited
            assert sentence.text.startswith(COUNSELLORS_OWN)
            assert not sentence.taken or (edit is not None and (edit.taken or edit.text))


@FAST
@given(SAID)
def test_unknown_and_declined_stay_what_they_are(doings: list[Do]) -> None:
    talk = held(doings)
    for sentence in note_of(talk).all:
        kind, _, rest = sentence.key.partition(":")
        place, _, value = rest.rpartition(":")
        if kind == "answer" and value in PHRASES:
            assert sentence.text == f"{place.lower()}: {PHRASES[value]}."


@FAST
@given(SAID)
def test_what_was_told_is_never_a_fact(doings: list[Do]) -> None:
    """Each told line has its lead, or stands in the told part after one that has it."""
    talk = held(doings)
    told_by = "de forteller:", "hun forteller:", "han forteller:"
    for part in note_of(talk).parts:
        led = False
        for sentence in part.sentences:
            line = talk.intake.statement(sentence.sources[0]) if sentence.sources else None
            if line is None or sentence.key != line.id or part.id != "told":
                continue
            if line.kind == "quote":
                assert sentence.text.startswith("sitat: «")
            else:
                led = led or sentence.text.startswith(told_by)
                assert led


@FAST
@given(SAID)
def test_told_observed_and_assessed_stand_apart(doings: list[Do]) -> None:
    talk = held(doings)
    for part, sentence in taken(note_of(talk)):
        line = talk.intake.statement(sentence.key)
        if line is None or {"decision", "next"} & set(line.places):
            continue
        about = {"information", "told", "plan"} if line.kind == "told" else {line.kind}
        assert part in ({"told", "plan"} if line.kind == "quote" else about)
        assert (part == "plan") == (set(line.places) == {"HOME-5"} and line.kind in BY_THE_PERSON)


@FAST
@given(SAID)
def test_the_draft_is_one_page(doings: list[Do]) -> None:
    note = note_of(held(doings))
    printed = text(note)
    assert note.words == len(printed.split()) <= 350
    assert height(printed) <= MOST_ROWS


@given(st.lists(st.integers(1, 100).map(lambda length: "a" * length), min_size=1, max_size=30))
def test_rows_are_counted_as_they_are_printed(words: list[str]) -> None:
    sentence = " ".join(words)
    assert rows(sentence) >= height(sentence)
    if max(map(len, words)) <= 80:
        assert rows(sentence) == height(sentence)


def height(printed: str) -> int:
    wrapped = [
        textwrap.wrap(row, 80, break_on_hyphens=False) or [""] for row in printed.split("\n")
    ]
    return sum(len(each) for each in wrapped)


@FAST
@given(ANYTHING)
def test_every_line_stands_once_in_the_note_or_beneath_it(doings: list[Do]) -> None:
    talk = held(doings)
    keys = [sentence.key for sentence in note_of(talk).all]
    assert len(keys) == len(set(keys))
    assert {line.id for line in talk.intake.statements} <= set(keys)


@FAST
@given(ANYTHING)
def test_drafting_again_changes_nothing(doings: list[Do]) -> None:
    talk = held(doings)
    assert note_of(talk) == note_of(talk)
    assert draft(GUIDE, fold(talk.intake.events), "nb") == note_of(talk)


@FAST
@given(ANYTHING, SAID)
def test_edits_survive_whatever_comes_after(before: list[Do], after: list[Do]) -> None:
    talk = held(before)
    own = {edit.text for edit in talk.intake.edits.values() if edit.text}
    for do in after:
        do(talk)
    assert own <= {sentence.text for sentence in note_of(talk).all}


@FAST
@given(SAID, NUMBER, st.lists(st.one_of(KEEP, ANSWER), max_size=10))
def test_once_it_was_changed_new_lines_move_nothing_and_are_offered(
    before: list[Do], number: int, after: list[Do]
) -> None:
    talk = held(before)
    key = _sentence(talk, number)
    if key is None:
        return
    talk.edit_sentence(key, COUNSELLORS_OWN)
    stood = {line.id for line in talk.intake.statements}
    first = lines_in(talk) & stood
    for do in after:
        do(talk)
    note = note_of(talk)
    assert lines_in(talk) & stood >= first
    offered = {sentence.key for sentence in note.left_out if sentence.new}
    assert {line.id for line in talk.intake.statements} - stood <= offered
    talk.take_over_new()
    assert not [sentence for sentence in note_of(talk).left_out if sentence.new]
    assert any(sentence.text == COUNSELLORS_OWN for sentence in note_of(talk).all)


def lines_in(talk: Conversation) -> set[str]:
    return {sentence.key for _, sentence in taken(note_of(talk))} & {
        line.id for line in talk.intake.statements
    }


def long_talk(seed: int, lines: int) -> Conversation:
    """A talk of so many lines, all of them short or some of them long."""
    talk, chance = begun(), random.Random(seed)
    longest = chance.choice((2, 30))
    for n in range(lines):
        words = " ".join([f"ord{n}", *["ord"] * chance.randrange(longest)])
        some = chance.sample(ITEMS, chance.randrange(3))
        keep(words, chance.choice(KINDS), chance.choice((["OPEN-3"], some)), [])(talk)
    return talk


LONG = settings(deadline=None, max_examples=20)


@LONG
@given(st.integers(), st.integers(40, 120))
def test_what_is_told_of_events_is_never_left_out_before_anything_less_weighty(
    seed: int, lines: int
) -> None:
    talk = long_talk(seed, lines)
    ranks = {line.key: line.rank for line in drafted(GUIDE, talk.intake, "nb")}
    note = note_of(talk)
    if any(ranks[sentence.key] == Rank.EVENT for sentence in note.left_out):
        assert all(ranks[sentence.key] <= Rank.EVENT for _, sentence in taken(note))


@LONG
@given(st.integers())
def test_a_talk_of_150_lines_is_one_page_and_any_line_can_be_taken_in(seed: int) -> None:
    talk = long_talk(seed, 150)
    note = note_of(talk)
    assert note.words <= 350
    assert height(text(note)) <= MOST_ROWS
    lines = {line.id for line in talk.intake.statements}
    assert lines <= {sentence.key for sentence in note.all}
    for sentence in note.left_out[:5]:
        talk.take_sentence(sentence.key, True)
        assert sentence.key in {one.key for _, one in taken(note_of(talk))}


def test_a_sentence_is_never_shown_where_it_is_named() -> None:
    talk = begun()
    keep("hemmelig", "told", [], [])(talk)
    (sentence,) = note_of(talk).all
    assert "hemmelig" not in repr((sentence, replace(sentence, taken=False), note_of(talk)))
