"""Each kind of mistake is found, alone, with its file, line, id and plain words."""

import pytest
from guide_copy import GuideCopy

from intake_tui.guide.check import Finding, check
from intake_tui.guide.load import GuideError, load, questions_folder

EVENTS = "3-events.toml"
INFO = "4-information.toml"
HELP = "5-help.toml"


def test_our_own_guide_is_clean():
    assert check(questions_folder()) == []


def test_an_unbroken_copy_is_clean(copy: GuideCopy):
    assert copy.findings() == []


def test_a_finding_reads_as_one_line():
    finding = Finding(EVENTS, 41, "THREAT-10", "`ask.nn` is missing")
    assert str(finding) == "3-events.toml:41 THREAT-10: `ask.nn` is missing"
    assert str(Finding(EVENTS, 1, "", "this file is missing")) == (
        "3-events.toml:1: this file is missing"
    )


# file, id, what stands there, what stands there instead, the finding's words
EDITS = {
    "unknown id in about": (
        EVENTS,
        "THREAT-0",
        '"THREAT-1"',
        '"THREAT-99"',
        "`about` names THREAT-99, and there is no such item",
    ),
    "unknown id in considers": (
        HELP,
        "HELP-5",
        '"OPEN-2"',
        '"OPEN-22"',
        "`considers` names OPEN-22, and there is no such item",
    ),
    "unknown id in against": (
        HELP,
        "HELP-4",
        '{ question = "police"',
        '{ question = "polise"',
        "`against` names polise, and there is no such item",
    ),
    "unknown id in when": (
        "rules.toml",
        "weapons",
        'question = "THREAT-10"',
        'question = "THREAT-100"',
        "`when` names THREAT-100, and there is no such item",
    ),
    "unknown id deep in when": (
        "rules.toml",
        "honour-based",
        'placed = "THREAT-14"',
        'placed = "THREAT-140"',
        "`when` names THREAT-140, and there is no such item",
    ),
    "unknown id in the when of information": (
        INFO,
        "INFO-10",
        'placed = "residence-permit"',
        'placed = "x"',
        "`when` names x, and there is no such item",
    ),
    "an answer that the question does not have": (
        "rules.toml",
        "weapons",
        'is = "yes"',
        'is = "maybe"',
        "`when` waits for the answer maybe of THREAT-10, which has only yes, no, unknown, declined",
    ),
    "a condition of two forms": (
        "rules.toml",
        "wants-home",
        "{ placed",
        '{ question = "THREAT-2", is = "no", placed',
        "`when` has to be one of: question and is; placed; all; any",
    ),
    "a condition over nothing": (
        "rules.toml",
        "wants-home",
        '{ placed = "HOME-1" }',
        "{ all = [] }",
        "`when` has to be one of: question and is; placed; all; any",
    ),
    "unknown id in covers": (
        EVENTS,
        "pronoun",
        'kind = "choice"',
        'kind = "choice"\ncovers = ["THREAT-77"]',
        "`covers` names THREAT-77, and there is no such requirement",
    ),
    "a decision that chooses no option": (
        HELP,
        "decision",
        '{ id = "HELP-3"',
        '{ id = "HELP-33"',
        "`choices` names HELP-33, and there is no such item",
    ),
    "missing language": (
        EVENTS,
        "THREAT-10",
        'ask.nn = "Kan {subject} få tak i våpen?"\n',
        "",
        "`ask.nn` is missing",
    ),
    "missing language of sentences": (
        INFO,
        "INFO-8",
        'say.en = ["We have groups and get-togethers that you can join."]',
        "",
        "`say.en` is missing",
    ),
    "missing language of find words": (
        EVENTS,
        "pets",
        'find.en = ["animal", "pet", "dog", "cat", "horse"]',
        "",
        "`find.en` is missing",
    ),
    "a sentence missing in one language": (
        INFO,
        "INFO-12",
        '"Vi ser saman på kor trygt det er for deg.", ',
        "",
        "`say` has not as many sentences in each language",
    ),
    "empty text": (
        EVENTS,
        "THREAT-10",
        'ask.nb = "Kan {subject} få tak i våpen?"',
        'ask.nb = ""',
        "`ask.nb` is empty",
    ),
    "blank text": (
        EVENTS,
        "THREAT-10",
        'short.nb = "Våpen"',
        'short.nb = "  "',
        "`short.nb` is empty",
    ),
    "unknown key": (
        EVENTS,
        "pets",
        "supplement = true",
        "suplement = true",
        "there is no key `suplement` here; known are ask, check_again, checked, choices, covers, "
        "find, hidden, id, kind, may_decide, note, short, source, spoken, supplement",
    ),
    "wrong type of truth": (
        EVENTS,
        "pets",
        "supplement = true",
        'supplement = "yes"',
        "`supplement` is of the wrong type: it has to be true or false, without quotation marks",
    ),
    "wrong type of date": (
        EVENTS,
        "choking",
        "checked = 2026-11-23",
        'checked = "in autumn"',
        "`checked` is of the wrong type: "
        "it has to be a date such as 2026-11-23, without quotation marks",
    ),
    "wrong type of list": (
        EVENTS,
        "THREAT-10",
        'covers = ["THREAT-10"]',
        'covers = "THREAT-10"',
        "`covers` is of the wrong type: it has to be a list in square brackets",
    ),
    "wrong type of text": (
        EVENTS,
        "THREAT-10",
        'short.nb = "Våpen"',
        "short.nb = 10",
        "`short.nb` is of the wrong type: it has to be text between quotation marks",
    ),
    "unknown kind": (
        "2-open.toml",
        "OPEN-1",
        'kind = "open"',
        'kind = "opne"',
        "`kind` has to be 'open', 'yes-no', 'choice', 'offer', 'children', 'label', "
        "'sufficiency', 'worksheet', 'plan', 'decision', 'next', 'registration' or 'document'",
    ),
    "loaded word": (
        EVENTS,
        "THREAT-4",
        "Har det blitt verre",
        "Har det blitt mer vold",
        "`ask.nb` is said aloud and holds the loaded word «vold»; say what happens instead",
    ),
    "loaded word in a compound": (
        EVENTS,
        "THREAT-8",
        "Er det barn hos {object} nå?",
        "Er det barn hos voldsutøver nå?",
        "`ask.nb` is said aloud and holds the loaded word «voldsutøver»; say what happens instead",
    ),
    "loaded word in nynorsk": (
        EVENTS,
        "THREAT-4",
        "Har det vorte verre",
        "Har partnarvalden vorte verre",
        "`ask.nn` is said aloud and holds the loaded word «partnarvalden»; "
        "say what happens instead",
    ),
    "loaded word in English information": (
        INFO,
        "INFO-11",
        "So we think carefully",
        "The Perpetrator may know: think",
        "`say.en` is said aloud and holds the loaded word «Perpetrator»; say what happens instead",
    ),
    "an option that considers what must not count": (
        HELP,
        "HELP-1",
        '"OPEN-7"',
        '"municipality"',
        "`considers` names municipality, which must not count (may_decide = false); take it out",
    ),
    "an option against which stands what must not count": (
        HELP,
        "HELP-4",
        '{ question = "police"',
        '{ question = "asylum"',
        "`against` names asylum, which must not count (may_decide = false); take it out",
    ),
    "a signal over what must not count": (
        "rules.toml",
        "weapons",
        'THREAT-10", is',
        'residence-permit", is',
        "`when` names residence-permit, which must not count (may_decide = false); take it out",
    ),
    "a duty that is relevant by what must not count": (
        "duties.toml",
        "avert",
        '{ question = "THREAT-7", is = "yes" }',
        '{ question = "asylum", is = "yes" }',
        "`relevant` names asylum, which must not count (may_decide = false); take it out",
    ),
    "a duty that is relevant by words on what must not count": (
        "duties.toml",
        "inform",
        'placed = "OPEN-8"',
        'placed = "trafficking"',
        "`relevant` names trafficking, which must not count (may_decide = false); take it out",
    ),
    "a duty that waits for an answer that is not there": (
        "duties.toml",
        "inform",
        '"THREAT-8", is = "yes"',
        '"THREAT-8", is = "maybe"',
        "`relevant` waits for the answer maybe of THREAT-8, which has only "
        "yes, no, unknown, declined",
    ),
    "a duty at a place that is not there": (
        "duties.toml",
        "avert",
        '"INFO-14"',
        '"INFO-99"',
        "`places` names INFO-99, and there is no such item",
    ),
    "a duty without its source": (
        "duties.toml",
        "inform",
        "source = ",
        "# source = ",
        "`source` is missing",
    ),
    "a duty with a ground twice": (
        "duties.toml",
        "avert",
        'id = "grave-injury"',
        'id = "killing"',
        "`ground` has killing more than once; each id is used once",
    ),
    "a duty with a ground that is too long to show": (
        "duties.toml",
        "inform",
        'word.en = "serious difficulties in own behaviour"',
        f'word.en = "{"word " * 17}"',
        "`ground behaviour.en` has 85 characters, at most 80",
    ),
    "a duty with a key that is not known": (
        "duties.toml",
        "avert",
        "while_possible = true",
        "concludes = true",
        "there is no key `concludes` here; known are about, asks_certain, asks_ground, "
        "certain, check_again, checked, covers, ground, id, name, per_child, places, relevant, "
        "source, way, while_possible",
    ),
    "a placed signal over what must not count": (
        "rules.toml",
        "wants-home",
        'placed = "HOME-1"',
        'placed = "trafficking"',
        "`when` names trafficking, which must not count (may_decide = false); take it out",
    ),
    "law without a source": (
        INFO,
        "avert-duty",
        'source = "straffeloven § 196 (dinutvei.no, generell',
        "#",
        "«Plikten» is law or a number, so it needs source",
    ),
    "law without dates": (
        INFO,
        "INFO-14",
        "checked = 2026-11-23\ncheck_again = 2027-11-23",
        "",
        "«Plikt» is law or a number, so it needs checked, check_again",
    ),
    "a paragraph without a source": (
        "2-open.toml",
        "time-and-place",
        "Når var det, og hvor?",
        "Se loven § fire.",
        "«loven» is law or a number, so it needs source, checked, check_again",
    ),
    "a number without a source": (
        "2-open.toml",
        "time-and-place",
        "When was it",
        "Call 112 when it was",
        "«112» is law or a number, so it needs source, checked, check_again",
    ),
    "information without a source": (
        INFO,
        "INFO-6",
        'source = "Bufdirs håndbok for krisesentre, kapittelet om første kontakt"\n',
        "",
        "what is told to people grows old, so it needs source",
    ),
    "a source without dates": (
        "2-open.toml",
        "OPEN-1",
        'kind = "open"',
        'kind = "open"\nsource = "nhi.no"',
        "checked, check_again is missing: source, checked and check_again go together",
    ),
    "to be checked again before it was checked": (
        EVENTS,
        "choking",
        "check_again = 2027-11-23",
        "check_again = 2026-11-23",
        "`check_again` has to be later than `checked`",
    ),
    "a telephone number without a source": (
        "numbers.toml",
        "112",
        'source = "politiet.no, nødnummer"\n',
        "",
        "`source` is missing",
    ),
    "a sentence too long to say": (
        EVENTS,
        "THREAT-10",
        "Can {subject} get",
        "Is it so, do you think, that {subject} can get",
        "`ask.en` is too long to say aloud: 18 words, at most 15 a sentence",
    ),
    "too long with the words before a pronoun is chosen": (
        EVENTS,
        "THREAT-10",
        "Kan {subject} få tak i våpen?",
        "Tror du, ut fra alt det du så, at {subject} har våpen?",
        "`ask.nb` is too long to say aloud: 16 words, at most 15 a sentence",
    ),
    "a short name too long": (
        EVENTS,
        "THREAT-10",
        'short.en = "Weapons"',
        'short.en = "Weapons or knives in the house"',
        "`short.en` has 30 characters, at most 24",
    ),
    "a hint that does not fit its rows": (
        "2-open.toml",
        "OPEN-0",
        "Let the person begin",
        "Let " + "the person " * 20 + "begin",
        "`text.en` has 368 characters, at most 220",
    ),
    "words on an option that do not fit their rows": (
        HELP,
        "HELP-1",
        "Passer når",
        "Passer " + "nå og " * 40 + "når",
        "`about.nb` has 317 characters, at most 220",
    ),
    "more than three covers": (
        EVENTS,
        "THREAT-10",
        '["THREAT-10"]',
        '["THREAT-10", "THREAT-1", "THREAT-2", "THREAT-3"]',
        "`covers` has more than three ids",
    ),
    "an unknown slot": (
        EVENTS,
        "THREAT-10",
        "Kan {subject} få",
        "Kan {person} få",
        "`ask.nb` has the unknown slot {person}; known are {subject}, {object}, {possessive}",
    ),
    "a slot where none is filled": (
        EVENTS,
        "weapons-where",
        "Spør hva det er",
        "Spør hva {subject} har",
        "`text.nb` has the unknown slot {subject}; known are none here",
    ),
    "a remark that stands on a hint that is not there": (
        "rules.toml",
        "recent-rape",
        '"traces-free"',
        '"traces-fri"',
        "`known` names traces-fri, and there is no such hint",
    ),
    "what is known without a source": (
        EVENTS,
        "traces-messages",
        'source = "politiet.no/rad/voldtekt-og-seksuelle-overgrep"\n'
        "checked = 2026-11-23\ncheck_again = 2027-11-23\n",
        "",
        "stands under a remark as known, so it needs source, checked, check_again",
    ),
    "a remark that follows from what is not known": (
        "rules.toml",
        "weapons",
        'is = "yes"',
        'is = "unknown"',
        "`when` waits for unknown of THREAT-10; what is not known is no answer, "
        "and nothing follows from it",
    ),
    "information that applies where somebody did not want to answer": (
        INFO,
        "INFO-11",
        '{ question = "THREAT-7", is = "yes" }',
        '{ question = "THREAT-7", is = "declined" }',
        "`when` waits for declined of THREAT-7; what is not known is no answer, "
        "and nothing follows from it",
    ),
    "what is not known against an option": (
        HELP,
        "HELP-4",
        'against = [{ question = "police", is = "no" }]',
        'against = [{ question = "police", is = "unknown" }]',
        "`against` waits for unknown of police; what is not known is no answer, "
        "and nothing follows from it",
    ),
    "against an option what it does not consider": (
        HELP,
        "HELP-4",
        '"OPEN-10", "police"]',
        '"OPEN-10"]',
        "`against` names police, which is not in its `considers`",
    ),
    "a remark that waits for two answers at once": (
        "rules.toml",
        "honour-based",
        '{ question = "THREAT-12", is = "yes" },',
        '{ question = "THREAT-12", is = "yes" }, { question = "THREAT-12", is = "no" },',
        "an alternative of `when` can never hold: THREAT-12 cannot be yes and no at once",
    ),
    "an alternative that never comes": (
        "rules.toml",
        "several-perpetrators",
        '{ placed = "THREAT-1" }',
        '{ placed = "THREAT-1" }, { question = "THREAT-1", is = "one" }',
        "an alternative of `when` can never hold: "
        "words on THREAT-1 count for nothing where its answer is one",
    ),
    "a remark on words that are never a line": (
        "rules.toml",
        "wants-home",
        'placed = "HOME-1"',
        'placed = "alias"',
        "an alternative of `when` can never hold: "
        "what is written on alias is its answer, and no line stands there",
    ),
    "information that can never apply": (
        INFO,
        "INFO-10",
        '{ any = [{ question = "residence-permit", is = "yes" },',
        '{ all = [{ question = "residence-permit", is = "no" },',
        "`when` can never hold: words on residence-permit count for nothing where its answer is no",
    ),
    "law in a rule that the program keeps": (
        "rules.toml",
        "HELP-6",
        "That choice is yours.",
        "By law, that choice is yours.",
        "«By law» is law or a number, so it needs source, checked, check_again",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_mistake_is_the_one_finding(copy: GuideCopy, name: str):
    file, id_, old, new, text = EDITS[name]
    line = copy.edit(file, id_, old, new)
    assert copy.findings() == [Finding(file, line, id_, text)]


def test_a_doubled_id_names_the_other(copy: GuideCopy):
    copy.edit(EVENTS, "pets", '"pets"', '"THREAT-10"')
    first = copy.text(EVENTS)[: copy.text(EVENTS).index('id = "THREAT-10"')].count("\n") + 1
    second = copy.text(EVENTS)[: copy.text(EVENTS).rindex('id = "THREAT-10"')].count("\n") + 1
    text = f"this id stands at {EVENTS}:{first} already; each id is used once"
    assert copy.findings() == [Finding(EVENTS, second, "THREAT-10", text)]


def test_a_doubled_id_in_another_file_and_kind_of_item(copy: GuideCopy):
    line = copy.edit(INFO, "INFO-8", '"INFO-8"', '"OPEN-1"')
    assert [(found.line, found.id) for found in copy.findings()] == [(line, "OPEN-1")]


def test_a_signal_may_have_the_id_of_its_question(copy: GuideCopy):
    assert 'id = "choking"' in copy.text(EVENTS)
    assert 'id = "choking"' in copy.text("rules.toml")
    assert copy.findings() == []


def test_toml_that_cannot_be_read_is_told_alone_with_its_line(copy: GuideCopy):
    line = copy.edit(EVENTS, "THREAT-10", 'short.nb = "Våpen"', 'short.nb = "Våpen') + 4
    text = "this cannot be read as TOML: illegal character '\\n'"
    assert copy.findings() == [Finding(EVENTS, line, "", text)]


def test_toml_that_ends_too_early_is_told_at_its_last_line(copy: GuideCopy):
    copy.write("centre.toml", '# one\nhas = ["groups"')
    text = "this cannot be read as TOML: unclosed array"
    assert copy.findings() == [Finding("centre.toml", 2, "", text)]


def test_a_missing_file(copy: GuideCopy):
    (copy.folder / "6-home.toml").unlink()
    assert copy.findings() == [Finding("6-home.toml", 1, "", "this file is missing")]


def test_a_missing_folder_is_every_file_missing(tmp_path):
    assert {finding.text for finding in check(tmp_path / "nothing")} == {"this file is missing"}


def test_a_file_in_another_encoding(copy: GuideCopy):
    (copy.folder / INFO).write_bytes(copy.text(INFO).encode("cp1252"))
    text = "this file is not UTF-8; save it as UTF-8"
    assert copy.findings() == [Finding(INFO, 1, "", text)]


def test_a_requirement_that_nothing_covers(copy: GuideCopy):
    copy.edit(EVENTS, "THREAT-11", 'covers = ["THREAT-11"]', "covers = []")
    text = "nothing covers this; it asks for yes-no"
    assert copy.findings() == [Finding(EVENTS, 1, "THREAT-11", text)]


def test_a_requirement_covered_by_another_kind(copy: GuideCopy):
    line = copy.edit("2-open.toml", "OPEN-9", 'kind = "open"', 'kind = "yes-no"')
    assert copy.findings() == [
        Finding("2-open.toml", 1, "OPEN-9", "nothing covers this; it asks for open"),
        Finding(
            "2-open.toml",
            line,
            "OPEN-9",
            "`covers` names OPEN-9, which asks for open; this is yes-no",
        ),
    ]


def test_a_table_that_is_not_known(copy: GuideCopy):
    line = copy.add(EVENTS, '[[questoin]]\nid = "mine"\n')
    text = (
        "[[questoin]] is not known here; known are "
        "[[question]], [[information]], [[option]], [[hint]]"
    )
    assert copy.findings() == [Finding(EVENTS, line, "mine", text)]


def test_a_table_with_single_brackets(copy: GuideCopy):
    copy.write("numbers.toml", '[number]\nid = "112"\n')
    text = "[number] has to be [[number]], with two brackets on each side"
    assert copy.findings() == [Finding("numbers.toml", 1, "number", text)]


def test_tables_written_in_one_line_are_read_as_well(copy: GuideCopy):
    numbers = copy.text("numbers.toml")
    copy.write("numbers.toml", 'number = [{ id = "112" }]\n')
    missing = [f"`{key}` is missing" for key in ("check_again", "checked", "name", "number")]
    found = [Finding("numbers.toml", 1, "112", text) for text in (*missing, "`source` is missing")]
    assert copy.findings() == found
    copy.write("numbers.toml", numbers)
    assert copy.findings() == []


def test_a_step_without_its_title(copy: GuideCopy):
    copy.write("6-home.toml", copy.text("6-home.toml").replace('title.en = "When', 'en = "When'))
    texts = [finding.text for finding in copy.findings()]
    assert texts == [
        "`title.en` is missing",
        "there is no key `en` here; known are id, items, number, tab, title",
    ]
    assert {finding.id for finding in copy.findings()} == {"step"}


def test_a_language_without_its_loaded_words(copy: GuideCopy):
    kept = [line for line in copy.text("wording.toml").splitlines() if not line.startswith("nn =")]
    copy.write("wording.toml", "\n".join(kept))
    assert copy.findings() == [Finding("wording.toml", 1, "loaded", "`nn` is missing")]


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "questions").write_text("")
    text = "this file cannot be read; look at its permissions"
    assert {finding.text for finding in check(tmp_path / "questions")} == {text}


def test_a_key_outside_every_table(copy: GuideCopy):
    copy.write("centre.toml", 'has = []\nhad = ["groups"]\n')
    found = [Finding("centre.toml", 1, "had", "there is no key `had` here")]
    assert copy.findings() == found


def test_a_phrase_that_is_incomplete(copy: GuideCopy):
    copy.write("journal.toml", copy.text("journal.toml").replace('nn = "Valt:"\n', ""))
    assert copy.findings() == [Finding("journal.toml", 1, "chosen", "`nn` is missing")]


def test_an_item_that_the_program_needs(copy: GuideCopy):
    copy.edit("1-contact.toml", "caller", '"caller"', '"kaller"')
    text = "the program needs this item, of kind choice"
    assert copy.findings() == [Finding("1-contact.toml", 1, "caller", text)]


@pytest.mark.parametrize(
    ("file", "there", "id_", "what"),
    [
        ("wording.toml", 'id = "not-chosen"', "not-chosen", "pronoun"),
        ("journal.toml", 'id = "quote"', "quote", "lead"),
        ("journal.toml", "[phrases.reason]", "reason", "phrase"),
    ],
)
def test_a_part_that_the_program_needs(copy: GuideCopy, file: str, there: str, id_: str, what: str):
    copy.write(file, copy.text(file).replace(there, there.replace(id_, "other")))
    assert copy.findings() == [Finding(file, 1, id_, f"the program needs this {what}")]


@pytest.mark.parametrize(
    "name",
    [
        "unknown id in about",
        "missing language",
        "wrong type of truth",
        "an option that considers what must not count",
        "a signal over what must not count",
    ],
)
def test_loading_refuses_what_would_make_the_guide_wrong_to_use(copy: GuideCopy, name: str):
    copy.edit(*EDITS[name][:4])
    with pytest.raises(GuideError) as refused:
        load(copy.folder)
    assert list(refused.value.findings) == copy.findings()
    assert EDITS[name][4] in str(refused.value)


@pytest.mark.parametrize(
    "name", ["loaded word", "a sentence too long to say", "law without a source"]
)
def test_wording_does_not_keep_anybody_from_the_program(copy: GuideCopy, name: str):
    copy.edit(*EDITS[name][:4])
    assert len(copy.findings()) == 1
    assert load(copy.folder).by_id.keys() == load().by_id.keys()


def test_loading_refuses_a_missing_file(copy: GuideCopy):
    (copy.folder / "numbers.toml").unlink()
    with pytest.raises(GuideError, match=r"numbers\.toml:1: this file is missing"):
        load(copy.folder)


def test_several_mistakes_come_in_the_order_of_the_files(copy: GuideCopy):
    copy.edit(*EDITS["loaded word"][:4])
    copy.edit(*EDITS["law without dates"][:4])
    copy.edit("1-contact.toml", "INV-1", 'short.nb = "', 'short.nb = "Måten som kontakten kom ')
    assert [finding.id for finding in copy.findings()] == ["INV-1", "THREAT-4", "INFO-14"]
