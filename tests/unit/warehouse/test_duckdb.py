"""The warehouse in two DuckDB files: what is where, what survives, what is said when it cannot be used."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from masking.tiers import tiers
from pipelines.channels.readers import open_source
from pipelines.core import scratch
from pipelines.core.errors import ConfigError, OutageError
from tests.made_up import ACCOUNT, CANARIES, CUSTOMER, DAY, HIDDEN, masked_layer, others, token
from warehouse import duckdb_files as the_store
from warehouse import open_store, read
from warehouse.store import Change
from warehouse.tables import quality


@pytest.fixture
def url(tmp_path):
    return f"duckdb:///{tmp_path}/db/warehouse.duckdb"


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(the_store, "PATIENCE", 0.3)


def publish(url, tmp_path, who=None, **tables):
    who = who or tiers()
    return open_store(url).publish(DAY, masked_layer(tmp_path / "masked", who, **tables), who)


def file(url, name="warehouse.duckdb"):
    return Path(url.removeprefix("duckdb:///")).with_name(name)


def python(code):
    """A process of its own, as it is to be starved or killed."""
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )


def dump(path):
    """Every table's rows, in the order they stand."""
    with duckdb.connect(str(path), read_only=True) as session:
        names = session.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
        ).fetchall()
        return {n: session.execute(f'SELECT * FROM "{n[0]}"."{n[1]}"').fetchall() for n in names}


def test_clear_values_stand_in_the_vault_and_in_no_other_file(published):
    shown = {"service.duckdb": {"金丝雀路"}}  # down to the road
    for path in file(published).parent.glob("*.*"):
        held = {value for value in CANARIES if value.encode() in path.read_bytes()}
        assert held == (
            set(CANARIES) if path.name == "vault.duckdb" else shown.get(path.name, set())
        )


def test_a_tiers_file_holds_that_tiers_rows_alone(published):
    mine = {"service": "139****0001", "analyst": token("mobile", "13900000001")}
    for tier, value in mine.items():
        holding = [
            p.name for p in file(published).parent.glob("*.*") if value.encode() in p.read_bytes()
        ]
        assert set(holding) - {"vault.duckdb"} == {
            f"{tier}.duckdb"
        }  # the vault keeps tokens beside clear values


def test_the_vault_is_its_owners_alone(published):
    assert stat.S_IMODE(file(published, "vault.duckdb").stat().st_mode) == 0o600
    assert {p.name for p in file(published).parent.glob("*")} >= {
        "vault.duckdb",
        "warehouse.duckdb",
    }
    assert not list(file(published).parent.glob(".vault-spill*"))


def test_a_vault_that_others_could_read_is_closed_when_published_again(url, tmp_path):
    publish(url, tmp_path)
    file(url, "vault.duckdb").chmod(0o644)
    publish(url, tmp_path)
    assert stat.S_IMODE(file(url, "vault.duckdb").stat().st_mode) == 0o600


def test_each_tier_sees_its_own_masks(published):
    sees = {
        tier: read(published, tier, "SELECT * FROM customer WHERE id_type = '居民身份证'").iloc[0]
        for tier in ("steward", "service", "analyst")
    }
    assert sees["steward"]["mobile"] == "13900000001"
    assert sees["service"]["mobile"] == "139****0001"
    assert sees["analyst"]["mobile"] == token("mobile", "13900000001")
    assert sees["service"]["full_name"] == "张**"
    assert sees["analyst"]["birth_date"] == "1990-1994"


def test_free_text_is_shown_with_its_spans_hidden(published):
    for tier in ("service", "analyst"):
        assert read(published, tier, "SELECT remark FROM interaction").iloc[0, 0] == HIDDEN


def test_tokens_join_one_table_to_another(published):
    sql = "SELECT count(*) AS n FROM account a JOIN customer c ON c.customer_id = a.customer_id"
    assert read(published, "analyst", sql).iloc[0, 0] == 1


def test_publishing_twice_gives_the_same_tables(url, tmp_path):
    layer = {"customer": [*others(30), CUSTOMER], "account": [ACCOUNT]}
    publish(url, tmp_path, **layer)
    before = [dump(file(url)), dump(file(url, "vault.duckdb"))]
    publish(url, tmp_path, customer=list(reversed(layer["customer"])), account=[ACCOUNT])
    assert [dump(file(url)), dump(file(url, "vault.duckdb"))] == before


def test_the_order_of_masked_rows_says_nothing_of_the_clear_ones(url, tmp_path):
    publish(url, tmp_path, customer=others(40))
    shown = read(url, "analyst", "SELECT customer_id FROM customer")["customer_id"].tolist()
    assert shown == sorted(shown)
    assert shown != [token("key", f"D{i:03}") for i in range(40)]


def test_what_is_no_longer_there_is_no_longer_shown(url, tmp_path):
    publish(url, tmp_path, customer=[CUSTOMER], account=[ACCOUNT])
    publish(url, tmp_path, customer=others(1))
    assert read(url, "service", "SELECT customer_id FROM customer")["customer_id"].tolist() == [
        "D000"
    ]
    assert read(url, "service", "SELECT * FROM account").empty
    for value in CANARIES:
        assert value not in str(dump(file(url, "vault.duckdb")))


def test_a_table_that_was_not_delivered_is_there_and_empty(url, tmp_path):
    layer = masked_layer(tmp_path / "masked", customer=[CUSTOMER])
    rows = open_store(url).publish(DAY, {"customer": layer["customer"]}, tiers())
    assert rows["core.customer"] == 1
    assert rows["core.account"] == rows["analyst.account"] == 0


def test_a_kind_the_pack_withholds_is_empty_for_that_tier(url, tmp_path):
    own = tmp_path / "tiers.yaml"
    own.write_text("service:\n  kinds: {mobile: withhold}\n", encoding="utf-8")
    publish(url, tmp_path, tiers(own), customer=[CUSTOMER])
    assert read(url, "service", "SELECT mobile FROM customer")["mobile"].isna().all()


CHECKED = pa.table({"channel": ["counter"], "day": [DAY], "rows_read": [7], "outcome": ["done"]})


def test_replacing_a_day_again_changes_nothing(url):
    store = open_store(url)
    for _ in range(2):
        store.replace([Change(quality.batch, CHECKED, {"channel": "counter", "day": DAY})])
    assert dump(file(url))[("quality", "batch")][0][:3] == ("counter", DAY, "done")
    assert len(dump(file(url))[("quality", "batch")]) == 1


def test_replacing_leaves_other_days_alone(url):
    store = open_store(url)
    for day in (date(2026, 11, 20), DAY):
        rows = CHECKED.set_column(1, "day", pa.array([day]))
        store.replace([Change(quality.batch, rows, {"day": day})])
    assert len(dump(file(url))[("quality", "batch")]) == 2


def test_quality_outlives_a_publication_and_dashboards_read_it(url, tmp_path):
    grain = pa.table({"channel": ["counter"], "figure": ["rows"], "grain": [2]})
    open_store(url).replace([Change(quality.batch, CHECKED), Change(quality.grain, grain)])
    publish(url, tmp_path)
    assert read(url, "statistics", "SELECT rows_read FROM batch").iloc[0, 0] == 6


def test_a_table_made_by_an_older_version_gains_its_new_columns(url, tmp_path):
    file(url).parent.mkdir()
    with duckdb.connect(str(file(url))) as old:
        old.execute("CREATE SCHEMA quality; CREATE TABLE quality.batch (channel TEXT, day DATE)")
        old.execute("INSERT INTO quality.batch VALUES ('counter', '2026-11-20')")
    open_store(url).replace([Change(quality.batch, CHECKED, {"day": DAY})])
    assert [r[0] for r in dump(file(url))[("quality", "batch")]] == ["counter", "counter"]


def test_a_warehouse_another_process_holds_is_waited_for_aloud_then_an_outage_that_says_whose_it_is(
    url, tmp_path, impatient, caplog
):
    publish(url, tmp_path)
    holds = "import duckdb, sys; c = [*map(duckdb.connect, sys.argv[1:])]; print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", holds, str(file(url)), str(file(url, "analyst.duckdb"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout.readline() == "held\n"
        try:
            with pytest.raises(
                OutageError, match=f"process {other.pid} holds it open for writing; have it close"
            ) as caught:
                publish(url, tmp_path)
            with pytest.raises(OutageError, match="holds it open for writing"):
                read(url, "analyst", "SELECT 1 AS one")
        finally:
            other.communicate("")
    assert caught.value.exit_code == 3
    assert f"被进程 {other.pid} 以写方式占用" in caught.value.zh
    assert f"waiting up to 0.3 seconds for process {other.pid}" in caplog.text


def test_a_full_disk_is_an_outage_and_replaces_nothing(url, tmp_path):
    publish(url, tmp_path, customer=[CUSTOMER])
    before = dump(file(url))
    masked_layer(tmp_path / "more", customer=others(4000, employer="某某" * 400))
    room = 2_000_000  # bytes a file may have: too few for these customers
    code = f"""
import resource, signal, sys
from datetime import date
from pathlib import Path
from masking.tiers import tiers
from pipelines.core.errors import OutageError
from warehouse import open_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
layer = {{p.stem: str(p) for p in Path({str(tmp_path / "more")!r}).glob('*.parquet')}}
try:
    open_store({url!r}).publish(date(2026, 11, 22), layer, tiers())
except OutageError as error:
    print(error.en)
"""
    said = python(code)
    assert "there is no room left, nothing was replaced" in said.stdout
    assert dump(file(url)) == before


def test_killed_between_vault_and_warehouse_a_rerun_mends_it(url, tmp_path):
    publish(url, tmp_path, customer=[CUSTOMER])
    masked_layer(tmp_path / "next", customer=others(3))
    code = f"""
import os, signal
from datetime import date
from pathlib import Path
from masking.tiers import tiers
from warehouse import duckdb, open_store
duckdb.views = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
layer = {{p.stem: str(p) for p in Path({str(tmp_path / "next")!r}).glob('*.parquet')}}
open_store({url!r}).publish(date(2026, 11, 22), layer, tiers())
"""
    killed = python(code)
    assert killed.returncode == -signal.SIGKILL
    assert read(url, "service", "SELECT customer_id FROM customer")["customer_id"].tolist() == [
        "C1"
    ]
    publish(url, tmp_path, customer=others(3))
    assert len(read(url, "service", "SELECT customer_id FROM customer")) == 3
    assert not file(url, ".vault-spill").exists()


def test_a_file_that_is_no_database_is_named(url, tmp_path):
    file(url).parent.mkdir()
    file(url).write_text("a note that somebody saved under this name\n" * 400)
    with pytest.raises(ConfigError, match="not a DuckDB file"):
        open_store(url).replace([Change(quality.batch, CHECKED)])


def test_a_table_of_text_is_not_taken_for_a_warehouse(tmp_path):
    table = tmp_path / "warehouse.duckdb"
    table.write_text("id,n\n" + "".join(f"{i},{i}\n" for i in range(999)))
    store = open_store(f"duckdb:///{table}")
    with pytest.raises(ConfigError, match="not a DuckDB file"):
        store.replace([Change(quality.batch, CHECKED)])


def test_who_may_not_open_the_vault_is_told_so(published, monkeypatch):
    read(published, "steward", "SELECT 1 AS one")  # what is imported late is imported now
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(scratch, "folder", lambda: nullcontext(Path(folder)))
        for name in ("vault.duckdb", "warehouse.duckdb"):
            shutil.copy(file(published, name), folder)
        Path(folder).chmod(0o755)
        Path(folder, "vault.duckdb").chmod(0)
        root = os.geteuid() == 0
        if root:
            os.seteuid(pwd.getpwnam("nobody").pw_uid)
        try:
            with pytest.raises(ConfigError, match="the vault is the stewards'"):
                open_store(f"duckdb:///{folder}/warehouse.duckdb").read(
                    "SELECT 1 AS one", "steward"
                )
        finally:
            if root:
                os.seteuid(0)


def test_before_the_first_publication_there_is_nothing_to_ask(url):
    with pytest.raises(ConfigError, match="run the flow first"):
        read(url, "analyst", "SELECT 1 AS one")
    assert not file(url).exists()


def test_where_nothing_was_published_it_is_told_how_another_warehouse_is_named(url):
    with pytest.raises(ConfigError, match="name another with --warehouse"):
        read(url, "analyst", "SELECT 1 AS one")


@pytest.mark.parametrize("path", ["var/demo/warehouse.duckdb", "warehouse.duckdb"])
def test_a_path_behind_two_slashes_is_told_with_three(path):
    with pytest.raises(ConfigError, match=f"three slashes; you probably mean duckdb:///{path}$"):
        open_store(f"duckdb://{path}")
    with pytest.raises(ConfigError, match=f"three slashes; you probably mean duckdb:///{path}$"):
        open_source(f"duckdb://{path}", table="a")
    with pytest.raises(ConfigError, match=f"mean duckdb:///{path}$"):
        open_store(f"duckdb://somebody:geheim@{path}?key=geheim")


@pytest.mark.parametrize(
    "wrong", ["var/warehouse", "mysql://a:geheim@b/c", "duckdb://", "://geheim@"]
)
def test_a_url_of_another_form_is_refused_without_repeating_it(wrong):
    with pytest.raises(ConfigError, match="duckdb:///DIR/warehouse") as caught:
        open_store(wrong)
    assert "geheim" not in str(caught.value)
