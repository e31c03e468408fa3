"""Age: the band of years an age lies in. 37 is 35-39; from 90 on there is one band, 90+."""

from dataclasses import dataclass

from masking.rules.rule import Rule, all_digits


@dataclass(frozen=True)
class Age(Rule):
    """Show the band of 5 or of 10 `years`; the very old are few, so they share one."""

    years: int = 5

    def __post_init__(self) -> None:
        if self.years not in (5, 10):
            raise ValueError("an age band is of 5 or 10 years")

    def left(self) -> str:
        return "[0-9]{1,2}-[0-9]{1,2}|90[+]"

    def hidden(self, text: str) -> str | None:
        if not (text.isascii() and text.isdigit()) or len(text) > 3:
            return None
        if len(text) == 3 or (len(text) == 2 and text[0] == "9"):
            return "90+"
        tens = text[:-1]
        if self.years == 10:
            return f"{tens}0-{tens}9" if tens else "0-9"
        return f"{tens}0-{tens}4" if text[-1] < "5" else f"{tens}5-{tens}9"

    def hidden_sql(self, text: str) -> str:
        tens = f"left({text}, length({text}) - 1)"
        low = f"{tens} || '0-' || {tens}"
        band = f"{low} || '9'"
        if self.years == 5:
            young = f"right({text}, 1) IN ('0', '1', '2', '3', '4')"
            band = f"CASE WHEN {young} THEN {low} || '4' ELSE {tens} || '5-' || {tens} || '9' END"
        old = f"length({text}) = 3 OR (length({text}) = 2 AND left({text}, 1) = '9')"
        return f"CASE WHEN NOT {all_digits(text)} OR length({text}) > 3 THEN NULL WHEN {old} THEN '90+' ELSE {band} END"

    def bounds(self, shown: str) -> dict[str, str]:
        first = f"split_part(replace({shown}, '+', '-'), '-', 1)"
        last = f"nullif(split_part(replace({shown}, '+', '-'), '-', 2), '')"
        return {"_from": f"CAST({first} AS BIGINT)", "_to": f"CAST({last} AS BIGINT)"}
