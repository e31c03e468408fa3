"""`mingce show`, `mingce links` and `mingce query`, as a person at a terminal sees them."""

import contextlib
import csv
import json
import os
import stat
import subprocess
import sys

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from masking.tiers import tiers
from pipelines.cli import app
from tests.made_up import ACCOUNT, CUSTOMER, DAY, masked_layer
from warehouse import open_store

ADDRESS = "金丝雀省" + "金丝雀市金丝雀路" * 12 + "23号楼5单元"
LEDGER = [
    {"channel": "mobile", "source_id": "逗号,在此", "customer_id": "C1", "since": DAY},
    {"channel": "counter", "source_id": "S1", "customer_id": "C1", "since": DAY},
    {"channel": "counter", "source_id": "S1", "customer_id": "C9", "since": DAY, "until": DAY},
]


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    url = f"duckdb:///{folder}/warehouse.duckdb"
    customer = CUSTOMER | {"employer": "[bold]括号[/bold]\x1b[31m公司", "home_address": ADDRESS}
    layer = masked_layer(
        folder / "m", customer=[customer], account=[ACCOUNT], customer_source=LEDGER
    )
    open_store(url).publish(DAY, layer, tiers())
    return url


def run(*args):
    return CliRunner().invoke(app, list(args), env={"COLUMNS": "160"})


def test_show_has_labels_in_both_languages_and_says_what_is_not_held(url):
    done = run("show", "C1", "--warehouse", url)
    assert done.exit_code == 0
    for said in ("基本 Basic", "手机", "mobile", "139****0001", "统计分析 Statistics", "not held"):
        assert said in done.stdout
    assert done.stdout.count("not held") == 5


def test_what_a_customer_wrote_is_no_markup_and_no_code_for_the_terminal(url):
    done = run("show", "C1", "--warehouse", url)
    assert "[bold]括号[/bold]" in done.stdout
    assert "\x1b[31m" not in done.stdout


def on_a_terminal(columns, *args):
    """What a command draws on a terminal so wide."""
    ours, theirs = os.openpty()
    done = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipelines.cli", *args],
        stdout=theirs,
        env=os.environ | {"COLUMNS": str(columns), "TERM": "dumb", "LANG": "C.UTF-8"},
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # what Linux says at a terminal's end
        while more := os.read(ours, 65536):
            said += more
    os.close(ours)
    assert done.wait() == 0
    return said.decode("utf-8").splitlines()


def test_behind_a_pipe_a_long_value_stands_whole_in_one_line(url):
    said = run("show", "C1", "--tier", "steward", "--warehouse", url).stdout
    assert ADDRESS in said
    assert max(map(cell_len, said.splitlines())) < 400


def test_on_a_terminal_a_long_value_goes_on_in_the_next_line(url):
    lines = on_a_terminal(60, "show", "C1", "--tier", "steward", "--warehouse", url)
    assert max(map(cell_len, lines)) <= 60
    assert "…" not in "".join(lines)
    assert ADDRESS[-6:] in "".join("".join(lines).split())


def test_show_speaks_chinese(url):
    done = run("--lang", "zh", "show", "C1", "--warehouse", url, "--as-of", "2020-01-01")
    assert done.exit_code == 2
    assert "没有该客户号" in done.output


def test_show_as_json_has_every_section(url):
    said = json.loads(run("show", "C1", "--warehouse", url, "--json", "--tier", "steward").stdout)
    assert len(said["sections"]) == 9
    assert said["sections"]["basic"]["customer"][0]["mobile"] == "13900000001"
    assert said["sections"]["contract"] == {}


def test_a_day_that_is_none_is_refused(url):
    done = run("show", "C1", "--warehouse", url, "--as-of", "yesterday")
    assert done.exit_code == 2
    assert "2026-09-01" in done.output


def test_links_are_the_rows_that_stand_in_order(url, tmp_path):
    out = tmp_path / "links.csv"
    assert run("links", "--warehouse", url, "-o", str(out)).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["channel", "source_id", "customer_id"],
            ["counter", "S1", "C1"],
            ["mobile", "逗号,在此", "C1"],
        ]


def test_links_come_from_the_vault_so_they_are_their_owners_alone(url, tmp_path):
    out = tmp_path / "links.csv"
    run("links", "--warehouse", url, "-o", str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_links_that_cannot_be_written_there_are_wrong_use_and_told_what_to_do(url, tmp_path):
    done = run("links", "--warehouse", url, "-o", str(tmp_path / "no such folder" / "links.csv"))
    assert done.exit_code == 2
    assert "links.csv: cannot be written (No such file or directory); give a folder" in done.output


def test_a_wide_answer_is_drawn_row_by_row(url):
    done = run("query", "SELECT * FROM customer", "--warehouse", url)
    assert done.exit_code == 0
    assert "birth_date" in done.stdout
    assert "1990-1994" in done.stdout


def test_an_unknown_tier_is_named_with_those_there_are(url):
    done = run("query", "SELECT 1 AS one", "--warehouse", url, "--tier", "boss")
    assert done.exit_code == 2
    assert "steward, service, analyst, partner, statistics" in done.output
