"""The JSON Schemas that editors use are those of the models."""

from pathlib import Path

from typer.testing import CliRunner

from pipelines.cli import app

PUBLISHED = Path(__file__).resolve().parents[3] / "docs" / "schema"


def test_the_published_schemas_are_what_mingce_writes(tmp_path):
    assert CliRunner().invoke(app, ["schema", "-o", str(tmp_path)]).exit_code == 0
    written = {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()}
    assert written == {p.name: p.read_text(encoding="utf-8") for p in PUBLISHED.iterdir()}
    assert "channel.schema.json" in written
