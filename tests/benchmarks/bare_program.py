"""The baseline: the smallest Textual program that has a line to write in. Keep it as it is."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, TextArea

READY = "Skriv her:"


class Bare(App[None]):
    """One `TextArea` and a `Footer`."""

    def compose(self) -> ComposeResult:
        yield TextArea(READY)
        yield Footer()


if __name__ == "__main__":
    Bare().run()
