"""Whether SQL and Python say the same of the same texts: shape there, which value, proof."""

import pyarrow as pa

from masking.recognisers import Recogniser
from pipelines.engine.protocol import Engine
from tests.corpus.sampled import texts_for


def python_says(recogniser: Recogniser, text: str) -> tuple[bool, str, bool]:
    match = recogniser.compiled.search(text)
    if match is None:
        return False, "", False
    value = match[recogniser.compiled.groups and 1]
    return (
        True,
        value,
        recogniser.proof is not None and recogniser.proof.holds(recogniser.compact(value)),
    )


def disagreements(recogniser: Recogniser, engine: Engine, count: int) -> list[str]:
    """The texts of which the two renderings say different things."""
    texts = texts_for(recogniser.labelled, count, recogniser.name)
    with engine.scope():
        rows = engine.arrow(pa.table({"i": range(len(texts)), "v": texts}))
        query = (
            f"WITH held AS (SELECT i, {recogniser.holds_sql('v')} AS there, "
            f"{recogniser.held_sql('v')} AS h FROM cells) "
            f"SELECT i, there, h, CASE WHEN there THEN {recogniser.proven_sql('h')} ELSE FALSE END AS p FROM held"
        )
        said = engine.fetch(engine.sql(query, cells=rows)).sort_by("i").to_pylist()
    return [
        f"{text!r}: SQL {sql['there'], sql['h'], sql['p']}, Python {ours}"
        for text, sql in zip(texts, said, strict=True)
        if (sql["there"], sql["h"], bool(sql["p"])) != (ours := python_says(recogniser, text))
    ]
