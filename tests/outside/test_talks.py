"""Each invented conversation, typed by key bytes only, closed, started anew, and read back."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from counsellor import Counsellor
from intake_tui.guide.model import Guide
from machine import Home
from readback import only_contact
from talk import ENTER, FIND, TAB, TALKS, Line, Talk, keys


@dataclass(frozen=True)
class Taken:
    """A conversation that was taken down, as an open draft and after signing."""

    talk: Talk
    draft: dict[str, Any]
    signed: dict[str, Any]


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
        for line in (*talk.alone, talk.alias, *talk.lines, talk.decision):
            counsellor.send(keys(guide, line).data)
        counsellor.leave()
    draft = only_contact(home)
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.open_first()
        counsellor.sign()
        counsellor.leave()
    return Taken(talk, draft, only_contact(home))


def statements(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: row[key] for key in ("kind", "text", "places")} for row in shown["statements"]]


@pytest.mark.parametrize("form", ["draft", "signed"])
def test_every_line_is_there_once_byte_for_byte(taken: Taken, form: str) -> None:
    expected = [line.statement for line in (*taken.talk.lines, taken.talk.decision)]
    assert statements(getattr(taken, form)) == expected


@pytest.mark.parametrize("form", ["draft", "signed"])
def test_the_answers_are_those_given(taken: Taken, form: str) -> None:
    answers = getattr(taken, form)["answers"]
    for place, value in taken.talk.data["answers"].items():
        found = answers.get(place)
        assert (found["value"] if found else "not-asked") == value, place


@pytest.mark.parametrize("form", ["draft", "signed"])
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
    notes = sum(len(line.text.split()) for line in (*taken.talk.lines, taken.talk.decision))
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
