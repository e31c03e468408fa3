"""What is not whole yet waits; what leads elsewhere is not read; what says the same is the same."""

import gzip
import hashlib
import os
import time
from datetime import date

import openpyxl
import pytest

from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import ConfigError, OutageError, SourceError
from pipelines.engine.lake import Lake
from pipelines.steps.ingest import ingest
from tests.factories import channel

FIRST, SECOND = date(2026, 9, 1), date(2026, 9, 2)
HEAD = "客户号,姓名,手机\n"
ROWS = "K1,欧阳试,13900000001\nK2,陈试,13900000002\n"


@pytest.fixture
def run(tmp_path, duckdb_engine, monkeypatch):
    monkeypatch.setattr("pipelines.channels.readers.files.LOOK_AGAIN_SECONDS", 0.0)
    source = tmp_path / "source"
    (source / "counter").mkdir(parents=True)
    lake = Lake(str(tmp_path / "lake"), duckdb_engine)
    return Run(Pack(tmp_path), duckdb_engine, lake, "", str(source))


@pytest.fixture
def source(run, tmp_path):
    return tmp_path / "source"


def deliver(source, content, name="counter/2026-09-01.csv"):
    path = source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def land(run, day=FIRST, **said):
    batch = ingest(Batch("counter", day), channel(**said), run)
    run.lake.write("landed", batch)
    return batch


def kept(run, batch):
    return run.engine.fetch(batch.tables["rows"]).column("客户号").to_pylist()


@pytest.mark.parametrize("mark", ["{file}.ok", "counter/{day}.done", "{day:%Y%m%d}.flag"])
def test_a_file_waits_for_its_end_mark(run, source, mark):
    deliver(source, HEAD + ROWS)
    with pytest.raises(OutageError, match="is not whole yet: what says that it is whole"):
        land(run, whole={"mark": mark})
    place = mark.replace("{file}", "counter/2026-09-01.csv").replace("{day}", "2026-09-01")
    deliver(source, "", place.replace("{day:%Y%m%d}", "20260901"))
    assert kept(run, land(run, whole={"mark": mark})) == ["K1", "K2"]


@pytest.mark.parametrize("figure", ["2", "rows: 2\n", "记录数 2"])
def test_a_file_waits_until_as_many_rows_came_as_its_side_file_says(run, source, figure):
    deliver(source, figure, "counter/2026-09-01.csv.count")
    said = {"whole": {"rows_in": "{file}.count"}}
    deliver(source, HEAD + ROWS.splitlines()[0] + "\n")
    with pytest.raises(OutageError, match="not whole yet: 1 rows came, 2 were announced"):
        land(run, **said)
    deliver(source, HEAD + ROWS)
    assert kept(run, land(run, **said)) == ["K1", "K2"]
    deliver(source, "none", "counter/2026-09-01.csv.count")
    with pytest.raises(SourceError, match="rows_in: holds no such figure"):
        land(run, **said)


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_a_file_waits_until_it_has_the_checksum_announced(run, source, algorithm):
    packed = gzip.compress((HEAD + ROWS).encode(), mtime=0)
    said = {"whole": {"checksum_in": "{file}.sum"}, "lands_at": "counter/{day}.csv.gz"}
    digest = hashlib.new(algorithm, packed).hexdigest()
    deliver(source, f"{digest.upper()}  2026-09-01.csv.gz\n", "counter/2026-09-01.csv.gz.sum")
    deliver(source, packed[:-1] + b"x", "counter/2026-09-01.csv.gz")
    with pytest.raises(OutageError, match="its checksum is not the one announced"):
        land(run, **said)
    deliver(source, packed, "counter/2026-09-01.csv.gz")
    assert kept(run, land(run, **said)) == ["K1", "K2"]


def test_a_file_waits_until_nobody_has_written_for_a_while(run, source):
    path = deliver(source, HEAD + ROWS)
    with pytest.raises(OutageError, match="was written to less than 10 minutes ago"):
        land(run, whole={"minutes": 10})
    old = time.time() - 601
    os.utime(path, (old, old))
    assert kept(run, land(run, whole={"minutes": 10})) == ["K1", "K2"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["#END|2", "#END|2\n", "#END|2\r\n\r\n"])
def test_an_end_line_is_required_and_is_no_row(run, source, encoding, end):
    said = {"whole": {"last_line": r"^#END\|(?P<rows>\d+)\s*$"}}
    deliver(source, (HEAD + ROWS + end).encode(encoding))
    batch = land(run, **said)
    assert kept(run, batch) == ["K1", "K2"]
    assert batch.findings == ()
    deliver(source, (HEAD + ROWS).encode(encoding))
    with pytest.raises(OutageError, match="its last line is not the end mark"):
        land(run, **said)
    deliver(source, (HEAD + ROWS + end.replace("2", "3")).encode(encoding))
    with pytest.raises(OutageError, match="2 rows came, 3 were announced"):
        land(run, **said)


def test_an_end_line_is_for_texts_and_a_pattern(run, source):
    book = openpyxl.Workbook()
    book.active.append(["客户号", "姓名"])
    book.active.append(["K1", "欧阳试"])
    book.save(source / "counter" / "2026-09-01.xlsx")
    with pytest.raises(ConfigError, match="last_line: is for texts, and this is none"):
        land(run, lands_at="counter/{day}.xlsx", whole={"last_line": "END"})
    with pytest.raises(ValueError, match="is no regular expression"):
        channel(whole={"last_line": "("})


@pytest.mark.parametrize("cut", ["K3,丁", 'K3,丁试,"139', "K3"])
def test_a_last_line_that_is_cut_off_is_told(run, source, cut):
    deliver(source, HEAD + ROWS + cut)
    assert Finding("last line cut off", "refused", rows=1) in land(run).findings
    deliver(source, HEAD + ROWS + cut + "\n")
    assert "last line cut off" not in {f.what for f in land(run).findings}
    deliver(source, (HEAD + ROWS).rstrip("\n"))
    assert "last line cut off" not in {f.what for f in land(run).findings}


def test_a_last_line_without_the_end_that_the_day_before_has_is_told(run, source):
    def told(day, rows):
        deliver(source, HEAD + rows, f"counter/{day}.csv")
        return {f.what for f in land(run, day).findings} & {"last line without its end"}

    assert not told(FIRST, ROWS)
    assert told(SECOND, ROWS + "K8,丁试,1390000")
    assert not told(date(2026, 9, 3), ROWS + "K9,丁试,13900000003")
    assert not told(date(2026, 9, 4), ROWS + "K9,丁试,13900000004\n")


def test_a_link_out_of_the_landing_folder_is_not_followed(run, source, tmp_path):
    (tmp_path / "secret").mkdir()
    secret = tmp_path / "secret" / "2026-09-01.csv"
    secret.write_text(HEAD + ROWS, encoding="utf-8")
    place = source / "counter" / "2026-09-01.csv"
    place.symlink_to(secret)
    with pytest.raises(SourceError, match="is a link that leads out of the folder where it lands"):
        land(run)
    place.unlink()
    place.parent.rmdir()
    place.parent.symlink_to(secret.parent)
    with pytest.raises(SourceError, match="is a link that leads out"):
        land(run)
    with pytest.raises(SourceError, match="is a link that leads out"):
        land(run, lands_at=f"{source}/{{day}}/../counter/2026-09-01.csv")
    place.parent.unlink()
    place.parent.mkdir()
    place.symlink_to(place)
    with pytest.raises(SourceError, match="is a link that leads out"):
        land(run)


def test_a_link_within_the_landing_folder_is_a_file_like_any_other(run, source, tmp_path):
    deliver(source, HEAD + ROWS, "counter/newest.csv")
    (source / "counter" / "2026-09-01.csv").symlink_to("newest.csv")
    assert kept(run, land(run)) == ["K1", "K2"]
    (tmp_path / "entry").symlink_to(source)
    linked = Run(run.pack, run.engine, run.lake, "", str(tmp_path / "entry"))
    assert kept(run, land(linked)) == ["K1", "K2"]
    assert kept(run, land(run, lands_at=f"{source}/counter/{{day}}.csv")) == ["K1", "K2"]


AGAIN = [  # the same rows, carried another way
    (ROWS, "csv", lambda text: gzip.compress(text.encode(), mtime=7)),
    (ROWS, "csv", lambda text: text.encode("gb18030")),
    (ROWS, "csv", lambda text: text.replace(",", ";").encode()),
    (ROWS, "csv", lambda text: text.replace("\n", "\r\n").encode()),
    ("".join(reversed(ROWS.splitlines(keepends=True))), "csv", str.encode),
    (ROWS, "csv", lambda text: text.encode("utf-8-sig")),
    (ROWS, "csv", lambda text: text.replace("\n", "  \n").encode()),
    (
        ROWS,
        "csv",
        lambda text: text.replace(",", '","').replace("\n", '"\n"').encode()[:-1].join([b'"', b""]),
    ),
    (
        ROWS,
        "csv",
        lambda text: (
            text.replace(",139", ',="139')
            .replace("01\n", '01"\n')
            .replace("02\n", '02"\n')
            .encode()
        ),
    ),
]


@pytest.mark.parametrize(("rows", "ending", "carried"), AGAIN)
def test_the_same_rows_on_another_day_are_the_same_delivery_however_carried(
    run, source, rows, ending, carried
):
    deliver(source, HEAD + ROWS)
    land(run)
    deliver(source, carried(HEAD + rows), f"counter/2026-09-02.{ending}")
    with pytest.raises(
        SourceError, match="of 2026-09-02 is the same as that of 2026-09-01, row for row"
    ):
        land(run, SECOND)


def test_columns_in_another_order_are_the_same_and_under_other_names_are_not(run, source):
    deliver(source, HEAD + ROWS)
    land(run)
    deliver(
        source,
        "手机,客户号,姓名\n13900000001,K1,欧阳试\n13900000002,K2,陈试\n",
        "counter/2026-09-02.csv",
    )
    with pytest.raises(SourceError, match="is the same as that"):
        land(run, SECOND)
    deliver(source, "客户号,手机,姓名\n" + ROWS, "counter/2026-09-02.csv")
    assert land(run, SECOND).findings == ()


def test_a_workbook_saved_again_is_the_same_delivery(run, source):
    for day in (FIRST, SECOND):
        book = openpyxl.Workbook()
        book.properties.title = str(day)
        for row in (["客户号", "姓名"], ["K1", "欧阳试"], ["K2", "陈试"]):
            book.active.append(row)
        book.save(source / "counter" / f"{day}.xlsx")
    land(run, lands_at="counter/{day}.xlsx")
    with pytest.raises(SourceError, match="is the same as that of 2026-09-01"):
        land(run, SECOND, lands_at="counter/{day}.xlsx")


def test_a_list_that_seldom_changes_may_repeat_and_is_told(run, source):
    for day in (FIRST, SECOND):
        deliver(source, HEAD + ROWS, f"counter/{day}.csv")
    land(run, may_repeat=True)
    assert land(run, SECOND, may_repeat=True).findings == (
        Finding("same rows as another day", "rows", rows=2),
    )


def test_a_cell_twice_is_not_two_rows_once(run, source):
    deliver(source, HEAD + ROWS)
    land(run)
    deliver(source, HEAD + ROWS + ROWS, "counter/2026-09-02.csv")
    assert land(run, SECOND).findings == ()


def test_the_same_day_packed_again_is_no_correction(run, source):
    deliver(source, HEAD + ROWS)
    land(run)
    deliver(source, gzip.compress((HEAD + ROWS).encode()))
    assert land(run).findings == ()
