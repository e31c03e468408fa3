"""`mingce init`: a pack that runs, whatever its files are called."""

from typer.testing import CliRunner

from pipelines.channels.pack import Pack
from pipelines.cli import app
from pipelines.core.batch import CUSTOMERS

TEXT = "客户号,姓名,手机\nK1,欧阳试,13900000001\nK2,欧阳另,13900000002\n"


def test_a_file_called_customers_gives_a_channel_of_another_name_and_says_so(tmp_path):
    for name in ("customers.csv", "counter.csv"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    files = ["--from", str(tmp_path / "customers.csv"), "--from", str(tmp_path / "counter.csv")]
    said = CliRunner().invoke(app, ["--lang", "en", "init", str(tmp_path / "pack"), *files])
    assert said.exit_code == 0, said.output
    pack = Pack(tmp_path / "pack")
    assert CUSTOMERS not in pack.declared
    assert pack.channel("customers_list").lands_at == "customers.csv"
    assert "customers.csv: its channel is called customers_list" in said.output
    assert "counter.csv: its channel" not in said.output
