"""Draws the README's picture from the running program: `python tests/outside/make_picture.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from counsellor import Counsellor  # noqa: E402
from intake_tui.guide.load import load  # noqa: E402
from machine import Home, make_vault  # noqa: E402
from picture import svg  # noqa: E402
from talk import Line  # noqa: E402

TARGET = HERE.parents[1] / "docs" / "conversation.svg"
LINES = (
    Line(places=("INV-1",), answers={"INV-1": "telephone"}),
    Line("Rogn", places=("alias",)),
    Line(places=("pronoun",), answers={"pronoun": "he"}),
    Line("siden høsten: tar tlf hennes om kvelden", places=("OPEN-3",)),
    Line("Nå er det hver uke", "quote", ("THREAT-4",), {"THREAT-4": "yes"}),
    Line("barn 9 og 5 m. faren idag, hjemme kl 16", places=("OPEN-8",)),
    Line("han vet ikke at h. ringer", places=("THREAT-2",), answers={"THREAT-2": "no"}),
    Line("psykisk? h. vet ikke", places=("THREAT-9",), answers={"THREAT-9": "unknown"}),
)


def take_picture(home: Home) -> str:
    """A conversation on step 3, with a line being written."""
    with Counsellor(home, columns=100, lines=30) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.keep(load(), *LINES)
        counsellor.press("f8", "f8")
        counsellor.type("jakter, to rifler i huset\x06våpen\r\t")
        counsellor.wait("jakter", "ja")
        counsellor.save()
        counsellor.pump(1)
        drawn = svg(counsellor.screen)
        counsellor.leave()
    return drawn


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home.made(Path(folder) / "machine")
        make_vault(home)
        TARGET.write_text(take_picture(home), "utf-8")


if __name__ == "__main__":
    main()
