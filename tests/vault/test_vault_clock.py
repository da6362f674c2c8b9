"""The machine's clock is set back or forward: nothing goes wrong, and who signs in is told."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from vaults import rid

from intake_tui.vault import log

DAY = 86400


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the log takes for the time: `ahead` seconds more than it is."""
    clock = SimpleNamespace(ahead=0)
    clock.time = lambda: time.time() + clock.ahead
    monkeypatch.setattr(log, "time", clock)
    return clock


@pytest.mark.parametrize("ahead", [3 * DAY, 4000 * DAY])
def test_set_back_it_is_said_and_everything_goes_on(made, opened, clock, ahead):
    draft, case = rid(), rid()
    clock.ahead = ahead
    before = opened(made)
    before.save_draft(draft, b"written in the future")
    before.sign(id=rid(), case=case, head=b"1", body=b"")
    before.lock()
    clock.ahead = 0
    vault = opened(made)
    assert vault.warnings == ("clock-back",)
    assert vault.last.at is not None
    assert vault.last.at.timestamp() > time.time() + DAY
    assert [one.blob for one in vault.drafts()] == [b"written in the future"]
    vault.save_draft(draft, b"written now")
    vault.rotate()
    vault.sign(id=rid(), case=case, head=b"2", body=b"", draft=draft)
    assert [one.head for one in vault.heads()] == [b"2", b"1"], "in the order of writing"
    assert vault.verify().findings == ()
    vault.lock()
    again = opened(made)
    assert again.warnings == (), "said once"
    assert again.verify().findings == ()


def test_two_desks_may_differ_by_a_minute(made, opened, clock):
    clock.ahead = 60
    opened(made).lock()
    clock.ahead = 0
    assert opened(made).warnings == ()


def test_set_forward_nothing_is_said_and_nothing_goes_wrong(made, opened, clock):
    """Nobody can tell it from a vault that was not used for long."""
    vault = opened(made)
    vault.sign(id=rid(), case=rid(), head=b"1", body=b"")
    clock.ahead = 400 * DAY
    vault.sign(id=rid(), case=rid(), head=b"2", body=b"")
    assert vault.verify().findings == ()
    assert vault.warnings == ()
