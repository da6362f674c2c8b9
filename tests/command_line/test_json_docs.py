"""docs/json.md is true: what the command line prints has the shape that stands there."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from commands import Commands

from intake_tui.guide.load import load
from intake_tui.intake.amendment import Amendment
from intake_tui.records.archive import Archive
from intake_tui.records.retention import Period
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import START, whole_talk

DOCS = Path(__file__).parents[2] / "docs" / "json.md"
SAME = (
    "statements",
    "date_line",
    "answers",
    "told",
    "registration",
    "children",
    "safety",
    "decision",
    "next",
)
BY_ID = ("answers", "told", "registration", "safety", "options")  # objects with ids for keys


def documented(name: str) -> Any:
    """The example under that heading."""
    (found,) = re.findall(rf"<!-- {name} -->\n```json\n(.*?)\n```", DOCS.read_text("utf-8"), re.S)
    return json.loads(found)


@pytest.fixture
def signed(home: Home) -> Home:
    """The documented conversation, signed."""
    guide = load()
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    talk = whole_talk(guide, by=archive.me.slot)
    archive.sign(talk.snapshot(), guide, at=START + dt.timedelta(hours=1))
    archive.persons.join(
        talk.case.hex(), "9b01" + "1".zfill(28), "samme kodeord, og hun sier det selv"
    )
    archive.lock()
    return home


def fits(value: Any, example: Any, key: str = "") -> bool:
    """Whether it has the example's keys and kinds of values; a list may be empty."""
    if isinstance(value, dict) and isinstance(example, dict):
        if key in BY_ID:
            return all(
                any(fits(one, other) for other in example.values()) for one in value.values()
            )
        return value.keys() == example.keys() and all(
            fits(part, example[name], name) for name, part in value.items()
        )
    if isinstance(value, list) and isinstance(example, list):
        return not example or all(any(fits(one, other) for other in example) for one in value)
    return type(value) is type(example)


def printed(home: Home, *arguments: str) -> Any:
    done = Commands(home)(*arguments, "--json", "--sign-in-stdin")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_another_shape_is_noticed() -> None:
    example = documented("contacts show")
    assert not fits({**example, "more": 1}, example)
    assert not fits({**example, "statements": [{"id": "s1"}]}, example)
    assert not fits({**example, "told": {"INFO-2": None}}, example)


def test_the_list_has_the_documented_shape(signed: Home) -> None:
    listed, example = printed(signed, "contacts", "list"), documented("contacts list")
    assert fits(listed, example)
    assert {**listed["contacts"][0], "by": ""} == {**example["contacts"][0], "by": ""}


def test_a_contact_has_the_documented_shape(signed: Home) -> None:
    shown, example = printed(signed, "contacts", "show", "K-4F2A"), documented("contacts show")
    assert list(shown) == list(example)
    assert fits(shown, example)
    for part in SAME:
        assert shown[part] == example[part], part
    assert shown["by"] == COUNSELLOR
    joined, told = shown["joined"][0], example["joined"][0]
    assert {**joined, "at": "", "by": ""} == {**told, "at": "", "by": ""}


def test_an_open_contact_has_it_too(home: Home) -> None:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    talk = whole_talk(load(), by=archive.me.slot)
    archive.save(talk.snapshot())
    archive.lock()
    shown, example = (
        printed(home, "contacts", "show", talk.id.hex()[:31]),
        documented("contacts show"),
    )
    assert (shown["status"], shown["signed"]) == ("open", None)
    assert fits({**shown, "signed": ""}, example)


def test_an_amendment_has_the_documented_shape(signed: Home) -> None:
    archive = Archive.unlock(
        signed.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=signed.device
    )
    record = archive.resolve("K-4F2A")
    archive.amend(record, Amendment("safety", "call", "no", "yes", "hun ba om det"))
    archive.mark(record, "deadline", done=True)
    archive.lock()
    shown = printed(signed, "contacts", "show", "K-4F2A")
    example, entry = documented("contacts show"), documented("an amendment")
    assert [list(one) for one in shown["amendments"]] == [list(entry)]
    assert fits(shown["amendments"], [entry])
    for key, value in shown["amended"].items():
        assert key == "additions" or fits(value, example[key], key)
    assert [list(one) for one in shown["done"]] == [["point", "done", "at", "by"]]


def test_the_list_of_staff_has_the_documented_shape(home: Home) -> None:
    listed, example = printed(home, "staff", "list"), documented("staff list")
    assert fits(listed, example)
    assert list(listed["staff"][0]) == list(example["staff"][0])


def test_the_list_of_what_is_due_has_the_documented_shape(signed: Home) -> None:
    archive = Archive.unlock(
        signed.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=signed.device
    )
    archive.keeping.settle("HELP-1", Period(n=1, unit="days"))
    archive.lock()
    assert printed(signed, "contacts", "due") == documented("contacts due")


def test_every_key_is_explained() -> None:
    text = DOCS.read_text("utf-8")
    tables = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    for key in {
        **documented("contacts show"),
        **documented("an amendment"),
        **documented("contacts list")["contacts"][0],
        **documented("staff list")["staff"][0],
        **documented("contacts due")["due"][0],
    }:
        if key != "format":
            assert f"`{key}" in tables, key


def test_a_contact_reads_as_plain_text_too(signed: Home) -> None:
    done = Commands(signed)("--lang", "nb", "contacts", "show", "K-4F2A", "--sign-in-stdin")
    assert done.returncode == 0
    for part in (
        "K-4F2A · Rogn",
        "«Nå er det hver uke»",
        "IKKE RING",
        "Mannen var brå før også.",
        "K-4F2A og K-9B01 er samme person",
    ):
        assert part in done.stdout


def test_the_plain_list_is_aligned(signed: Home) -> None:
    archive = Archive.unlock(
        signed.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=signed.device
    )
    archive.save(whole_talk(load(), by=archive.me.slot, number=0xAB << 112).snapshot())
    archive.lock()
    done = Commands(signed)("contacts", "list", "--sign-in-stdin")
    first, second = done.stdout.splitlines()
    assert first.index("Rogn") == second.index("Rogn")
    assert first.split()[2] == "åpen"
    assert second.split()[2] == "signert"


def test_an_empty_list_is_said_and_not_an_error(home: Home) -> None:
    done = Commands(home)("contacts", "list", "--sign-in-stdin")
    assert (done.returncode, done.stdout) == (0, "Ingen kontakter ennå.\n")
    assert printed(home, "contacts", "list") == {"format": 1, "contacts": []}
