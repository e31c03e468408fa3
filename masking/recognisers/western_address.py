"""Postal addresses in text without Chinese characters: house number and street in either order, box, suite, town, code.

ISO 19160-4 names the parts; every country has its own order, so an address is taken to be a street with a number, or
a box or room with one, and the capitalised words and codes that follow it, on the same line or the next.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from masking.kinds import Kind
from masking.lexicon.western import HAN, NO_HAN, WORD, listed
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

CAPITALS = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
SCORE, FULL_SCORE = 0.6, 0.85


@dataclass(frozen=True)
class WesternAddresses:
    """Streets with a number, and what follows them."""

    kind: Kind = Kind.ADDRESS
    name: str = "western_address"
    gate: str = NO_HAN

    def spans(self, text: Normalised) -> list[Span]:
        """The addresses, in order of position."""
        if HAN.search(text.text):
            return []
        found = []
        for match in self.compiled.finditer(text.text):
            words = [word.lower() for word in WORD.findall(match["street"] or "")]
            everyday = [w for w in words if w in listed("common") and w not in listed("street")]
            if match["street"] and (
                len(everyday) >= max(1, len(words) - 1) or words[0] in listed("never_street")
            ):
                continue
            if not match["tail"] and _is_reference(match["unit"] or "", match["street"] or ""):
                continue
            end = match.start() + len(match[0].rstrip(" ,|\n"))
            score = FULL_SCORE if match["tail"] or match["unit"] else SCORE
            found.append(Span(self.kind, *text.span(match.start(), end), score))
        return found

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """A street with its number or a unit, and up to eight parts after it."""
        word = rf"[{CAPITALS}][\w.'’-]{{0,24}}"
        link = r"(?:(?:de|la|le|du|des|del|di|da|do|dos|van|der|den|von|of|the|u|v)[ ]){0,2}"
        prefix = r"(?:(?:ul\.|rue|via|calle|str\.|r\.|os\.)[ ]|[dl]['’])?"
        name = rf"{prefix}{word}(?:[ ]{link}{word}){{0,4}}"
        number = r"[0-9]{1,5}[A-Za-z]?(?:[/-][0-9]{1,4}[A-Za-z]?)?"
        unit = (
            r"(?:(?:P\.?[ ]?O\.?[ ]Box|PSC|Box|Apt\.?|Apartment|Suite|Ste\.?|Unit|Flat|#)"
            r"[ ]?[A-Z]{0,2}[ ]?[0-9]{1,6})"
        )
        kind = r"(?:[ ][^\W\d_]{2,10})?"  # tér, utca, gatan: streets that end in a small letter
        street = (
            rf"(?P<street>(?:{number}[ ])?{number},?[ ]{name}(?:{kind}[ ]{number}){{0,2}}"
            rf"|{name}{kind},?[ ]{number}(?<![0-9]{{5}}))"
        )
        code = r"[0-9]{3,6}(?:[ -][0-9]{2,4})?|[A-Z]{1,2}[0-9][0-9A-Z]?[ ][0-9][A-Z]{2}|[A-Z]{2,3}"
        part = rf"(?:{unit}|{name}[ ](?:{code})|{code}|{name})(?![\w':])"
        tail = (
            rf"(?P<tail>(?:[ ]?[,|\n][ \n|>,]{{0,3}}{part}|[ ](?:{unit}|{code})(?![\w':])){{0,8}})"
        )
        return re.compile(rf"(?<![\w.])(?:(?P<unit>{unit})|{street})\.?{tail}(?![\w])")


def _is_reference(unit: str, street: str) -> bool:
    """#9892 of a ticket, RFC 1918, ISBN 978-7: no town follows, and no street is all capitals and short."""
    return unit.startswith("#") or bool(re.fullmatch("(?:[A-Z]{1,4}[ ])+[0-9/-]+", street))


WESTERN_ADDRESS = WesternAddresses()
