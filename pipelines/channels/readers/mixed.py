"""A codec for texts some lines of which are UTF-8 and others GB18030: two systems wrote into one file."""

import codecs
from typing import Any

MIXED = "utf-8+gb18030"


def is_utf8(line: bytes) -> bool:
    """Whether a line is wholly UTF-8, and Chinese: characters of two bytes alone are as well GBK's."""
    return is_valid(line) and any(c > "\u07ff" for c in line.decode())


def is_valid(line: bytes) -> bool:
    """Whether a line can be read as UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Decoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input: Any, errors: str, final: bool) -> tuple[str, int]:  # noqa: A002
        held = bytes(input)
        whole = held if final else held[: held.rfind(b"\n") + 1]
        return "".join(_decoded(line, errors) for line in whole.splitlines(keepends=True)), len(
            whole
        )


def _decoded(line: bytes, errors: str) -> str:
    if line.isascii() or is_utf8(line):
        return line.decode()
    return line.decode("gb18030", errors)


def _decode(held: Any, errors: str = "strict") -> tuple[str, int]:
    return _Decoder(errors).decode(bytes(held), final=True), len(held)


def _found(name: str) -> codecs.CodecInfo | None:
    if name != "utf_8_gb18030":  # as Python writes it when it looks for a codec
        return None
    return codecs.CodecInfo(
        encode=codecs.utf_8_encode, decode=_decode, incrementaldecoder=_Decoder, name=MIXED
    )


codecs.register(_found)
