"""The vault's file is taken away under the running program: said at once, and nothing pretended."""

from __future__ import annotations

import shutil
import sys

import pytest
from vaults import Made, rid

from intake_tui.vault import VaultGone, store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")


@pytest.fixture
def draft(vault: store.Vault) -> bytes:
    draft = rid()
    vault.save_draft(draft, b"before")
    return draft


def away(made: Made, how: str) -> None:
    if how == "deleted":
        made.path.unlink()
    elif how == "replaced":
        shutil.copy(made.path, made.path.with_name("older"))
        made.path.with_name("older").replace(made.path)
    else:
        made.path.parent.rename(made.path.parent.with_name("elsewhere"))


@pytest.mark.parametrize("how", ["deleted", "replaced", "folder moved"])
def test_no_save_is_acknowledged_any_more(made, vault, draft, how):
    away(made, how)
    for _ in range(2):
        with pytest.raises(VaultGone):
            vault.save_draft(draft, b"after")
        with pytest.raises(VaultGone), vault.batch():
            vault.put_item(rid(), "sort", b"x")
    assert [one.blob for one in vault.drafts()] == [b"before"], "what is open can still be read"
    vault.lock()


def test_once_it_is_back_it_goes_on(made, vault, draft):
    aside = made.path.with_name("aside")
    made.path.rename(aside)
    with pytest.raises(VaultGone):
        vault.save_draft(draft, b"after")
    aside.rename(made.path)
    vault.save_draft(draft, b"after")
    assert vault.verify().findings == ()
    vault.lock()
    again = made.unlock()
    assert [one.blob for one in again.drafts()] == [b"after"]
    assert again.warnings == ()
    again.lock()


def test_whatever_the_engine_says_of_a_missing_file_it_is_gone(made, vault, draft, monkeypatch):
    """A stick pulled out in the middle of a write."""
    from intake_tui.vault.engine import Database
    from intake_tui.vault.errors import DiskFull

    def pulled(*_: object) -> None:
        made.path.unlink(missing_ok=True)
        raise DiskFull("a write that failed")

    monkeypatch.setattr(Database, "_write", pulled)
    with pytest.raises(VaultGone):
        vault.save_draft(draft, b"after")
