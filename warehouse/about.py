"""About: what there is to ask. SHOW TABLES and DESCRIBE are answered from the dictionary, and reach no database."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipelines.core.errors import say
from warehouse.ddl import KEPT
from warehouse.dictionary import Entry, entries
from warehouse.guard import RefusalError
from warehouse.store import Store
from warehouse.tables import CORE
from warehouse.tables.described import dictionary
from warehouse.views import STEWARD

_NAME = r'(?:"?(?P<schema>\w+)"?\s*\.\s*)?"?(?P<table>\w+)"?'
_TABLES = re.compile(r"\s*show\s+(?:all\s+)?tables\s*;?\s*", re.IGNORECASE)
_COLUMNS = re.compile(
    rf"\s*(?:desc(?:ribe)?(?:\s+table)?|show\s+columns\s+(?:from|in)|show)\s+{_NAME}\s*;?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class About:
    """What is asked about: one table, or all of them if it has no name."""

    table: str = ""


def about(sql: str) -> About | None:
    """What a statement asks about, if it asks what there is and not what stands in it."""
    if _TABLES.fullmatch(sql):
        return About()
    found = _COLUMNS.fullmatch(sql)
    return About(found["table"].lower()) if found else None


def told(store: Store, tier: str, asked: About) -> pa.Table:
    """The tier's tables, or one table's columns, in the reader's language. Raises RefusalError if it has no such."""
    known = _steward(store) if tier == STEWARD else _published(store, tier)
    if not asked.table:
        return tables_of(known)
    found = [e for e in known if e["table_name"] == asked.table and e["column_name"]]
    if not found:
        names = ", ".join(sorted({e["table_name"] for e in known}))
        raise RefusalError(
            f"this tier has no table of that name; it has {names}",
            f"本层级没有该表；可查询：{names}",
        )
    return columns_of(found)


def _published(store: Store, tier: str) -> list[dict[str, Any]]:
    sql = f"SELECT * FROM {dictionary.name} ORDER BY table_name, place"
    return store.read(sql, tier).to_pylist()


def _steward(store: Store) -> list[dict[str, Any]]:
    """What the steward sees is as it is declared; who fills it stands in the register."""
    register = store.read(
        "SELECT table_name, column_name, channels FROM asset_register", STEWARD
    ).to_pylist()
    measured = store.read("SELECT max(day) AS day FROM measurement", STEWARD).to_pylist()
    filled = {
        (r["table_name"].rpartition(".")[2], r["column_name"]): r["channels"] for r in register
    }
    found: list[Entry] = []
    for table in CORE.values():
        found += entries(table)
    for name, table in KEPT.items():
        found += entries(table, name.partition(".")[2])
    as_of = str(measured[0]["day"] or "") if measured else ""
    return [
        e | {"channels": filled.get((e["table_name"], e["column_name"]), ""), "as_of": as_of}
        for e in found
    ]


def tables_of(known: Sequence[dict[str, Any]]) -> pa.Table:
    """One row a table."""
    counted: dict[str, int] = {}
    for entry in known:
        counted[entry["table_name"]] = counted.get(entry["table_name"], -1) + 1
    rows = [
        (e["table_name"], _label(e), _meaning(e), counted[e["table_name"]], e["as_of"])
        for e in known
        if not e["column_name"]
    ]
    names = say("table,label,meaning,columns,as of", "表,名称,含义,列数,截至日").split(",")
    return _table(names, rows)


def columns_of(known: Sequence[dict[str, Any]]) -> pa.Table:
    """One row a column."""
    rows = [
        (
            e["column_name"], _label(e), _meaning(e), e["type"].lower(), say(e["kind"], e["kind_zh"]),
            say(e["shown_en"], e["shown_zh"]), _codes(e["codes"]), e["channels"],
        )
        for e in known
    ]  # fmt: skip
    names = say(
        "column,label,meaning,type,kind,shown,codes,filled by",
        "列,名称,含义,数据类型,类型,显示方式,代码,来源渠道",
    ).split(",")
    return _table(names, rows)


def _label(entry: dict[str, Any]) -> str:
    return str(say(entry["label_en"], entry["label_zh"]))


def _meaning(entry: dict[str, Any]) -> str:
    return str(say(entry["meaning_en"], entry["meaning_zh"]))


def _codes(text: str) -> str:
    """`visit; PhD: Doctorate`: the codes, each with its name where that is another word."""
    said: dict[str, list[str]] = json.loads(text) if text else {}
    named = ((code, say(en, zh)) for code, (zh, en) in said.items())
    return say("; ", "；").join(
        code if _plainly(code) == _plainly(name) else f"{code}{say(': ', '：')}{name}"
        for code, name in named
    )


def _plainly(word: str) -> str:
    """A word without what makes no other word of it."""
    return word.replace("_", " ").casefold()


def _table(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    return pa.table({name: [row[n] for row in rows] for n, name in enumerate(names)})
