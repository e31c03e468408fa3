"""Parquet: every value as text that says all of it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.channels.readers import open_source
from pipelines.core.errors import SourceError

AT = datetime(2026, 9, 1, 8, 5, tzinfo=UTC)
VALUES = [  # type, value, text
    (pa.string(), " 007 ", " 007 "),
    (pa.string(), "", ""),
    (pa.large_string(), "欧阳试", "欧阳试"),
    (pa.dictionary(pa.int8(), pa.string()), "女", "女"),
    (pa.int64(), 9007199254740993, "9007199254740993"),
    (pa.uint8(), 7, "7"),
    (pa.float64(), 0.1, "0.1"),
    (pa.float64(), 1e20, "100000000000000000000"),
    (pa.float64(), 13900000001.0, "13900000001"),
    (pa.bool_(), False, "false"),
    (pa.decimal128(20, 4), Decimal("12.5000"), "12.5000"),
    (pa.date32(), date(1990, 1, 3), "1990-01-03"),
    (pa.timestamp("us"), AT, "2026-09-01 08:05:00"),
    (pa.timestamp("ms"), AT + timedelta(milliseconds=120), "2026-09-01 08:05:00.12"),
    (pa.timestamp("s"), AT, "2026-09-01 08:05:00"),
    (pa.timestamp("us", "UTC"), AT, "2026-09-01 08:05:00+00:00"),
    (pa.time64("us"), time(8, 5), "08:05:00"),
    (pa.binary(), "试".encode(), "试"),
    (pa.binary(), b"\xff\x00", "ff00"),
    (pa.list_(pa.string()), ["a", "试"], '["a", "试"]'),
    (pa.list_(pa.date32()), [date(1990, 1, 3)], '["1990-01-03"]'),
    (pa.null(), None, None),
]


@pytest.mark.parametrize(("kind", "value", "text"), VALUES)
def test_a_value_becomes_text_that_says_all_of_it(tmp_path, kind, value, text):
    pq.write_table(pa.table({"a": pa.array([value, None], kind)}), tmp_path / "made_up.parquet")
    assert open_source(str(tmp_path / "made_up.parquet")).rows.to_pylist() == [
        {"line": 1, "a": text},
        {"line": 2, "a": None},
    ]


def test_structs_become_dotted_columns(tmp_path):
    people = pa.array([{"name": "试", "home": {"city": "某市"}}, None])
    pq.write_table(pa.table({"id": ["1", "2"], "customer": people}), tmp_path / "made_up.parquet")
    reading = open_source(str(tmp_path / "made_up.parquet"))
    rows = [
        {"line": 1, "id": "1", "customer.name": "试", "customer.home.city": "某市"},
        {"line": 2, "id": "2", "customer.name": None, "customer.home.city": None},
    ]
    key = lambda row: sorted(row.items(), key=str)  # noqa: E731 - the order of a struct's fields is the writer's
    assert [key(r) for r in reading.rows.to_pylist()] == [key(r) for r in rows]


def test_many_row_groups_keep_their_numbers(tmp_path):
    table = pa.table({"a": [str(i) for i in range(10_000)]})
    pq.write_table(table, tmp_path / "made_up.parquet", row_group_size=999)
    rows = open_source(str(tmp_path / "made_up.parquet")).rows
    assert rows.column("line").to_pylist() == list(range(1, 10_001))
    assert rows.column("a").equals(table.column("a"))


def test_a_file_of_no_rows_still_has_its_columns(tmp_path):
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), tmp_path / "made_up.parquet")
    reading = open_source(str(tmp_path / "made_up.parquet"))
    assert (reading.kept, reading.facts["header"]) == (0, ["a"])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_said_to_be_so(tmp_path, share):
    pq.write_table(pa.table({"a": [str(i) for i in range(10_000)]}), tmp_path / "made_up.parquet")
    whole = (tmp_path / "made_up.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SourceError, match="truncated or damaged"):
        open_source(str(tmp_path / "cut.parquet"))
