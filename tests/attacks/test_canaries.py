"""Canaries: marked values in every personal field are found nowhere but in vault and lake, whatever fails.

Looked for in clear, in base64 at each of its three alignments, and in URL form.
"""

import base64
import csv
import json
import logging
import traceback
import urllib.parse
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import Column

from masking.kinds import Kind
from masking.tiers import tiers
from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import InternalError
from pipelines.engine.lake import Lake
from tests.factories import pack_folder
from warehouse.model import columns_before_resolve, kind
from warehouse.tables import RECORDS

DAY = date(2026, 9, 1)
NOT_PERSONAL = {Kind.PLAIN, Kind.KEY, Kind.SEX, Kind.EVENT_DATE}
SHOWN = {"nationality": "中国", "ethnicity": "汉族", "marital_status": "已婚", "education": "本科"}
"""Words everybody shares; they mark nobody."""
VALID = {
    "mobile": ["13912340987", "18612345670", "15098761234"],
    "uscc": ["91350211M000100Y43", "91350211M000100Y43", "91350211M000100Y43"],
    "birth_date": ["1990-03-07", "1985-12-12", "1978-11-23"],
    "registered_capital": ["7654321.09", "8765432.18", "9876543.27"],
    "annual_income": ["765432.19", "876543.28", "987654.37"],
    "satisfaction": ["73731801", "73731802", "73731803"],
    "bank_card": ["6222021234567890128", "6217001234567890129", "6228481234567890120"],
}


def marked(record: str, column: str, row: int) -> str:
    """A value nobody else has, in a shape the column's cleaner can read."""
    if column in SHOWN:
        return SHOWN[column]
    if column in VALID:
        return VALID[column][row]
    number = f"{hash_of(record, column) % 10**6:06d}{row}"
    if column.endswith("id_number"):
        return resident_id(f"110101199003{number[:5]}")
    shapes = {
        "email": f"canary{number}@example.com",
        "landline": f"0755-8{number}",
        "fax": f"0755-7{number}",
        "postcode": f"5180{row}7",
        "wechat": f"wx_canary_{number}",
        "qq": f"77{number}",
        "full_name": ["金丝雀甲", "金丝雀乙", "金丝雀丙"][row],
        "remark": f"客户金丝雀丁{row}来电，手机1391234{number[:4]}，住金丝雀路{number}号",
    }
    return shapes.get(column, f"金丝雀{column}{number}")


def resident_id(first: str) -> str:
    """A number with the right check digit (GB 11643-1999), of nobody."""
    first = f"{first[:12]}07{first[-3:]}"
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(first))
    return first + "10X98765432"[total % 11]


def hash_of(*parts: str) -> int:
    """The same in every process, unlike `hash`."""
    return int.from_bytes("/".join(parts).encode(), "big") % 999_983


def is_shown(column: Column[Any]) -> bool:
    """Whether a tier other than the stewards' shows it as it is."""
    return any(
        t.rule_for(kind(column)).name in ("clear", "shaped")
        for n, t in tiers().items()
        if n != "steward"
    )


class Marked:
    """A pack and a source in which every personal field holds a canary, and the canaries."""

    def __init__(self, folder: Path) -> None:
        self.canaries: set[str] = set()
        self.shown: set[str] = set()
        """Canaries of kinds that some tier shows as they are, such as a postcode at the counter."""
        self.source = folder / "source"
        channels = []
        for record in ("individual", "enterprise", "interaction"):
            table = RECORDS[record]
            names = [c.name for c in columns_before_resolve(table) if c.info["clean"]]
            personal = {c.name for c in table.columns if kind(c) not in NOT_PERSONAL} - set(SHOWN)
            rows = [
                {n: marked(record, n, i) if n in personal or n in SHOWN else "" for n in names}
                for i in range(3)
            ]
            marks = {n: {r[n] for r in rows if len(r[n]) >= 4} for n in names if n in personal}
            self.canaries |= set().union(*marks.values())
            self.shown |= set().union(*(m for n, m in marks.items() if is_shown(table.columns[n])))
            self._write(
                self.source / record / f"{DAY}.csv",
                [{"key": f"K{i}"} | r for i, r in enumerate(rows)],
            )
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
    shifted = (
        base64.b64encode(b"\0" * n + raw)[4 if n else 0 :].rstrip(b"=")[:-2] for n in range(3)
    )
    escaped = json.dumps(canary)[1:-1].encode()
    return {
        raw,
        canary.encode("utf-16-le"),
        escaped,
        urllib.parse.quote(canary).encode(),
        *(s for s in shifted if len(s) > 8),
    }


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


def steps(run):
    """Every step of the flow over this run, in order."""
    for name in run.pack.names:
        yield from ((name, step) for step in flow.CHANNEL_DAY)
    yield from ((CUSTOMERS, step) for step in flow.ALL_CHANNELS)


def outside(folder: Path) -> dict[str, bytes]:
    """Everything written outside vault and lake: files as they are, databases also as their tables read."""
    written = {}
    for path in folder.rglob("*"):
        kept_apart = {"lake", "source"} & set(
            path.relative_to(folder).parts
        ) or path.name.startswith("vault")
        if path.is_file() and not kept_apart:
            written[str(path)] = path.read_bytes() + str(path).encode()
    for path in (p for p in folder.glob("*.duckdb") if p.name != "vault.duckdb"):
        with duckdb.connect(str(path), read_only=True) as session:
            for schema, table in session.execute(
                "SELECT table_schema, table_name FROM information_schema.tables"
            ).fetchall():
                rows = session.execute(
                    f'SELECT CAST(t AS VARCHAR) FROM "{schema}"."{table}" AS t'
                ).fetchall()
                written[f"{path.name} {schema}.{table}"] = str(rows).encode()
    return written


def test_the_marks_would_be_found():
    marks = {"金丝雀甲", "canary77@example.com"}
    assert found(marks, b"... canary77@example.com ...") == {"canary77@example.com"}
    assert found(marks, base64.b64encode("一二 canary77@example.com".encode())) == {
        "canary77@example.com"
    }
    assert found(marks, base64.b64encode(b"a canary77@example.com")) == {"canary77@example.com"}
    assert found(marks, urllib.parse.quote("客户=金丝雀甲").encode()) == {"金丝雀甲"}
    assert found(marks, json.dumps("金丝雀甲").encode()) == {"金丝雀甲"}
    assert found(marks, "金丝雀丁".encode()) == set()


def test_no_mark_leaves_vault_and_lake(place, caplog, capfd):
    made, run = place
    with caplog.at_level(logging.DEBUG):
        for channel, step in steps(run):
            flow.run_step(run, step, channel, DAY)
    folder = made.source.parent
    vault = (folder / "vault.duckdb").read_bytes()
    assert (
        found(made.canaries, vault, str(flow_rows(folder)).encode()) == made.canaries
    )  # they did flow through
    printed = capfd.readouterr()
    hidden = made.canaries - made.shown
    leaks = {name: found(hidden, text) for name, text in outside(folder).items()}
    leaks["log"] = found(
        made.canaries, caplog.text.encode(), printed.out.encode(), printed.err.encode()
    )
    assert {name: marks for name, marks in leaks.items() if marks} == {}


def flow_rows(folder: Path) -> list[object]:
    """All rows of the vault, as they read."""
    with duckdb.connect(str(folder / "vault.duckdb"), read_only=True) as session:
        tables = session.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
        ).fetchall()
        return [
            session.execute(f'SELECT CAST(t AS VARCHAR) FROM "{s}"."{t}" AS t').fetchall()
            for s, t in tables
        ]


def test_a_step_that_fails_says_where_and_quotes_nothing(place, caplog, capfd, monkeypatch):
    made, run = place
    quoted = " ".join(sorted(made.canaries))
    said = []
    with caplog.at_level(logging.DEBUG):
        for channel, step in steps(run):

            def failing(*_: object) -> None:
                raise ValueError(f"could not convert {quoted}")

            with monkeypatch.context() as patched:
                patched.setattr(f"pipelines.steps.{step}.{step}", failing)
                with pytest.raises(InternalError, match=r"ValueError at test_canaries\.py") as stop:
                    flow.run_step(run, step, channel, DAY)
            said += traceback.format_exception(stop.value)
            flow.run_step(run, step, channel, DAY)
    printed = capfd.readouterr()
    notes = "".join(
        p.read_text(encoding="utf-8")
        for p in (made.source.parent / "lake" / "runs").rglob("*.json")
    )
    assert found(made.canaries, "".join(said).encode(), caplog.text.encode(), notes.encode(),
                 printed.out.encode(), printed.err.encode()) == set()  # fmt: skip
    hidden = made.canaries - made.shown
    assert {n for n, text in outside(made.source.parent).items() if found(hidden, text)} == set()
