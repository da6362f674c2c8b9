"""The guide on the command line: sound as it comes, and its mistakes named line by line."""

from __future__ import annotations

import shutil
from pathlib import Path

from commands import Commands, one_line

from intake_tui.guide.load import questions_folder


def test_the_guide_that_comes_with_the_program_is_sound(run: Commands) -> None:
    done = run("--lang", "en", "guide", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The guide is sound")


def test_a_mistake_is_named_with_its_file_and_line(run: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(questions_folder(), folder)
    events = folder / "3-events.toml"
    events.write_text(events.read_text("utf-8").replace("ask.nn", "ask.nb2", 1), "utf-8")
    done = run("guide", "check", folder)
    assert done.returncode == 1
    assert done.stdout.startswith("3-events.toml:")
    one_line(done)


def test_the_guide_is_printed_in_the_language_that_was_chosen(run: Commands) -> None:
    norwegian, english = (run("--lang", one, "guide", "show").stdout for one in ("nb", "en"))
    assert "THREAT-10" in norwegian
    assert "THREAT-10" in english
    assert "{" not in norwegian + english
    assert "Kontakt" in norwegian
    assert "Contact" in english
