"""A copy of the guide that a test may break, one edit at a time."""

import re
import shutil
from pathlib import Path

from intake_tui.guide.check import Finding, check
from intake_tui.guide.load import questions_folder


class GuideCopy:
    """The guide's files in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "questions"
        shutil.copytree(questions_folder(), self.folder)

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def edit(self, file: str, id_: str, old: str, new: str) -> int:
        """One replacement in the table of that id; the line on which the id stands now."""
        text = self.text(file)
        table = text.index(f'\nid = "{id_}"\n') + 1
        after = re.compile(r"\n\[\[[\w-]+\]\]").search(text, table)  # not [[duty.ground]]
        end = after.start() if after else len(text)
        where = text.index(old, table, end)
        self.write(file, text[:where] + new + text[where + len(old) :])
        return text.count("\n", 0, table) + 1

    def add(self, file: str, table: str) -> int:
        """One more table at the end; the line on which its id stands (its second)."""
        text = self.text(file)
        self.write(file, f"{text}\n{table}")
        return text.count("\n") + 3

    def findings(self) -> list[Finding]:
        return check(self.folder)
