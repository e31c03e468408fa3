"""A sample of any pack: what its YAML declares decides what is made."""

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from pipelines.channels.pack import Pack
from pipelines.cli import app
from pipelines.core.errors import ConfigError
from pipelines.sample.files import landing
from pipelines.sample.sample import Wanted, sample
from tests.unit.sample.conftest import FIRST, SECOND, read

HEAD = "title: {name}\nowner: A\npurpose: [service]\nname: {name}\n"
MEMBERS = (
    "record: individual\nkey: num\n"
    "columns:\n  who: {is: full_name}\n  'tel, day': {is: mobile}\n  born: {is: birth_date}\n"
)
FIRMS = "record: enterprise\nkey: [list, num]\ncolumns:\n  firm: {is: company_name}\n  code: {is: uscc}\n"


def pack(folder: Path, **channels: str) -> Pack:
    (folder / "channels").mkdir(parents=True)
    (folder / "pack.yaml").write_text("organisation: Club\ntoken_key: env:KEY\n", encoding="utf-8")
    for name, said in channels.items():
        text = HEAD.replace("{name}", name) + said
        (folder / "channels" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Pack(folder)


def made(tmp_path: Path, customers: int = 50, days: int = 2, **channels: str) -> tuple[Pack, Path]:
    found = pack(tmp_path / "pack", **channels)
    sample(found, Wanted(customers, 1, FIRST, days), tmp_path / "out")
    return found, tmp_path / "out"


PLACES = [
    ("members/{day}.csv", ""), ("members/{day}.tsv", "encoding: utf-16\n"),
    ("members/{day}.txt", "encoding: gb18030\n"), ("members/{day}.csv.gz", "encoding: utf-8-sig\n"),
    ("members/{day}.jsonl", ""), ("members/{day}.jsonl.gz", ""),
    ("members/{day}.csv.zip", ""), ("members/{day}.xlsx", "sheet: 会员\n"), ("members/{day}.parquet", ""),
    ("members/{day}.sqlite", "format: table\ntable: member\n"), ("members/{day:%Y%m%d}.csv", ""),
]  # fmt: skip


@pytest.mark.parametrize(("place", "more"), PLACES)
def test_whatever_the_format_the_file_reads_back_as_it_was_declared(
    tmp_path: Path, place: str, more: str
) -> None:
    found, out = made(tmp_path, 200, members=f"lands_at: '{place}'\n{more}{MEMBERS}")
    channel = found.channel("members")
    rows = read(channel, out, FIRST)
    assert set(rows.column_names) == {"line", "num", "who", "tel, day", "born"}
    assert 190 <= rows.num_rows <= 210
    assert len(read(channel, out, SECOND)) < 20
    names = [n for n in rows["who"].to_pylist() if n]
    assert any(n[0] in "王李张" for n in names)


def test_an_archive_says_nothing_of_the_clock(tmp_path: Path) -> None:
    _, out = made(
        tmp_path,
        zipped=f"lands_at: z/{{day}}.csv.zip\n{MEMBERS}", packed=f"lands_at: g/{{day}}.csv.gz\n{MEMBERS}",
        book=f"lands_at: b/{{day}}.xlsx\n{MEMBERS}",
    )  # fmt: skip
    for archive in ("z/2026-09-01.csv.zip", "b/2026-09-01.xlsx"):
        with zipfile.ZipFile(out / archive) as found:
            assert {i.date_time for i in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert (out / "g/2026-09-01.csv.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert gzip.decompress((out / "g/2026-09-01.csv.gz").read_bytes()).startswith(b"num,who,")
    assert openpyxl.load_workbook(out / "b/2026-09-01.xlsx").properties.modified.year == 1980


def test_one_customer_is_enough(tmp_path: Path) -> None:
    found, out = made(tmp_path, 1, members=f"lands_at: m/{{day}}.csv\n{MEMBERS}")
    assert sum(len(read(found.channel("members"), out, d)) for d in (FIRST, SECOND)) >= 1


def test_only_the_types_of_customers_a_pack_knows_are_made(tmp_path: Path) -> None:
    _, out = made(tmp_path, 300, members=f"lands_at: m/{{day}}.csv\n{MEMBERS}")
    assert (out / "truth" / "entities_individual.parquet").is_file()
    assert not (out / "truth" / "entities_enterprise.parquet").exists()


def test_a_key_of_several_columns_names_a_row_as_the_flow_will(tmp_path: Path) -> None:
    found, out = made(tmp_path, 300, firms=f"lands_at: f/{{day}}.csv\n{FIRMS}")
    rows = [
        r for day in (FIRST, SECOND) for r in read(found.channel("firms"), out, day).to_pylist()
    ]
    keys = {f"{r['list']}|{r['num']}" for r in rows}
    assert len(keys) > 250
    links = (out / "truth" / "links.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert keys == {line.split(",")[1].strip('"') for line in links}


def test_columns_a_channel_leaves_alone_are_there_all_the_same(tmp_path: Path) -> None:
    found, out = made(tmp_path, members=f"lands_at: m/{{day}}.csv\n{MEMBERS}ignored: [shoe]\n")
    assert "shoe" in read(found.channel("members"), out, FIRST).column_names


def test_dots_in_names_are_levels(tmp_path: Path) -> None:
    nested = (
        "record: individual\nkey: id\ncolumns:\n  a.name: {is: full_name}\n  a.of.sex: {is: sex}\n"
    )
    _, out = made(tmp_path, members=f"lands_at: m/{{day}}.jsonl\n{nested}")
    one = json.loads((out / "m/2026-09-01.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert set(one) == {"id", "a"}
    assert set(one["a"]) == {"name", "of"}


def test_a_file_without_a_day_in_its_name_is_made_once(tmp_path: Path) -> None:
    _, out = made(tmp_path, members=f"lands_at: all.csv\n{MEMBERS}")
    assert sorted(p.name for p in out.iterdir()) == ["all.csv", "truth"]


def test_a_system_of_record_gives_its_columns_types(tmp_path: Path) -> None:
    _, out = made(tmp_path, members=f"lands_at: m/{{day}}.parquet\n{MEMBERS}")
    assert pa.parquet.read_schema(out / "m/2026-09-01.parquet").field("born").type == pa.date32()


WRONG = [
    ({"members": "lands_at: postgresql://host/base\nformat: table\ntable: t\n" + MEMBERS}, "reads a database"),
    ({"one": "lands_at: same.csv\n" + MEMBERS, "two": "lands_at: same.csv\n" + MEMBERS}, "same place: one, two"),
    ({"members": "lands_at: m/{day}.sqlite\nformat: table\nquery: SELECT 1\n" + MEMBERS}, "the name of its table"),
    (
        {"members": "lands_at: m.csv\n" + MEMBERS, "held": "lands_at: h.csv\nrecord: account\nkey: num\nconstants: "
         "{holder_channel: core}\ncolumns:\n  whose: {is: holder_source_id}\n"},
        "its rows belong to core",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("channels", "says"), WRONG)
def test_a_pack_no_sample_can_be_made_of_says_why(
    tmp_path: Path, channels: dict[str, str], says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        made(tmp_path, **channels)


def test_the_command_says_what_was_made_and_what_to_do_next(tmp_path: Path) -> None:
    pack(tmp_path / "pack", members=f"lands_at: m/{{day}}.csv\n{MEMBERS}")
    options = [
        "sample",
        "--pack",
        str(tmp_path / "pack"),
        "--customers",
        "40",
        "--out",
        str(tmp_path / "out"),
        "--day",
        "2026-10-01",
    ]
    said = CliRunner().invoke(app, options)
    assert said.exit_code == 0
    assert "m/2026-10-02.csv" in said.output
    assert "mingce run --pack" in said.output
    as_json = CliRunner().invoke(app, [*options, "--json"])
    said_of = json.loads(as_json.output)
    assert {d["day"] for d in said_of["files"]} == {"2026-10-01", "2026-10-02"}
    links = (tmp_path / "out/truth/links.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert said_of["truth"]["links"] == len(links)


def test_a_day_that_is_none_is_a_wrong_use(tmp_path: Path) -> None:
    pack(tmp_path / "pack", members=f"lands_at: m/{{day}}.csv\n{MEMBERS}")
    said = CliRunner().invoke(
        app,
        [
            "sample",
            "--pack",
            str(tmp_path / "pack"),
            "--out",
            str(tmp_path / "o"),
            "--day",
            "yesterday",
        ],
    )
    assert said.exit_code == 2
    assert "2026-09-01" in said.output


def test_days_of_a_longer_sample_are_all_delivered(tmp_path: Path) -> None:
    found, out = made(tmp_path, 400, 4, members=f"lands_at: m/{{day}}.csv\n{MEMBERS}")
    sizes = [
        read(found.channel("members"), out, date(2026, 9, day)).num_rows for day in range(1, 5)
    ]
    assert sizes[0] > 350
    assert all(0 < size < 40 for size in sizes[1:])
    assert landing(found.channel("members"), date(2026, 9, 4)) == "m/2026-09-04.csv"
