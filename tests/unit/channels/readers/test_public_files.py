"""Public collections of awkward files, where they lie beside the checkout: no crash, nothing lost."""

import json
from pathlib import Path

import pytest

from pipelines.channels.readers import open_source
from pipelines.core.errors import SourceError

SHARED = Path(__file__).resolve().parents[5] / "shared/data"
COLLECTIONS = ("csv_spectrum", "csv_messytables", "csv_csvkit", "csv_duckdb")
KINDS = {".csv", ".tsv", ".psv", ".ssv", ".unknown"}
EMPTY = {"csv_csvkit/empty.csv", "csv_messytables/simple.unknown"}
BINARY = {"csv_duckdb/quoted_comment_buffer_boundary.csv"}
"""A fuzzer's bytes, which only look like a table."""

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs ../shared/data beside the checkout"
)


def files():
    found = (p for c in COLLECTIONS for p in sorted((SHARED / c).rglob("*")) if p.suffix in KINDS)
    return [str(path.relative_to(SHARED)) for path in found]


@pytest.mark.parametrize("name", [n for n in files() if n.startswith("csv_spectrum")])
def test_csv_spectrum_is_read_exactly(tmp_path, name):
    path = SHARED / name
    text = path.read_bytes()
    if path.stem == "newlines_crlf" and b"\r\n" not in text:
        text = text.replace(b"\n", b"\r\n")  # this copy lost the line ends its answer speaks of
    (tmp_path / path.name).write_bytes(text)
    reading = open_source(str(tmp_path / path.name))
    answer = json.loads(
        (path.parents[1] / "json" / f"{path.stem}.json").read_text(encoding="utf-8")
    )
    assert [
        {k: v for k, v in row.items() if k != "line"} for row in reading.rows.to_pylist()
    ] == answer
    assert reading.refused.num_rows == 0


@pytest.mark.parametrize("name", files())
def test_no_public_file_ends_the_program_or_loses_a_row(name):
    path = SHARED / name
    if name in EMPTY | BINARY:
        with pytest.raises(SourceError):
            open_source(str(path))
        return
    reading = open_source(str(path))
    kept = reading.rows.column("line").to_pylist()
    refused = reading.refused.to_pylist()
    lines = [*kept, *(row["line"] for row in refused)]
    assert len(lines) == len(set(lines))
    assert all(row["reason"] and row["raw"] is not None for row in refused)
    if not _has_quotes(path):
        assert len(lines) == _lines_below(path, reading)


def _has_quotes(path):
    raw = path.read_bytes().replace(b"\0", b"")
    return b'"' in raw or b"'" in raw


def _lines_below(path, reading):
    """In a file without quotes every line that is not blank, below the header, is a row."""
    text = path.read_bytes().decode(reading.facts["encoding"], "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return sum(1 for line in lines[reading.facts["header_line"] :] if line)


def test_where_duckdb_knows_an_answer_we_mostly_agree():
    """We refuse text after a closing quote, decode what DuckDB cannot, and see other headers."""
    said = (SHARED / "csv_duckdb/duckdb_2.0.0_reference.jsonl").read_text(encoding="utf-8")
    known = [answer for line in said.splitlines() if "rows_ok" in (answer := json.loads(line))]
    same = sum(_agrees(answer) for answer in known)
    assert same >= 100, f"{same} of {len(known)}"


def _agrees(answer):
    try:
        reading = open_source(str(SHARED / "csv_duckdb" / answer["file"]))
    except SourceError:
        return False
    width = len(reading.facts["header"]) + answer["file"].count(
        "="
    )  # DuckDB adds a folder's part=1
    return (reading.kept, width) == (answer["rows_ok"], answer["columns"])
