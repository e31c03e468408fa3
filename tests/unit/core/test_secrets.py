"""Keys by reference."""

import pytest

from pipelines.core.errors import ConfigError
from pipelines.core.secrets import secret


def test_a_secret_comes_from_where_the_reference_says(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("k1\n", encoding="utf-8")
    monkeypatch.setenv("TOKEN", "k2")
    assert secret(f"file:{tmp_path / 'key'}").get_secret_value() == "k1"
    assert secret("env:TOKEN").get_secret_value() == "k2"


def test_a_secret_does_not_show_itself(monkeypatch):
    monkeypatch.setenv("TOKEN", "canary-key")
    assert "canary-key" not in f"{secret('env:TOKEN')!r} {secret('env:TOKEN')}"


@pytest.mark.parametrize(
    ("reference", "says"), [("hunter2", "by reference"), ("env:NOT_SET_ANYWHERE", "is not there")]
)
def test_a_missing_or_literal_secret_is_refused_without_quoting_it(reference, says):
    with pytest.raises(ConfigError, match=says) as stop:
        secret(reference)
    assert "hunter2" not in str(stop.value)
