"""Each mistake that a topic's file can have is told with file, line and id, and what to do."""

import pytest
from guide_copy import GuideCopy

from intake_tui.guide.check import Finding
from intake_tui.guide.load import GuideError, canonical, from_canonical, guide_hash, load

FILE = "topics/using-an-interpreter.md"
ID = "using-an-interpreter"
HEADINGS = "## nb, ## nn, ## en"

# What is looked for in the file, what stands there instead, and what is told of the topic.
EDITS = {
    "an unknown item": (
        'about = ["INV-3",',
        'about = ["INV-33",',
        "`about` names INV-33, and there is no such item or step",
    ),
    "nothing that it stands with": (
        'about = ["INV-3", "interpreter-language"]',
        "about = []",
        "`about` is empty",
    ),
    "an unknown requirement": (
        'covers = ["MORE-1"]',
        'covers = ["MORE-1", "MORE-11"]',
        "`covers` names MORE-11, and there is no such requirement",
    ),
    "a requirement of another kind": (
        'covers = ["MORE-1"]',
        'covers = ["MORE-1", "INV-3"]',
        "`covers` names INV-3, which asks for choice; this is topic",
    ),
    "no date": ("checked = 2026-11-27\n", "", "`checked` is missing"),
    "no day to check it again": ("check_again = 2027-02-23\n", "", "`check_again` is missing"),
    "a day before it was read": (
        "check_again = 2027-02-23",
        "check_again = 2026-11-27",
        "`check_again` has to be later than `checked`",
    ),
    "a date between quotation marks that is none": (
        "checked = 2026-11-27",
        'checked = "i høst"',
        "`checked` is of the wrong type: "
        "it has to be a date such as 2026-11-23, without quotation marks",
    ),
    "an empty source": ('  "tolkeloven § 4', '  "", "tolkeloven § 4', "`sources.1` is empty"),
    "a name that is too long": (
        'short.nb = "Å snakke gjennom tolk"',
        'short.nb = "Å snakke gjennom en tolk nå"',
        "`short.nb` has 27 characters, at most 24",
    ),
    "a title that is too long": (
        'title.en = "When',
        'title.en = "When the two of you have talked and it turns out that',
        "`title.en` has 77 characters, at most 60",
    ),
    "a title in two languages": ('title.nn = "Når de treng tolk"\n', "", "`title.nn` is missing"),
    "a loaded word": (
        "Telefontolk er",
        "Etter volden er telefontolk",
        "`text.nb` holds the loaded word «volden»; say what happens instead, "
        "or name it in `loaded` where the topic cannot do without it",
    ),
    "a loaded word that it has not": (
        'covers = ["MORE-1"]',
        'covers = ["MORE-1"]\nloaded = ["vold"]',
        "`loaded` names «vold», which stands nowhere in its texts; take it out",
    ),
    "an unknown key": (
        "covers = ",
        'lead = "mine"\ncovers = ',
        "there is no key `lead` here; known are about, check_again, checked, covers, find, id, "
        "loaded, short, sources, text, title",
    ),
}

# The same for what is wrong on a line of its own, which is told by the line.
LINES = {
    "text before the first language": (
        "## nb",
        "Dette står løst.\n\n## nb",
        0,
        f"this stands under no language; known are {HEADINGS}",
    ),
    "another language": (
        "## en",
        "## sv",
        0,
        f"## sv is no language of the guide; known are {HEADINGS}",
    ),
    "a language twice": ("## en", "## nn", 0, "## nn stands here a second time"),
    "a heading": (
        "- Telefontolk er",
        "# Telefontolk\n- Telefontolk er",
        0,
        "only plain sentences and lines that begin with «- » are read",
    ),
    "bold": (
        "- Telefontolk er",
        "- **Telefontolk** er",
        0,
        "only plain sentences and lines that begin with «- » are read",
    ),
    "a link": (
        "- Telefontolk er",
        "- [Telefontolk](x) er",
        0,
        "only plain sentences and lines that begin with «- » are read",
    ),
    "keys that cannot be read": (
        'covers = ["MORE-1"]',
        "covers = MORE-1",
        0,
        "this cannot be read as TOML: invalid value",
    ),
    "text in a key": (
        'covers = ["MORE-1"]',
        'text.nb = ["Her"]\ncovers = ["MORE-1"]',
        -1,
        f"the text does not stand in a key; it stands under {HEADINGS}",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_mistake_is_the_one_finding(copy: GuideCopy, name: str) -> None:
    old, new, text = EDITS[name]
    edited(copy, old, new)
    assert copy.findings() == [Finding(FILE, 2, ID, text)]


@pytest.mark.parametrize("name", LINES)
def test_a_mistake_on_a_line_is_told_by_the_line(copy: GuideCopy, name: str) -> None:
    old, new, further, text = LINES[name]
    line = edited(copy, old, new) + further
    assert Finding(FILE, line, "", text) in copy.findings()


def edited(copy: GuideCopy, old: str, new: str) -> int:
    """One replacement, and the line that it is on."""
    before, found, after = copy.text(FILE).partition(old)
    assert found
    copy.write(FILE, before + new + after)
    return before.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["", "## nb\n- Her.\n", 'id = "a"\n+++\n', "\n+++\n+++\n", "+++\n"]
)
def test_a_file_without_its_keys(copy: GuideCopy, text: str) -> None:
    copy.write(FILE, text)
    what = "the keys have to stand at the top, between two lines of +++"
    assert copy.findings() == [Finding(FILE, 1, "", what)]


def test_a_missing_language(copy: GuideCopy) -> None:
    text = copy.text(FILE)
    copy.write(FILE, text[: text.index("## en")])
    assert copy.findings() == [Finding(FILE, 2, ID, "`text.en` is missing")]


def test_no_source(copy: GuideCopy) -> None:
    text = copy.text(FILE)
    begin, end = text.index("sources = ["), text.index("checked = ")
    copy.write(FILE, text[:begin] + text[end:])
    assert copy.findings() == [Finding(FILE, 2, ID, "`sources` is missing")]
    copy.write(FILE, text[:begin] + "sources = []\n" + text[end:])
    assert copy.findings() == [Finding(FILE, 2, ID, "`sources` is empty")]


def test_longer_than_half_a_screen(copy: GuideCopy) -> None:
    copy.write(FILE, copy.text(FILE) + "- And one more.\n" * 6)
    (found,) = copy.findings()
    assert found.line == 2
    assert found.text.startswith("`text.en` takes 1")
    assert found.text.endswith(" lines of 76 columns, at most 12")


def test_a_requirement_that_no_topic_covers(copy: GuideCopy) -> None:
    edited(copy, 'covers = ["MORE-1"]', "covers = []")
    text = "nothing covers this; it asks for topic"
    assert copy.findings() == [Finding("topics", 1, "MORE-1", text)]


def test_the_id_of_an_item(copy: GuideCopy) -> None:
    edited(copy, f'id = "{ID}"', 'id = "pets"')
    (found,) = copy.findings()
    assert (found.file, found.line, found.id) == (FILE, 2, "pets")
    assert found.text.endswith("already; each id is used once")


def test_a_file_in_another_encoding(copy: GuideCopy) -> None:
    (copy.folder / FILE).write_bytes(copy.text(FILE).encode("cp1252"))
    assert copy.findings() == [Finding(FILE, 1, "", "this file is not UTF-8; save it as UTF-8")]


def test_other_files_beside_them_are_left_alone(copy: GuideCopy) -> None:
    (copy.folder / "topics" / "notes.txt").write_text("mine", encoding="utf-8")
    assert copy.findings() == []


# What a file becomes


def test_a_centre_may_break_its_lines_where_it_likes(copy: GuideCopy) -> None:
    text = copy.text(FILE)
    head = text[: text.index("## nb")]
    body = "En\nlinje.\n\nEn til.\n- Et punkt\n  som går videre.\n- Et punkt.\n"
    copy.write(FILE, head + "".join(f"## {code}\n{body}" for code in ("nb", "nn", "en")))
    topic = load(copy.folder).topic_by_id[ID]
    assert topic.text.nb == ("En linje.", "En til.", "- Et punkt som går videre.", "- Et punkt.")
    assert copy.findings() == []


def test_a_file_from_windows_reads_the_same(copy: GuideCopy) -> None:
    before = load(copy.folder)
    (copy.folder / FILE).write_bytes(copy.text(FILE).replace("\n", "\r\n").encode())
    assert load(copy.folder) == before


def test_a_topic_is_part_of_the_guides_text_and_hash(copy: GuideCopy) -> None:
    before = load(copy.folder)
    assert from_canonical(canonical(before)) == before
    edited(copy, "Telefontolk er", "Telefontolken er")
    after = load(copy.folder)
    assert guide_hash(after) != guide_hash(before)
    kept = from_canonical(canonical(before)).topic_by_id[ID]
    assert "Telefontolk er" in " ".join(kept.text.nb)


def test_without_topics_the_program_still_works_and_the_check_tells(copy: GuideCopy) -> None:
    for path in (copy.folder / "topics").iterdir():
        path.unlink()
    assert load(copy.folder).topics == ()
    assert [found.id for found in copy.findings()] == sorted(f"MORE-{n}" for n in range(1, 11))


def test_loading_refuses_a_topic_that_stands_with_nothing_there_is(copy: GuideCopy) -> None:
    edited(copy, 'about = ["INV-3",', 'about = ["INV-33",')
    with pytest.raises(GuideError):
        load(copy.folder)
