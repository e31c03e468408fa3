"""Archives protected the way 7-Zip and WinZip do it (AES), which Python's zipfile cannot open."""

import hashlib
import hmac
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

METHOD = 99
"""The compression method under which such a member is listed; its real one stands in an extra field."""
EXTRA = 0x9901
ITERATIONS = 1000
CHECK, SEAL, BLOCK = 2, 10, 16
PIECE = 1 << 20


class WrongPasswordError(Exception):
    """The password does not open the member."""


def extract(archive: Path, member: zipfile.ZipInfo, password: bytes, target: BinaryIO) -> None:
    """Write the member's content to `target`. Raises BadZipFile where its seal is broken."""
    strength, method = _said(member)
    with archive.open("rb") as stream:
        stream.seek(member.header_offset)
        header = stream.read(30)
        stream.seek(sum(struct.unpack("<HH", header[26:30])), 1)
        salt = stream.read(4 + 4 * strength)
        size = 8 + 8 * strength
        keys = hashlib.pbkdf2_hmac("sha1", password, salt, ITERATIONS, 2 * size + CHECK)
        if stream.read(CHECK) != keys[2 * size :]:
            raise WrongPasswordError
        seal = hmac.new(keys[size : 2 * size], digestmod="sha1")
        length = member.compress_size - len(salt) - CHECK - SEAL
        unpacked = zlib.decompressobj(-15) if method == zipfile.ZIP_DEFLATED else None
        for piece in _clear(stream, length, keys[:size], seal):
            for some in _unpacked(unpacked, piece) if unpacked else [piece]:
                target.write(some)
        if not hmac.compare_digest(seal.digest()[:SEAL], stream.read(SEAL)):
            raise zipfile.BadZipFile


def _unpacked(unpacked: Any, piece: bytes) -> Iterator[bytes]:
    """What a piece unpacks to, a little at a time: it may be a thousand times its size."""
    while some := unpacked.decompress(piece, PIECE):
        yield some
        piece = unpacked.unconsumed_tail


def _said(member: zipfile.ZipInfo) -> tuple[int, int]:
    """The key's strength (1 to 3) and the compression, from the member's extra field.

    Raises NotImplementedError, as `zipfile` does, if it is compressed in a way that is not undone here.
    """
    extra = member.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == EXTRA and size >= 7:
            strength, method = struct.unpack("<BH", extra[8:11])
            if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotImplementedError(f"compression method {method}")
            return strength, method
        extra = extra[4 + size :]
    raise zipfile.BadZipFile


def _clear(stream: BinaryIO, length: int, key: bytes, seal: hmac.HMAC) -> Iterator[bytes]:
    """The member's bytes deciphered: a counter from 1, least byte first, unlike the usual mode."""
    cipher = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - of counters, which makes the counter mode
    counter = 1
    while length > 0:
        piece = stream.read(min(PIECE, length))
        if not piece:
            raise zipfile.BadZipFile
        seal.update(piece)
        blocks = -(-len(piece) // BLOCK)
        pad = cipher.update(
            b"".join((counter + i).to_bytes(BLOCK, "little") for i in range(blocks))
        )
        whole = int.from_bytes(piece, "little") ^ int.from_bytes(pad[: len(piece)], "little")
        yield whole.to_bytes(len(piece), "little")
        counter, length = counter + blocks, length - len(piece)
