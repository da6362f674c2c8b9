"""The rules say of each invented conversation what its file expects: nothing more, nothing less."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from intake_tui.guide.model import Condition, Guide, Signal

TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.toml"))
NOT_DENIED = (None, "yes", "given", "understood", "later", "not-wanted")


class Talk:
    """The answers and placed lines of one conversation, read straight from its file."""

    def __init__(self, talk: dict[str, Any]) -> None:
        answers = talk["answers"].items()
        self.answers = {id_: value for id_, value in answers if value != "not-asked"}
        self.placed = {
            place
            for line in talk["line"]
            if line["kind"] in ("told", "quote")
            for place in line["places"]
        }

    def holds(self, condition: Condition) -> bool:
        if condition.all is not None:
            return all(self.holds(part) for part in condition.all)
        if condition.any is not None:
            return any(self.holds(part) for part in condition.any)
        if condition.placed is not None:
            undenied = self.answers.get(condition.placed) in NOT_DENIED
            return condition.placed in self.placed and undenied
        return self.answers.get(condition.question or "") == condition.is_


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_signals_are_exactly_the_expected(guide: Guide, path: Path):
    talk = read(path)
    found = {signal.id for signal in guide.signals if Talk(talk).holds(signal.when)}
    assert found == set(talk["expect"]["signals"])


def test_there_are_four_conversations():
    assert len(TRANSCRIPTS) == 4


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_place_answer_and_told_item_is_in_the_guide(guide: Guide, path: Path):
    talk = read(path)
    for line in talk["line"]:
        assert set(line["places"]) <= guide.by_id.keys()
    for id_, value in talk["answers"].items():
        assert value in (*guide.by_id[id_].values, "not-asked")
    for id_ in talk["expect"]["told"]:
        assert "given" in guide.by_id[id_].values
    assert talk["expect"]["outcome"] in guide.by_id["decision"].values


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_chosen_option_considers_every_question_that_is_open_at_the_end(
    guide: Guide, path: Path
):
    talk = read(path)
    option = guide.by_id[talk["expect"]["outcome"]]
    assert set(talk["expect"]["unknown_for_decision"]) <= set(option.considers)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_grave_risk_is_told_where_the_conversation_told_it(guide: Guide, path: Path):
    talk = read(path)
    applies = Talk(talk).holds(guide.by_id["INFO-11"].when)
    assert applies == ("INFO-11" in talk["expect"]["told"])


def signal(guide: Guide, id_: str) -> Signal:
    return next(signal for signal in guide.signals if signal.id == id_)


def talk(answers: dict[str, str], *places: str) -> Talk:
    lines = [{"kind": "told", "places": [place]} for place in places]
    return Talk({"answers": answers, "line": lines})


@pytest.mark.parametrize("id_", ["choking", "threats-to-kill", "contact-ban-broken"])
@pytest.mark.parametrize("value", ["yes", "no", "unknown", "declined", "not-asked"])
def test_supplements_follow_from_yes_alone(guide: Guide, id_: str, value: str):
    assert talk({id_: value}).holds(signal(guide, id_).when) == (value == "yes")


@pytest.mark.parametrize(
    ("answers", "places", "several", "honour"),
    [
        ({}, (), False, False),
        ({"THREAT-1": "several"}, (), True, False),
        ({"THREAT-1": "one"}, ("THREAT-1",), False, False),
        ({"THREAT-1": "one"}, ("THREAT-1", "THREAT-14"), False, False),
        ({}, ("THREAT-1", "THREAT-14"), True, False),
        ({"THREAT-12": "yes"}, (), False, False),
        ({"THREAT-12": "yes"}, ("THREAT-1", "THREAT-14"), True, True),
        ({"THREAT-12": "yes", "THREAT-1": "several"}, (), True, True),
        ({"THREAT-12": "unknown", "THREAT-1": "several"}, (), True, False),
    ],
)
def test_several_and_honour(guide: Guide, answers, places, several: bool, honour: bool):
    held = talk(answers, *places)
    assert held.holds(signal(guide, "several-perpetrators").when) == several
    assert held.holds(signal(guide, "honour-based").when) == honour


def test_a_line_on_an_item_that_was_denied_says_nothing(guide: Guide):
    rape = signal(guide, "recent-rape").when
    assert talk({}, "THREAT-13").holds(rape)
    assert talk({"THREAT-13": "yes"}).holds(rape)
    assert not talk({"THREAT-13": "no"}, "THREAT-13").holds(rape)
    assert not talk({"THREAT-13": "declined"}, "THREAT-13").holds(rape)
