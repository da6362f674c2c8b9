"""What the tests of backups share: making, reading back and restoring, all at once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from vaults import Made

from intake_tui.vault import store
from intake_tui.vault.backup import Step
from intake_tui.vault.copies import Copy
from intake_tui.vault.restore import Restore, Restored


def drained(work: Any) -> list[Step]:
    """All steps, with what is to be done aside."""
    steps = []
    try:
        while (step := work.step()) is not None:
            steps.append(step)
            if step.aside is not None:
                step.aside()
    finally:
        work.stop()
    return steps


def copied(vault: store.Vault, to: Path, *, over: bool = False) -> Path:
    """A finished, sound backup."""
    backup = vault.backup(to, over=over)
    drained(backup)
    assert backup.made is not None
    assert backup.made.findings == ()
    return to


def signed_in(path: Path, made: Made) -> Copy:
    copy = Copy(path)
    copy.sign_in(lambda doors: doors.with_passphrase(made.name, made.passphrase))
    return copy


def checked(path: Path, made: Made) -> None:
    """Reads every row of a backup back. Raises CopyRefused; a finding is one, too."""
    with closing(signed_in(path, made)) as copy:
        list(copy.steps())
        assert copy.report.findings == ()


def restored(path: Path, to: Path, made: Made, device: Path | None = None) -> Restored:
    with closing(signed_in(path, made)) as copy:
        restore = Restore(copy, to, device or made.device)
        drained(restore)
        assert restore.restored is not None
        return restore.restored


def contents(vault: store.Vault) -> dict[str, Any]:
    """All that was given to a vault, and the log that there was before."""
    heads = vault.heads(limit=1000)
    return {
        "revisions": [(one.n, one.id, one.case, one.head) for one in heads],
        "bodies": vault.bodies([one.id for one in heads]),
        "drafts": sorted((one.id, one.counter, one.blob) for one in vault.drafts()),
        "items": sorted(vault.items("sort")),
        "names": vault.names(),
        "letters": sorted(vault.letters()),
    }
