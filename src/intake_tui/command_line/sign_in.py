"""Who signs in: asked without echo, or two lines of standard input. Never an argument."""

from __future__ import annotations

import sys
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
    try:
        lines = sys.stdin.buffer.read().decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise Fault(USE, "cli.two-lines") from None
    if len(lines) < 2 or not lines[0].strip() or not lines[1]:
        raise Fault(USE, "cli.two-lines")
    return SignIn(lines[0].strip(), lines[1])
