"""Who signs in: asked without echo, or two lines of standard input. Never an argument."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from intake_tui.command_line.faults import USE, Fault
from intake_tui.words import Words


@dataclass(frozen=True)
class SignIn:
    """Name and passphrase as entered; not in the repr."""

    name: str = field(repr=False)
    passphrase: str = field(repr=False)


def asked(words: Words) -> SignIn:
    """Asks on standard error, so that standard output holds the answer of the command only."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Fault(USE, "cli.no-prompt")
    name = click.prompt(words("cli.ask-name"), err=True)
    passphrase = click.prompt(words("cli.ask-passphrase"), hide_input=True, err=True)
    return SignIn(name.strip(), passphrase)


def from_stdin() -> SignIn:
    """Two lines of UTF-8: name, passphrase."""
    return signed_in_by(lines_from_stdin(2))


def lines_from_stdin(wanted: int) -> list[str]:
    """As many lines of UTF-8 as a command wants, the sign-in first; none of them empty."""
    try:
        lines = sys.stdin.buffer.read().decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise Fault(USE, "cli.two-lines") from None
    if len(lines) < 2 or not all(line.strip() for line in lines[:2]):
        raise Fault(USE, "cli.two-lines")
    if len(lines) < wanted or not all(line.strip() for line in lines[:wanted]):
        raise Fault(USE, "cli.more-lines", n=wanted)
    return lines[:wanted]


def signed_in_by(lines: Sequence[str]) -> SignIn:
    """The sign-in that the first two lines are."""
    return SignIn(lines[0].strip(), lines[1])
