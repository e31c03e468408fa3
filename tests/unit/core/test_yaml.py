"""YAML files as models: what a developer reads when a file is wrong."""

import time

import pytest

from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack, PackFile
from pipelines.core.errors import LANGUAGE, ConfigError
from pipelines.core.yaml import load
from tests.factories import COUNTER, pack_folder


def test_an_unknown_key_is_named_with_file_line_and_the_nearest_known_key(tmp_path):
    path = tmp_path / "counter.yaml"
    path.write_text(
        "name: counter\ntitle: x\nowner: x\npurpose: [s]\nland_at: a\n", encoding="utf-8"
    )
    with pytest.raises(
        ConfigError,
        match=r"counter\.yaml, line 5: unknown key 'land_at': did you mean 'lands_at'\?",
    ):
        load(path, Channel)


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    path = tmp_path / "counter.yaml"
    path.write_text("name: counter\nownr: x\nkey: a\n", encoding="utf-8")
    with pytest.raises(ConfigError) as stop:
        load(path, Channel)
    assert "ownr" in str(stop.value)
    assert "lands_at" in str(stop.value)


def test_a_file_that_is_not_yaml_is_told_with_its_line(tmp_path):
    path = tmp_path / "counter.yaml"
    path.write_text("name: counter\nkey: [a\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"counter\.yaml, line \d: not valid YAML"):
        load(path, Channel)


def test_messages_are_chinese_when_the_reader_wants_chinese(tmp_path):
    LANGUAGE.set("zh")
    with pytest.raises(ConfigError, match="文件不存在"):
        load(tmp_path / "none.yaml", Channel)


def test_a_column_the_record_does_not_have_is_named(tmp_path):
    wrong = COUNTER | {"columns": {"鞋码": {"is": "shoe_size"}}}
    with pytest.raises(ConfigError, match="individual has no column shoe_size"):
        Pack(pack_folder(tmp_path / "pack", wrong)).channel("counter")


def test_two_source_columns_cannot_fill_one_column(tmp_path):
    wrong = COUNTER | {"columns": {"a": {"is": "mobile"}, "b": {"is": "mobile"}}}
    with pytest.raises(ConfigError, match="filled more than once: mobile"):
        Pack(pack_folder(tmp_path / "pack", wrong)).channel("counter")


def test_a_faulty_channel_leaves_the_others_readable(tmp_path):
    folder = pack_folder(tmp_path / "pack", COUNTER, COUNTER | {"name": "mobile"})
    (folder / "channels" / "counter.yaml").write_text("name: [", encoding="utf-8")
    pack = Pack(folder)
    assert pack.names == ("counter", "mobile")
    assert pack.channel("mobile").title == "网点柜面"
    with pytest.raises(ConfigError):
        pack.channel("counter")


def test_a_channel_is_named_like_its_file(tmp_path):
    folder = pack_folder(tmp_path / "pack")
    (folder / "channels" / "counter.yaml").rename(folder / "channels" / "desk.yaml")
    with pytest.raises(ConfigError, match="name it like its file"):
        Pack(folder).channel("desk")


@pytest.mark.parametrize("folder", ["nowhere", "pack"])
def test_a_pack_without_channels_is_refused(tmp_path, folder):
    (tmp_path / "pack").mkdir()
    with pytest.raises(ConfigError, match="no channel is declared; write one"):
        _ = Pack(tmp_path / folder).names


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"name: counter\ntitle: \xff\xfe\n", r"line 2: not UTF-8: save the file as UTF-8"),
        (b"name: counter\ntitle: 'a\x01b'\n", r"line 2: not valid YAML: unacceptable character"),
        (
            b"name: counter\nagreement:\n  expires_on: 2026-13-45\n",
            r"not valid YAML: month must be in 1\.\.12",
        ),
        (b"- counter\n", r"line 1: Input should be"),
    ],
)
def test_whatever_is_wrong_with_a_file_is_told_with_its_line(tmp_path, written, says):
    path = tmp_path / "counter.yaml"
    path.write_bytes(written)
    with pytest.raises(ConfigError, match=rf"counter\.yaml, .*{says}"):
        load(path, Channel)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "pack.yaml"
    path.write_text("\ufefforganisation: x\ntoken_key: env:K\n", encoding="utf-8")
    assert load(path, PackFile).organisation == "x"


BOMBS = [  # what the file says, what is said of it
    ("name: a\ntitle: b\nname: c\n", r"line 3: not valid YAML: the key 'name' stands twice, on line 1"),
    ("columns:\n  姓名: {is: full_name}\n  姓名: {is: mobile}\n", "line 3: .*'姓名' stands twice, on line 2"),
    ("a: &k x\n*k : 1\n*k : 2\n", "stands twice"),
    ("b: &b {x: 1}\na:\n  <<: *b\n  <<: *b\n", "line 4: .*'<<' stands twice"),
    ("a: &a [*a]\n", "line 1: .*an alias stands within what it names"),
    ("a: &a {b: {c: *a}}\n", "an alias stands within what it names"),
    (
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)),
        "its aliases write out to more than 250,000 entries",
    ),
    (
        "a0: &a0 {k: 1}\n"
        + "".join(f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)),
        "its aliases write out to more than 250,000 entries",
    ),
    ("[" * 20_000, "nested too deep"),
    ("a: " + "{a: " * 5_000 + "1" + "}" * 5_000, "nested too deep"),
    ("- " * 5_000 + "x", "nested too deep"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), BOMBS)
def test_a_file_made_to_do_harm_is_refused_with_its_line(tmp_path, written, said):
    path = tmp_path / "counter.yaml"
    path.write_text(written, encoding="utf-8")
    began = time.monotonic()
    with pytest.raises(ConfigError, match=said):
        load(path, Channel)
    assert time.monotonic() - began < 10


def test_a_file_of_a_size_that_no_pack_has_is_not_read(tmp_path):
    path = tmp_path / "counter.yaml"
    path.write_bytes(b"#" * (17 << 20))
    with pytest.raises(ConfigError, match="is larger than 16 MB, which no pack's file is"):
        load(path, Channel)


def test_what_is_merged_may_be_said_otherwise(tmp_path):
    path = tmp_path / "pack.yaml"
    path.write_text(
        "<<: {organisation: 甲, engine: spark}\norganisation: 乙\ntoken_key: env:K\n",
        encoding="utf-8",
    )
    assert (load(path, PackFile).organisation, load(path, PackFile).engine) == ("乙", "spark")
