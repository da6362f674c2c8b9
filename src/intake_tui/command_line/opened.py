"""What the commands share that open the vault: the sign-in, the archive, the JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from intake_tui.command_line.chosen import Chosen
from intake_tui.command_line.sign_in import SignIn, asked, from_stdin
from intake_tui.vault import place
from intake_tui.vault.errors import NoVault, VaultReadOnly

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive
    from intake_tui.vault.place import Location

signed_in = click.option(
    "--sign-in-stdin", is_flag=True, help="Read name and passphrase, a line each, from stdin."
)
as_json = click.option("--json", "json_wanted", is_flag=True, help="Print the documented JSON.")


@contextmanager
def archive_of(chosen: Chosen, sign_in_stdin: bool) -> Iterator[Archive]:
    """The archive, open until the end of the block."""
    must_be_there(chosen.location)
    who = from_stdin() if sign_in_stdin else asked(chosen.words)
    with opened(chosen, who) as archive:
        yield archive


@contextmanager
def opened(chosen: Chosen, who: SignIn) -> Iterator[Archive]:
    """The archive, opened by that sign-in until the end of the block."""
    from intake_tui.records.archive import Archive  # noqa: PLC0415 - not before somebody signs in

    archive = Archive.unlock(chosen.location, name=who.name, passphrase=who.passphrase)
    try:
        yield archive
    finally:
        archive.lock()


def must_be_there(location: Location) -> None:
    """Asked before the sign-in, which nobody should type in vain."""
    try:
        there = place.exists(location)
    except OSError:
        raise VaultReadOnly from None
    if not there:
        raise NoVault


def print_json(shape: Mapping[str, Any]) -> None:
    """In full, to standard output."""
    click.echo(json.dumps(shape, ensure_ascii=False, indent=2))
