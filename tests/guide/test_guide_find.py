"""Find puts the wanted item on top after a few letters, or from the line as typed."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.guide.find import find, folded, split
from intake_tui.guide.load import load
from intake_tui.guide.model import LANGUAGES, AnyItem, Centre, Guide, Language, Question

GUIDE = load()
IDS = [item.id for item in GUIDE.items()]
TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.toml"))
WANTED_IN_FIRST_THREE = 0.85  # of the lines with a place; the share when this was written: 0.90


def ids(query: str, *, language: Language = "nb", **more: object) -> list[str]:
    return [item.id for item in find(GUIDE, query, language=language, **more)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", IDS)
def test_three_letters_of_the_short_name_put_an_item_of_the_step_first(
    id_: str, language: Language
):
    short = GUIDE.by_id[id_].short.at(language)
    assert ids(short[:3], language=language, step=GUIDE.step_of[id_])[0] == id_


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_find_word_puts_nearly_every_item_first(language: Language):
    first, all_ = 0, 0
    for item in GUIDE.items():
        for word in item.find.at(language):
            found = ids(word, language=language, step=GUIDE.step_of[item.id])
            assert item.id in found, word
            all_, first = all_ + 1, first + (found[0] == item.id)
    assert first / all_ > 0.9


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["hvem", "kven", "who", "h", "k", "w"])
def test_registration_comes_last_but_in_its_own_step(query: str, language: Language):
    kinds = [GUIDE.by_id[id_] for id_ in ids(query, language=language, step=2)]
    counted = [isinstance(one, Question) and one.kind == "registration" for one in kinds]
    assert counted == sorted(counted)
    assert kinds == [] or GUIDE.step_of[kinds[0].id] != len(GUIDE.steps)


@pytest.mark.parametrize(
    ("query", "step", "wanted"),
    [
        ("våp", 1, "THREAT-10"),
        ("vap", 1, "THREAT-10"),
        ("hag", 2, "THREAT-10"),
        ("THREAT-10", 1, "THREAT-10"),
        ("threat-1", 3, "THREAT-1"),
        ("bv", 1, "INFO-13"),
        ("telefontolk", 5, "INV-3"),
        ("red liv", 1, "THREAT-7"),
        ("kode", 6, "plan-code-word"),
        ("rus", 3, "THREAT-11"),
        ("tilrettelagt", 5, "HELP-3"),
        ("asyl", 1, "asylum"),
    ],
)
def test_what_is_wanted_comes_first(query: str, step: int, wanted: str):
    assert ids(query, step=step)[0] == wanted


def test_every_word_has_to_match():
    assert ids("våpen zebra") == []
    assert set(ids("barn hos")) < set(ids("barn"))


def test_letters_with_and_without_dots_and_rings_and_composed_or_not():
    assert ids("ære")[0] == ids("ere")[0] == "THREAT-14"
    assert ids("va\u030apen")[0] == "THREAT-10"
    assert folded("påført") == "pafort"


def test_the_letters_as_typed_come_before_letters_without_rings():
    found = ids("får vite", step=6)
    assert found[0] == "HOME-2"


def test_short_name_beats_find_word_beats_question():
    found = ids("polit", step=5)
    assert found[0] == "police"
    assert found.index("police") < found.index("INFO-4")


def test_the_present_step_comes_first_where_matches_are_alike():
    assert ids("opphold", step=4)[0] == "INFO-10"
    assert ids("opphold", step=5)[0] == "HELP-6"


def test_an_empty_query_shows_the_step_and_no_hidden_items():
    assert ids("", step=6) == [item.id for item in GUIDE.steps[5].items]
    assert "asylum" not in ids("", step=4)


def test_an_empty_query_puts_first_what_the_line_speaks_of():
    found = ids("", line="Han jakter, rifle og hagle i huset", step=1)
    assert found[0] == "THREAT-10"
    assert found[-1] == GUIDE.steps[0].items[-1].id


def test_what_is_excluded_stays_out():
    assert "THREAT-10" not in ids("våpen", exclude={"THREAT-10"})
    assert "INV-1" not in ids("", exclude=("INV-1",))


def test_the_line_as_typed_brings_the_wanted_place_among_the_first_three():
    found = [row for path in TRANSCRIPTS for row in _wanted(path)]
    assert len(found) == 109
    assert sum(found) / len(found) >= WANTED_IN_FIRST_THREE


def _wanted(path: Path) -> list[bool]:
    talk = tomllib.loads(path.read_text(encoding="utf-8"))
    language = talk["language"]
    return [
        not set(ids("", line=line["note"], language=language)[:3]).isdisjoint(line["places"])
        for line in talk["line"]
        if line["places"]
    ]


@given(st.text(max_size=30), st.text(max_size=80), st.integers(1, 8), st.sampled_from(LANGUAGES))
def test_whatever_is_typed_gives_items_once_each(
    query: str, line: str, step: int, language: Language
):
    found = ids(query, line=line, step=step, language=language)
    assert len(found) == len(set(found))
    if not split(query):
        shown = {item.id for item in GUIDE.steps[step - 1].items if not item.hidden}
        assert shown <= set(found)


@given(st.sampled_from(list(GUIDE.items())), st.data())
def test_any_beginning_of_any_word_of_an_item_finds_it(item: AnyItem, data: st.DataObject):
    language = data.draw(st.sampled_from(LANGUAGES))
    words = split(" ".join((item.short.at(language), *item.find.at(language))))
    word = data.draw(st.sampled_from(words))
    length = data.draw(st.integers(1, len(word)))
    assert item.id in ids(word[:length], language=language)


def test_finding_takes_far_less_than_a_key(guide: Guide):
    find(guide, "v", language="nb")
    times = []
    for query in ("v", "d", "våpen", "hvor er barna") * 5:
        start = time.perf_counter()
        find(guide, query, language="nb", line="", step=3)
        times.append(time.perf_counter() - start)
    assert sorted(times)[len(times) // 2] < 0.001


def test_what_the_centre_does_not_have_is_not_found():
    without = GUIDE.model_copy(update={"centre": Centre()})
    assert "INFO-8" in [item.id for item in find(GUIDE, "grupper", language="nb")]
    assert "INFO-8" not in [item.id for item in find(without, "grupper", language="nb")]
    assert "INFO-10" in [item.id for item in find(without, "eget opphold", language="nb")]
