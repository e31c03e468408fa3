"""Which encoding a text file is in, decided by its bytes, and its text from those bytes."""

import codecs
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from pipelines.channels.readers.mixed import MIXED, is_utf8, is_valid
from pipelines.core.errors import ConfigError, SourceError

BLOCK = 8 << 20
FURTHER = 8
EVIDENCE = 64 << 10
"""So many bytes around the first one that is not ASCII decide; a name column shows itself soon."""

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ASCII_MARKS = (b"\n", b",", b"\t", b";", b"|")
ACCEPTED = 0.9
"""Share of a file's non-ASCII text that must decode before an encoding is believed: the rest is damage."""

FAMILIAR = 0.5
"""Share of a file's non-ASCII text that must be everyday characters of a script: mistaken ones are below."""

WESTERN = frozenset(
    (
        "€‚„…‰‹‘’“”•–—™›ŠŽšžŒœŸ ¡£§©ª«®°±²³´µ·º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝß"
        "àáâãäåæçèéêëìíîïñòóôõöøùúûüý"
    ).encode("cp1252")
    + b"\xa0"
)

_TEXT = " 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ASCII_TEXT, _EBCDIC_TEXT = (
    _TEXT.encode("ascii") + b",\t;|\n\r",
    _TEXT.encode("cp037") + b"\x15\x25\x0d",
)
_BEYOND = re.compile(rb"[\x80-\xff]+")
LOST = 0xDC00
"""A byte that cannot be decoded becomes the lone surrogate LOST + byte, so that its row can be found."""


def _keep_byte(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - we register it for decoding only
    lost = error.object[error.start : error.end]
    return "".join(chr(LOST + byte) for byte in lost), error.end


codecs.register_error("mingce-keep", _keep_byte)


def bom(start: bytes) -> tuple[str, int]:
    """The encoding a byte order mark names, and the mark's length; nothing if there is none."""
    return next(((name, len(mark)) for mark, name in BOMS if start.startswith(mark)), ("", 0))


def found_encoding(path: Path, declared: str, shown: str) -> str:
    """The file's encoding: its mark's, else the declared one, else what its bytes say."""
    with path.open("rb") as stream:
        sample = stream.read(EVIDENCE)
        marked, _ = bom(sample)
        if marked or declared:
            return marked or _known(declared, shown)
        while sample.isascii() and b"\0" not in sample and (more := stream.read(EVIDENCE)):
            sample = more + stream.read(EVIDENCE) if not more.isascii() else more
        if is_ebcdic(sample):
            raise SourceError(
                f"{shown}: is in EBCDIC, a mainframe's; say which (encoding: or --encoding, as cp037 or cp1388), "
                "or ask for it in UTF-8",
                f"{shown}：为大型机的 EBCDIC 编码，请注明具体编码（encoding: 或 --encoding，如 cp037、cp1388），"
                "或索取 UTF-8 文件",
            )
        found = guess(sample)
        return found if found == MIXED else _also(found, _further(stream))


def _further(stream: BinaryIO) -> Iterator[bytes]:
    """A few more pieces of the file, which may have been put together of two."""
    size = stream.seek(0, 2)
    for place in range(1, FURTHER + 1):
        stream.seek(max(0, size * place // FURTHER - EVIDENCE))
        yield stream.read(EVIDENCE)


def _also(found: str, pieces: Iterable[bytes]) -> str:
    """The encoding, if these pieces are in it too: the two that Chinese files are in may stand in one file."""
    if found not in ("utf-8", "gb18030"):
        return found
    lines = [_lines(piece) for piece in pieces]
    utf8, other = (sum(counts) for counts in zip(*lines, strict=True)) if lines else (0, 0)
    return MIXED if (other if found == "utf-8" else utf8) else found


def _lines(piece: bytes) -> tuple[int, int]:
    """Of the whole lines of a piece, how many are in UTF-8 and how many read like GB18030 alone."""
    utf8 = other = 0
    for line in piece.splitlines()[1:-1]:
        if line.isascii():
            continue
        reads = _familiar(line, "gb18030") >= FAMILIAR
        utf8 += is_utf8(line) and not reads
        other += reads and not is_valid(line)
    return utf8, other


def _known(declared: str, shown: str) -> str:
    try:
        return codecs.lookup(declared).name
    except LookupError:
        raise ConfigError(
            f"{shown}: there is no encoding {declared!r}; use utf-8, gb18030, big5, utf-16 or latin-1",
            f"{shown}：没有名为 {declared!r} 的编码，请使用 utf-8、gb18030、big5、utf-16 或 latin-1",
        ) from None


def guess(sample: bytes) -> str:
    """The encoding in which this sample reads like text."""
    if b"\0" in sample and (wide := _wide(sample)):
        return wide
    if sample.isascii():
        return "utf-8"
    utf8, other = _lines(b"\n" + sample + b"\n")
    if utf8 and other:
        return MIXED
    if _decoded_share(sample, "utf-8") >= ACCEPTED:
        return "utf-8"
    scores = {name: _familiar(sample, name) for name in ("gb18030", "big5")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= FAMILIAR:
        return best
    if _in_pairs(sample) and _decoded_share(sample, "gb18030") == 1:
        return "gb18030"
    if _western(sample) >= FAMILIAR:
        return "cp1252" if any(0x80 <= b <= 0x9F for b in sample) else "latin-1"
    return "utf-8"


def is_ebcdic(sample: bytes) -> bool:
    """Whether a text is a mainframe's: its bytes are letters, digits and blanks there, and hardly any are in ASCII."""
    plain = sum(sample.count(b) for b in _ASCII_TEXT)
    if not sample or plain * 4 > len(sample):
        return False
    return sum(sample.count(b) for b in _EBCDIC_TEXT) * 3 > len(sample) * 2


def _in_pairs(sample: bytes) -> bool:
    """Whether the bytes outside ASCII stand together, as Chinese's do, rarer characters too; accents stand alone."""
    runs = [len(run) for run in _BEYOND.findall(sample)]
    return runs.count(1) * 4 <= len(runs)


def _western(sample: bytes) -> float:
    """Share of the bytes outside ASCII that stand for letters and signs of Western Europe."""
    beyond = [b for b in sample if b >= 0x80]
    return sum(b in WESTERN for b in beyond) / len(beyond)


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: nearly every comma, tab and line end stands beside a zero, on one side."""
    even, odd = sample[0::2], sample[1::2]
    marks = sum(sample.count(mark) for mark in ASCII_MARKS)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        paired = sum(
            1
            for b, zero in zip(others, zeros, strict=False)
            if not zero and bytes([b]) in ASCII_MARKS
        )
        if marks and paired * 2 > marks and _decoded_share(sample, name) >= ACCEPTED:
            return name
    return ""


def _decoded_share(sample: bytes, encoding: str) -> float:
    """Share of the characters outside ASCII that this encoding can read."""
    text = codecs.getincrementaldecoder(encoding)("mingce-keep").decode(sample)
    beyond = [c for c in text if c > "\x7f"]
    lost = sum(1 for c in beyond if LOST <= ord(c) <= LOST + 0xFF)
    return 1.0 if not beyond else 1 - lost / len(beyond)


def _familiar(sample: bytes, encoding: str) -> float:
    """Share of the characters outside ASCII that are among the script's everyday ones.

    Both Chinese encodings put these first: GB 2312's first level, Big5's frequent block. Text of one
    read as the other falls outside them, and so does a lone accented letter with its neighbour.
    """
    text = codecs.getincrementaldecoder(encoding)("mingce-keep").decode(sample)
    beyond = [c for c in text if c > "\x7f"]
    return sum(_everyday(c, encoding) for c in beyond) / len(beyond) if beyond else 0.0


def _everyday(character: str, encoding: str) -> bool:
    if LOST <= ord(character) <= LOST + 0xFF or "\ue000" <= character <= "\uf8ff":
        return False
    code = character.encode(encoding, "ignore")
    if len(code) != 2:
        return False
    if encoding == "gb18030":
        punctuation = code[0] in (0xA1, 0xA3)
        return code[1] >= 0xA1 and (0xB0 <= code[0] <= 0xD7 or punctuation)
    return 0xA1 <= code[0] <= 0xA3 or 0xA4 <= code[0] <= 0xC6


def text_blocks(path: Path, encoding: str, block: int = BLOCK) -> Iterator[bytes]:
    """The file's text as UTF-8, in blocks. Bytes that cannot be decoded stay recognisably broken."""
    with path.open("rb") as stream:
        _, mark = bom(stream.read(4))
        stream.seek(mark)
        if encoding == "utf-8":
            while piece := stream.read(block):
                yield piece
            return
        decoder = codecs.getincrementaldecoder(encoding)("mingce-keep")
        while piece := stream.read(block):
            yield decoder.decode(piece).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def ahead(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks, each made while the one before it is worked on."""
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = worker.submit(next, blocks, None)
            yield block


def with_end(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same blocks, each with whether it is the last."""
    before = next(blocks, b"")
    for block in blocks:
        yield before, False
        before = block
    yield before, True


def shown_raw(broken: bytes) -> str:
    """Text for a person to look at, the bytes that cannot be decoded as \\xNN."""
    text = broken.decode("utf-8", "surrogatepass") if _passes(broken) else ""
    original = text.encode("utf-8", "surrogateescape") if text else broken
    return original.decode("utf-8", "backslashreplace")


def _passes(broken: bytes) -> bool:
    try:
        text = broken.decode("utf-8", "surrogatepass")
        text.encode("utf-8", "surrogateescape")
    except UnicodeError:
        return False
    return True


def is_broken(text: str) -> bool:
    """Whether bytes were lost on the way to this text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
