"""International bank account numbers: ISO 13616, proven by ISO 7064 MOD 97-10.

Country, two check digits, and as many letters and digits as that country's numbers have. Of columns a header
tells (账号); in text the length and the check do.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from masking.kinds import Kind
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV", 29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
"""Characters in all, by country (the registry of ISO 13616)."""
PROVEN, SUSPECT = 0.95, 0.65
LABEL = re.compile("iban", re.IGNORECASE)
NEAR = 16


@dataclass(frozen=True)
class Ibans:
    """Numbers of the right length; a wrong check is suspect where a label stands before it."""

    kind: Kind = Kind.BANK_ACCOUNT
    name: str = "iban"
    gate: str = field(default="[A-Z]{2}[0-9]{2}")

    def spans(self, text: Normalised) -> list[Span]:
        """The numbers, in order of position."""
        found = []
        for match in self.compiled.finditer(text.text):
            proven = holds(re.sub("[ -]", "", match[0]))
            if proven or LABEL.search(text.text[max(0, match.start() - NEAR) : match.start()]):
                score = PROVEN if proven else SUSPECT
                found.append(Span(self.kind, *text.span(*match.span()), score, proven))
        return found

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """A country, and as many characters as it has, one blank or hyphen between any two or none."""
        forms = "|".join(
            f"(?:{countries.replace(' ', '|')})[0-9]{{2}}(?:[ -]?[0-9A-Z]){{{length - 4}}}"
            for length, countries in LENGTHS.items()
        )
        return re.compile(f"(?<![0-9A-Za-z])(?:{forms})(?![0-9A-Za-z])")


def holds(value: str) -> bool:
    """MOD 97-10: the first four characters last, letters as 10 to 35, the whole modulo 97 is 1."""
    return int("".join(str(int(c, 36)) for c in value[4:] + value[:4])) % 97 == 1


IBAN = Ibans()
