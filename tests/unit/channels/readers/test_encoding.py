"""Encodings are found from bytes: the ones Chinese organisations write in, with and without marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.channels.readers import open_source
from pipelines.channels.readers.encoding import guess
from pipelines.core.errors import ConfigError, SourceError

SIMPLIFIED = "客户号,姓名,住址\nK1,欧阳试,北京市海淀区中关村大街一号\nK2,试·阿布都,上海市浦东新区世纪大道二号\n"
TRADITIONAL = (
    "編號,姓名,住址\nK1,歐陽試,臺北市中正區重慶南路一段一號\nK2,陳試,高雄市苓雅區四維三路二號\n"
)
WESTERN = "id,name,city\nK1,José Müller,Genève\nK2,Zoë Façade,Málaga\n"

WRITTEN = [  # text, encoded as, found
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8-sig", "utf-8"),
    (SIMPLIFIED, "utf-16", "utf-16-le"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    (SIMPLIFIED, "utf-32", "utf-32-le"),
    (SIMPLIFIED, "gbk", "gb18030"),
    (SIMPLIFIED.replace("欧阳试", "欧阳𬎆㐁"), "gb18030", "gb18030"),
    (TRADITIONAL, "big5", "big5"),
    (TRADITIONAL, "gb18030", "gb18030"),
    (TRADITIONAL, "utf-16-le", "utf-16-le"),
    (WESTERN, "latin-1", "latin-1"),
    (WESTERN.replace("Genève", "Genève – “old”"), "cp1252", "cp1252"),
    (WESTERN, "utf-16-be", "utf-16-be"),
    ("a,b\n1,2\n", "ascii", "utf-8"),
]


@pytest.mark.parametrize(("text", "written", "found"), WRITTEN)
def test_the_encoding_is_found_and_the_text_comes_back(tmp_path, text, written, found):
    path = tmp_path / "made_up.csv"
    path.write_bytes(text.encode(written))
    reading = open_source(str(path))
    assert reading.facts["encoding"] == found
    read = [list(row.values())[1:] for row in reading.rows.to_pylist()]
    assert [reading.facts["header"], *read] == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
@pytest.mark.parametrize("every", [1, 2, 100, 3_000])
def test_a_file_of_two_encodings_is_read_line_by_line(tmp_path, first, every):
    head, *_ = SIMPLIFIED.splitlines(keepends=True)
    lines = [f"K{i},欧阳试,北京市海淀区中关村大街{i}号\n" for i in range(6_000)]
    other = {"utf-8": "gb18030", "gb18030": "utf-8"}[first]
    written = [t.encode(other if (i // every) % 2 else first) for i, t in enumerate(lines)]
    path = tmp_path / "made_up.csv"
    path.write_bytes(head.encode(first) + b"".join(written))
    reading = open_source(str(path))
    assert reading.facts["encoding"] == "utf-8+gb18030"
    assert [list(r.values())[1:] for r in reading.rows.to_pylist()] == [
        line.strip().split(",") for line in lines
    ]


def test_a_mainframes_text_is_refused_until_somebody_says_which_it_is(tmp_path):
    path = tmp_path / "made_up.txt"
    path.write_bytes("ID,NAME,MOBILE\n1,OUYANG SHI,13900000001\n".encode("cp037"))
    with pytest.raises(SourceError, match="is in EBCDIC"):
        open_source(str(path))
    assert open_source(str(path), encoding="cp037").kept == 1


def test_damaged_lines_are_no_second_encoding(tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_bytes(SIMPLIFIED.encode() * 50 + "K3,试".encode()[:-1] + b",\xff\n")
    reading = open_source(str(path))
    assert (reading.facts["encoding"], reading.refused.num_rows) == ("utf-8", 1)


def test_chinese_that_begins_far_down_is_still_found(tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_bytes(b"id,note\n" + b"1,x\n" * 100_000 + "2,您好请回电谢谢\n".encode("gb18030"))
    reading = open_source(str(path))
    assert reading.facts["encoding"] == "gb18030"
    assert reading.rows.column("note").to_pylist()[-1] == "您好请回电谢谢"


def test_a_declared_encoding_is_believed_unless_a_mark_says_otherwise(tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_bytes("a,b\n1,é\n".encode("latin-1"))
    assert open_source(str(path), encoding="iso8859-2").facts["encoding"] == "iso8859-2"
    path.write_bytes("a,b\n1,é\n".encode("utf-8-sig"))
    assert open_source(str(path), encoding="gbk").rows.column("b").to_pylist() == ["é"]


def test_an_encoding_nobody_knows_is_the_callers_mistake(tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ConfigError, match="no encoding 'utf-9'"):
        open_source(str(path), encoding="utf-9")


def test_a_file_of_which_nothing_decodes_is_refused_whole(tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_bytes(b"\xff\xfe\xfd,\xff\xff\n".replace(b"\xff\xfe", b"\xfd\xfe") * 20)
    with pytest.raises(SourceError, match="no row decodes"):
        open_source(str(path), encoding="utf-8")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(sample):
    sample.decode(guess(sample), "replace")


def test_rare_names_in_gbk_are_not_read_as_western_text(tmp_path):
    rare = ["氿", "堃", "昉", "翀", "嬿", "珺", "玥", "婠", "旻", "琎"]
    text = "客户号,姓名\n" + "".join(f"{i},鄢{c}\n" for i, c in enumerate(rare))
    path = tmp_path / "made_up.csv"
    path.write_bytes(text.encode("gb18030"))
    assert open_source(str(path)).facts["header"] == ["客户号", "姓名"]
