"""What went wrong, as one line for a person, and the exit status that says it to a program.

0 done, 1 something is wrong with the data, 2 wrong use, 3 sign-in refused, 4 the vault is open
elsewhere; 130, as shells have it, when the person broke it off. A line never holds a name, a
passphrase, an argument or anything that was said.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import click

from intake_tui.desk.exporting import ExportRefused
from intake_tui.vault.errors import CopyRefused, VaultError, WeakPassphrase
from intake_tui.words import Words

DATA, USE, REFUSED, IN_USE, BROKEN_OFF = 1, 2, 3, 4, 130

_STATUS = {
    "wrong-passphrase": REFUSED,
    "wrong-recovery": REFUSED,
    "no-longer-member": REFUSED,
    "in-use": IN_USE,
    "no-vault": USE,
    "a-copy": USE,
    "no-server": USE,
    "exists": USE,
    "sync-folder": USE,
    "read-only": USE,
    "not-closed": USE,
    "not-a-leader": USE,
    "last-leader": USE,
    "too-few-ways": USE,
    "name-taken": USE,
    "no-such-colleague": USE,
    "own-slot": USE,
    "weak-passphrase": USE,
}
_OF_THE_FILE = {
    "changed",
    "contradicts",
    "disk-full",
    "not-sound",
    "not-the-same",
    "not-written",
    "stranger",
}
"""Not a wrong use: something is wrong with the file, or with where it was to be written."""


class Fault(Exception):  # noqa: N818 - a wrong use is no error of the program
    """A command cannot go on; `key` names its words."""

    def __init__(self, status: int, key: str, **slots: object) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.slots = slots


def told(error: BaseException, words: Words) -> int:
    """Says on standard error in one line what ended a command; the exit status."""
    sentence, status = explained(error, words)
    click.echo(f"intake-tui: {sentence}", err=True)
    return status


def explained(error: BaseException, words: Words) -> tuple[str, int]:
    """One line and the exit status for whatever ended a command."""
    if isinstance(error, Fault):
        return words(error.key, **error.slots), error.status
    if isinstance(error, VaultError):
        return words(_key(error, words)), _STATUS.get(error.code, DATA)
    if isinstance(error, click.UsageError):
        return _wrong_use(error, words), USE
    if isinstance(error, KeyboardInterrupt | click.Abort | EOFError):
        return words("cli.interrupted"), BROKEN_OFF
    if isinstance(error, ExportRefused | CopyRefused):
        return _of_a_file(error, words)
    return _of_the_records(error, words)


def _of_a_file(error: ExportRefused | CopyRefused, words: Words) -> tuple[str, int]:
    """One that was not written, or is not what it should be."""
    section = "backup" if isinstance(error, CopyRefused) else "printed"
    status = DATA if error.code in _OF_THE_FILE else USE
    return words(f"{section}.{error.code}"), status


def _key(error: VaultError, words: Words) -> str:
    if isinstance(error, WeakPassphrase):
        return f"start.weak-{error.why}"
    key = f"errors.{error.code}"
    return key if words.has(key) else "errors.vault"


def _of_the_records(error: BaseException, words: Words) -> tuple[str, int]:
    """What needs an import first, that only a command which got so far has paid for."""
    from intake_tui.guide.findings import GuideError  # noqa: PLC0415
    from intake_tui.records.errors import NoSuchRecord, RecordDamaged  # noqa: PLC0415

    if isinstance(error, NoSuchRecord):
        key = "cli.several-contacts" if error.found else "cli.no-such-contact"
        return words(key, n=error.found), USE
    if isinstance(error, RecordDamaged):
        return words(f"cli.record-{error.code}"), DATA
    if isinstance(error, GuideError):
        return words("errors.guide"), DATA
    return words("cli.unexpected", where=where(error)), DATA


def _wrong_use(error: click.UsageError, words: Words) -> str:
    """Without what was typed: it may have been a passphrase."""
    command = error.ctx.command_path if error.ctx else "intake-tui"
    if isinstance(error, click.MissingParameter):
        return words("cli.missing", command=command)
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        option = max(error.param.opts, key=len) if isinstance(error.param, click.Option) else name
        kind = error.param.type if error.param else None
        return words(f"cli.{_wanted(kind)}", parameter=option, command=command, can=_can_be(kind))
    if isinstance(error, click.NoSuchOption):
        return words("cli.no-such-option", command=command)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return words("cli.no-such-command", command=command)
    return words("cli.wrong-use", command=command)


def _wanted(kind: object) -> str:
    """The key of the words for a value of another kind than was wanted."""
    if isinstance(kind, click.Choice):
        return "not-one-of"
    if isinstance(kind, click.types.IntRange):
        return "not-in-range"
    return "not-a-number" if isinstance(kind, click.types.IntParamType) else "bad-value"


def _can_be(kind: object) -> str:
    """The values that are possible, where they can be named."""
    if isinstance(kind, click.Choice):
        return ", ".join(kind.choices)
    return f"{kind.min}–{kind.max}" if isinstance(kind, click.types.IntRange) else ""


def where(error: BaseException) -> str:
    """The kind of an error and the line of code it came from: nothing of what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}"
