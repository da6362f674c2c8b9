"""The guide's canonical text and hash, by which old records keep their wording."""

import hashlib

import pytest
from guide_copy import GuideCopy

from intake_tui.guide import find, load
from intake_tui.guide.load import GuideError, canonical, from_canonical, guide_hash
from intake_tui.guide.model import Guide, Information, Option, Question


def test_the_canonical_text_gives_the_same_guide_back(guide: Guide):
    again = from_canonical(canonical(guide))
    assert again == guide
    assert canonical(again) == canonical(guide)
    for item in guide.items():
        assert type(again.by_id[item.id]) is type(item)


def test_the_same_files_give_the_same_hash(guide: Guide, copy: GuideCopy):
    assert guide_hash(load.load(copy.folder)) == guide_hash(guide)
    assert guide_hash(guide) == hashlib.sha256(canonical(guide)).hexdigest()


def test_a_comment_changes_nothing_and_a_word_does(guide: Guide, copy: GuideCopy):
    copy.write("centre.toml", copy.text("centre.toml") + "# ours\n")
    assert guide_hash(load.load(copy.folder)) == guide_hash(guide)
    copy.edit("3-events.toml", "THREAT-10", "få tak i våpen", "få fatt i våpen")
    assert guide_hash(load.load(copy.folder)) != guide_hash(guide)


def test_the_order_of_the_tables_is_the_order_of_the_talk(guide: Guide, copy: GuideCopy):
    ids = [item.id for item in guide.steps[3].items]
    # Questions and information stand mixed, as the file has them.
    assert ids[:2] == ["INFO-1", "INFO-2"]
    assert ids[ids.index("residence-permit") + 1] == "INFO-10"
    copy.add(
        "4-information.toml",
        '[[question]]\nid = "mine"\nkind = "open"\nshort = { nb = "a", nn = "b", en = "c" }\n'
        'ask = { nb = "A?", nn = "B?", en = "C?" }\n',
    )
    assert [item.id for item in load.load(copy.folder).steps[3].items] == [*ids, "mine"]


def test_steps_are_numbered_by_their_files(guide: Guide):
    assert [step.number for step in guide.steps] == list(range(1, 9))
    assert guide.step_of["INV-1"] == 1
    assert guide.step_of["decision"] == 5
    assert guide.step_of["REG-1"] == 8
    assert {type(item) for item in guide.items()} == {Question, Information, Option}


@pytest.mark.parametrize("data", [b"", b"{}", b"not json at all", b'{"steps": "secret words"}'])
def test_a_stored_guide_that_cannot_be_read_says_so_and_shows_nothing(data: bytes):
    with pytest.raises(GuideError) as refused:
        from_canonical(data)
    assert str(refused.value) == "guide:1: the stored guide cannot be read"
    assert refused.value.__cause__ is None


def test_the_index_of_find_is_made_once_for_a_guide_and_language(guide: Guide, monkeypatch):
    find.find(guide, "våpen", language="nb")
    monkeypatch.setattr(find, "_Index", None)
    assert find.find(guide, "tolk", language="nb")[0].id == "INV-3"
