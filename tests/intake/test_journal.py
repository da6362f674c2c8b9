"""The journal note: what stands where, what is left out, and what the counsellor changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_guide import GUIDE
from ticking import begun

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.events import Kind
from intake_tui.intake.journal import JournalNote, Sentence, draft, text
from intake_tui.intake.line import Line
from intake_tui.intake.record import Statement


def told(talk: Conversation, words: str, *places: str, kind: Kind = "told", **answers: str) -> str:
    talk.line = Line(text=words, kind=kind, places=places, answers=answers)
    talk.keep()
    return talk.intake.statements[-1].id


def note_of(talk: Conversation) -> JournalNote:
    return draft(GUIDE, talk.intake, "nb")


def sentences(note: JournalNote) -> dict[str, Sentence]:
    return {s.key: s for part in note.parts for s in part.sentences}


def left_out(note: JournalNote) -> dict[str, Sentence]:
    return {s.key: s for s in note.left_out}


def long_talk() -> tuple[Conversation, list[str]]:
    """A talk of a hundred words of notes, ten a line, without places."""
    talk = begun()
    return talk, [told(talk, " ".join(f"ord{n}x{m}" for m in range(10))) for n in range(10)]


@pytest.mark.parametrize("row", ["7, hos han", "9 · hos faren", "4 mnd, hos søsteren\n6, her"])
def test_a_row_of_a_child_says_that_it_is_one(row: str) -> None:
    talk = begun()
    key = told(talk, row, "OPEN-8")
    assert f"Barn: {' '.join(row.split())}." in sentences(note_of(talk))[key].text


def test_other_words_on_the_children_stand_as_they_are() -> None:
    talk = begun()
    key = told(talk, "barna er hos mormor nå", "OPEN-8")
    assert "Barn:" not in sentences(note_of(talk))[key].text


def test_each_kind_stands_in_its_own_part() -> None:
    talk = begun()
    talk.answer("caller", "she")
    told(talk, "snakker lavt om alt", kind="observed")
    told(talk, "sto i døra hele kvelden", "OPEN-3")
    told(talk, "klarer ikke mer", kind="quote")
    told(talk, "svigerfar bor på tunet")
    told(talk, "stort behov for hjelp", kind="assessed")
    told(talk, "spør om barnevernet kommer", "INFO-13")
    told(talk, "ringer henne i morgen", "next")
    told(talk, "redd for det", "decision", decision="HELP-1")
    talk.answer("HELP-2", "offered")
    talk.answer("police", "yes")
    talk.answer("INFO-2", "given")
    assert text(note_of(talk)) == "\n\n".join(
        [
            "told\n"
            "hun forteller: sto i døra hele kvelden.\n"
            "sitat: «klarer ikke mer».\n"
            "svigerfar bor på tunet.",
            "observed\nsnakker lavt om alt.",
            "assessed\nstort behov for hjelp.",
            "information\nom info-13: spør om barnevernet kommer.\ngiven: info-2.",
            "decision\nchosen: HELP-1.\nreason: redd for det.\noffered: help-2.\npolice-yes",
            "next\nringer henne i morgen.",
        ]
    )


@pytest.mark.parametrize(
    ("caller", "lead"), [("she", "hun"), ("he", "han"), ("they", "de"), (None, "de")]
)
def test_the_person_is_called_as_was_chosen(caller: str | None, lead: str) -> None:
    talk = begun()
    talk.answer("caller", caller)
    id_ = told(talk, "sto i døra hele kvelden")
    assert sentences(note_of(talk))[id_].text == f"{lead} forteller: sto i døra hele kvelden."


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("snakket m. noen på butikken", "snakket med noen på butikken."),
        ("lånt tlf. av naboen, tlf-tolk", "lånt telefon av naboen, tlf-tolk."),
        ("trodde KS var stengt.", "trodde krisesenter var stengt."),
        ("3 km. unna er det", "3 km. unna er det."),
        ("får det «m. en gang» tlf kommer", "får det «m. en gang» telefon kommer."),
        ("to\nlinjer her nå", "to linjer her nå."),
    ],
)
def test_short_forms_are_written_out_except_where_words_are_quoted(
    typed: str, printed: str
) -> None:
    talk = begun()
    id_ = told(talk, typed, kind="assessed")
    assert sentences(note_of(talk))[id_].text == printed


def test_a_quote_is_printed_as_it_was_said() -> None:
    talk = begun()
    id_ = told(talk, "ta tlf m. deg", kind="quote")
    assert sentences(note_of(talk))[id_].text == "sitat: «ta tlf m. deg»."


def test_a_line_of_a_word_or_two_says_what_it_is_about() -> None:
    talk = begun()
    id_ = told(talk, "nei", "THREAT-10", **{"THREAT-10": "no"})
    assert sentences(note_of(talk))[id_].text == "de forteller: threat-10: nei."


@pytest.mark.parametrize("value", ["yes", "no", "unknown", "declined"])
def test_an_answer_without_a_line_stands_as_what_it_is(value: str) -> None:
    talk = begun()
    talk.answer("THREAT-10", value)
    note = note_of(talk)
    assert [s.text for s in sentences(note).values()] == [f"threat-10: {value}."]
    talk.answer("THREAT-10", None)
    assert note_of(talk).parts == ()


def test_answers_for_statistics_are_not_in_the_note() -> None:
    talk = begun()
    for place, value in (("unit", "stay"), ("municipality", "other"), ("INV-1", "telephone")):
        talk.answer(place, value)
    assert note_of(talk) == JournalNote((), (), 0)


def test_a_line_that_never_belongs_in_the_note_can_still_be_taken_in() -> None:
    talk = begun()
    id_ = told(talk, "ringte fra butikken", "INV-1")
    assert id_ in left_out(note_of(talk))
    talk.take_sentence(id_, True)
    assert id_ in sentences(note_of(talk))


def test_a_short_talk_stands_whole() -> None:
    talk = begun()
    ids = [told(talk, f"en to tre fire fem {n}") for n in range(9)]
    note = note_of(talk)
    assert set(sentences(note)) == set(ids)
    assert note.left_out == ()


def test_a_long_talk_is_cut_and_nothing_is_dropped_silently() -> None:
    talk, ids = long_talk()
    note = note_of(talk)
    assert note.words <= 85
    assert set(sentences(note)) | set(left_out(note)) == set(ids)
    assert left_out(note)


def test_the_reason_does_not_make_room_for_more() -> None:
    talk, _ = long_talk()
    told(talk, " ".join(["grunn"] * 40), "decision", decision="HELP-1")
    assert note_of(talk).words <= 85


def test_the_note_is_never_longer_than_one_page() -> None:
    talk = begun()
    for n in range(80):
        told(talk, " ".join(f"ord{n}x{m}" for m in range(10)), "OPEN-3")
    assert note_of(talk).words <= 350


def test_a_reason_of_more_than_a_page_is_shown_beneath_and_not_cut() -> None:
    talk = begun()
    id_ = told(talk, " ".join(["grunn"] * 400), "decision", decision="HELP-1")
    note = note_of(talk)
    assert note.words <= 350
    assert id_ in left_out(note)


def test_within_a_rank_the_persons_own_words_come_first() -> None:
    talk = begun()
    for n in range(8):
        told(talk, " ".join(f"ord{n}x{m}" for m in range(10)), "OPEN-3")
    id_ = told(talk, "klarer ikke mer nå", "OPEN-3", kind="quote")
    assert id_ in sentences(note_of(talk))


def test_what_bears_on_the_chosen_option_comes_before_what_bears_on_others() -> None:
    talk = begun()
    for n in range(8):
        told(talk, " ".join(f"ord{n}x{m}" for m in range(10)), "THREAT-7")
    id_ = told(talk, " ".join(f"tvil{m}" for m in range(20)), "HELP-2", kind="assessed")
    assert id_ in left_out(note_of(talk))
    talk.answer("decision", "HELP-2")
    assert id_ in sentences(note_of(talk))


WORDS = st.integers(1, 60).map(lambda count: " ".join(f"ord{n}" for n in range(count)))
SAID = st.tuples(
    WORDS,
    st.sampled_from(["told", "quote", "observed", "assessed"]),
    st.lists(st.sampled_from([item.id for item in GUIDE.items()]), max_size=3, unique=True),
    st.sampled_from(["", "lørdag kl 16", "natt til søndag", "en dag hun ikke husker"]),
)


@settings(deadline=None)
@given(st.lists(SAID, max_size=25), st.sampled_from([None, "HELP-1"]))
def test_any_talk_gives_a_short_note_that_leaves_nothing_unsaid(
    lines: list[tuple[str, Kind, list[str], str]], chosen: str | None
) -> None:
    talk = begun()
    talk.answer("decision", chosen)
    for words, kind, places, when in lines:
        talk.line = Line(words, kind, tuple(places))
        kept = talk.keep()
        if isinstance(kept, Statement):
            talk.date(kept.id, when, "hjemme" if when else "")
    note = note_of(talk)
    assert note.words == len(text(note).split()) <= 350
    keys = [*sentences(note), *left_out(note)]
    assert len(keys) == len(set(keys))
    assert {line.id for line in talk.intake.statements} <= set(keys)
    alive = {line.id for line in talk.intake.statements}
    for sentence in (*sentences(note).values(), *left_out(note).values()):
        assert set(sentence.sources) <= alive


def test_what_always_belongs_in_the_note_comes_first() -> None:
    talk, _ = long_talk()
    id_ = told(talk, " ".join(f"slag{m}" for m in range(20)), "OPEN-3")
    assert id_ in sentences(note_of(talk))


def test_taking_a_line_in_or_out_moves_no_other() -> None:
    talk, _ = long_talk()
    before = note_of(talk)
    out, first = before.left_out[0].key, next(iter(sentences(before)))
    talk.take_sentence(out, True)
    assert set(sentences(note_of(talk))) == {*sentences(before), out}
    talk.take_sentence(first, False)
    assert set(sentences(note_of(talk))) == {*sentences(before), out} - {first}


def test_a_sentence_in_the_counsellors_words_stays_while_all_else_is_drafted_anew() -> None:
    talk, ids = long_talk()
    last = note_of(talk).left_out[-1].key
    talk.edit_sentence(last, "egne ord")
    told(talk, "noe nytt ble sagt her", "OPEN-3")
    own = sentences(note_of(talk))[last]
    assert (own.text, own.edited) == ("egne ord", True)
    assert own.drafted != own.text
    talk.edit_sentence(last, None)
    assert last in left_out(note_of(talk))
    assert ids[0] in sentences(note_of(talk))


def test_the_line_after_an_edited_one_says_again_who_speaks() -> None:
    talk = begun()
    first, second = told(talk, "en to tre fire"), told(talk, "fem seks sju åtte")
    talk.edit_sentence(first, "egne ord")
    assert sentences(note_of(talk))[second].text == "de forteller: fem seks sju åtte."


def test_an_edited_line_that_still_says_who_speaks_is_enough() -> None:
    talk = begun()
    first, second = told(talk, "en to tre fire"), told(talk, "fem seks sju åtte")
    talk.edit_sentence(first, "de forteller: en to fem.")
    assert sentences(note_of(talk))[second].text == "fem seks sju åtte."


def test_an_edit_whose_line_is_taken_back_stays_beneath_without_a_source() -> None:
    talk = begun()
    id_ = told(talk, "en to tre fire")
    talk.take_sentence(id_, True)
    talk.edit_sentence(id_, "egne ord")
    talk.retract(id_)
    note = note_of(talk)
    assert note.parts == ()
    (own,) = note.left_out
    assert (own.text, own.without_source, own.sources) == ("egne ord", True, ())
    talk.take_sentence(own.key, True)
    (own,) = sentences(note_of(talk)).values()
    assert (own.text, own.without_source, own.part) == ("egne ord", True, "told")
    talk.undo()
    talk.undo()
    (own,) = sentences(note_of(talk)).values()
    assert (own.text, own.without_source) == ("egne ord", False)


def test_words_without_a_source_stay_in_the_part_that_they_were_written_for() -> None:
    talk = begun()
    ours = told(talk, "forklart taushetsplikten", "INFO-13")
    talk.answer("THREAT-7", "yes")
    talk.answer("THREAT-7", "no")
    (changed,) = (key for key in sentences(note_of(talk)) if key.startswith("changed:"))
    for key in (ours, changed):
        talk.edit_sentence(key, f"egne ord om {key}")
    talk.retract(ours)
    talk.answer("THREAT-7", "yes")
    gone = {s.text: s.part for s in note_of(talk).all if s.without_source}
    assert gone == {f"egne ord om {ours}": "information", f"egne ord om {changed}": "told"}
    (own,) = (s.key for s in note_of(talk).all if s.text == f"egne ord om {ours}")
    talk.edit_sentence(own, "nye egne ord")
    assert [s.part for s in note_of(talk).all if s.text == "nye egne ord"] == ["information"]


def test_words_without_a_source_can_be_changed_again() -> None:
    talk = begun()
    id_ = told(talk, "en to tre fire", kind="observed")
    talk.edit_sentence(id_, "egne ord")
    talk.retract(id_)
    (own,) = note_of(talk).left_out
    talk.edit_sentence(own.key, "andre egne ord")
    (changed,) = note_of(talk).left_out
    assert (changed.key, changed.text, changed.without_source) == (own.key, "andre egne ord", True)
    talk.take_sentence(own.key, True)
    assert [sentence.part for sentence in sentences(note_of(talk)).values()] == ["observed"]


def test_words_change_with_their_line_when_it_comes_back() -> None:
    talk = begun()
    told(talk, "fem seks sju")
    talk.answer("THREAT-7", "unknown")
    talk.edit_sentence("answer:THREAT-7:unknown", "egne ord")
    talk.answer("THREAT-7", "yes")
    (own,) = (sentence for sentence in note_of(talk).all if sentence.without_source)
    talk.edit_sentence(own.key, "andre egne ord")
    talk.answer("THREAT-7", "unknown")
    assert sentences(note_of(talk))["answer:THREAT-7:unknown"].text == "andre egne ord"
    assert not any(sentence.without_source for sentence in note_of(talk).all)


def test_what_comes_after_a_change_is_offered_until_it_is_taken_over() -> None:
    talk = begun()
    first, second = told(talk, "en to tre fire"), told(talk, "fem seks sju åtte")
    talk.edit_sentence(first, "egne ord")
    third = told(talk, "slo i bordet i går", "OPEN-3")
    talk.answer("THREAT-7", "yes")
    note = note_of(talk)
    assert set(sentences(note)) == {first, second}
    assert [(s.key, s.new) for s in note.left_out] == [(third, True), ("answer:THREAT-7:yes", True)]
    talk.take_sentence(third, True)
    assert set(sentences(note_of(talk))) == {first, second, third}
    talk.take_over_new()
    assert note_of(talk).left_out == ()
    talk.undo()
    assert [s.key for s in note_of(talk).left_out] == ["answer:THREAT-7:yes"]
    talk.edit_sentence(first, None)
    assert note_of(talk).left_out == ()


def test_an_answer_that_is_changed_is_not_new() -> None:
    talk = begun()
    first = told(talk, "en to tre fire")
    talk.answer("THREAT-7", "unknown")
    talk.edit_sentence(first, "egne ord")
    talk.answer("THREAT-7", "yes")
    assert "answer:THREAT-7:yes" in sentences(note_of(talk))


def test_taking_lines_in_or_out_settles_nothing() -> None:
    talk = begun()
    first = told(talk, "en to tre fire")
    talk.take_sentence(first, False)
    second = told(talk, "fem seks sju åtte")
    assert set(sentences(note_of(talk))) == {second}


def test_what_is_told_of_events_comes_before_the_chosen_option_and_all_else() -> None:
    talk = begun()
    talk.answer("decision", "HELP-2")
    for n in range(40):
        told(talk, " ".join(f"ord{n}x{m}" for m in range(9)), "HELP-2")
    id_ = told(talk, " ".join(["slo"] * 30), "OPEN-3")
    seen = told(talk, "blått merke på armen", "OPEN-3", kind="observed")
    assert {id_, seen} <= set(sentences(note_of(talk)))


def test_nothing_less_weighty_fills_the_place_of_an_event() -> None:
    talk = begun()
    for n in range(8):
        told(talk, " ".join([f"slo{n}", *["ord"] * 39]), "OPEN-3")
    last = told(talk, " ".join(["dytta", *["ord"] * 39]), "OPEN-3")
    short = told(talk, "to barn hjemme", "THREAT-1")
    assert {last, short} <= set(left_out(note_of(talk)))


def test_an_event_that_no_note_has_room_for_does_not_empty_the_note() -> None:
    talk = begun()
    long = told(talk, " ".join(["slo"] * 400), "OPEN-3")
    short = told(talk, "to barn hjemme", "THREAT-1")
    assert list(sentences(note_of(talk))) == [short]
    assert long in left_out(note_of(talk))


def test_duties_are_named_before_what_is_always_told() -> None:
    talk, _ = long_talk()
    for n in range(10):
        told(talk, " ".join(f"sagt{n}x{m}" for m in range(10)), "THREAT-7")
    talk.answer("INFO-2", "given")
    talk.answer("INFO-13", "given")
    weighed = told(talk, "plikten gjelder ikke nå", "HOME-3", kind="assessed")
    note = note_of(talk)
    assert {"told:given:INFO-13", weighed} <= set(sentences(note))
    assert "told:given:INFO-2" in {sentence.key for sentence in note.all}


def test_what_is_put_off_is_named_whatever_it_is() -> None:
    talk, _ = long_talk()
    talk.answer("INFO-2", "later")
    assert "told:later:INFO-2" in sentences(note_of(talk))


def test_a_page_has_sixty_rows_however_short_its_lines_are() -> None:
    talk = begun()
    ids = [told(talk, f"slo{n}", "THREAT-13") for n in range(150)]
    note = note_of(talk)
    assert len(text(note).splitlines()) <= 60
    assert set(sentences(note)) | set(left_out(note)) == set(ids)


def test_an_edited_sentence_is_not_about_another_option() -> None:
    talk = begun()
    talk.answer("decision", "HELP-1")
    (key,) = sentences(note_of(talk))
    talk.edit_sentence(key, "Valgte det første")
    talk.answer("decision", "HELP-2")
    (sentence,) = sentences(note_of(talk)).values()
    assert not sentence.edited
    talk.answer("decision", "HELP-1")
    (sentence,) = sentences(note_of(talk)).values()
    assert sentence.text == "Valgte det første"


def test_an_edited_sentence_is_not_about_another_answer() -> None:
    talk = begun()
    talk.answer("THREAT-10", "yes")
    (key,) = sentences(note_of(talk))
    talk.edit_sentence(key, "Han har rifle")
    talk.answer("THREAT-10", "no")
    (sentence,) = sentences(note_of(talk)).values()
    assert not sentence.edited


def test_what_was_told_since_an_edit_is_a_sentence_of_its_own() -> None:
    talk = begun()
    talk.answer("INFO-2", "given")
    (key,) = sentences(note_of(talk))
    talk.edit_sentence(key, "Fortalte om taushetsplikten")
    talk.answer("INFO-13", "given")
    (own,), (new,) = sentences(note_of(talk)).values(), note_of(talk).left_out
    assert (own.text, own.edited) == ("Fortalte om taushetsplikten", True)
    assert (new.key, new.edited, new.new) == ("told:given:INFO-13", False, True)
    talk.answer("INFO-2", None)
    assert [(s.key, s.without_source) for s in note_of(talk).all] == [
        ("told:given:INFO-13", False),
        (f"{key}:own", True),
    ]


def test_the_second_half_of_an_edited_line_is_offered_and_not_put_into_the_note() -> None:
    talk = begun()
    id_ = told(talk, "en to tre fire")
    talk.edit_sentence(id_, "egne ord")
    second = str(talk.split(id_, len("en to")))
    note = note_of(talk)
    assert [s.text for s in sentences(note).values()] == ["egne ord"]
    assert left_out(note)[second].new
    talk.take_over_new()
    assert second in sentences(note_of(talk))


def test_a_line_that_stands_as_drafted_stays_in_the_note_when_it_is_split() -> None:
    talk = begun()
    id_, other = told(talk, "en to tre fire"), told(talk, "fem seks")
    talk.edit_sentence(other, "egne ord")
    second = talk.split(id_, len("en to"))
    assert set(sentences(note_of(talk))) == {id_, second, other}


def test_each_change_of_a_line_is_offered_beside_what_was_made_of_the_one_before() -> None:
    talk = begun()
    id_ = told(talk, "en to tre fire")
    talk.edit_sentence(id_, "egne ord")
    for words in ("fem seks sju", "åtte ni ti", "elleve tolv"):
        talk.edit(id_, words)
        (offered,) = (s for s in note_of(talk).left_out if words in s.text)
        assert offered.new
        talk.edit_sentence(offered.key, f"egne ord om {words}")
        assert not [s for s in note_of(talk).left_out if words in s.text]
    texts = [s.text for s in sentences(note_of(talk)).values()]
    assert texts[1:] == [f"egne ord om {w}" for w in ("fem seks sju", "åtte ni ti", "elleve tolv")]


def test_an_edited_sentence_stands_beside_the_draft_of_its_line_as_it_reads_now() -> None:
    talk = begun()
    id_ = told(talk, "en to tre fire")
    talk.edit_sentence(id_, "egne ord")
    assert left_out(note_of(talk)) == {}
    talk.edit(id_, "fem seks sju")
    note = note_of(talk)
    assert [(s.text, s.edited) for s in sentences(note).values()] == [("egne ord", True)]
    (offered,) = note.left_out
    assert "fem seks sju" in offered.text
    assert offered.sources == (id_,)
    talk.take_sentence(offered.key, True)
    talk.take_sentence(id_, False)
    (sentence,) = sentences(note_of(talk)).values()
    assert "fem seks sju" in sentence.text
    talk.edit_sentence(id_, "nye egne ord")
    assert offered.key not in {**sentences(note_of(talk)), **left_out(note_of(talk))}
    talk.undo()
    talk.retract(id_)
    assert [s.text for s in note_of(talk).all] == ["egne ord"]
