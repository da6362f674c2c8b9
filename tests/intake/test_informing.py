"""Which information applies, why, and what is still to be given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import TRANSCRIPTS, guide, held, transcript
from ticking import begun

from intake_tui.guide.answers import TOLD
from intake_tui.guide.model import Centre, Information
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.informing import Applies, applies, is_listed
from intake_tui.intake.line import Line
from intake_tui.intake.outstanding import outstanding

CONDITIONAL = ("INFO-10", "INFO-11")
INFORMATION = tuple(item.id for item in guide().items() if isinstance(item, Information))
STATES = st.dictionaries(st.sampled_from(INFORMATION), st.sampled_from(TOLD), max_size=8)
ANSWERS = st.dictionaries(
    st.sampled_from(["THREAT-10", "THREAT-4", "THREAT-7", "residence-permit", "home-wish"]),
    st.sampled_from(["yes", "no", "unknown", "declined"]),
)


def item(id_: str) -> Information:
    found = guide().by_id[id_]
    assert isinstance(found, Information)
    return found


def why(talk: Conversation, id_: str) -> list[tuple[str, str | None]] | None:
    found = applies(item(id_), guide(), talk.intake)
    return None if found is None else [(each.place, each.value) for each in found.because]


def names(talk: Conversation) -> list[tuple[str, bool]]:
    return [(each.item.id, each.put_off) for each in outstanding(guide(), talk.intake)]


def test_what_everybody_may_be_told_applies_without_a_reason() -> None:
    assert applies(item("INFO-2"), guide(), begun().intake) == Applies()


@pytest.mark.parametrize("id_", CONDITIONAL)
def test_what_applies_sometimes_does_not_until_something_says_so(id_: str) -> None:
    talk = begun()
    for place in ("THREAT-10", "residence-permit"):
        for value in ("no", "unknown", "declined"):
            talk.answer(place, value)
            assert why(talk, id_) is None
            assert not is_listed(item(id_), guide(), talk.intake)


def test_the_reason_names_the_answers_and_the_words_it_follows_from() -> None:
    talk = begun()
    talk.line = Line("to rifler i boden", places=("THREAT-10",), answers={"THREAT-10": "yes"})
    talk.keep()
    talk.line = Line("vil hjem nå", places=("HOME-1",))
    talk.keep()
    assert why(talk, "INFO-11") == [("THREAT-10", "yes"), ("HOME-1", None)]
    found = applies(item("INFO-11"), guide(), talk.intake)
    assert found is not None
    assert [each.statements for each in found.because] == [("s1",), ("s2",)]
    assert "rifler" not in repr(found)


def test_the_permit_calls_for_information_though_it_never_decides() -> None:
    talk = begun()
    talk.answer("residence-permit", "yes")
    assert why(talk, "INFO-10") == [("residence-permit", "yes")]


def test_groups_are_told_of_only_where_the_centre_has_them() -> None:
    without = guide().model_copy(update={"centre": Centre()})
    assert applies(item("INFO-8"), guide(), begun().intake) == Applies(centre=True)
    assert applies(item("INFO-8"), without, begun().intake) is None


def test_what_was_told_or_spoken_of_never_leaves_the_list() -> None:
    talk = begun()
    talk.answer("INFO-10", "given")
    talk.line = Line("lurer på om han får vite det", places=("INFO-11",))
    talk.keep()
    assert why(talk, "INFO-10") is None
    assert all(is_listed(item(id_), guide(), talk.intake) for id_ in CONDITIONAL)


@settings(deadline=None)
@given(STATES, ANSWERS)
def test_outstanding_is_what_was_put_off_and_what_applies_and_was_not_told(
    states: dict[str, str], answers: dict[str, str]
) -> None:
    talk = begun()
    for place, value in {**states, **answers}.items():
        talk.answer(place, value)
    found = dict(names(talk))
    assert {id_ for id_, put_off in found.items() if put_off} == {
        id_ for id_, value in states.items() if value == "later"
    }
    for id_, put_off in found.items():
        assert put_off or (id_ not in states and why(talk, id_))
    for id_ in CONDITIONAL:
        assert (id_ in found) == (states.get(id_, "later" if why(talk, id_) else "") == "later")


def test_given_later_after_all_is_outstanding_no_more() -> None:
    talk = begun()
    talk.answer("INFO-9", "later")
    assert names(talk) == [("INFO-9", True)]
    talk.answer("INFO-9", "understood")
    assert names(talk) == []


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_the_talks_told_what_applied(name: str) -> None:
    """Each conversation ends with nothing outstanding, as it told what applied in it."""
    left = {id_ for id_, _ in names(held(name))}
    assert left.isdisjoint(transcript(name)["expect"]["told"])
    assert left <= set(CONDITIONAL)


def test_a_repr_says_nothing_of_why() -> None:
    talk = begun()
    talk.answer("THREAT-10", "yes")
    assert repr(outstanding(guide(), talk.intake)) == "(<Outstanding INFO-11>,)"
