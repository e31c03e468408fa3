"""Publish: what mask left becomes what the tiers see; tables that do not match are not published."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masking.tiers import tiers
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Finding
from pipelines.core.errors import ConfigError
from pipelines.engine.lake import Lake
from pipelines.steps.publish import publish
from tests.factories import pack_folder
from tests.made_up import ACCOUNT, CUSTOMER, DAY, masked_layer
from warehouse import read


@pytest.fixture
def run(tmp_path, duckdb_engine):
    """A run whose pack has one channel, of individuals."""
    pack = Pack(pack_folder(tmp_path / "pack"))
    lake = Lake(str(tmp_path / "lake"), duckdb_engine)
    with duckdb_engine.scope():
        yield Run(pack, duckdb_engine, lake, f"duckdb:///{tmp_path}/db/warehouse.duckdb")


def left(run, tmp_path, without=(), rename=None, **tables):
    """What `mask` left: every table but those named, some columns dropped (`table.column`) or renamed."""
    relations = {}
    for name, path in masked_layer(tmp_path / "made", **tables).items():
        rows = pq.read_table(path)
        for dropped in without:
            table, _, column = dropped.partition(".")
            rows = rows.drop_columns([column]) if table == name and column else rows
        names = [(rename or {}).get(f"{name}.{c}", c) for c in rows.column_names]
        if name not in without:
            relations[name] = run.engine.arrow(rows.rename_columns(names))
    run.lake.write("masked", Batch(CUSTOMERS, DAY, relations))
    return run.lake.read("masked", CUSTOMERS, DAY)


def test_what_mask_left_is_what_the_tiers_see(run, tmp_path):
    batch = publish(left(run, tmp_path, customer=[CUSTOMER], account=[ACCOUNT]), run)
    assert read(run.warehouse, "service", "SELECT mobile FROM customer").iloc[0, 0] == "139****0001"
    assert Finding("published", "core.customer", rows=1) in batch.findings
    assert Finding("published", "analyst.account", rows=1) in batch.findings


def test_the_packs_tiers_change_what_is_seen(run, tmp_path):
    (run.pack.folder / "tiers.yaml").write_text(
        "service: {kinds: {sex: withhold}}\n", encoding="utf-8"
    )
    publish(left(run, tmp_path, customer=[CUSTOMER]), run)
    assert read(run.warehouse, "service", "SELECT sex FROM customer")["sex"].isna().all()
    assert tiers()["service"].rule_for("sex").name == "listed"


def test_what_nobody_confirmed_is_withheld_from_all_but_the_steward(run, tmp_path):
    row = {
        "column_name": "出生日期",
        "kind": "person_name",
        "cells": 9,
        "matches": 9,
        "proven": 0,
        "verdict": True,
    }
    profile = run.engine.arrow(pa.Table.from_pylist([row]))
    found = Finding("kind_unexpected:person_name", "rows", "出生日期", 9)
    run.lake.write("profile", Batch("counter", DAY, {"profile": profile}, (found,)))
    publish(left(run, tmp_path, customer=[CUSTOMER]), run)
    for tier in ("service", "analyst"):
        assert read(run.warehouse, tier, "SELECT birth_date FROM customer").isna().all().all()
    assert read(run.warehouse, "steward", "SELECT birth_date FROM customer").notna().all().all()


def test_a_record_nobody_delivered_is_empty_and_told(run, tmp_path):
    batch = publish(left(run, tmp_path, without=["transaction"], customer=[CUSTOMER]), run)
    assert Finding("not delivered", "transaction") in batch.findings
    assert read(run.warehouse, "analyst", "SELECT * FROM transaction").empty


def test_a_record_no_channel_feeds_may_lack_columns(run, tmp_path):
    publish(left(run, tmp_path, without=["account.balance"], account=[ACCOUNT]), run)
    assert read(run.warehouse, "steward", "SELECT balance FROM account")["balance"].isna().all()


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("individual.mobile", "individual: without mobile"),
        ("individual.mobile__token", "individual: without mobile__token"),
        ("customer.full_name", "customer: without full_name"),
        ("customer_source", "customer_source: not there"),
    ],
)
def test_what_a_channel_feeds_or_resolve_makes_must_be_whole(run, tmp_path, without, said):
    with pytest.raises(ConfigError, match=said) as caught:
        publish(left(run, tmp_path, without=[without], customer=[CUSTOMER]), run)
    assert "individual" in caught.value.zh or "customer" in caught.value.zh


def test_a_column_nobody_declared_is_not_published(run, tmp_path):
    batch = left(run, tmp_path, rename={"account.status": "shoe_size"}, account=[ACCOUNT])
    with pytest.raises(ConfigError, match="account: with shoe_size, which nobody declared"):
        publish(batch, run)
    assert not (tmp_path / "db").exists()


def test_all_faults_are_told_at_once(run, tmp_path):
    batch = left(run, tmp_path, without=["individual.mobile", "customer.sex"], customer=[CUSTOMER])
    with pytest.raises(ConfigError, match="customer: without sex; individual: without mobile"):
        publish(batch, run)
