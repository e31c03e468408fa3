"""Signs: what spreadsheets and programs put around a number when they write it out, taken off again.

`="138…"` and `'138…` are how a sheet keeps digits from being counted with, `138….0` and `1.38…E+10` what is left
where nothing did. They say nothing of the value: what is looked for, and what a token is made of, is without them.
"""

import re

SCIENTIFIC = "^[1-9](?:[.][0-9]{1,17})?[Ee][+]?(?:0?[7-9]|1[0-9])$"
"""A whole number of 8 to 20 digits as programs write floats."""
GROUPED = "^[1-9][0-9]{0,2}(?:,[0-9]{3}){3,6}(?:[.]0{1,2})?$"
"""Ten digits or more in groups of three."""
FLOAT = "^[0-9]{6,}[Xx]?[.]0{1,2}$"
AROUND = '^[=\'"]+|"+$'
"""What a sheet writes before and after a value so that it stays a text."""

_SCIENTIFIC, _GROUPED, _FLOAT = (re.compile(p) for p in (SCIENTIFIC, GROUPED, FLOAT))
_AROUND = re.compile(AROUND)


def without_signs(text: str) -> str:
    """The value of a whole cell, which is normalised and has no blanks around it."""
    if text[:1] in "='\"":
        text = _AROUND.sub("", text).strip()
    if _FLOAT.match(text):
        return text.split(".")[0]
    if _GROUPED.match(text):
        return text.split(".")[0].replace(",", "")
    if _SCIENTIFIC.match(text):
        head, _, power = text.upper().partition("E")
        digits, size = head.replace(".", "").rstrip("0"), int(power.lstrip("+")) + 1
        return digits.ljust(size, "0") if len(digits) <= size else text
    return text


def without_signs_sql(value: str) -> str:
    """The same over the SQL expression `value`; what bears no sign is hardly looked at."""
    bare = f"trim(regexp_replace({value}, '{AROUND.replace(chr(39), chr(39) * 2)}', '', 'g'))"
    whole = f"CASE WHEN {value} LIKE '=%' OR {value} LIKE '''%' OR {value} LIKE '\"%' THEN {bare} ELSE {value} END"
    return (
        f"CASE WHEN {value} LIKE '=%' OR {value} LIKE '''%' OR {value} LIKE '\"%' OR {value} LIKE '%.0' "
        f"OR {value} LIKE '%.00' OR {value} LIKE '%,___' OR {value} LIKE '_.%E%' OR {value} LIKE '_.%e%' "
        f"OR {value} LIKE '_E%' OR {value} LIKE '_e%' THEN {number_sql(whole)} ELSE {value} END"
    )


def number_sql(value: str) -> str:
    """A number without what a program's way of writing numbers added."""
    digits = f"regexp_replace(replace(split_part(upper({value}), 'E', 1), '.', ''), '0+$', '')"
    size = f"(try_cast(replace(split_part(upper({value}), 'E', 2), '+', '') AS INTEGER) + 1)"
    return (
        f"CASE WHEN regexp_matches({value}, '{FLOAT}') THEN split_part({value}, '.', 1) "
        f"WHEN regexp_matches({value}, '{GROUPED}') THEN replace(split_part({value}, '.', 1), ',', '') "
        f"WHEN regexp_matches({value}, '{SCIENTIFIC}') THEN "
        f"CASE WHEN length({digits}) <= {size} THEN rpad({digits}, {size}, '0') ELSE {value} END "
        f"ELSE {value} END"
    )
