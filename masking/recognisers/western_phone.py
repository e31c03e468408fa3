"""Telephone numbers of any country in text without Chinese characters: ITU-T E.164 and E.123.

E.123 writes groups of digits with blanks, hyphens or points between them; seven to fifteen digits in all.
"""

import re
from dataclasses import dataclass

from masking.kinds import Kind
from masking.lexicon.western import HAN, NO_HAN
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

GROUPED = re.compile(
    r"(?<![\w.+/-])(?:\+[0-9]{1,3}[ .-]?|00[0-9]{1,3}[ .-])?(?:\([0-9]{1,5}\)[ .-]?)?"
    r"[0-9]{1,5}(?:[ .-][0-9]{2,5}){1,5}(?![\w/]|[.-][0-9])"
)
PLAIN = re.compile(r"(?<![\w.+/-])(?:\+?[0-9]{8,13}|0[0-9]{1,3}-[0-9]{6,8})(?![\w/]|[.-][0-9])")
CONTEXT = re.compile(
    r"phone|mobile|cell|tel\b|call|fax|desk|number is|reach|contact|messages? to|answering|registered",
    re.IGNORECASE,
)
DATE = re.compile(
    r"(?:19|20)[0-9]{2}[.-][0-9]{1,2}[.-][0-9]{1,2}|[0-9]{1,2}[.-][0-9]{1,2}[.-](?:19|20)[0-9]{2}"
)
STANDARD = re.compile(r"\b(?:GB|JR|GA|YD|GM|ISO|IEC|IEEE|DIN|EN|RFC|ITU)(?:[/-][A-Z]{1,4})?[ -]?$")
DECIMAL = re.compile("[0-9]+[.][0-9]+")
OURS = re.compile("(?:[+]|00)(?:86|852|853|886)(?![0-9])")
"""Numbers of which the other recognisers know what is one."""
OTHER_VALUE = re.compile("[0-9]{4}")
FEWEST, MOST, NEAR = 7, 15, 40
SHAPE_SCORE, CONTEXT_SCORE = 0.4, 0.7


@dataclass(frozen=True)
class WesternPhones:
    """Numbers in groups, and plain ones that a word speaks for."""

    kind: Kind = Kind.LANDLINE
    name: str = "western_phone"
    gate: str = NO_HAN

    def spans(self, text: Normalised) -> list[Span]:
        """The numbers, in order of position."""
        if HAN.search(text.text):
            return []
        found = []
        for match in (*GROUPED.finditer(text.text), *PLAIN.finditer(text.text)):
            digits = sum(c.isdigit() for c in match[0])
            before = text.text[max(0, match.start() - NEAR) : match.start()]
            if match.re is PLAIN:
                before = OTHER_VALUE.split(before)[-1]  # a label speaks for the next number only
            if STANDARD.search(before) or DECIMAL.fullmatch(match[0]):
                continue
            spoken_for = CONTEXT.search(before)
            if not FEWEST <= digits <= MOST or DATE.match(match[0]):
                continue
            is_shape = match.re is GROUPED and digits < MOST - 2 and not OURS.match(match[0])
            if spoken_for or is_shape:
                score = CONTEXT_SCORE if spoken_for else SHAPE_SCORE
                found.append(Span(self.kind, *text.span(*match.span()), score))
        return found


WESTERN_PHONE = WesternPhones()
