"""A delivered file's own names (headers, sheets, tables, members) may be a customer's: nothing of ours repeats one."""

import json
import sqlite3
import zipfile
from datetime import date

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.errors import PlatformError
from pipelines.engine.lake import Lake
from tests.factories import COUNTER, pack_folder

DAY = date(2026, 9, 1)
CANARY = "金丝雀甲"
ROWS = [["K1", "欧阳试"], ["K2", "陈试"]]


def _book(path, *sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)


def _database(path, *tables):
    made = sqlite3.connect(path)
    for table, columns in tables:
        made.execute(f'CREATE TABLE "{table}" ({", ".join(columns)})')
        made.execute(f'INSERT INTO "{table}" VALUES ({", ".join("1" for _ in columns)})')
    made.commit()
    made.close()


def _duckdb(path, *tables):
    with duckdb.connect(str(path)) as made:
        for table, columns in tables:
            made.execute(
                f'CREATE TABLE "{table}" AS SELECT ' + ", ".join(f'1 AS "{c}"' for c in columns)
            )


def _zip(path, *members):
    with zipfile.ZipFile(path, "w") as made:
        for member in members:
            made.writestr(member, "客户号,姓名\nK1,欧阳试\n")


TEXT = "\n".join(",".join(row) for row in ROWS) + "\n"
FILES = {  # the file's name, how it is made, what the channel says of it
    "unknown column": ("a.csv", lambda p: p.write_text(f"客户号,姓名,{CANARY}\nK1,欧阳试,1\n", encoding="utf-8"), {}),
    "no header": ("a.csv", lambda p: p.write_text(f"K1,{CANARY}\nK2,{CANARY}乙\n", encoding="utf-8"), {}),
    "header twice": (
        "a.csv",
        lambda p: p.write_text(f"客户号,姓名,{CANARY},{CANARY}\nK1,欧阳试,1,2\n", encoding="utf-8"),
        {"ignored": [CANARY, f"{CANARY}_2"]},
    ),
    "sheets": ("a.xlsx", lambda p: _book(p, (CANARY, [["客户号", "姓名"], *ROWS])), {"sheet": "客户"}),
    "empty sheet": ("a.xlsx", lambda p: _book(p, (CANARY, [])), {}),
    "two sheets": (
        "a.xlsx",
        lambda p: _book(p, ("客户", [["客户号", "姓名"], *ROWS]), (CANARY, [["客户号", "姓名"], *ROWS])),
        {},
    ),
    "tables": ("a.db", lambda p: _database(p, (CANARY, ["a"]), (f"{CANARY}乙", ["a"])), {}),
    "no such table": ("a.db", lambda p: _database(p, (CANARY, ["a"])), {"table": "client"}),
    "columns of a table": ("a.db", lambda p: _database(p, ("t", ["客户号", "姓名", CANARY])), {"table": "t"}),
    "tables of DuckDB": ("a.duckdb", lambda p: _duckdb(p, (CANARY, ["a"]), (f"{CANARY}乙", ["a"])), {}),
    "no such table of DuckDB": ("a.duckdb", lambda p: _duckdb(p, (CANARY, ["a"])), {"table": "client"}),
    "members": ("a.zip", lambda p: _zip(p, f"{CANARY}.csv", f"{CANARY}乙.csv"), {}),
    "one member": ("a.zip", lambda p: _zip(p, f"{CANARY}.pdf"), {"format": "parquet"}),
    "keys of JSON": ("a.jsonl", lambda p: p.write_text(json.dumps({"客户号": "K1", "姓名": "x", CANARY: 1})), {}),
    "fields of Parquet": ("a.parquet", lambda p: pq.write_table(pa.table({"客户号": ["K1"], CANARY: ["x"]}), p), {}),
}  # fmt: skip


@pytest.mark.parametrize("what", FILES)
def test_no_message_note_or_finding_repeats_a_name_of_the_file(
    tmp_path, duckdb_engine, what, capsys, caplog
):
    name, make, said = FILES[what]
    (tmp_path / "source").mkdir()
    make(tmp_path / "source" / name)
    channel = COUNTER | {"lands_at": name, "columns": {"姓名": {"is": "full_name"}}} | said
    lake = Lake(str(tmp_path / "lake"), duckdb_engine)
    pack = Pack(pack_folder(tmp_path / "pack", channel))
    run = Run(pack, duckdb_engine, lake, "", str(tmp_path / "source"))
    told = ""
    for step in ("ingest", "standardise"):
        try:
            flow.run_step(run, step, "counter", DAY)
        except PlatformError as stopped:
            told += stopped.en + stopped.zh
    notes = json.dumps(lake.notes("counter", DAY), ensure_ascii=False)
    landed = lake.manifest("landed", "counter", DAY)
    found = repr(landed.findings) if landed else ""
    told += caplog.text + "".join(capsys.readouterr()) + notes + found
    assert "ingest" in notes
    assert CANARY not in told
    assert "a fault in Mingce" not in told
