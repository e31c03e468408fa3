"""What a program wrote in another way is found as if it were written plainly, and hidden whole."""

import base64
import quopri
from urllib.parse import quote

import pytest

from masking.kinds import Kind
from masking.somebody import everywhere, spans
from masking.text import detect_one

NAME, MOBILE, TEXT = "欧阳试试", "13900000001", "客户欧阳试试，手机13900000001"


def based(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


ENCODED = [
    quote(NAME), quote(quote(NAME)), "%2B8613900000001", quote(NAME.encode("gbk")), "?name=" + quote(NAME) + "&page=2",
    NAME.encode().hex(), MOBILE.encode().hex(), "0x" + TEXT.encode().hex().upper(),
    "".join(f"\\x{b:02x}" for b in NAME.encode()), " ".join(f"{b:02x}" for b in MOBILE.encode()),
    based(NAME), based(TEXT), based(TEXT).rstrip("="), based(based(TEXT)), quote(based(TEXT)),
    base64.b32encode(TEXT.encode()).decode(),
    "".join(f"&#{ord(c)};" for c in NAME), "".join(f"&amp;#x{ord(c):X};" for c in NAME), "139&#48;&#48;000001",
    "".join(f"\\u{ord(c):04x}" for c in NAME), "".join(f"%u{ord(c):04X}" for c in NAME),
    quopri.encodestring(NAME.encode()).decode(), f"=?UTF-8?B?{based(NAME)}?=",
    "①③⑨⓪⓪⓪⓪⓪⓪⓪①", "¹³⁹⁰⁰⁰⁰⁰⁰⁰¹", "١٣٩٠٠٠٠٠٠٠١", "𝟙𝟛𝟡𝟘𝟘𝟘𝟘𝟘𝟘𝟘𝟙", "".join(c + "\ufe0f\u20e3" for c in MOBILE),
    "139|0000|0001", "139•0000•0001", "139\n0000 0001",
]  # fmt: skip
HARMLESS = [
    "transaction1234", "0badc0de", "订单2024110512345678", "满意度100%25", "A&amp;B", "①②③",
    "9e107d9d372bb6826bd81d3542a419d6",
    "1,234,567,890", "%E5%A5%BD", "5aW9", "C:\\users\\data", "a4:5e:60",
]  # fmt: skip


@pytest.mark.parametrize("cell", ENCODED)
def test_a_cell_that_says_somebody_in_another_way_is_hidden_whole(cell):
    found = spans(cell)
    hidden = "".join(c for i, c in enumerate(cell) if not any(s.start <= i < s.end for s in found))
    assert found
    assert hidden in ("", "?name=&page=2", "\n")


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_encoded_and_says_nobody_stays(cell):
    assert not spans(cell)


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ("电话13900000001.0", "13900000001.0", Kind.MOBILE),
        ("回拨1.3900000001E+10", "1.3900000001E+10", Kind.MOBILE),
        ("'13900000001", "13900000001", Kind.MOBILE),
        ('="13900000001"', "13900000001", Kind.MOBILE),
        ("139,0000,0001", "139,0000,0001", Kind.MOBILE),
        ("卡号 6.2E+18", "6.2E+18", Kind.BANK_CARD),
        ("手机%2B8613900000001，谢谢", "%2B8613900000001", Kind.MOBILE),
    ],
)
def test_numbers_as_spreadsheets_and_programs_write_them_are_found_in_texts(text, piece, kind):
    (found,) = detect_one(text)
    assert (text[found.start : found.end], found.kind) == (piece, kind)


def test_an_amount_with_commas_stays_an_amount():
    assert [s.kind for s in detect_one("余额13,800,001,234元")] == [Kind.BALANCE]


def test_in_a_sentence_the_encoded_piece_alone_is_hidden():
    text = f"来源 https://shop.example/q?name={quote(NAME)}&page=2 已登记"
    (found,) = everywhere(text)
    assert text[found.start : found.end] == quote(NAME)
