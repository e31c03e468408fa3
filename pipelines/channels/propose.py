"""A first version of a channel, from what a file holds. A person corrects it; it runs as it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from masking.kinds import SAY_LITTLE, Kind
from pipelines.channels.channel import UNNAMED
from pipelines.channels.selects import KEYS
from pipelines.core.batch import Relation
from pipelines.core.errors import SourceError
from pipelines.core.sql import quoted
from pipelines.engine.protocol import Engine
from warehouse.model import columns_before_resolve, kind
from warehouse.tables import RECORDS

FROM_THE_BATCH = {*KEYS, "channel", "day", "unreadable"}
NAMES_A_KEY = re.compile(
    r"(编号|客户号|工单号|流水号|序号|主键|账号|^id$|_id$|^key$|_no$|^no$|Id$|ID$)"
)
TELLS = {Kind.USCC: "enterprise", Kind.COMPANY_NAME: "enterprise"}
"""Kinds that only one record has as its own name or number."""


@dataclass(frozen=True)
class Seen:
    """One column of a file, as a scan saw it: its kinds, the surest first."""

    name: str
    kinds: tuple[Kind, ...] = ()


def proposed(name: str, file: str, columns: Sequence[Seen], key: str) -> dict[str, Any]:
    """The channel's YAML, as plain values: every column mapped, or ignored by name."""
    record = _record(columns)
    mapped = _mapped(columns, RECORDS[record])
    ignored = [c.name for c in columns if c.name not in mapped and c.name != key]
    return {
        "name": name,
        "title": file.split(".")[0],
        "owner": UNNAMED,
        "purpose": [UNNAMED],
        "lands_at": file,
        "record": record,
        "key": key,
        "columns": {source: {"is": column} for source, column in mapped.items()},
        **({"ignored": ignored} if ignored else {}),
    }


def key_of(rows: Relation, seen: Sequence[Seen], engine: Engine) -> str:
    """The column that names a row: filled and distinct throughout, by preference one named like a key.

    Rather one that is not personal: a row's key stands where a person's number may not.
    Raises SourceError if no column names every row.
    """
    columns = [c.name for c in seen]
    personal = {c.name for c in seen if c.kinds}
    counts = ", ".join(
        f"count(DISTINCT nullif(trim({quoted(c)}), '')) AS c{i}" for i, c in enumerate(columns)
    )
    found = engine.fetch(
        engine.sql(f"SELECT count(*) AS n, {counts} FROM rows", rows=rows)
    ).to_pylist()[0]
    distinct = [c for i, c in enumerate(columns) if found[f"c{i}"] == found["n"]]
    if not distinct:
        raise SourceError(
            "no column is filled and different in every row, so none can name a row; add a key to the file, "
            "or write the channel by hand with key: [column, column]",
            "没有任何一列逐行非空且互不相同，无法作为主键；请在文件中增加主键，或手工编写渠道并使用 key: [列, 列]",
        )
    return min(distinct, key=lambda c: (c in personal, not NAMES_A_KEY.search(c), columns.index(c)))


def _record(columns: Sequence[Seen]) -> str:
    """The customer record whose columns the file's fit best; an individual's if none tells."""
    fits = {name: len(_mapped(columns, t)) for name, t in RECORDS.items() if t.info["is_customer"]}
    for seen in columns:
        for of in seen.kinds[:1]:
            fits[TELLS.get(of, "individual")] += 2 if of in TELLS else 0
        fits["individual"] += 2 * (Kind.PERSON_NAME in seen.kinds[:1])
    return max(fits, key=lambda name: (fits[name], name == "individual"))


def _mapped(columns: Sequence[Seen], table: Table) -> dict[str, str]:
    """Which record column each source column fills: by its label first, then by its kind.

    A kind alone tells only the record's first column of it: a first name is no former name.
    """
    free = {c.name: c for c in columns_before_resolve(table) if c.name not in FROM_THE_BATCH}
    firsts = {kind(c): c.name for c in reversed(free.values())}
    found: dict[str, str] = {}

    def _same_kind(seen: Seen, column: Column[Any]) -> bool:
        of = kind(column)
        return of in seen.kinds[:1] and of not in SAY_LITTLE and firsts[of] == column.name

    for by in (_same_name, _same_kind):
        for seen in columns:
            if seen.name in found:
                continue
            column = next((c for c in free.values() if by(seen, c)), None)
            if column is not None:
                found[seen.name] = column.name
                del free[column.name]
    return {c.name: found[c.name] for c in columns if c.name in found}


def _same_name(seen: Seen, column: Column[Any]) -> bool:
    said = _bare(seen.name.rsplit(".", 1)[-1])
    return said in {_bare(column.name), _bare(column.info["zh"])}


def _bare(name: str) -> str:
    return re.sub(r"[\s_\-.]+", "", name).lower()


def pack_file(organisation: str) -> Mapping[str, str]:
    """`pack.yaml`, as plain values."""
    return {"organisation": organisation, "token_key": "env:MINGCE_TOKEN_KEY"}
