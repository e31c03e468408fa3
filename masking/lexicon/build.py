"""Writes the word and name statistics that free-text detection reads, from jieba's word list.

Run by a developer when the list changes, never by the program:
``pip install --no-deps jieba && python -m masking.lexicon.build``.
Only counts leave it: how often a word occurs, how often a character stands in a given name. The word list is
jieba 0.42.1's ``dict.txt`` (MIT licence, Copyright (c) 2013 Sun Junyi); the licence's text stands in NOTICE.txt.
"""

from collections import Counter
from importlib.resources import files
from math import log
from pathlib import Path

from masking.lexicon.tables import (
    NEVER_COUNTED,
    NEVER_GIVEN,
    PLACES_END,
    surname_shares,
    transliteration,
)

HERE = Path(__file__).parent
RARE = 5  # below this a word is in the list only because a dictionary had it
FREQUENT = 60  # a name's count in the word list from which it is a well-known person's
ENDS_NO_NAME = NEVER_GIVEN | frozenset(
    PLACES_END + "山港岛州村庄河江湖海仔客书剧质性器素酒花菜布石"
)
UNCOUNTED = NEVER_COUNTED | frozenset(PLACES_END)
COMMON = 1e-3  # the share of a surname that is common
LONGEST = 6  # longer entries are idioms and titles; they are read as their parts
HEADER = (
    "# {what} Written by masking/lexicon/build.py; do not edit.\n"
    "# Source: counts of jieba 0.42.1's dict.txt. Licence: MIT, Copyright (c) 2013 Sun Junyi (NOTICE.txt).\n"
)


def is_han(word: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in word)


def given_of(word: str) -> str:
    """The given name in a full one, or nothing if it has not that shape."""
    for size in (2, 1):
        surname, given = word[:size], word[size:]
        known = surname_shares().get(surname, 0) >= (COMMON if size == 1 else 0.0)
        if known and surname in surname_shares() and 1 <= len(given) <= 2:
            return "" if UNCOUNTED & set(given) else given
    return ""


def is_foreign(word: str, tag: str) -> bool:
    return tag == "nrt" and len(word) >= 2 and all(c in transliteration() for c in word)


def is_person(word: str, n: int, tag: str) -> bool:
    """Whether the word list's tag may be believed: of a name's shape, or too frequent for an error."""
    if tag not in ("nr", "nrfg") or len(word) not in (2, 3):
        return False
    frequent = n >= FREQUENT and len(word) == 3 and surname_shares().get(word[0], 0) >= COMMON
    return bool(given_of(word)) or (frequent and not ENDS_NO_NAME & set(word[1:]))


def letter(word: str, n: int, tag: str) -> str:
    """What a word is, in one letter of `tables.Words`."""
    if tag == "ns":
        return "p"
    if tag == "nt":
        return "o"
    if is_person(word, n, tag):
        return "g" if len(word) == 3 else "h"
    if is_foreign(word, tag):
        return "f"
    return "n" if tag in ("n", "vn", "nz", "j", "l") else "w"


def entries() -> list[tuple[str, int, str]]:
    text = files("jieba").joinpath("dict.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines())
    return [(w, int(n), tag) for w, n, tag in rows if is_han(w) and len(w) <= LONGEST]


def write_words(rows: list[tuple[str, int, str]]) -> None:
    total = sum(n for _, n, _ in rows)
    lines = [
        f"{word} {round(-log(n / total) * 10)} {letter(word, n, tag)}"
        for word, n, tag in sorted(rows)
        if n >= RARE or len(word) == 1
    ]
    header = HEADER.format(what="Words: -10 ln(share), what it is (p o g h f n w).")
    (HERE / "words.txt").write_text(header + "\n".join(lines) + "\n", "utf-8")


def write_characters(rows: list[tuple[str, int, str]]) -> None:
    """How often a character is in each place of a given name, in a foreign name, and at the ends of a rare word."""
    places = ("only", "first", "last", "foreign", "begins", "ends")
    counts: dict[str, Counter[str]] = {place: Counter() for place in places}
    for word, n, tag in rows:
        if len(word) == 2 and n < RARE and not tag.startswith("nr"):
            counts["begins"][word[0]] += 1
            counts["ends"][word[1]] += 1
        given = given_of(word) if tag in ("nr", "nrfg") and len(word) <= 4 else ""
        if len(given) == 1:
            counts["only"][given] += 1
        elif given:
            counts["first"][given[0]] += 1
            counts["last"][given[1]] += 1
        if is_foreign(word, tag):
            counts["foreign"].update(word)
    lines = []
    for place, seen in counts.items():
        total = sum(seen.values())
        lines += [
            f"{place} {c} {round(-log(n / total) * 10)}" for c, n in sorted(seen.items()) if n > 1
        ]
    header = HEADER.format(
        what="Characters of names and rare words: place, character, -10 ln(share)."
    )
    (HERE / "name_characters.txt").write_text(header + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    rows = entries()
    write_words(rows)
    write_characters(rows)


if __name__ == "__main__":
    main()
