"""`mingce labels`: the standards line by line, and what another version changes."""

import json
from pathlib import Path

from typer.testing import CliRunner

from masking.rulepacks.pack import FOLDER
from pipelines.cli import app


def said(*arguments: str) -> list[dict[str, str]]:
    result = CliRunner().invoke(app, ["labels", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    found: list[dict[str, str]] = json.loads(result.output)
    return found


def test_every_pack_is_listed_with_its_version() -> None:
    assert {"pack", "version", "standard"} < set(said()[0])
    assert "jrt_0171_2020" in {row["pack"] for row in said()}


def test_every_line_says_where_it_stands_and_whether_it_is_read_into_it() -> None:
    rows = said("general_sensitive")
    assert {row["basis"] for row in rows} == {"text", "reading"}
    assert all(row["source"] for row in rows)
    assert rows[-1]["kinds"] == "general + sensitive"


def test_a_labels_name_is_in_the_readers_language() -> None:
    assert said("six_categories")[0]["name"] == "identity"
    assert said("six_categories", "--lang", "zh")[0]["name"] == "身份信息"


def test_an_upgrade_is_told_column_by_column(tmp_path: Path) -> None:
    older = tmp_path / "older.yaml"
    text = (FOLDER / "jrt_0171_2020.yaml").read_text(encoding="utf-8")
    older.write_text(
        text.replace("label: C2, kinds: [mobile]", "label: C1, kinds: [mobile]"), "utf-8"
    )
    changes = said("jrt_0171_2020", "--before", str(older))
    assert {"table": "individual", "column": "mobile", "kind": "mobile", "before": "C1", "after": "C2",
            "source": "4.2 b) 手机号码"} in changes  # fmt: skip
    assert {c["kind"] for c in changes} == {"mobile"}
    same = CliRunner().invoke(app, ["labels", "jrt_0171_2020", "--before", "jrt_0171_2020"])
    assert "no column changes" in same.output


def test_a_comparison_needs_two() -> None:
    assert CliRunner().invoke(app, ["labels", "--before", "jrt_0171_2020"]).exit_code == 2
