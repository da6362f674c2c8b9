"""Passphrases: generated ones are strong, and the weak own ones are named."""

import math

import pytest

from intake_tui.vault import passphrases
from intake_tui.vault.left_out import is_left_out


def test_six_words_are_generated_from_a_long_list():
    made = passphrases.generated()
    assert len(made.split("-")) == 6
    assert made != passphrases.generated()
    assert 6 * math.log2(len(passphrases._words())) > 92
    assert passphrases.weakness(made, names=["Åse Brattli"]) is None


def test_no_generated_word_frightens_or_hurts():
    words = set(passphrases._words())
    for word in ("mørkedød", "dårehus", "forjaga", "voldta", "drap", "likbil", "kniv", "nødrop"):
        assert word not in words
    for word in ("kveld", "like", "hengebro", "lykt", "galleri", "avgift"):
        assert not is_left_out(word)


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("kort", "too-short"),
        ("               ", "too-short"),
        ("Krisesenter2025", "common"),
        ("Kr1sesenter2025!!", "common"),
        ("passordpassordpassord", "common"),
        ("123456789012345678", "common"),
        ("aaaaaaaaaaaaaaaaaa", "common"),
        ("Sommer2024!Sommer2025!", "common"),
        ("kaffekopp på brattli i dag", "contains-name"),
        ("ＢＲＡＴＴＬＩ kaffekopp i dag", "contains-name"),
        ("en ganske lang setning om ingenting", None),
        ("kaffekopp-på-brattli-i-dag", "contains-name"),
        ("Brattlikaffe2025 i dag", "contains-name"),
        ("en fåsett dal med kaffekopp", None),
        ("en dal med åse og kaffekopp", "contains-name"),
    ],
)
def test_the_reason_is_named(passphrase, why):
    assert passphrases.weakness(passphrase, names=["Åse Brattli", "Senteret"]) == why


WEAK = """
krisesenter2025!
Krisesenteret i Oslo
Krisesenteret1234
krisesenterkrisesenter
passord passord passord
Passord123Passord123
passord passordfrase
passordfrase123
MittPassord12345
mittpassordermitt
dette er et passord
hemmelig passord 1
Velkommen2025Velkommen
velkommen til oss
sommersommersommer
Sommeren 2025 er fin
vinter vår sommer høst
januarfebruarmars
mandagtirsdagonsdag
qwertyuiopåasdfgh
qwertyuiop123456
1q2w3e4r5t6y7u8i
1qaz2wsx3edc4rfv
zaq12wsxcde34rfv
qazwsxedcrfvtgb
asdfghjkløæasdfghjkl
poiuytrewqasdfg
abcdefghijklmno
aaaabbbbccccdddd
abcabcabcabcabcabc
123123123123123
17. mai 1814 17. mai
01.01.1980 01.01.1980
24.12.2025 julaften
20250101 20250101
hemmelighemmelig
jegelskerdegjegelskerdeg
ingenting ingenting
kaffekaffekaffekaffe
kaffe kaffe kaffe kaffe
ha det ha det ha det
hei hei hei hei hei
test test test test
testtesttesttest1
admin admin admin admin
administrator2025
norge norge norge
Norge2025Norge2025
bergenbergenbergen
Trondheim kommune 7000
kommune123kommune
journal journal journal
miljøterapeut123
miljøterapeut 2025
sosionom sosionom
barnevernet 2025
barneverntjenesten
kvinnehuset 2025
Kvinnesenteret1
voldtektsmottak
sommerferie 2025
juleferie2025!!
God jul 2025 alle
gudersterkgudersterk
fotballfotballfotball
liverpoolliverpool
manchesterunited
youllneverwalkalone
harrypotterharrypotter
iloveyouiloveyou
letmeinletmein123
abc123abc123abc123
p@ssw0rdp@ssw0rd
P4ssord2025P4ssord
5ommer2025 5ommer
arkivet arkivet 1
intake-tui intake
krisesenter avd 1
oslo krisesenter
kode kode kode kode
minkodeminkode123
låseopp låseopp 1
dinmammadinmamma
sesamsesamsesam
sesam sesam lukk deg opp
krise krise krise
nødtelefon 116006
telefon 11600612
ringringringring
høsthøsthøst2024
påske påske påske 2025
blåblåblåblåblåblå
rødblågulgrønn123
ententotretre1234
en to tre fire fem seks
entotrefirefemseks
ensen to tre fire
æøåæøåæøåæøåæøå
asdasdasdasdasd
asdf jklø asdf jklø
1111111111111111
0000 0000 0000 0000
987654321987654321
!!!!!!!!!!!!!!!!
sensommer sensommer
"""
SOUND = """
kvitveis lommelykt sement bjeller
fjellvettregel i kurven
sju gule ballonger over taket
en ganske lang setning om ingenting
bestemor baker lefser om natta
tre ugler og en grønn båt
mandagsbil med sprukket lykt
hunden min liker tørre erter
oslofjorden lukter av tjære
syv sjeler satt på en stein
åtte blekkspruter i bakgården
du finner aldri denne nøkkelen
ost på taket ved midnatt
jeg liker ikke mandager i det hele tatt
blåbær under trappa i 1987
kaffekanna sto igjen på perrongen
hvem tok den siste brunosten
når sommeren kommer plukker vi tyttebær
xK9fQ2mVb7LpR4tz
korrekt hest batteri stift
ingen vet hvor skoene står
gamle erik har ni katter
luftballong over Lyngenfjorden
passordet er ikke her, men under steinen
"""
NAMES = ("Ragnhild Prøvestad", "Senteret i Vikabygda")


@pytest.mark.parametrize("passphrase", WEAK.strip().splitlines())
def test_what_people_think_of_first_is_refused(passphrase):
    """The place, the job, the season, dates, walks over the keyboard, one word over again."""
    assert passphrases.weakness(passphrase, names=NAMES) is not None


@pytest.mark.parametrize("passphrase", SOUND.strip().splitlines())
def test_an_own_sentence_is_taken(passphrase):
    assert passphrases.weakness(passphrase, names=NAMES) is None


def test_no_generated_one_is_refused(times):
    names = ("Bjørn Kanoelv", "Ugleberget")
    for _ in range(times(3, 500)):
        assert passphrases.weakness(passphrases.generated(names=names), names=names) is None


def test_spaces_and_capitals_are_read_in_what_looks_generated_only():
    from intake_tui.vault.passphrases import as_generated, generated

    phrase = generated()
    for typed in (phrase.replace("-", "  "), phrase.capitalize(), phrase.upper(), f" {phrase} "):
        assert as_generated(typed) == phrase
    assert as_generated(phrase) is None
    assert as_generated("kvitveis lommelykt sement bjeller") is None
    assert as_generated("ubest nating torsk skruing kris omsonst2") is None
