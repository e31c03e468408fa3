"""The access log: who asked what, for what, and whom they looked at; bounded, and appended to by many at once."""

import contextlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masking.tiers import tiers
from pipelines.cli import app
from pipelines.core.errors import ConfigError
from pipelines.core.files import SHARED, aside
from tests.made_up import CANARIES, CUSTOMER, DAY, masked_layer, token
from warehouse import duckdb_limits, open_store, read
from warehouse.access_log import LONGEST, SHORT
from warehouse.ask import answer
from warehouse.customer_file import customer_file
from warehouse.guard import RefusalError, StoppedError
from warehouse.store import Access
from warehouse.user import login_name

ENDLESS = (
    "SELECT count(*) AS n FROM generate_series(1, 1000000) AS a, generate_series(1, 1000000) AS b"
)


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logged")
    url = f"duckdb:///{folder}/db/warehouse.duckdb"
    open_store(url).publish(DAY, masked_layer(folder / "masked", customer=[CUSTOMER]), tiers())
    return url


def last(url, count=1):
    sql = "SELECT * FROM governance.access_log ORDER BY access_id"
    return open_store(url).read(sql, "steward").to_pylist()[-count:]


def log_of(url):
    return Path(url.removeprefix("duckdb:///")).with_name("access_log.jsonl")


def test_whom_a_purpose_names_is_not_kept(url):
    read(url, "analyst", "SELECT sex FROM customer", purpose="核对 陈秀云 19382266667")
    (line,) = last(url)
    assert line["purpose"] == "核对 <姓名> <手机号>"
    assert "陈秀云" not in log_of(url).read_text(encoding="utf-8")


def test_a_question_is_kept_with_who_asked_as_whom_and_for_what(url):
    read(url, "analyst", "SELECT sex FROM customer WHERE sex = '女'", purpose="季度客群分析")
    (line,) = last(url)
    assert line["accessed_by"] == login_name()
    assert (line["tier"], line["purpose"]) == ("analyst", "季度客群分析")
    assert (line["statement"], line["rows"], line["outcome"]) == (
        "SELECT sex FROM customer WHERE sex = ?", 1, "answered",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "outcome", "kept"),
    [
        ("SELECT * FROM service.customer", "refused", "SELECT * FROM service.customer"),
        (f"SELEC {CANARIES[2]}", "refused", "(not readable)"),
        ("SELECT " + "(" * 3000 + "1" + ")" * 3000, "refused", "(nested too deep)"),
        ("SELECT '" + "x" * 1_000_000 + "'", "refused", "(too long)"),
        ("SELECT nobody FROM customer", "failed", "SELECT nobody FROM customer"),
        ("SELECT CAST(sex AS BIGINT) FROM customer", "failed", "SELECT CAST(sex AS BIGINT) FROM customer"),
        ("DESCRIBE 张金丝雀", "refused", "describe name_not_kept"),
    ],
)  # fmt: skip
def test_what_came_to_nothing_is_kept_too(url, sql, outcome, kept):
    with pytest.raises(RefusalError):
        read(url, "analyst", sql)
    (line,) = last(url)
    assert (line["outcome"], line["statement"], line["rows"]) == (outcome, kept, None)


@pytest.mark.parametrize(
    "sql",
    [
        f'SELECT sex FROM customer WHERE full_name = "{CANARIES[0]}"',
        f'SELECT sex AS "{CANARIES[2]}" FROM customer',
        f"SELECT sex AS {CANARIES[0]} FROM customer /* {CANARIES[1]} */",
        f"SELECT {CANARIES[0]}(sex) FROM customer",
        f"SELECT sex FROM customer WHERE mobile = {CANARIES[2]}",
        f"SELECT sex FROM customer WHERE mobile = $${CANARIES[2]}$$",
        f"SELECT * FROM \"{CANARIES[3]}\"",
    ],
)  # fmt: skip
def test_no_value_is_kept_whatever_quotes_it_stands_between(url, sql):
    with contextlib.suppress(RefusalError):
        read(url, "analyst", sql)
    said = log_of(url).read_text(encoding="utf-8").splitlines()[-1]
    assert not any(value in said for value in CANARIES)
    assert "customer" in said or "name_not_kept" in said


def test_a_steward_joins_the_log_to_customers_by_the_token_that_analysts_see(url):
    store = open_store(url)
    (shown,) = store.read("SELECT customer_id FROM customer", "analyst").to_pylist()
    customer_file(store, CUSTOMER["customer_id"], "service", None, "join")
    customer_file(store, shown["customer_id"], "analyst", None, "join")
    sql = (
        "SELECT l.tier, l.customer, c.customer_id FROM governance.access_log l"
        " JOIN core.customer c ON c.customer_id__token = l.customer WHERE l.purpose = 'join' ORDER BY access_id"
    )
    whose = {"customer": shown["customer_id"], "customer_id": CUSTOMER["customer_id"]}
    assert store.read(sql, "steward").to_pylist() == [
        {"tier": "service"} | whose,
        {"tier": "analyst"} | whose,
    ]


def test_what_is_kept_of_a_statement_is_bounded_and_says_how_much_is_left_out(url):
    many = ", ".join(["sex"] * 3000)
    read(url, "analyst", f"SELECT {many} FROM customer", purpose="p" * 900)
    (line,) = last(url)
    kept = f"SELECT {many} FROM customer"
    assert line["statement"] == f"{kept[:LONGEST]} … (and {len(kept) - LONGEST} characters more)"
    assert line["purpose"].startswith("p" * SHORT + " … ")
    assert len(log_of(url).read_bytes().splitlines()[-1]) < 4 * LONGEST


@pytest.mark.parametrize(
    ("tier", "shown_id"), [("service", "C1"), ("steward", "C1"), ("analyst", token("key", "C1"))]
)
def test_whose_file_was_shown_is_told_as_the_token_that_analysts_see(url, tier, shown_id):
    customer_file(open_store(url), shown_id, tier, purpose="投诉处理")
    (line,) = last(url)
    assert line["customer"] == token("key", "C1")
    assert (line["tier"], line["statement"], line["purpose"]) == (
        tier,
        "show a customer",
        "投诉处理",
    )
    assert line["rows"] == 1


def test_who_was_looked_for_and_not_found_is_kept_and_not_repeated(url):
    with pytest.raises(ConfigError):
        customer_file(open_store(url), CANARIES[2], "service")
    (line,) = last(url)
    assert (line["outcome"], line["customer"]) == ("failed", "")
    assert CANARIES[2] not in log_of(url).read_text(encoding="utf-8")


def test_an_endless_question_is_stopped_at_its_limit_and_kept(url):
    with pytest.raises(StoppedError, match=r"took more than 0\.5 seconds and was stopped"):
        answer(open_store(url, 0.5), "analyst", ENDLESS)
    assert last(url)[0]["outcome"] == "stopped"


def test_an_answer_too_large_to_hold_is_stopped(url, monkeypatch):
    monkeypatch.setattr(duckdb_limits, "LARGEST", 1_000_000)
    with pytest.raises(StoppedError, match="larger than one answer may be"):
        read(url, "analyst", "SELECT * FROM generate_series(1, 3000000) AS a")


def test_a_question_broken_off_by_hand_is_kept(url, monkeypatch):
    def broken_off(*_):
        raise KeyboardInterrupt

    store = open_store(url)
    monkeypatch.setattr(type(store), "read", broken_off)
    with pytest.raises(KeyboardInterrupt):
        answer(store, "analyst", "SELECT sex FROM customer")
    monkeypatch.undo()
    assert last(url)[0]["outcome"] == "stopped"


def test_what_cannot_be_interrupted_ends_the_command(url):
    sql = "SELECT levenshtein(repeat('a', 300000), repeat('b', 300000)) AS n"
    code = (
        "import sys; from pipelines.cli import app, within; within.GRACE = 1.0; app(sys.argv[1:])"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code, "--lang", "en", "query", "--timeout", "1", "--warehouse", url, sql],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "took more than 1 seconds and was ended" in done.stderr
    assert last(url)[0]["outcome"] == "stopped"


APPENDS = """
import sys
from pathlib import Path
from warehouse.access_log import append
from warehouse.store import Access
for n in range(300):
    append(Path(sys.argv[1]), Access("analyst", f"SELECT {sys.argv[2] * 2000}", n))
"""


def test_lines_of_several_processes_never_mix(tmp_path):
    log = tmp_path / "access_log.jsonl"
    writing = [
        subprocess.Popen([sys.executable, "-c", APPENDS, str(log), letter])  # noqa: S603 - our own code
        for letter in "abcd"
    ]
    assert [p.wait(120) for p in writing] == [0, 0, 0, 0]
    said = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert sorted((s["statement"][7], s["rows"]) for s in said) == [
        (c, n) for c in "abcd" for n in range(300)
    ]


def test_the_group_may_add_to_the_log_and_nobody_but_its_owner_read_it(url):
    read(url, "analyst", "SELECT 1 AS one")
    assert stat.S_IMODE(log_of(url).stat().st_mode) == 0o620


def test_what_cannot_be_kept_is_not_shown(url, tmp_path, monkeypatch):
    store = open_store(url)
    monkeypatch.setattr(store._folder, "log", tmp_path / "no such folder" / "log")
    with pytest.raises(ConfigError, match="the access cannot be kept"):
        answer(store, "analyst", "SELECT sex FROM customer")


def test_a_damaged_line_hides_none_of_the_others(url):
    store = open_store(url)
    with log_of(url).open("a", encoding="utf-8") as log:
        log.write('{"accessed_at": "2026-\n[1, 2]\n{"rows": 3}\n')
    store.note_access(Access("analyst", "SELECT after", 1))
    assert [r["statement"] for r in last(url, 4)] == 3 * ["(this line of the log is damaged)"] + [
        "SELECT after"
    ]


def test_nothing_is_kept_where_there_is_no_warehouse(tmp_path):
    with pytest.raises(ConfigError, match="run the flow first"):
        read(f"duckdb:///{tmp_path}/warehouse.duckdb", "analyst", "SELECT 1 AS one")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("tier", "kept"), [("steward", True), ("analyst", False)])
def test_a_file_written_with_clear_values_leaves_a_line_beside_it(
    tmp_path, tier, kept, monkeypatch
):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "made-up-key-of-this-test")
    source, out = tmp_path / "in.csv", tmp_path / "out" / "out.csv"
    out.parent.mkdir()
    source.write_text(f"姓名,手机号\n{CANARIES[0]},{CANARIES[2]}\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["mask", str(source), "--tier", tier, "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    log = out.with_name("access_log.jsonl")
    assert log.exists() == kept
    if kept:
        said = json.loads(log.read_text(encoding="utf-8"))
        assert (said["accessed_by"], said["tier"], said["rows"]) == (login_name(), "steward", 1)
        assert not any(value in str(said) for value in CANARIES)


def test_what_a_command_writes_is_its_owners_but_for_reports(url, tmp_path):
    before = os.umask(0)
    try:
        links = CliRunner().invoke(
            app, ["links", "--warehouse", url, "-o", str(tmp_path / "links.csv")]
        )
        answer_ = ["query", "--tier", "steward", "--warehouse", url, "-o", str(tmp_path / "x.csv")]
        query = CliRunner().invoke(app, [*answer_, "SELECT * FROM core.customer"])
        with aside(tmp_path / "report.html", SHARED) as path:
            path.write_text("a report", encoding="utf-8")
    finally:
        os.umask(before)
    assert (links.exit_code, query.exit_code) == (0, 0), links.output + query.output
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {"links.csv": 0o600, "x.csv": 0o600, "report.html": 0o640}
