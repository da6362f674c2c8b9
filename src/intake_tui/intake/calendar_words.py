"""The words for days, months and times of the day in bokmål, nynorsk and English, as typed."""

from __future__ import annotations

from typing import Final

WEEKDAYS: Final = {
    **dict.fromkeys(("mandag", "måndag", "monday"), 0),
    **dict.fromkeys(("tirsdag", "tysdag", "tuesday"), 1),
    **dict.fromkeys(("onsdag", "wednesday"), 2),
    **dict.fromkeys(("torsdag", "thursday"), 3),
    **dict.fromkeys(("fredag", "friday"), 4),
    **dict.fromkeys(("lørdag", "laurdag", "saturday"), 5),
    **dict.fromkeys(("søndag", "sundag", "sunday"), 6),
}
# Those that are no other word, so that they are found within a line as well.
SHORT_WEEKDAYS: Final = {"lø": 5, "lør": 5, "lau": 5, "laur": 5, "sø": 6, "søn": 6}
# Those that are, such as «to», «on», «man», «fri»: a day only where a day is asked for.
UNSURE_WEEKDAYS: Final = {
    **dict.fromkeys(("ma", "man", "må", "mån", "mon"), 0),
    **dict.fromkeys(("ti", "tir", "tirs", "ty", "tys", "tue", "tues"), 1),
    **dict.fromkeys(("on", "ons", "wed"), 2),
    **dict.fromkeys(("to", "tor", "tors", "thu", "thur", "thurs"), 3),
    **dict.fromkeys(("fr", "fre", "fri"), 4),
    **dict.fromkeys(("la", "sat"), 5),
    **dict.fromkeys(("su", "sun"), 6),
}
ALL_WEEKDAYS: Final = WEEKDAYS | SHORT_WEEKDAYS | UNSURE_WEEKDAYS

DAYS_BACK: Final = {
    **dict.fromkeys(("i dag", "idag", "today"), 0),
    **dict.fromkeys(("i går", "igår", "yesterday"), 1),
    **dict.fromkeys(("i forgårs", "iforgårs", "i førgår", "the day before yesterday"), 2),
}
DAYS_AHEAD: Final = dict.fromkeys(("i morgen", "imorgen", "i morgon", "imorgon", "tomorrow"), 1)

FEASTS: Final = {  # of one day, the same every year
    **dict.fromkeys(
        ("julaften", "på julaften", "julekvelden", "julafta", "christmas eve"), (12, 24)
    ),
    **dict.fromkeys(("1. juledag", "første juledag", "første juledagen", "1. juledagen"), (12, 25)),
    **dict.fromkeys(("fyrste juledag", "christmas day"), (12, 25)),
    **dict.fromkeys(("2. juledag", "andre juledag", "andre juledagen", "boxing day"), (12, 26)),
    **dict.fromkeys(("nyttårsaften", "nyttårsaftan", "new year's eve"), (12, 31)),
}

MONTHS: Final = {
    **dict.fromkeys(("januar", "january", "jan"), 1),
    **dict.fromkeys(("februar", "february", "feb"), 2),
    **dict.fromkeys(("mars", "march", "mar"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juni", "june", "jun"), 6),
    **dict.fromkeys(("juli", "july"), 7),  # «jul» is Christmas
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "october", "okt", "oct"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("desember", "december", "des", "dec"), 12),
}

SEASONS: Final = {  # by the month that they begin in
    **dict.fromkeys(("vår", "våren", "spring", "the spring"), 3),
    **dict.fromkeys(("sommer", "sommeren", "sommar", "sommaren", "summer", "the summer"), 6),
    **dict.fromkeys(("høst", "høsten", "haust", "hausten", "autumn", "the autumn"), 9),
    **dict.fromkeys(("fall", "the fall"), 9),
    **dict.fromkeys(("vinter", "vinteren", "winter", "the winter"), 12),
}

PARTS: Final = {  # of a day, by the hour after which they are put in order
    **dict.fromkeys(("morgen", "morgenen", "morgon", "morgonen", "morning"), 6),
    **dict.fromkeys(("formiddag", "formiddagen", "føremiddag", "føremiddagen"), 9),
    **dict.fromkeys(("midt på dagen", "noon"), 12),
    **dict.fromkeys(("ettermiddag", "ettermiddagen", "afternoon"), 15),
    **dict.fromkeys(("kveld", "kvelden", "evening"), 18),
}
TODAYS_PARTS: Final = {
    **dict.fromkeys(("i morges", "imorges", "i morgos", "i dag tidlig", "this morning"), 6),
    **dict.fromkeys(("i formiddag", "i føremiddag"), 9),
    **dict.fromkeys(("i ettermiddag", "this afternoon"), 15),
    **dict.fromkeys(("i kveld", "ikveld", "this evening"), 18),
}
NIGHTS: Final = ("natt", "natta", "natten", "night")
LAST_NIGHT: Final = ("i natt", "inatt", "last night")

NUMBERS: Final = {
    **dict.fromkeys(("en", "én", "ein", "éin", "ei", "et", "eit", "one", "a"), 1),
    **dict.fromkeys(("to", "two"), 2),
    **dict.fromkeys(("tre", "three"), 3),
    **dict.fromkeys(("fire", "four"), 4),
    **dict.fromkeys(("fem", "five"), 5),
    **dict.fromkeys(("seks", "six"), 6),
    **dict.fromkeys(("sju", "syv", "seven"), 7),
    **dict.fromkeys(("åtte", "eight"), 8),
    **dict.fromkeys(("ni", "nine"), 9),
    **dict.fromkeys(("ti", "ten"), 10),
}
UNITS: Final = {
    **dict.fromkeys(("dag", "dager", "dagar", "day", "days"), "day"),
    **dict.fromkeys(("uke", "uker", "veke", "veker", "week", "weeks"), "week"),
    **dict.fromkeys(("måned", "måneder", "månad", "månader", "month", "months"), "month"),
    **dict.fromkeys(("år", "year", "years"), "year"),
}

LAST_YEAR: Final = ("i fjor", "ifjor", "last year")
THIS_YEAR: Final = ("i år", "this year")
LAST_WEEK: Final = ("forrige uke", "forrige uka", "førre veke", "førre veka", "last week")
THIS_WEEK: Final = ("denne uka", "denne uken", "denne veka", "this week")
LAST_WEEKEND: Final = ("sist helg", "siste helg", "last weekend")
LAST_MONTH: Final = ("forrige måned", "førre månad", "last month")
THIS_MONTH: Final = ("denne måneden", "denne månaden", "this month")
