"""Going home, by key bytes only: the wish, the plan and the change of mind all remain."""

from __future__ import annotations

from typing import Any

import pytest

from counsellor import Counsellor, nb
from intake_tui.guide.model import Guide
from machine import Home
from readback import only_contact
from talk import Line, Talk

TALK = "04-interpreter-permit"


def answered(place: str, value: str) -> Line:
    return Line(places=(place,), answers={place: value})


@pytest.fixture(scope="module")
def kept(
    first_home: Home, tmp_path_factory: pytest.TempPathFactory, guide: Guide
) -> tuple[str, dict[str, Any]]:
    """The fourth talk with the answers as they changed; the plan as it was read, and the draft."""
    talk = Talk.read(TALK)
    home = first_home.copy(tmp_path_factory.mktemp("talk") / "machine")
    first = (answered("home-wish", "yes"), answered("HELP-1", "offered-not-wanted"))
    then = (answered("home-wish", "no"), answered("HELP-1", "offered-wanted"))
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.keep(guide, *first, *talk.alone, *talk.lines, *then)
        counsellor.keep(guide, answered("INFO-3", "later"), talk.decision)
        counsellor.wait(nb("conversation.kept", n=len(talk.lines) + 1), patience=120)
        counsellor.press("ctrl+g")
        counsellor.wait(nb("steps.title"))
        counsellor.type("6")
        counsellor.wait(guide.question("home-wish").ask.nb)
        counsellor.press("ctrl+a")
        counsellor.wait(nb("reading.plan"), "nabo i etg under")
        plan = counsellor.text
        counsellor.press("ctrl+a")
        counsellor.leave()
    return plan, only_contact(home)


def test_the_wish_and_the_change_of_mind_stand_in_the_record(
    kept: tuple[str, dict[str, Any]],
) -> None:
    _, shown = kept
    wish, option = shown["answers"]["home-wish"], shown["decision"]["options"]["HELP-1"]
    assert wish["value"] == "no"
    assert [each["value"] for each in wish["before"]] == ["yes"]
    assert (option["offered"], option["view"]) == (True, "wanted")
    assert [(each["offered"], each["view"]) for each in option["before"]] == [(True, "not-wanted")]
    assert shown["decision"]["chosen"] == "HELP-1"


def test_the_note_has_the_wish_the_plan_and_staying_after_all(
    kept: tuple[str, dict[str, Any]],
) -> None:
    _, shown = kept
    journal = shown["journal"]
    parts = {
        part["id"]: "\n".join(sentence["text"] for sentence in part["sentences"])
        for part in journal["parts"]
    }
    assert "«Jeg må hjem før han legger seg»" in parts["told"]
    assert "Vil hjem: først ja, så nei." in parts["told"]
    assert "plan: nabo i etg under" in parts["plan"]
    assert "kodesetning om suppa" in parts["plan"]
    assert "Bo her, med vern: først ønsker det ikke, så ønsker det." in parts["decision"]
    assert journal["words"] <= 350


def test_the_plan_can_be_read_aloud_beside_the_note_line(
    kept: tuple[str, dict[str, Any]],
) -> None:
    plan = " ".join(kept[0].split())
    assert "nabo i etg under" in plan
    assert "kodesetning om suppa" in plan


def test_what_was_put_off_is_told_as_such(kept: tuple[str, dict[str, Any]]) -> None:
    _, shown = kept
    assert shown["told"]["INFO-3"]["value"] == "later"
