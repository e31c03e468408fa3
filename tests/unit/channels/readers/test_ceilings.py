"""Ceilings: a hostile file stops its channel with a sentence; the process that asked goes on."""

import gzip
import io
import json
import os
import signal
import sqlite3
import struct
import time
import zipfile

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from openpyxl.utils import get_column_letter

from pipelines.channels.limits import Limits
from pipelines.channels.readers import open_source
from pipelines.channels.readers.tables import tables_in
from pipelines.core.errors import OutageError, SourceError

MB = 1 << 20
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


def limits(**said):
    return Limits.model_validate(said)


def book(path, rows=60, **cells):
    """A workbook with a table of three columns, and further cells by their place."""
    made = openpyxl.Workbook()
    made.active.append(["客户号", "姓名", "城市"])
    for i in range(rows):
        made.active.append([f"K{i}", f"欧阳试{i}", f"某市{i}"])
    for place, value in cells.items():
        made.active[place] = value
    made.save(path)
    return str(path)


def rewritten(path, part, change):
    """The same workbook, one part of it changed."""
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return str(path)


SHEET = "xl/worksheets/sheet1.xml"
FAR = ["XFD1048576", "XFD7", "AZZ90000", "CC1048576"]


@pytest.mark.parametrize("place", FAR)
def test_a_stray_cell_costs_a_refused_row_and_not_the_machine(tmp_path, place):
    reading = open_source(book(tmp_path / "a.xlsx", **{place: "Canary Ann"}))
    assert reading.facts["header"] == ["客户号", "姓名", "城市"]
    assert reading.kept == 60
    (told,) = reading.refused.to_pylist()
    assert told["reason"] == "a cell far from the table"
    assert f'r="{place}"' in told["raw"]
    assert "Canary Ann" in told["raw"]


def test_a_dimension_that_lies_is_not_believed(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, XFD1048576="x")
    place = rewritten(path, SHEET, lambda s: s.replace(b"A1:XFD1048576", b"A1:C61"))
    assert open_source(place).kept == 60
    book(path)
    place = rewritten(path, SHEET, lambda s: s.replace(b"A1:C61", b"A1:XFD1048576"))
    assert open_source(place).kept == 60


def test_a_table_of_any_width_keeps_all_its_cells(tmp_path):
    wide = {f"{get_column_letter(i)}{r}": f"v{i}-{r}" for i in range(4, 200) for r in (1, 2, 3)}
    reading = open_source(book(tmp_path / "a.xlsx", rows=2, **wide))
    assert len(reading.facts["header"]) == 199
    assert reading.refused.num_rows == 0
    assert reading.kept == 2


def test_cells_strewn_over_a_sheet_are_refused_before_anything_is_set_aside(tmp_path):
    strewn = {f"{get_column_letter(100 + 90 * i)}{6_000 * (i + 1)}": "x" for i in range(150)}
    with pytest.raises(SourceError, match="whose cells lie so far apart that it takes more than"):
        open_source(book(tmp_path / "a.xlsx", **strewn))


def test_a_workbook_whose_library_aborts_stops_only_its_channel(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path)
    row = b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row></sheetData>"
    place = rewritten(path, SHEET, lambda s: s.replace(b"</sheetData>", row))
    with pytest.raises(SourceError, match=r"takes more than 2,048 MB of memory, or is damaged"):
        open_source(place, limits=limits(memory_mb=2_048))
    assert open_source(book(path)).kept == 60


def test_entities_that_multiply_are_not_followed(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path)
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i + 1, b"&e%d;" % i * 10) for i in range(9))
    start = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "1111111111">' + entities + b"]>"
    place = rewritten(
        path,
        SHEET,
        lambda s: start + s[s.index(b"<worksheet") :].replace(b"<t>", b"<t>&e9;", 1),
    )
    try:
        longest = max(
            len(v or "") for v in open_source(place).rows.to_pylist()[0].values() if v != 2
        )
    except SourceError:
        longest = 0
    assert longest < 100


def spreadsheet(path, rows):
    """An OpenDocument spreadsheet of one sheet."""
    name = "application/vnd.oasis.opendocument.spreadsheet"
    space = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", name)
        made.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            f'm:media-type="{name}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        made.writestr(
            "content.xml",
            f'<office:document-content {space}><office:body><office:spreadsheet><table:table table:name="S">{rows}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return str(path)


@pytest.mark.parametrize("more", ["2000000000", "99999999999999999999", "-5"])
def test_a_cell_that_repeats_for_ever_stops_only_its_channel(tmp_path, more):
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{more}">'
    row = f"<table:table-row>{cell}<text:p>x</text:p></table:table-cell></table:table-row>"
    place = spreadsheet(tmp_path / "a.ods", row * 3)
    with pytest.raises(SourceError, match=r"of memory, or is damaged|truncated or damaged|columns"):
        open_source(place, limits=limits(memory_mb=1_024))


def packed(path, size, member="a.csv", unit=b"1,2\n"):
    """A zip of one member of so many bytes that are all alike."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made, made.open(member, "w") as out:
        for _ in range(size // MB):
            out.write(unit * (MB // len(unit)))
    return str(path)


def test_what_is_packed_too_tightly_is_not_unpacked(tmp_path):
    place = packed(tmp_path / "a.zip", 72 * MB, unit=b"1," + b"2" * 61 + b"\n")
    with pytest.raises(SourceError, match="unpacks to more than 200 times its size; it was not"):
        open_source(place)
    assert open_source(place, limits=limits(packed_times=2_000)).kept == 72 * MB // 64


def test_no_more_is_unpacked_than_the_ceiling_says(tmp_path):
    text = b"a,b\n" + b"1,2\n" * MB
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.csv", text)
    (tmp_path / "aes.zip").write_bytes(aes_zipped(text))
    (tmp_path / "password").write_text("made-up")
    for name in ("a.csv.gz", "a.zip", "aes.zip"):
        place, password = str(tmp_path / name), f"file:{tmp_path}/password"
        assert open_source(place, password=password).kept == MB
        with pytest.raises(SourceError, match="takes more than 1 MB unpacked; it was not read"):
            open_source(place, password=password, limits=limits(unpacked_mb=1))


def aes_zipped(text):
    """A zip protected the way 7-Zip does it, its password `made-up`."""
    import hashlib
    import hmac
    import zlib

    body = zlib.compress(text)[2:-4]
    salt = bytes(16)
    keys = hashlib.pbkdf2_hmac("sha1", b"made-up", salt, 1000, 66)
    cipher = Cipher(AES(keys[:32]), ECB()).encryptor()  # noqa: S305 - of counters
    count = -(-len(body) // 16)
    pad = cipher.update(b"".join(i.to_bytes(16, "little") for i in range(1, count + 1)))
    hidden = bytes(a ^ b for a, b in zip(body, pad, strict=False))
    seal = hmac.new(keys[32:64], hidden, "sha1").digest()[:10]
    content = salt + keys[64:] + hidden + seal
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 1, b"AE", 3, 8)
    start = struct.pack("<HHHHHIIIHH", 20, 1, 99, 0, 0, 0, len(content), len(text), 5, len(extra))
    local = b"PK\x03\x04" + start + b"a.csv" + extra
    listed = b"PK\x01\x02" + struct.pack("<H", 20) + start + struct.pack("<HHHII", 0, 0, 0, 0, 0)
    central = listed + b"a.csv" + extra
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(content), 0)
    return local + content + central + b"PK\x05\x06" + end


def test_a_link_or_a_way_out_in_an_archive_leads_nowhere(tmp_path):
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(SourceError, match="holds a link instead of a file"):
        open_source(str(tmp_path / "link.zip"))
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as made:
        made.writestr("../../out.csv", "a,b\n1,2\n")
    assert open_source(str(tmp_path / "out.zip")).kept == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.zip", "out.zip"]


def test_an_archive_of_an_archive_or_of_thousands_is_told(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("a.csv", "a,b\n1,2\n")
    with zipfile.ZipFile(tmp_path / "nested.zip", "w") as made:
        made.writestr("b.zip", inner.getvalue())
    with pytest.raises(SourceError):
        open_source(str(tmp_path / "nested.zip"))
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as made:
        for i in range(3_000):
            made.writestr(f"{i}.csv", "")
    with pytest.raises(SourceError, match="holds 3000 files; deliver one file"):
        open_source(str(tmp_path / "many.zip"))


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_a_piece_whole_is_not_unpacked(tmp_path, how):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", how) as made:
        made.writestr("a.csv", "a,b\n1,2\n")
    with pytest.raises(SourceError, match="pack it as an ordinary zip"):
        open_source(str(tmp_path / "a.zip"))
    hidden = bytearray(aes_zipped(b"a,b\n1,2\n"))
    for at in (i for i in range(len(hidden)) if hidden[i : i + 5] == b"AE\x03\x08\x00"):
        hidden[at + 3] = how
    (tmp_path / "aes.zip").write_bytes(bytes(hidden))
    (tmp_path / "password").write_text("made-up")
    with pytest.raises(SourceError, match="pack it as an ordinary zip"):
        open_source(str(tmp_path / "aes.zip"), password=f"file:{tmp_path}/password")
    place = book(tmp_path / "a.xlsx")
    with zipfile.ZipFile(place) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(place, "w", how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    with pytest.raises(SourceError, match="truncated or damaged"):
        open_source(place)


def test_names_of_too_many_columns_are_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.delattr("pipelines.channels.readers.delimited.layout")
    (tmp_path / "a.csv").write_text(",".join(f"c{i}" for i in range(5_000)) + "\n" + "," * 4_999)
    with pytest.raises(SourceError, match="has more than 4,096 columns"):
        open_source(str(tmp_path / "a.csv"))


def test_a_size_that_lies_is_not_believed(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.csv", "a,b\n1,2\n")
    lying = bytearray((tmp_path / "a.zip").read_bytes())
    at = lying.index(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)
    (tmp_path / "a.zip").write_bytes(bytes(lying))
    assert open_source(str(tmp_path / "a.zip")).kept == 1


def test_a_pipe_or_a_device_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(SourceError, match="is no file but a pipe or a device"):
        open_source(str(tmp_path / "pipe.csv"))
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(SourceError, match="there is no such file"):
        open_source(str(tmp_path / "loop.csv"))
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    with pytest.raises(SourceError, match="is no file but a pipe or a device"):
        open_source(str(tmp_path / "zero.csv"))


SOURCES = {  # three rows of two columns, one cell of 40 characters
    "a.csv": lambda p: p.write_text("a,b\n1,x\n2," + "y" * 40 + "\n3,z\n"),
    "a.jsonl": lambda p: p.write_text(
        "".join(json.dumps(r) + "\n" for r in ({"a": 1, "b": "x"}, {"a": 2, "b": "y" * 40}, {"a": 3, "b": "z"}))
    ),
    "a.parquet": lambda p: pq.write_table(pa.table({"a": [1, 2, 3], "b": ["x", "y" * 40, "z"]}), p),
    "a.xlsx": lambda p: _sheet(p, [["a", "b"], [1, "x"], [2, "y" * 40], [3, "z"]]),
    "a.sqlite": lambda p: _lite(p, "CREATE TABLE t (a, b)", f"INSERT INTO t VALUES (1,'x'),(2,'{'y' * 40}'),(3,'z')"),
    "a.duckdb": lambda p: _duck(p, f"CREATE TABLE t AS FROM (VALUES (1,'x'),(2,'{'y' * 40}'),(3,'z')) v(a, b)"),
}  # fmt: skip


def _sheet(path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)


def _lite(path, *statements):
    made = sqlite3.connect(path)
    for statement in statements:
        made.execute(statement)
    made.commit()
    made.close()
    return str(path)


def _duck(path, *statements):
    with duckdb.connect(str(path)) as made:
        for statement in statements:
            made.execute(statement)
    return str(path)


@pytest.mark.parametrize("name", SOURCES)
def test_every_format_has_the_same_ceilings(tmp_path, name):
    SOURCES[name](tmp_path / name)
    place = str(tmp_path / name)
    reading = open_source(place, limits=limits(cell_characters=39))
    assert reading.kept == 2
    assert reading.refused.column("reason").to_pylist() == ["a cell that is too long"]
    assert "y" * 40 in reading.refused.column("raw")[0].as_py()
    assert open_source(place, limits=limits(cell_characters=40, rows=3, columns=2)).kept == 3
    with pytest.raises(
        SourceError, match=r"has more than 2 rows; it was not read\. If that is right"
    ):
        open_source(place, limits=limits(rows=2))
    with pytest.raises(SourceError, match="has more than 1 columns"):
        open_source(place, limits=limits(columns=1))


def test_characters_are_counted_and_not_bytes(tmp_path):
    (tmp_path / "a.csv").write_text("客户号,姓名\nK1,欧阳试\n", encoding="utf-8")
    assert open_source(str(tmp_path / "a.csv"), limits=limits(cell_characters=3)).kept == 1


def test_few_bytes_that_are_many_rows_are_refused_before_they_are_read(tmp_path):
    with duckdb.connect() as session:
        session.execute(f"COPY (SELECT 7 AS a FROM range(30000000)) TO '{tmp_path}/a.parquet'")
    assert (tmp_path / "a.parquet").stat().st_size < 2 * MB
    began = time.monotonic()
    with pytest.raises(SourceError, match="has more than 20,000,000 rows"):
        open_source(str(tmp_path / "a.parquet"))
    assert time.monotonic() - began < 5


def test_parquet_that_unpacks_without_end_stops_only_its_channel(tmp_path):
    with duckdb.connect() as session:
        session.execute(
            f"COPY (SELECT repeat('q', 900000) AS a FROM range(64000)) TO '{tmp_path}/a.parquet'"
        )
    with pytest.raises(
        SourceError, match=r"of memory, or is damaged|unpacked|library that reads it"
    ):
        open_source(str(tmp_path / "a.parquet"), limits=limits(memory_mb=1_024))


VIEWS = [  # what a view of a delivered file may do, what is said
    (f"{ENDLESS} SELECT count(*) AS c FROM n", "gave no rows for 2 seconds"),
    (f"{ENDLESS} SELECT i FROM n ORDER BY i", "gave no rows for 2 seconds|room on the disk|memory"),
    (f"{ENDLESS} SELECT i FROM n", "has more than 50,000 rows"),
]


@pytest.mark.parametrize(("view", "said"), VIEWS)
@pytest.mark.parametrize("make", [_lite, _duck])
def test_a_view_that_never_ends_stops_only_its_channel(tmp_path, make, view, said):
    if make is _duck and said.startswith("has more"):
        view = "SELECT * FROM range(1000000000000)"
    place = make(tmp_path / "a.db", f"CREATE VIEW v AS {view}")
    few = limits(answer_seconds=2, rows=50_000, memory_mb=1_024, unpacked_mb=256)
    assert tables_in(place) == ["v"]
    with pytest.raises(SourceError, match=said):
        open_source(place, limits=few)


def test_a_view_cannot_make_a_value_of_any_size(tmp_path):
    place = _lite(tmp_path / "a.sqlite", "CREATE VIEW v AS SELECT zeroblob(900000000) AS a")
    with pytest.raises(SourceError, match=r"refuses the question|of memory"):
        open_source(place)


def test_a_view_cannot_read_another_file(tmp_path):
    (tmp_path / "other.csv").write_text("Canary Ann\n")
    for i, reads in enumerate(("read_csv('{}', header=false)", "read_text('{}')", "glob('{}')")):
        view = f"CREATE VIEW v AS SELECT * FROM {reads.format(tmp_path / 'other.csv')}"
        place = _duck(tmp_path / f"{i}.duckdb", view)
        with pytest.raises(SourceError, match="refuses the question") as told:
            open_source(place)
        assert "Canary" not in told.value.en
    for i, call in enumerate(("load_extension('/nowhere')", f"readfile('{tmp_path}/other.csv')")):
        place = _lite(tmp_path / f"{i}.sqlite", f"CREATE VIEW v AS SELECT {call} AS a")
        with pytest.raises(SourceError, match="refuses the question"):
            open_source(place)


def test_reading_a_database_file_changes_nothing_in_it(tmp_path):
    place = _lite(tmp_path / "a.sqlite", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    for source in (place, f"sqlite:///{place}"):
        with pytest.raises((SourceError, OutageError)):
            open_source(source, query="WITH x AS (SELECT 1) DELETE FROM t")
        assert open_source(source).kept == 1


def test_a_line_without_an_end_is_given_up(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n" + b"x" * (2 * MB))
    (tmp_path / "a.jsonl").write_bytes(b'{"a":1}\n{"a":"' + b"x" * (20 * MB))
    (tmp_path / "a.json").write_bytes(b'[{"a":1},{"a":"' + b"x" * (20 * MB))
    for name in ("a.jsonl", "a.json"):
        with pytest.raises(SourceError, match="has a line or document of more than 1 MB"):
            open_source(str(tmp_path / name), limits=limits(document_mb=1))
    endless = tmp_path / "endless.csv"
    endless.write_bytes(b"a,b\n1,2\n" + b"x" * (90 * MB))
    with pytest.raises(SourceError, match="has a line or document of more than 1 MB"):
        open_source(str(endless), limits=limits(document_mb=1))


def test_what_is_refused_is_held_within_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.channels.readers.reading.REFUSED_BYTES", 100_000)
    (tmp_path / "a.csv").write_text("a,b\n" + "1,2\n" * 300 + "1,2,3\n" * 1_000)
    with pytest.raises(
        SourceError, match="rows and more cannot be read, which is more than can be"
    ):
        open_source(str(tmp_path / "a.csv"))


def test_names_without_number_are_too_many_columns(tmp_path):
    rows = "".join(json.dumps({f"k{i}": 1}) + "\n" for i in range(30_000))
    (tmp_path / "a.jsonl").write_text(rows)
    with pytest.raises(SourceError, match=r"has more than 4,096 columns"):
        open_source(str(tmp_path / "a.jsonl"))
    one = json.dumps({f"k{i}": 1 for i in range(100_001)})
    (tmp_path / "b.jsonl").write_text(one + '\n{"a": 1}\n')
    reading = open_source(str(tmp_path / "b.jsonl"))
    assert reading.refused.column("reason").to_pylist() == ["too many names"]
    assert reading.kept == 1


def test_a_number_of_a_million_digits_is_a_text_like_any_other(tmp_path):
    digits = "9" * 1_000_000
    (tmp_path / "a.jsonl").write_text(f'{{"a": {digits}}}\n{{"a": 1e999999}}\n')
    assert open_source(str(tmp_path / "a.jsonl")).rows.column("a").to_pylist() == [
        digits,
        "1e999999",
    ]


def test_a_damaged_file_that_ends_its_library_ends_nothing_else(tmp_path):
    place = tmp_path / "a.duckdb"
    _duck(place, "CREATE TABLE t AS SELECT i, repeat('x', 50) AS s FROM range(5000) t(i)")
    whole = place.read_bytes()
    for step in (61, 97, 997):
        broken = bytearray(whole)
        for at in range(4096, len(broken), step):
            broken[at] ^= 0x5A
        place.write_bytes(bytes(broken))
        with pytest.raises(SourceError, match="the DuckDB file is truncated or damaged"):
            open_source(str(place), table="t")
    place.write_bytes(whole)
    assert open_source(str(place), table="t").kept == 5_000


def test_the_channels_own_ceilings_hold(tmp_path):
    from tests.factories import channel

    assert channel().limits == limits()
    assert channel(limits={"rows": 7}).limits == limits(rows=7)
    with pytest.raises(ValueError, match="rows"):
        channel(limits={"rows": 0})


def test_a_lower_limit_of_whoever_started_us_holds_too(tmp_path):
    import resource
    import subprocess
    import sys

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

    place = book(tmp_path / "a.xlsx", XFD1048576="x")
    said = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipelines.cli", "read", place, "-o", str(tmp_path / "a.parquet")],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=few,
    )
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["rows"] == 60


def test_an_interrupted_reading_does_not_answer_the_next_question(tmp_path, monkeypatch):
    from pipelines.channels.readers import apart

    slow = _lite(
        tmp_path / "slow.sqlite", f"CREATE VIEW v AS {ENDLESS} SELECT count(*) AS c FROM n"
    )
    sound = _lite(tmp_path / "a.sqlite", "CREATE TABLE t (a)", "INSERT INTO t VALUES (7)")
    assert open_source(sound).kept == 1

    def interrupted(self, question):
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        return ask(self, question)

    def interrupt(*_):
        raise KeyboardInterrupt

    ask = apart._Waiting.ask
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(apart._Waiting, "ask", interrupted)
            with pytest.raises(KeyboardInterrupt):
                open_source(slow, limits=limits(answer_seconds=2))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert open_source(sound).rows.column("a").to_pylist() == ["7"]


@pytest.mark.parametrize("make", ["_lite", "_duck"])
def test_a_view_that_gives_rows_for_ever_is_left(tmp_path, make):
    place = globals()[make](tmp_path / "a.db", f"CREATE VIEW v AS {ENDLESS} SELECT i FROM n")
    with pytest.raises(SourceError, match="takes more than 1 seconds to read"):
        open_source(place, limits=limits(read_seconds=1))


def test_a_text_that_is_too_long_to_be_held_is_not_masked_as_one(tmp_path, monkeypatch):
    from pipelines.channels.readers.door import require_text
    from pipelines.channels.readers.files import plain

    monkeypatch.setattr("pipelines.channels.readers.door.LONGEST_TEXT", MB)
    (tmp_path / "a.txt").write_text("客户来电。\n" * MB, encoding="utf-8")
    with plain(str(tmp_path / "a.txt")) as file, pytest.raises(SourceError, match="divide it"):
        require_text(file)


def test_a_header_that_repeats_one_name_takes_no_time(tmp_path):
    row = ",".join(["a"] * 100_000)
    (tmp_path / "a.csv").write_text(f"{row}\n{row.replace('a', '1')}\n{row.replace('a', '2')}\n")
    began = time.process_time()
    with pytest.raises(SourceError, match="has more than 4,096 columns"):
        open_source(str(tmp_path / "a.csv"))
    assert time.process_time() - began < 20


def test_a_server_that_never_stops_sending_fills_no_disk(tmp_path):
    import fsspec

    with fsspec.open("memory://endless/a.csv", "wb") as out:
        out.write(b"a,b\n" + b"1,2\n" * MB)
    with pytest.raises(SourceError, match="takes more than 2 MB unpacked"):
        open_source("memory://endless/a.csv", limits=limits(unpacked_mb=2))


def test_a_view_that_sorts_without_end_fills_no_disk(tmp_path):
    view = f"CREATE VIEW v AS {ENDLESS} SELECT hex(randomblob(1000)) AS b FROM n ORDER BY b"
    place = _lite(tmp_path / "a.sqlite", view)
    with pytest.raises(SourceError, match="takes more room on the disk than it may"):
        open_source(place, limits=limits(unpacked_mb=8))
