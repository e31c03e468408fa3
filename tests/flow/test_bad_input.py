"""Bad input: each stops only its own channel, with the right exit code, loses nothing, names no value."""

import json
import resource
import shutil
import subprocess
import sys
from datetime import date

import duckdb
import pytest
import yaml

from tests.flow.conftest import BANK, House, environment

DAY = "2026-09-01"


@pytest.fixture
def house(tmp_path, source):
    """A source, a pack and a house of our own to spoil."""
    shutil.copytree(source, tmp_path / "source")
    shutil.copytree(BANK, tmp_path / "pack")
    (tmp_path / "house").mkdir()
    return House(tmp_path / "house", tmp_path / "source", tmp_path / "pack")


def outcomes(said):
    return {o["channel"]: o for o in json.loads(said.stdout)}


def stopped_alone(house, channel, code, *words):
    """Run the first day of two channels; `channel` stopped with these words, the other went on."""
    said = house.run("--json", "--day", DAY, "--channel", channel, "--channel", "corporate")
    found = outcomes(said)
    assert found[channel]["exit_code"] == code, found
    for word in words:
        assert word in found[channel]["message"]
    assert found["corporate"]["exit_code"] == 0, found
    assert found["customers"]["exit_code"] == 0, found
    assert said.returncode == code
    return found[channel]["message"]


def test_a_missing_file(house):
    (house.source / "counter" / f"{DAY}.csv").unlink()
    stopped_alone(house, "counter", 1, f"counter/{DAY}.csv")


def test_a_day_that_has_not_come_is_told_by_run_and_report(house, tmp_path):
    (house.source / "corporate" / "2026-09-02.csv").unlink()
    (house.source / "counter" / f"{DAY}.csv").write_bytes(b"")
    said = house.run("--channel", "corporate", "--channel", "counter")
    assert said.returncode == 1
    assert "! 2026-09-02 corporate: nothing of 2026-09-02 has come; ask" in said.stderr
    page = tmp_path / "report.html"
    asked = ["report", "--period", "2026Q3", "-o", str(page), "--warehouse", house.warehouse]
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipelines.cli", "--lang", "en", *asked],
        env=environment(),
        check=True,
    )
    told = page.read_text(encoding="utf-8")
    assert "nothing of 2026-09-02 has come" in told
    assert f"counter/{DAY}.csv: is empty" in told
    assert str(house.source) not in told


def test_what_a_delivery_does_not_hold_is_said_where_the_run_is_read(house):
    path = house.source / "counter" / f"{DAY}.csv"
    head, *lines = path.read_bytes().decode("gb18030").splitlines()
    name, address = (head.split(",").index(column) for column in ("姓名", "家庭住址"))
    swapped = [head]
    for cells in (line.split(",") for line in lines):
        if len(cells) == len(head.split(",")):
            cells[name], cells[address] = cells[address], cells[name]
        swapped.append(",".join(cells))
    path.write_bytes(("\n".join(swapped) + "\n张试,少\n").encode("gb18030"))
    said = house.run("--day", DAY, "--channel", "counter")
    assert (
        "counter: rows that could not be read: 1; they lie, with the reasons, under" in said.stderr
    )
    told = next(line for line in said.stderr.splitlines() if "counter: noticed" in line)
    assert "kind_unexpected:address 姓名 (" in told
    assert "kind_unexpected:person_name 家庭住址 (" in told
    assert "docs/channels.md" in told


def test_an_empty_file(house):
    (house.source / "counter" / f"{DAY}.csv").write_bytes(b"")
    stopped_alone(house, "counter", 1, "empty")


def test_a_truncated_workbook(house):
    path = house.source / "call_centre" / f"{DAY}.xlsx"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    stopped_alone(house, "call_centre", 1, f"call_centre/{DAY}.xlsx")


def test_an_unknown_column(house):
    path = house.source / "counter" / f"{DAY}.csv"
    lines = path.read_bytes().decode("gb18030").splitlines()
    path.write_bytes(
        "\n".join([lines[0] + ",鞋码", *(f"{line},44" for line in lines[1:])]).encode("gb18030")
    )
    columns = len(lines[0].split(",")) + 1
    said = stopped_alone(house, "counter", 1, f"unknown column {columns} of {columns}")
    assert "鞋码" not in said


def test_faulty_yaml(house):
    path = house.pack / "channels" / "counter.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("lands_at:", "land_at:"), encoding="utf-8"
    )
    stopped_alone(house, "counter", 2, "counter.yaml, line", "'land_at': did you mean 'lands_at'?")


def test_an_expired_agreement(house):
    path = house.pack / "channels" / "third_party.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    said["agreement"]["expires_on"] = date(2026, 8, 31)
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    stopped_alone(house, "third_party", 1, "2026-08-31")


def test_the_same_content_delivered_under_another_day(house):
    shutil.copy(
        house.source / "counter" / f"{DAY}.csv", house.source / "counter" / "2026-09-03.csv"
    )
    assert house.run("--day", DAY, "--channel", "counter").returncode == 0
    said = house.run("--json", "--day", "2026-09-03", "--channel", "counter")
    assert outcomes(said)["counter"]["exit_code"] == 1
    assert DAY in outcomes(said)["counter"]["message"]


def test_a_late_correction_replaces_its_day_and_loses_nothing(house):
    assert house.run("--day", DAY, "--channel", "corporate").returncode == 0
    before = house.tables()["vault.core.enterprise"]
    path = house.source / "corporate" / f"{DAY}.csv"
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.rindex(b"\n", 0, len(raw) - 1) + 1])  # without its last row
    said = house.run("--day", DAY, "--channel", "corporate")
    assert said.returncode == 0
    assert f"rows replaced {len(before)}: see that the newer delivery is whole" in said.stderr
    assert len(house.tables()["vault.core.enterprise"]) == len(before) - 1
    batches = house.tables()["warehouse.quality.batch"]
    assert any(f"rows replaced {len(before)}" in str(batch) for batch in batches)
    landed = house.folder / "lake" / "landed" / "channel=corporate" / f"day={DAY}"
    assert len(list(landed.glob("rows-*.parquet"))) == 2


def test_a_locked_warehouse_is_an_outage(house):
    assert house.run("--day", DAY, "--channel", "corporate").returncode == 0
    with duckdb.connect(str(house.folder / "warehouse.duckdb")):
        said = house.run("--day", DAY, "--channel", "corporate")
    assert said.returncode == 3
    assert "locked" in said.stderr


def test_a_missing_key_stops_before_anything_is_published(house, monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "")
    path = house.pack / "pack.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("MINGCE_TOKEN_KEY", "NOT_SET_ANYWHERE"),
        encoding="utf-8",
    )
    said = house.run("--day", DAY, "--channel", "corporate")
    assert said.returncode == 2
    assert "NOT_SET_ANYWHERE" in said.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--day", "1 September"], "write it as 2026-09-01"), (["--channel", "nobody"], "there is no channel 'nobody'"),
     (["--engine", "abacus"], "there is no engine 'abacus'")],
)  # fmt: skip
def test_wrong_use_says_what_is_right(house, arguments, says):
    said = house.run(*arguments)
    assert said.returncode == 2
    assert says in said.stderr
    assert "Traceback" not in said.stderr


def test_a_full_disk_is_an_outage_and_what_was_there_stays(house):
    assert house.run("--day", DAY, "--channel", "corporate").returncode == 0
    before = clear(house)
    path = house.source / "corporate" / f"{DAY}.csv"
    path.write_bytes(path.read_bytes() * 40)

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    said = subprocess.run(  # noqa: S603 - our own command
        house.command("--day", DAY, "--channel", "corporate"),
        env=environment(), capture_output=True, text=True, check=False, preexec_fn=small_files_only,
    )  # fmt: skip
    assert said.returncode == 3, said.stderr
    assert "disk" in said.stderr
    assert clear(house) == before


def clear(house):
    """What is known of customers."""
    return {name: rows for name, rows in house.tables().items() if name.startswith("vault.core.")}
