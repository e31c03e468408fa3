"""The door: what a file is, what is wrong with it, and what to do, in one line and two languages."""

import base64
import bz2
import errno
import gzip
import io
import os
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.channels.readers import delimited, open_source
from pipelines.core.errors import ConfigError, OutageError, PlatformError, SourceError

TEXT = "编号,姓名\n1,欧阳试\n2,陈试\n"
NAMES = ["欧阳试", "陈试"]
PROTECTED = [  # by the old way, and by AES, packed and not: which Python can only open
    base64.b64decode(
        "UEsDBAoACQAAAMSjdV17B5cKFAAAAAgAAAAFAAAAYS5jc3YLkp8sdOxdK2oMVJho1nvcVFOfnVBLBwh7B5cKFAAA"
        "AAgAAABQSwECHgMKAAkAAADEo3VdeweXChQAAAAIAAAABQAAAAAAAAABAAAApIEAAAAAYS5jc3ZQSwUGAAAAAAEA"
        "AQAzAAAARwAAAAAA"
    ),
    base64.b64decode(
        "UEsDBBQAAQBjAI2mdV0AAAAAJgAAAAgAAAAFAAsAYS5jc3YBmQcAAgBBRQMIABw+YBu0CO286nnnZqpJb2/41/74"
        "MkHfb6WMhSwN1qMC+a7i8QzyUEsBAhQDFAABAGMAjaZ1XQAAAAAmAAAACAAAAAUACwAAAAAAAAAAAIABAAAAAGEu"
        "Y3N2AZkHAAIAQUUDCABQSwUGAAAAAAEAAQA+AAAAVAAAAAAA"
    ),
    base64.b64decode(
        "UEsDBBQAAQBjAI2mdV0AAAAAJAAAAAgAAAAFAAsAYS5jc3YBmQcAAgBBRQMAAB+7sWvgqNg5c0jdftpnCJk4nuNr"
        "ql9pm9nf6vbwrClouLMPh1BLAQIUAxQAAQBjAI2mdV0AAAAAJAAAAAgAAAAFAAsAAAAAAAAAAACAAQAAAABhLmNz"
        "dgGZBwACAEFFAwAAUEsFBgAAAAABAAEAPgAAAFIAAAAAAA=="
    ),
]
"""Zips of `a,b` and `1,2`, their password `made-up`."""


def put(folder, content, name="made_up.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def zipped(folder, **members):
    with zipfile.ZipFile(folder / "made_up.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return str(folder / "made_up.zip")


def names(reading):
    return reading.rows.column("姓名").to_pylist()


def test_a_path_and_its_uri_are_the_same_source(tmp_path):
    place = put(tmp_path, TEXT)
    assert open_source(f"file://{place}").rows.equals(open_source(place).rows)


def test_a_remote_file_is_fetched(tmp_path):
    import fsspec

    with fsspec.open("memory://delivery/made_up.csv", "wb") as out:
        out.write(TEXT.encode())
    assert names(open_source("memory://delivery/made_up.csv")) == NAMES


@pytest.mark.parametrize("name", ["made_up.csv.gz", "made_up.gz", "made_up.csv"])
def test_gzip_is_known_by_its_bytes(tmp_path, name):
    assert names(open_source(put(tmp_path, gzip.compress(TEXT.encode()), name))) == NAMES


def test_a_zip_of_one_file_is_that_file_whatever_a_mac_put_beside_it(tmp_path):
    place = zipped(
        tmp_path,
        **{"__MACOSX__._a.csv": b"x", "folder__made_up.csv": TEXT, "folder__.DS_Store": b"y"},
    )
    assert names(open_source(place)) == NAMES


def test_a_zip_of_two_files_is_refused(tmp_path):
    with pytest.raises(SourceError, match="holds 2 files; deliver one file in an archive"):
        open_source(zipped(tmp_path, **{"a.csv": TEXT, "b.csv": TEXT}))


@pytest.mark.parametrize("packed", PROTECTED)
def test_a_protected_zip_opens_with_its_password_and_only_with_it(tmp_path, packed):
    place = put(tmp_path, packed, "made_up.zip")
    with pytest.raises(SourceError, match="is protected; give its password by reference"):
        open_source(place)
    (tmp_path / "password").write_text("not-it\n")
    with pytest.raises(SourceError, match="the password does not open it"):
        open_source(place, password=f"file:{tmp_path}/password")
    (tmp_path / "password").write_text("made-up\n")
    assert open_source(place, password=f"file:{tmp_path}/password").rows.to_pylist() == [
        {"line": 2, "a": "1", "b": "2"}
    ]
    with pytest.raises(ConfigError, match="never itself"):
        open_source(place, password="made-up")


def test_a_protected_zip_that_was_changed_is_said_to_be_damaged(tmp_path):
    changed = bytearray(PROTECTED[2])
    changed[changed.index(b"PK\x01\x02") - 12] ^= 1
    (tmp_path / "password").write_text("made-up")
    with pytest.raises(SourceError, match="zip file is truncated or damaged"):
        open_source(put(tmp_path, bytes(changed), "a.zip"), password=f"file:{tmp_path}/password")


def archive(content: bytes, *names: str) -> bytes:
    """An archive of files that hold the same."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as held:
        for name in names:
            held.writestr(name, content)
    return made.getvalue()


BROKEN = [  # name, bytes, what is said
    ("a.csv", b"", "is empty"),
    ("a.csv", b"\n\n \n", "is empty"),
    ("a.csv", b"\xef\xbb\xbf", "is empty"),
    ("a.csv.gz", gzip.compress(b"", mtime=0), "is empty"),
    ("a.csv.gz", gzip.compress(os.urandom(5_000))[:3_000], "gzip file is truncated or damaged"),
    ("a.csv.gz", b"\x1f\x8bnonsense", "gzip file is truncated or damaged"),
    ("a.zip", b"PK\x03\x04nonsense", "zip file is truncated or damaged"),
    ("a.jsonl", b"  \n", "is empty"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0nonsense", "workbook file is truncated or damaged"),
    ("a.parquet", b"PAR1nonsense", "Parquet file is truncated or damaged"),
    ("a.pdf", b"%PDF-1.7\n...", "is a PDF, which no reader reads"),
    ("a.csv.bz2", bz2.compress(b"a,b\n1,2\n"), "is a bzip2 archive, which no reader reads"),
    ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "is a web page or XML"),
    ("a.dat", bytes(range(256)) * 50, "is binary, which no reader reads"),
    ("a.dat", b"\x7fELF" + bytes(2_000), "is binary, which no reader reads"),
    ("a.sqlite", b"SQLite format 3\0nonsense", "SQLite file is truncated or damaged"),
    ("a.zip", archive(archive(b"a,b\n1,2\n", "a.csv"), "b.zip"), "is an archive within an archive"),
    (
        "a.csv.gz",
        gzip.compress(gzip.compress(b"a,b\n1,2\n", mtime=0), mtime=0),
        "is a gzip archive, which no reader",
    ),
    (
        "a.tar.gz",
        gzip.compress(b"a.csv".ljust(257, b"\0") + b"ustar  " + bytes(2_000)),
        "is a tar archive",
    ),
    (
        "a.docx",
        archive(b"<x/>", "word/document.xml", "[Content_Types].xml"),
        "is a document or a presentation",
    ),
    ("a.xls", b"\x09\0\4\0\2\0\x10\0" + bytes(200), "is a workbook of Excel 95 or older"),
]


@pytest.mark.parametrize(("name", "content", "said"), BROKEN, ids=[b[2] for b in BROKEN])
def test_a_file_that_cannot_be_used_is_said_to_be_so_in_one_line(tmp_path, name, content, said):
    place = put(tmp_path, content, name)
    with pytest.raises(PlatformError, match=said) as told:
        open_source(place)
    assert place in told.value.en
    assert place in told.value.zh
    assert "\n" not in told.value.en + told.value.zh


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(SourceError, match="there is no such file"):
        open_source(str(tmp_path / "none.csv"))
    with pytest.raises(SourceError, match="is a folder; name one file"):
        open_source(str(tmp_path))


def test_an_address_nobody_can_reach_is_said_to_be_so():
    with pytest.raises(SourceError, match="cannot be reached"):
        open_source("zip://a.csv::nosuch://host/b.zip")


def test_a_format_nobody_knows_is_the_callers_mistake(tmp_path):
    with pytest.raises(ConfigError, match="no format 'xml'"):
        open_source(put(tmp_path, TEXT), format="xml")


def test_a_file_still_being_written_waits(tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.channels.readers.files.LOOK_AGAIN_SECONDS", 0.2)
    place = put(tmp_path, TEXT)
    over = threading.Event()

    def write_on():
        with Path(place).open("a", encoding="utf-8") as out:
            while not over.is_set():
                out.write("3,丁试\n")
                out.flush()
                time.sleep(0.01)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        with pytest.raises(OutageError, match="is still being written"):
            open_source(place)
    finally:
        over.set()
        writer.join()
    assert open_source(place).kept >= 2


def test_a_file_that_grows_while_it_is_read_waits_too(tmp_path, monkeypatch):
    place = put(tmp_path, TEXT)
    old = time.time() - 60
    os.utime(place, (old, old))

    read = delimited.read_delimited

    def read_and_grow(file, encoding):
        with Path(place).open("a", encoding="utf-8") as out:
            out.write("3,丁试\n")
        return read(file, encoding)

    monkeypatch.setattr("pipelines.channels.readers.delimited.read_delimited", read_and_grow)
    with pytest.raises(OutageError, match="is still being written"):
        open_source(place)


def test_a_file_that_could_not_be_read_because_it_grew_waits_too(tmp_path, monkeypatch):
    place = put(tmp_path, TEXT)
    old = time.time() - 60
    os.utime(place, (old, old))

    def fail_and_grow(file, encoding):
        with Path(place).open("a", encoding="utf-8") as out:
            out.write("3,丁试\n")
        raise SourceError("is damaged", "已损坏")

    monkeypatch.setattr("pipelines.channels.readers.delimited.read_delimited", fail_and_grow)
    with pytest.raises(OutageError, match="is still being written"):
        open_source(place)


@pytest.mark.parametrize(
    "content", [TEXT.encode(), gzip.compress(TEXT.encode())], ids=["plain", "packed"]
)
def test_a_full_disk_waits(tmp_path, monkeypatch, content):
    monkeypatch.setattr("pipelines.channels.readers.reading.HELD_BYTES", 0)
    for what in ("shutil.copyfileobj", "tempfile.TemporaryFile"):
        monkeypatch.setattr(what, _no_room)
    with pytest.raises(OutageError, match="has no room left"):
        open_source(put(tmp_path, content))


def _no_room(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_no_error_quotes_what_is_in_the_file(tmp_path):
    canary = "Canary Ann 13900000001"
    texts = [
        (f'{{"a": "{canary}"\n[', "a.json"),
        (f"[{{'{canary}'}}]", "b.json"),
        (f"<html>{canary}</html>", "c.csv"),
        (f"PK\x03\x04{canary}", "d.zip"),
        (f"PAR1{canary}", "e.parquet"),
    ]
    for text, name in texts:
        with pytest.raises(SourceError) as told:
            open_source(put(tmp_path, text, name))
        assert "Canary" not in told.value.en + told.value.zh
        assert told.value.__suppress_context__ or told.value.__context__ is None


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"PAR1",
            b"\xd0\xcf\x11\xe0",
            b"{",
            b"[{",
            b"\xff\xfe",
        ]
    ),
    st.sampled_from(["auto", "csv", "jsonl", "xlsx", "parquet", "table"]),
)
def test_nothing_in_a_file_ends_the_program(tmp_path_factory, content, start, kind):
    place = put(tmp_path_factory.mktemp("any"), start + content, "made_up")
    try:
        reading = open_source(place, format=kind)
    except PlatformError as stopped:
        told = stopped.en
    else:
        told = ""
    assert "cannot be read (" not in told, "an error that nobody thought of"
    if told:
        return
    assert reading.kept == reading.rows.num_rows
    lines = [*reading.rows.column("line").to_pylist(), *reading.refused.column("line").to_pylist()]
    assert len(lines) == len(set(lines))
