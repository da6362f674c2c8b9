"""What the unlock screen needs must not cost an engine's import."""

import subprocess
import sys


def imported(statement: str) -> set[str]:
    """The modules that a fresh process has after a statement."""
    program = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_package_and_all_that_unlocking_shows_load_no_engine():
    light = "import intake_tui.vault\n" + "\n".join(
        f"import intake_tui.vault.{name}"
        for name in ("errors", "place", "kdf", "passphrases", "recovery", "shapes")
    )
    heavy = {"sqlmodel", "sqlalchemy", "pydantic", "sqlite3", "psycopg", "xkcdpass", "textual"}
    assert not imported(light) & heavy


def test_the_store_does():
    assert {"sqlmodel", "sqlalchemy"} <= imported("import intake_tui.vault.store")
