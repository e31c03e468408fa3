"""Canaries: marked values in every personal field are found nowhere but in vault and lake, whatever fails.

Looked for in clear, in base64 at each of its three alignments, and in URL form.
"""

import base64
import csv
import json
import logging
import sqlite3
import traceback
import urllib.parse
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from masking.kinds import Kind
from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import InternalError
from pipelines.engine.lake import Lake
from tests.factories import PACK, pack_folder
from warehouse.model import columns_before_resolve, kind
from warehouse.tables import RECORDS

DAY = date(2026, 9, 1)
NOT_PERSONAL = {Kind.PLAIN, Kind.KEY, Kind.SEX}
SHOWN = {"nationality": "中国", "ethnicity": "汉族", "marital_status": "已婚", "education": "本科"}
"""Words everybody shares; they mark nobody."""
VALID = {
    "id_number": ["110101199003070142", "440305198512120039", "310104197811230450"],
    "mobile": ["13912340987", "18612345670", "15098761234"],
    "uscc": ["91350211M000100Y43", "91350211M000100Y43", "91350211M000100Y43"],
    "birth_date": ["1990-03-07", "1985-12-12", "1978-11-23"],
    "registered_capital": ["7654321.09", "8765432.18", "9876543.27"],
    "annual_income": ["765432.19", "876543.28", "987654.37"],
    "bank_card": ["6222021234567890128", "6217001234567890129", "6228481234567890120"],
}


def marked(record: str, column: str, row: int) -> str:
    """A value nobody else has, in a shape the column's cleaner can read."""
    if column in SHOWN:
        return SHOWN[column]
    if column in VALID:
        return VALID[column][row]
    number = f"{abs(hash_of(record, column)) % 10**6:06d}{row}"
    shapes = {
        "email": f"canary{number}@example.com",
        "landline": f"0755-8{number}",
        "fax": f"0755-7{number}",
        "postcode": f"5180{row}7",
        "wechat": f"wx_canary_{number}",
        "qq": f"77{number}",
        "full_name": "金丝雀甲 金丝雀乙 金丝雀丙".split()[row],
        "remark": f"客户金丝雀丁{row}来电，手机1391234{number[:4]}，住金丝雀路{number}号",
    }
    return shapes.get(column, f"金丝雀{column}{number}")


def hash_of(*parts: str) -> int:
    """The same in every process, unlike `hash`."""
    return int.from_bytes("/".join(parts).encode(), "big") % 999_983


class Marked:
    """A pack and a source in which every personal field holds a canary, and the canaries."""

    def __init__(self, folder: Path) -> None:
        self.canaries: set[str] = set()
        self.source = folder / "source"
        channels = []
        for record in ("individual", "enterprise", "interaction"):
            table = RECORDS[record]
            names = [c.name for c in columns_before_resolve(table) if c.info["clean"]]
            personal = {c.name for c in table.columns if kind(c) not in NOT_PERSONAL} - set(SHOWN)
            rows = [{n: marked(record, n, i) if n in personal or n in SHOWN else "" for n in names} for i in range(3)]
            self.canaries |= {r[n] for r in rows for n in personal if n in r and len(r[n]) >= 4}
            self._write(self.source / record / f"{DAY}.csv", [{"key": f"K{i}"} | r for i, r in enumerate(rows)])
            channels.append({
                "name": record, "title": record, "owner": "信息管理部", "purpose": ["service"], "key": "key",
                "lands_at": f"{record}/{{day}}.csv", "record": record, "columns": {n: {"is": n} for n in names},
            })  # fmt: skip
        self.pack = pack_folder(folder / "pack", *channels, matching={}, quality={})

    def _write(self, path: Path, rows: list[dict[str, str]]) -> None:
        path.parent.mkdir(parents=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            out.writerows(rows)


def forms(canary: str) -> set[bytes]:
    """How a canary may hide: in clear, escaped, in URL form, in base64 wherever it begins."""
    raw = canary.encode()
    shifted = (base64.b64encode(b"\0" * n + raw)[4 if n else 0 :].rstrip(b"=")[:-2] for n in range(3))
    escaped = json.dumps(canary)[1:-1].encode()
    return {raw, canary.encode("utf-16-le"), escaped, urllib.parse.quote(canary).encode(), *(s for s in shifted if len(s) > 8)}


def found(canaries: set[str], *where: bytes) -> set[str]:
    """The canaries that stand anywhere in `where`."""
    return {c for c in canaries for form in forms(c) if any(form in text for text in where)}


@pytest.fixture
def place(tmp_path, duckdb_engine, monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "made-up-key-of-this-test")
    made = Marked(tmp_path)
    lake = Lake(str(tmp_path / "lake"), duckdb_engine)
    url = f"duckdb:///{tmp_path / 'warehouse.duckdb'}"
    return made, Run(Pack(made.pack), duckdb_engine, lake, url, str(made.source))
