"""Delimited text: what people's spreadsheets and banks' interfaces write, and how it is read."""

import pytest

from pipelines.channels.readers import open_source

HEADER = "客户号,姓名,手机"


def read(folder, text, name="made_up.csv", encoding="utf-8", **said):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return open_source(str(path), **said)


def cells(reading):
    return [tuple(row.values())[1:] for row in reading.rows.to_pylist()]


def lines(reading):
    return reading.rows.column("line").to_pylist()


def refused(reading):
    return [(row["line"], row["reason"], row["raw"]) for row in reading.refused.to_pylist()]


DIVIDED = [  # what divides the cells, as a source writes it
    *(",", "\t", ";", "|", "^", "~", "\x01", "\x1f", "§"),
    *("|@|", "||", "^|^", "~|~", "$$", "|#|"),
]


@pytest.mark.parametrize("separator", DIVIDED)
def test_the_separator_is_found(tmp_path, separator):
    rows = [["客户号", "姓名", "生日"], *([f"K{i}", "欧阳试", "1990-01-03"] for i in range(1, 4))]
    reading = read(tmp_path, "\n".join(separator.join(row) for row in rows))
    assert reading.facts["delimiter"] == separator
    assert reading.facts["header"] == ["客户号", "姓名", "生日"]
    assert cells(reading) == [(f"K{i}", "欧阳试", "1990-01-03") for i in range(1, 4)]


def test_a_comma_in_text_does_not_divide_a_file_of_semicolons(tmp_path):
    reading = read(tmp_path, "id;note;amount\n1;one, two;1,50\n2;three, four;2,75\n")
    assert cells(reading) == [("1", "one, two", "1,50"), ("2", "three, four", "2,75")]


def test_sentences_with_commas_are_one_column(tmp_path):
    reading = read(
        tmp_path, "备注\n您好，请问\nWell, yes, of course\nno\nmaybe, later\n", name="made_up.txt"
    )
    assert reading.facts["header"] == ["备注"]
    assert reading.kept == 4


def test_an_empty_cell_is_null_and_a_quoted_one_is_empty_text(tmp_path):
    assert cells(read(tmp_path, 'a,b,c\n1,,""\n')) == [("1", None, "")]


def test_cells_are_kept_exactly_as_written(tmp_path):
    reading = read(tmp_path, 'a,b\n 007 ,"1e5"\nNULL,１２３\n')
    assert cells(reading) == [(" 007 ", "1e5"), ("NULL", "１２３")]


def test_a_quoted_cell_keeps_its_line_ends_and_the_line_number_is_where_the_row_begins(tmp_path):
    reading = read(tmp_path, 'a,b\n"one\ntwo\r\nthree",1\n\nx,2\n')
    assert cells(reading) == [("one\ntwo\r\nthree", "1"), ("x", "2")]
    assert lines(reading) == [2, 6]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_row(tmp_path, end):
    reading = read(tmp_path, end.join(["a,b", "1,2", "3,4"]))
    assert (cells(reading), lines(reading)) == ([("1", "2"), ("3", "4")], [2, 3])


def test_a_quote_within_a_cell_that_began_without_one_is_text(tmp_path):
    assert cells(read(tmp_path, 'a,b\n5" pipe,1\n6" pipe,2\n')) == [
        ('5" pipe', "1"),
        ('6" pipe', "2"),
    ]


def test_quotes_escaped_by_backslash_are_understood(tmp_path):
    reading = read(tmp_path, 'a,b\n"say \\"hi\\", you",1\n"\\\\",2\n')
    assert cells(reading) == [('say "hi", you', "1"), ("\\", "2")]


def test_single_quotes_quote_where_they_stand_around_cells(tmp_path):
    reading = read(tmp_path, "a,b\n'one, two',1\n'three, four',2\n'five',3\n")
    assert cells(reading) == [("one, two", "1"), ("three, four", "2"), ("five", "3")]


def test_a_space_before_a_quote_is_forgiven(tmp_path):
    assert cells(read(tmp_path, 'a, b\n1, "x, y"\n2, "z, w"\n')) == [("1", "x, y"), ("2", "z, w")]


RAGGED = "a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n"


def test_rows_of_another_width_are_refused_with_line_reason_and_text(tmp_path):
    reading = read(tmp_path, RAGGED)
    assert cells(reading) == [("1", "2", "3"), ("10", "11", "12")]
    assert lines(reading) == [2, 5]
    assert refused(reading) == [
        (3, "too few cells: 2 of 3", "4,5"),
        (4, "too many cells: 4 of 3", "6,7,8,9"),
    ]


def test_a_quote_that_is_never_closed_costs_one_line(tmp_path):
    reading = read(tmp_path, 'a,b\n1,x\n2,"y\n3,z\n4,w\n')
    assert cells(reading) == [("1", "x"), ("3", "z"), ("4", "w")]
    assert refused(reading) == [(3, "unbalanced quote", '2,"y')]


def test_a_quote_that_meets_the_next_ones_costs_one_line(tmp_path):
    reading = read(tmp_path, 'a,b\n1,"x"\n2,"y\n3,"z"\n4,"w"\n')
    assert cells(reading) == [("1", "x"), ("3", "z"), ("4", "w")]
    assert refused(reading) == [(3, "unbalanced quote", '2,"y')]


def test_text_after_a_closing_quote_is_refused_rather_than_guessed(tmp_path):
    reading = read(tmp_path, 'a,b\n1,"x"\n2,"y"z\n3,"w"\n')
    assert cells(reading) == [("1", "x"), ("3", "w")]
    assert refused(reading) == [(3, "text after a closing quote", '2,"y"z')]


def test_a_nul_byte_refuses_its_row(tmp_path):
    reading = read(tmp_path, b"a,b\n1,x\n2,\0y\n3,z\n")
    assert cells(reading) == [("1", "x"), ("3", "z")]
    assert [(line, why) for line, why, _ in refused(reading)] == [(3, "NUL byte")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_that_cannot_be_decoded_refuse_their_row_and_are_shown_as_escapes(tmp_path, encoding):
    rows = [f"{i},张试,北京市海淀区".encode(encoding) for i in range(50)]
    rows[20] = b"20,\xff\xff,x"
    reading = read(tmp_path, b"\n".join(["编号,姓名,住址".encode(encoding), *rows]))
    assert reading.facts["encoding"] == encoding
    assert refused(reading) == [(22, "bytes that cannot be decoded", "20,\\xff\\xff,x")]
    assert reading.kept == 49


def test_blank_lines_are_no_rows(tmp_path):
    reading = read(tmp_path, "\n\na,b\n\n1,2\n\n\n3,4\n\n")
    assert (cells(reading), lines(reading)) == ([("1", "2"), ("3", "4")], [5, 8])


HEADS = [  # what stands above the rows, the header found, its line
    ("{h}\n", HEADER.split(","), 1),
    ("某某银行客户清单\n{h}\n", HEADER.split(","), 2),
    ("某某银行客户清单,,\n制表日期：2026-09-01,,\n\n{h}\n", HEADER.split(","), 4),
    ("客户清单\n\n制表人：某某,2026年9月\n{h}\n", HEADER.split(","), 4),
    ("", ["column_1", "column_2", "column_3"], 0),
    ("客户号,手机,手机\n", ["客户号", "手机", "手机_2"], 1),
    ("客户号,,手机\n", ["客户号", "column_2", "手机"], 1),
    ("客户号,姓名\n", ["客户号", "姓名", "column_3"], 1),
    ('客户号," 客户\n姓名 ",手机\n', ["客户号", "客户 姓名", "手机"], 1),
    ("line,Name,name\n", ["line_2", "Name", "name_2"], 1),
]


@pytest.mark.parametrize(("above", "header", "line"), HEADS)
def test_the_header_is_found(tmp_path, above, header, line):
    body = "".join(f"K{i},欧阳试,1390000000{i}\n" for i in range(5))
    reading = read(tmp_path, above.format(h=HEADER) + body)
    assert (reading.facts["header"], reading.facts["header_line"]) == (header, line)
    assert (reading.kept, reading.refused.num_rows) == (5, 0)
    assert reading.rows.column_names == ["line", *header]


def test_names_that_had_to_be_changed_are_told(tmp_path):
    facts = read(tmp_path, "a,a,\n1,2,3\n").facts
    assert (facts["duplicate_headers"], facts["missing_headers"]) == (["a_2"], ["column_3"])


def test_without_a_header_no_row_is_taken_for_a_title(tmp_path):
    reading = read(tmp_path, "1,2\n1,2,3\n4,5,6\n7,8,9\n")
    assert reading.facts["header_line"] == 0
    assert (reading.kept, reading.refused.num_rows) == (3, 1)


def test_a_header_with_too_many_names_refuses_the_rows_rather_than_shifting_them(tmp_path):
    reading = read(tmp_path, "a,b,c,d\n1,2,3\n4,5,6\n")
    assert (reading.kept, reading.refused.num_rows) == (0, 2)


def test_years_make_a_header_of_numbers(tmp_path):
    reading = read(tmp_path, "地区,2023,2024,2025\n甲,1,2,3\n乙,4,5,6\n")
    assert reading.facts["header"] == ["地区", "2023", "2024", "2025"]


def test_a_header_of_few_words_among_texts_is_still_a_header(tmp_path):
    reading = read(tmp_path, "No,姓名,备注\n甲,欧阳试,\n乙,陈试,已联系\n")
    assert reading.facts["header"] == ["No", "姓名", "备注"]


def test_a_header_alone_is_a_file_of_no_rows(tmp_path):
    reading = read(tmp_path, HEADER + "\n")
    assert (reading.kept, reading.refused.num_rows, reading.facts["header"]) == (
        0,
        0,
        HEADER.split(","),
    )


def test_odd_rows_far_below_the_sample_are_found(tmp_path):
    rows = [f"{i},欧阳试,备注{i}" for i in range(60_000)]
    rows[50_000] = "50000,短"
    rows[55_000] = '55000,"欧阳试,长'
    reading = read(tmp_path, "\n".join(["编号,姓名,备注", *rows]), encoding="gb18030")
    assert (reading.kept, reading.refused.num_rows) == (59_998, 2)
    assert [line for line, _, _ in refused(reading)] == [50_002, 55_002]
    assert lines(reading)[-1] == 60_001


def test_rows_beyond_what_memory_may_hold_wait_in_a_file_and_come_back_the_same(
    tmp_path, monkeypatch
):
    text = "a,b\n" + "".join(f"{i},{i * 7}\n" for i in range(5_000))
    held = read(tmp_path, text)
    monkeypatch.setattr("pipelines.channels.readers.reading.HELD_BYTES", 1_000)
    streamed = read(tmp_path, text)
    assert streamed.rows.read_all().equals(held.rows)
    assert streamed.kept == 5_000
