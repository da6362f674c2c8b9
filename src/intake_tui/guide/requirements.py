"""What a first contact has to make room for: each thing's id and kind, and what may serve it."""

from __future__ import annotations

from dataclasses import dataclass


def _requirements(rows: str) -> dict[str, str]:
    return {id_: kind for kind, *ids in (row.split() for row in rows.splitlines()) for id_ in ids}


REQUIREMENTS: dict[str, str] = _requirements("""\
choice INV-1 INV-3 OPEN-7 THREAT-1 THREAT-5
offer INV-2
guidance OPEN-0 THREAT-0 THREAT-15 INFO-0
open OPEN-1 OPEN-2 OPEN-3 OPEN-4 OPEN-5 OPEN-6 OPEN-9 OPEN-10 THREAT-6 INFO-1 HOME-2
children OPEN-8
yes-no THREAT-2 THREAT-3 THREAT-4 THREAT-7 THREAT-8 THREAT-9 THREAT-10 THREAT-11 THREAT-12
signal THREAT-13 THREAT-14
told INFO-2 INFO-3 INFO-4 INFO-5 INFO-6 INFO-7 INFO-8 INFO-9 INFO-10 INFO-11 INFO-12
told INFO-13 INFO-14 HOME-1 HOME-4
sufficiency HELP-0
option HELP-1 HELP-2 HELP-3 HELP-4 HELP-5
rule HELP-1x HELP-6
document NOTE-1 NOTE-2
worksheet HOME-3
plan HOME-5
registration REG-1
topic MORE-1 MORE-2 MORE-3 MORE-4 MORE-5 MORE-6 MORE-7 MORE-8 MORE-9 MORE-10""")
"""Each requirement's kind: that of the question, or what else has to carry it."""

BESIDE: dict[str, tuple[str, ...]] = {
    "choice": ("label", "signal", "guidance"),
    "offer": ("guidance",),
    "yes-no": ("signal", "guidance"),
    "signal": ("yes-no", "guidance"),
    "told": ("yes-no", "signal", "guidance", "worksheet"),
    "option": ("open", "yes-no", "guidance"),
    "rule": ("option", "guidance"),
    "document": ("guidance",),
}
"""The further kinds that may serve a requirement of a kind, beside the kind itself."""

FILES: dict[str, str] = {
    "INV": "1-contact.toml",
    "OPEN": "2-open.toml",
    "THREAT": "3-events.toml",
    "INFO": "4-information.toml",
    "HELP": "5-help.toml",
    "HOME": "6-home.toml",
    "NOTE": "7-note.toml",
    "REG": "8-registration.toml",
    "MORE": "topics",
}
"""Where a requirement belongs, by the beginning of its id."""


@dataclass(frozen=True)
class Fixed:
    """An item that the program itself asks the guide for."""

    file: str
    kind: str


FIXED_ITEMS: dict[str, Fixed] = {
    "alias": Fixed("1-contact.toml", "label"),
    "caller": Fixed("1-contact.toml", "choice"),
    "interpreter-language": Fixed("1-contact.toml", "label"),
    "pronoun": Fixed("3-events.toml", "choice"),
    "police": Fixed("5-help.toml", "yes-no"),
    "decision": Fixed("5-help.toml", "decision"),
    "next": Fixed("7-note.toml", "next"),
    "unit": Fixed("8-registration.toml", "registration"),
}
FIXED_PRONOUNS = ("not-chosen",)
FIXED_DUTIES = ("avert", "inform")
FIXED_LEADS = ("told", "quote")
FIXED_PARTS = ("told", "observed", "assessed", "information", "plan", "decision", "duties", "next")
FIXED_PHRASES = (
    *("about", "child", "from-before"),
    *("given", "understood", "later", "not-wanted", "offered", "wanted"),
    *("unsure", "first", "then", "view-wanted", "view-not-wanted", "view-unsure"),
    *("chosen", "reason", "police-yes", "police-no", "yes", "no", "unknown", "declined"),
    *("duty-builds-on", "duty-possible", "duty-way", "duty-told-yes", "duty-told-no", "duty-done"),
    *("duty-applies", "duty-not", "duty-unsettled", "duty-open"),
)
