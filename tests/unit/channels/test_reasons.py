"""What a pack's tiers show of columns that count as sensitive beside others, somebody gives a reason for."""

import pytest

from expectations.kpi.assets import lowering
from masking.rulepacks import lifted
from masking.tiers import STEWARD
from pipelines.channels.pack import Pack
from pipelines.core.errors import ConfigError
from tests.factories import COUNTER, pack_folder
from warehouse.model import kind
from warehouse.tables import CORE


def pack(folder, said):
    made = pack_folder(folder / "pack", COUNTER)
    (made / "tiers.yaml").write_text(said, encoding="utf-8")
    return Pack(made)


def test_a_pack_that_shows_such_a_column_without_a_word_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="analyst shows full_name under columns:") as stopped:
        _ = pack(tmp_path, "analyst: {columns: {full_name: clear}}\n").tiers
    assert "理由" in stopped.value.zh


def test_a_pack_that_says_why_may(tmp_path):
    said = "analyst: {columns: {ethnicity: clear}, because: {ethnicity: 民族语言服务}}\n"
    assert pack(tmp_path, said).tiers["analyst"].columns["ethnicity"].name == "clear"


def test_no_lifted_column_is_shown_without_a_reason_and_coverage_says_the_same(tmp_path):
    who = pack(tmp_path, "{}\n").tiers
    for table in CORE.values():
        more = {k for of in lifted(map(kind, table.columns)).values() for k in of}
        for column in (c for c in table.columns if kind(c) in more):
            shown = [
                n
                for n, t in who.items()
                if n != STEWARD and t.rule_for(kind(column), column.name).shows
            ]
            assert all(who[n].because.get(kind(column)) for n in shown), (table.name, column.name)
            assert lowering(who, column) == [], (table.name, column.name)
