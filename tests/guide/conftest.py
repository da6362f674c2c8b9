from pathlib import Path

import pytest
from guide_copy import GuideCopy

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide


@pytest.fixture(scope="session")
def guide() -> Guide:
    return load()


@pytest.fixture
def copy(tmp_path: Path) -> GuideCopy:
    return GuideCopy(tmp_path)
