"""An answer as a person at a terminal reads it, and as a program behind a pipe does."""

import csv
import io
import json
import stat
from decimal import Decimal
from functools import partial

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from rich.console import Console
from typer.testing import CliRunner

from masking.tiers import tiers
from pipelines.cli import app
from pipelines.cli.answers import draw
from tests.made_up import CUSTOMER, DAY, masked_layer
from warehouse import open_store

ROWS = pa.table(
    {
        "name": ["欧阳试", "李某", None],
        "amount": pa.array([Decimal("12.50"), Decimal("-3.00"), None], pa.decimal128(18, 2)),
        "city": ["杭州市", "", "宁波市"],
    }
)


def drawn(rows, width):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    draw(rows, console)
    return console.file.getvalue()


def test_what_fits_is_a_table_with_numbers_to_the_right_and_chinese_two_wide():
    lines = drawn(ROWS, 60).splitlines()
    assert len({len(line.encode("gbk")) for line in lines if line[0] == "│"}) == 1
    assert "│ 欧阳试 │  12.50 │ 杭州市 │" in lines
    assert "│ 李某   │  -3.00 │        │" in lines


def test_a_missing_value_is_seen_and_an_empty_text_is_not_one():
    said = drawn(ROWS, 60)
    assert said.count("NULL") == 2
    assert "│ NULL   │   NULL │ 宁波市 │" in said


def test_what_does_not_fit_is_a_row_a_block_and_no_value_is_cut_into_shreds():
    token = "t1_" + "0a" * 13
    wide = pa.table({f"column_{n}": [token, None] for n in range(8)})
    said = drawn(wide, 80)
    assert said.count(token) == 8
    assert said.count("NULL") == 8
    assert "1 / 2" in said
    assert "2 / 2" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_long_head_leaves_room_for_its_value_and_neither_is_cut():
    head, value = "employer IN (SELECT company_name FROM customer)" * 3, "浙江" * 30
    said = "".join(drawn(pa.table({head: [value]}), 60).split())
    assert [said.count(c) for c in ("employer", "浙")] == [3, 30]
    assert "…" not in said


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answered")
    url = f"duckdb:///{folder}/warehouse.duckdb"
    store = open_store(url)
    store.publish(DAY, masked_layer(folder / "m", customer=[CUSTOMER]), tiers())
    return url


SQL = "SELECT sex, birth_date_from, city, list(channel_count) AS counts FROM customer GROUP BY ALL"


def ask(url, *more):
    return CliRunner().invoke(app, ["query", SQL, "--warehouse", url, *more])


def test_behind_a_pipe_an_answer_is_csv_and_nothing_else(url):
    done = ask(url)
    assert done.exit_code == 0
    assert list(csv.reader(io.StringIO(done.stdout))) == [
        ["sex", "birth_date_from", "city", "counts"],
        ["女", "1990", "", "[\n 2\n]"],
    ]
    assert done.stderr == "1 row\n"


def test_an_answer_is_written_as_a_table_of_three_kinds_for_its_owner_alone(url, tmp_path):
    paths = [tmp_path / f"x{ending}" for ending in (".csv", ".xlsx", ".parquet")]
    for path in paths:
        done = ask(url, "-o", str(path))
        assert (done.exit_code, done.stdout) == (0, "")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert pq.read_table(paths[2])["birth_date_from"].to_pylist() == [1990]
    assert [c.value for c in load_workbook(paths[1]).active[2]][:2] == ["女", 1990]
    assert paths[0].read_text(encoding="utf-8").startswith('\ufeff"sex"')  # Excel reads it right


@pytest.mark.parametrize("name", ["x.pdf", "x.xls", "x.parquet.txt", "csv"])
def test_any_other_ending_is_refused_before_anything_is_asked(url, tmp_path, name):
    done = ask(url, "-o", str(tmp_path / name))
    assert done.exit_code == 2
    assert ".csv, .xlsx, .parquet" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_columns_of_one_name_are_kept_apart_in_every_output_alike(url, tmp_path, ending):
    sql, path = "SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a", tmp_path / f"x{ending}"
    words = ["query", sql, "--warehouse", url]
    said = {"a": 1, "a_3": 2, "a_2": 3, "a_4": 4}
    assert json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout) == [said]
    assert CliRunner().invoke(app, words).stdout.splitlines()[0] == '"a","a_3","a_2","a_4"'
    assert CliRunner().invoke(app, [*words, "-o", str(path)]).exit_code == 0
    read = {
        ".csv": pd.read_csv,
        ".xlsx": partial(pd.read_excel, engine="openpyxl"),
        ".parquet": pd.read_parquet,
    }
    assert read[ending](path).to_dict("records") == [said]


def test_a_sheet_is_called_after_the_tier_whose_answer_it_holds(url, tmp_path):
    for tier in ("steward", "analyst"):
        path = tmp_path / f"{tier}.xlsx"
        words = ["query", "SELECT sex FROM customer", "--warehouse", url, "--tier", tier]
        assert CliRunner().invoke(app, [*words, "-o", str(path)]).exit_code == 0
        assert load_workbook(path).sheetnames == [f"{tier} answer"]


def test_json_is_as_it_was(url):
    [row] = json.loads(ask(url, "--json").stdout)
    assert row == {"sex": "女", "birth_date_from": 1990, "city": None, "counts": [2]}
