"""Each invented conversation, typed by key bytes only, closed, started anew, and read back."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from counsellor import EMPTY_NOTE, Counsellor, nb
from intake_tui.guide.model import Guide
from machine import Home
from readback import only_contact
from talk import ENTER, FIND, TAB, TALKS, Line, Talk, keys
from walk import Walk

NUMBER = "000 00 000"
DIGIT = re.compile(r"\d")
BOTH = pytest.mark.parametrize("form", ["draft", "signed"])


@dataclass(frozen=True)
class Taken:
    """A conversation that was taken down, as an open draft and after signing.

    `screens`: what the terminal showed on the way, by what it was; `broke`: where the line broke.
    """

    talk: Talk
    draft: dict[str, Any]
    signed: dict[str, Any]
    broke: list[list[str]]
    overview: list[list[str]]
    screens: list[tuple[str, list[str]]]


def held(counsellor: Counsellor, guide: Guide, talk: Talk) -> list[list[str]]:
    """The whole talk, each thing pinned where it is said; what is seen where the line breaks."""
    broke = []
    for line in (*talk.alone, talk.alias):
        counsellor.send(keys(guide, line).data)
    for number, line in enumerate(talk.lines, start=1):
        counsellor.send(keys(guide, line).data)
        if number == talk.broke or number in talk.pins:
            counsellor.catch_up()
        if number == talk.broke:
            broke.append(counsellor.line_broke())
        if number in talk.pins:
            counsellor.pin(talk.pins[number])
    if talk.broke:
        broke.append(counsellor.line_broke())
    for line in (talk.decision, *talk.next):
        counsellor.send(keys(guide, line).data)
    counsellor.catch_up()
    return broke


@pytest.fixture(scope="module", params=TALKS)
def taken(
    request: pytest.FixtureRequest,
    first_home: Home,
    tmp_path_factory: pytest.TempPathFactory,
    guide: Guide,
) -> Taken:
    talk = Talk.read(request.param)
    home = first_home.copy(tmp_path_factory.mktemp("talk") / "machine")
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        broke = held(counsellor, guide, talk)
        overview = list(Walk(counsellor).overview())
        counsellor.leave()
    draft = only_contact(home)
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.to_contacts()
        screens = [("contacts", counsellor.rows)]
        counsellor.press("enter")
        counsellor.wait(EMPTY_NOTE)
        if talk.safety.get("call") == "no" and talk.next:
            screens += Walk(counsellor).conversation()
        screens += Walk(counsellor).sign()
        counsellor.press("esc")
        counsellor.wait(nb("contacts.signed"))
        screens.append(("contacts", counsellor.rows))
        counsellor.leave()
    return Taken(talk, draft, only_contact(home), broke, overview, screens)


def statements(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: row[key] for key in ("kind", "text", "places")} for row in shown["statements"]]


@BOTH
def test_every_line_is_there_once_byte_for_byte(taken: Taken, form: str) -> None:
    expected = [line.statement for line in taken.talk.all]
    assert statements(getattr(taken, form)) == expected


@BOTH
def test_the_answers_are_those_given(taken: Taken, form: str) -> None:
    answers = getattr(taken, form)["answers"]
    for place, value in taken.talk.data["answers"].items():
        found = answers.get(place)
        assert (found["value"] if found else "not-asked") == value, place


@BOTH
def test_what_is_pinned_where_it_is_said_is_kept(taken: Taken, form: str) -> None:
    shown = getattr(taken, form)
    assert shown["safety"] == taken.talk.safety
    assert [each["text"] for each in shown["next"]] == [line.text for line in taken.talk.next]


def test_the_overview_on_the_screen_names_what_is_not_known(taken: Taken, guide: Guide) -> None:
    considered = {place for item in guide.items() for place in getattr(item, "considers", ())}
    rows = [row for page in taken.overview for row in page]
    expected = taken.talk.data["expect"]["unknown_for_decision"]
    for place in considered.intersection(expected):
        state = nb(f"answers.{taken.talk.data['answers'][place]}")
        name = guide.by_id[place].short.nb
        assert any(name in row and row.rstrip(" │").endswith(state) for row in rows), place


def test_the_signals_on_the_screen_are_those_that_follow(taken: Taken, guide: Guide) -> None:
    (first, *_), expected = taken.overview, taken.talk.data["expect"]["signals"]
    pages = [page for page in taken.overview if f"› {nb('overview.signals')}" in "\n".join(page)]
    text = "\n".join(row for page in pages for row in page)
    assert first in pages
    for signal in guide.signals:
        assert (signal.name.nb in text) == (signal.id in expected), signal.id
    assert (nb("overview.no-signals") in text) or expected


def test_a_number_that_must_not_be_called_says_so_on_every_row_of_every_screen(
    taken: Taken,
) -> None:
    if taken.talk.safety.get("call") != "no":
        return
    rows = [(name, row) for name, screen in taken.screens for row in screen if NUMBER in row]
    rows += [("overview", row) for page in taken.overview for row in page if NUMBER in row]
    assert [(name, row) for name, row in rows if "IKKE RING" not in row] == []
    if taken.talk.next:
        wanted = {"contacts", "step 7", "running note", "signed"}
        assert wanted <= {name for name, _ in rows}


def test_a_line_that_breaks_says_what_was_agreed(taken: Taken) -> None:
    if not taken.talk.broke:
        assert taken.broke == []
        return
    before, after = taken.broke
    assert nb("line_broke.not-agreed") in "\n".join(before)
    assert [row for row in before if DIGIT.search(row)] == []
    text = "\n".join(after)
    for kind in ("number", "hours", "code-word"):
        assert taken.talk.safety[kind] in text
    assert nb("safety.no-message") in text


@BOTH
def test_the_wish_to_go_home_the_plan_and_the_change_of_mind_all_remain(
    taken: Taken, form: str
) -> None:
    if not taken.talk.data["expect"]["wants_home"]:
        return
    shown = getattr(taken, form)
    journal = [row["text"] for part in shown["journal"]["parts"] for row in part["sentences"]]
    signed = " ".join(row.strip(" │·") for name, rows in taken.screens for row in rows)
    for words in (
        "Jeg må hjem før han legger seg",
        "plan: nabo i etg under, åpner om natta også",
        "da blir vi her",
    ):
        assert any(words in line["text"] for line in shown["statements"])
        assert any(words in sentence for sentence in journal)
        assert words in signed


@BOTH
def test_what_was_told_and_what_follows(taken: Taken, form: str) -> None:
    shown, expected = getattr(taken, form), taken.talk.data["expect"]
    assert set(expected["told"]) == set(shown["told"])
    assert {signal["id"] for signal in shown["signals"]} == set(expected["signals"])
    assert shown["decision"]["chosen"] == expected["outcome"]
    assert shown["decision"]["reason"] == expected["outcome_reason"]


def test_the_journal_is_short_and_holds_what_it_must(taken: Taken) -> None:
    journal, rules = taken.signed["journal"], taken.talk.data["journal"]
    text = "\n".join(row["text"] for part in journal["parts"] for row in part["sentences"])
    assert [piece for piece in rules["must_contain"] if piece not in text] == []
    assert [piece for piece in rules["must_not_contain"] if piece in text.lower()] == []
    notes = sum(len(line.text.split()) for line in taken.talk.all)
    assert journal["words"] <= min(350, 0.85 * notes)


def test_signing_changes_the_status_and_nothing_that_was_said(taken: Taken) -> None:
    assert (taken.draft["status"], taken.signed["status"]) == ("open", "signed")
    assert taken.draft["statements"] == taken.signed["statements"]
    assert taken.draft["id"] == taken.signed["id"]
    assert taken.signed["alias"] == taken.talk.data["alias"]


@pytest.mark.parametrize("name", ["01-telephone-weapons", "04-interpreter-permit"])
def test_few_keys_beyond_the_text(
    name: str, guide: Guide, figure: Callable[[str, str], None]
) -> None:
    talk = Talk.read(name)
    beyond = sorted(keys(guide, line).beyond for line in talk.lines)
    median, ninetieth = statistics.median(beyond), beyond[int(0.9 * len(beyond))]
    figure(f"keys beyond the text, {name}", f"median {median:g}, 90th percentile {ninetieth}")
    assert median <= 7
    assert ninetieth <= 13


@pytest.mark.parametrize("name", TALKS)
def test_no_function_key_and_no_escape(name: str, guide: Guide) -> None:
    talk = Talk.read(name)
    for line in (*talk.alone, talk.alias, *talk.lines, talk.decision):
        control = {bytes([byte]) for byte in keys(guide, line).data if byte < 0x20}
        assert control <= {FIND, TAB, ENTER}


def test_only_enter_between_notes(home: Home, guide: Guide) -> None:
    talk = Talk.read("01-telephone-weapons")
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        for line in talk.lines:
            counsellor.type(line.text + "\r")
        counsellor.leave()
    shown = only_contact(home)
    assert statements(shown) == [Line(line.text).statement for line in talk.lines]
    assert shown["answers"] == {}
