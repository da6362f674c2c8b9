"""Who calls again, and that two cases are one person: nothing of that lies in any file."""

from __future__ import annotations

import datetime as dt

import pytest

from counsellor import Counsellor, nb
from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home
from test_secrecy import assert_terminal_tells_nothing, everything_in
from traces import in_bytes, in_folder

ALIASES = ("Rognebærtunet", "Seljefløytet")
REASON = "samme kodeord og høyløftet"
SAID = (*ALIASES, "høyløftet", "kodeord")
AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def two(home: Home) -> Home:
    """Two signed contacts, each of a case of its own."""
    guide = load()
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    for number, alias in enumerate(ALIASES, 1):
        talk = Conversation.new(
            guide, by=archive.me.slot, now=lambda: AT, case=bytes([number] * 16)
        )
        talk.answer("alias", alias)
        talk.pin("call", "no")
        archive.sign(talk.snapshot(), guide)
    archive.lock()
    return home


def test_joined_by_keys_and_nothing_of_it_in_the_clear(two: Home) -> None:
    with Counsellor(two) as counsellor:
        counsellor.sign_in()
        counsellor.to_contacts()
        counsellor.wait(*ALIASES)
        counsellor.press("ctrl+l")
        counsellor.wait(nb("same_person.key-pick"))
        counsellor.press("enter")
        counsellor.wait(nb("same_person.join-title"))
        counsellor.type(REASON)
        counsellor.wait(REASON)
        assert in_folder(two.root, SAID) == []
        counsellor.press("enter")
        counsellor.wait("K-0202", nb("same_person.also", codes="K-0101"))
        counsellor.press("ctrl+r")
        counsellor.wait(nb("before.talks", n=2), nb("conversation.call-no"))
        counsellor.press("ctrl+w")
        counsellor.wait(REASON, ALIASES[1])
        counsellor.save()
        assert everything_in(two) == []
        assert in_folder(two.root, SAID) == []
        counsellor.leave()
        assert everything_in(two) == []
        assert in_folder(two.root, SAID) == []
        assert_terminal_tells_nothing(counsellor)
        assert in_bytes(counsellor.outside_alternate, SAID) == []


def test_the_log_tells_ids_and_no_words(two: Home) -> None:
    archive = Archive.unlock(two.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=two.device)
    one, other = (bytes([number] * 16).hex() for number in (1, 2))
    joining = archive.persons.join(one, other, REASON)
    archive.persons.part(joining.id, REASON)
    entries = archive._vault.log()
    told = "\n".join(map(repr, entries)).encode()
    assert in_bytes(told, (*SAID, one, other, COUNSELLOR)) == []
    assert [entry.what for entry in entries][-2:] == ["item", "item"]
    archive.lock()
