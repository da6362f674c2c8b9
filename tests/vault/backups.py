"""What the tests of backups share: making, reading back and restoring, all at once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from vaults import Made

from intake_tui.vault import opening, store
from intake_tui.vault.backup import Step
from intake_tui.vault.copies import Copy
from intake_tui.vault.keys import Identity
from intake_tui.vault.restore import Restore, Restored
from intake_tui.vault.slots import SignIn
from intake_tui.vault.witness import DeviceFolder


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
    backup = vault.backups.begin(to, over=over)
    drained(backup)
    assert backup.made is not None
    assert backup.made.findings == ()
    return to


_KNOWN: dict[tuple[bytes, str, str], Identity] = {}


def signed_in(path: Path, made: Made) -> Copy:
    """By passphrase the first time: the same one opens the same slot, and takes its time."""
    copy = Copy(path)
    key = copy.vault, made.name, made.passphrase
    if key in _KNOWN:
        copy.take(_KNOWN[key])
    else:
        _KNOWN[key] = copy.sign_in(lambda doors: doors.with_passphrase(*key[1:]))
    return copy


def unlocked(path: Path, made: Made, device: Path | None = None) -> store.Vault:
    """After `signed_in` to a backup of it."""
    folder = DeviceFolder(device or made.device, path)

    def who(doors: SignIn) -> Identity:
        known = _KNOWN.get((doors._vault, made.name, made.passphrase))
        return known or doors.with_passphrase(made.name, made.passphrase)

    return store.Vault(path, opening.open_desk(path, who, folder))


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
