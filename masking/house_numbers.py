"""House numbers: an organisation's own for its customers, papers and parcels (客户编号, 户号, policy_no), by column.

They have no common shape, so the header tells them, or that every cell is a long number of its own. Whoever has two
lists joins them by such a number, so it is shown as a token, which joins as well.
"""

from collections.abc import Sequence
from typing import Any

from masking.headers import is_about_else, is_measured, is_numbered
from pipelines.core.batch import Relation
from pipelines.core.sql import literal, quoted
from pipelines.engine.protocol import Engine

NUMBER = "^[^ .,，。]*[0-9０-９][^ .,，。]*$"
"""What a house number looks like under a header that says it is one: one word with a digit."""
LONG = "^[A-Za-z]{0,8}[-_/]?[0-9A-Za-z_/-]*[0-9]{4}[0-9A-Za-z_/-]*$"
"""What it looks like anywhere: letters, and digits of which some stand together."""
LONGEST, SHORTEST, FEWEST, AMPLE = 40, 6, 5, 9
"""Characters of the longest; of the shortest that no header tells; such cells at least; and how long it is if it comes
again and again."""
NEARLY_ALL = 0.9
"""The share of a column's cells that look so; without a header, also of those that are unlike all others."""


def house_numbers(rows: Relation, columns: Sequence[str], engine: Engine) -> set[str]:
    """Those of the columns, of which nothing else is known, that hold house numbers."""
    asked = {f"c{i}": c for i, c in enumerate(columns) if not (is_about_else(c) or is_measured(c))}
    if not asked:
        return set()
    counts = ", ".join(_counts(name, column) for name, column in asked.items())
    found = engine.fetch(engine.sql(f"SELECT {counts} FROM rows", rows=rows)).to_pylist()[0]
    return {c for name, c in asked.items() if _is_numbered(c, found[name])}


def _counts(name: str, column: str) -> str:
    cell = f"nullif(trim(CAST({quoted(column)} AS VARCHAR)), '')"
    said = f"regexp_matches({cell}, {literal(NUMBER)}) AND length({cell}) <= {LONGEST}"
    return (
        f"{{'cells': count({cell}), 'said': count(*) FILTER (WHERE {said}), "
        f"'long': count(*) FILTER (WHERE regexp_matches({cell}, {literal(LONG)})), "
        f"'different': count(DISTINCT {cell}), "
        f"'shortest': min(length({cell})), 'longest': max(length({cell}))}} AS {name}"
    )


def _is_numbered(column: str, found: dict[str, Any]) -> bool:
    enough = NEARLY_ALL * found["cells"]
    if is_numbered(column):
        return bool(found["cells"]) and found["said"] >= enough
    length = found["longest"] or 0
    is_code = found["shortest"] == length >= SHORTEST and found["long"] >= enough
    is_its_own = length >= AMPLE or found["different"] >= enough
    return bool(is_code and is_its_own and found["cells"] >= FEWEST)
