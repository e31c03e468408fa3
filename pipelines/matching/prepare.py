"""Prepare: columns made for comparing, set-based: a name's pinyin, a 15-digit number's 18, a company's core."""

import sqlglot
from sqlglot import exp

from masking.recognisers.checksum import (
    CREDIT,
    CREDIT_CODE,
    RESIDENT,
    Proof,
    lengthened_sql,
)
from masking.recognisers.shapes import PROVINCE
from pipelines.core.batch import Relation
from pipelines.core.errors import ConfigError
from pipelines.engine.protocol import Engine
from pipelines.matching.declared import Block, Prepared
from pipelines.matching.han import READ, SIMPLIFIED, TRADITIONAL, read_aloud

_LONG = "^({p}|8[1-3])[0-9]{15}[0-9X]$".replace("{p}", PROVINCE)
"""Resident IDs, and the residence permits of Hong Kong, Macau and Taiwan, which are built alike."""
_SHORT = "^{p}[0-9]{13}$".replace("{p}", PROVINCE)


def _proven(shape: str, proof: Proof) -> str:
    """The value if it has the shape and the proof holds. The shape is asked first: the proof relies on it."""
    return f"CASE WHEN regexp_matches({{c}}, '{shape}') THEN CASE WHEN {proof.over('{c}')} THEN {{c}} END END"


_BORN = "try_cast(concat('19', substr({c}, 7, 2), '-', substr({c}, 9, 2), '-', substr({c}, 11, 2)) AS DATE)"
_RESIDENT_ID = (
    f"coalesce({_proven(_LONG, RESIDENT)}, CASE WHEN regexp_matches({{c}}, '{_SHORT}') "
    f"THEN CASE WHEN {_BORN} IS NOT NULL THEN {lengthened_sql('{c}')} END END)"
)
_PROVEN_USCC = _proven(f"^[0-9A-Z]{{2}}[0-9]{{6}}[{CREDIT}]{{10}}$", CREDIT_CODE)

_SIMPLE = (  # looked for first: translating costs as much as its table is long
    f"CASE WHEN regexp_matches({{c}}, '[{TRADITIONAL}]') "
    f"THEN translate({{c}}, '{TRADITIONAL}', '{SIMPLIFIED}') ELSE {{c}} END"
)
_FORM = "(股份)?(有限)?(责任)?(总)?(公司|集团|厂|店|合作社|事务所|工作室|中心|经营部|商行)$"
_PLACE = (
    "^[\u4e00-\u9fff]{2,7}?(省|自治区)|^(北京|上海|天津|重庆)市?|^[\u4e00-\u9fff]{2,4}?市|[()（）]"
)

HOW: dict[str, str] = {
    "simplified": f"nullif(regexp_replace(upper({_SIMPLE}), '[\\s　·.]+', '', 'g'), '')",
    "resident_id": _RESIDENT_ID,
    "uscc": _PROVEN_USCC,
    "digits": "nullif(regexp_replace({c}, '[^0-9]+', '', 'g'), '')",
    "letters": "nullif(trim(regexp_replace(lower({c}), '[^a-z0-9]+', ' ', 'g')), '')",
    "company": f"nullif(regexp_replace(regexp_replace({_SIMPLE}, '{_PLACE}', '', 'g'), '{_FORM}', ''), '')",
    "address": f"nullif(regexp_replace({_SIMPLE}, '[\\s　,，.。()（）-]+', '', 'g'), '')",
    "number": "nullif(regexp_extract({c}, '[0-9]+', 0), '')",
    "house": "nullif(regexp_extract({c}, '([0-9]+)(号|弄|幢|栋|#)', 1), '')",
    "room": "nullif(regexp_extract({c}, '([0-9]+)(室|房)?$', 1), '')",
}
"""Ways of preparing, as SQL over `{c}`; null where nothing comparable is left."""
PINYIN = ("pinyin", "pinyin_sorted")
"""Ways that need a reader of Chinese: done once for each distinct value."""


def prepared(rows: Relation, wanted: dict[str, Prepared], engine: Engine) -> Relation:
    """`rows` with the wanted columns, made in as few passes as their dependence allows."""
    for stage in _stages(rows.columns, wanted):
        joins, columns, readings = "", ["r.*"], {}
        for place, (name, how) in enumerate(stage.items()):
            if how.how in PINYIN:
                readings[f"p{place}"] = _reading(rows, how.of, engine)
                joins += f" LEFT JOIN p{place} ON p{place}.said = r.{how.of}"
                columns.append(f"p{place}.{how.how} AS {name}")
            else:
                columns.append(f"{expression(how)} AS {name}")
        rows = engine.keep(
            engine.sql(f"SELECT {', '.join(columns)} FROM r{joins}", None, r=rows, **readings)
        )
    return rows


def expression(how: Prepared) -> str:
    """The SQL of one prepared column."""
    if how.sql:
        return how.sql
    if how.how not in HOW:
        known = ", ".join((*HOW, *PINYIN))
        raise ConfigError(
            f"matching.yaml: there is no preparation {how.how!r}: one of {known}",
            f"matching.yaml：没有名为 {how.how!r} 的预处理：可选 {known}",
        )
    return HOW[how.how].replace("{c}", how.of)


def _reading(rows: Relation, column: str, engine: Engine) -> Relation:
    said = engine.sql(f"SELECT DISTINCT {column} AS said FROM r WHERE {column} IS NOT NULL", r=rows)
    return engine.map(said, read_aloud, READ)


def _stages(columns: tuple[str, ...], wanted: dict[str, Prepared]) -> list[dict[str, Prepared]]:
    """The wanted columns in groups, each needing only what stands before its group."""
    stages: list[dict[str, Prepared]] = []
    there, left = set(columns), dict(wanted)
    while left:
        stage = {n: how for n, how in left.items() if _needs(how) <= there}
        if not stage:
            missing = sorted(
                set().union(*(_needs(how) for how in left.values())) - there - set(left)
            )
            raise ConfigError(
                f"matching.yaml: prepared columns {sorted(left)} need {missing or 'one another'}",
                f"matching.yaml：预处理列 {sorted(left)} 缺少 {missing or '（互相引用）'}",
            )
        stages.append(stage)
        there |= set(stage)
        left = {n: how for n, how in left.items() if n not in stage}
    return stages


def _needs(how: Prepared) -> set[str]:
    if how.of:
        return {how.of}
    return {c.name for c in sqlglot.parse_one(how.sql, read="duckdb").find_all(exp.Column)}


def blocked(rows: Relation, blocks: list[Block], engine: Engine) -> Relation:
    """`rows` with a column `block_<n>` for each block: null where too many rows share its value."""
    keys = {f"block_{n}": block for n, block in enumerate(blocks)}
    made = [
        f"{' || chr(31) || '.join(f'CAST({c} AS VARCHAR)' for c in b.same)} AS key_{k}"
        for k, b in keys.items()
    ]
    keyed = engine.keep(engine.sql(f"SELECT *, {', '.join(made)} FROM r", r=rows))
    common = {
        k: engine.sql(
            f"SELECT key_{k} FROM r WHERE key_{k} IS NOT NULL "
            f"GROUP BY key_{k} HAVING count(*) BETWEEN 2 AND {b.at_most}",
            r=keyed,
        )
        for k, b in keys.items()
    }  # fmt: skip
    joins = " ".join(f"LEFT JOIN {k} ON {k}.key_{k} = r.key_{k}" for k in keys)
    columns = ", ".join([*(f"r.{c}" for c in rows.columns), *(f"{k}.key_{k} AS {k}" for k in keys)])
    return engine.keep(engine.sql(f"SELECT {columns} FROM r {joins}", None, r=keyed, **common))
