"""A source's file, brought here plain: fetched, settled, decrypted, unpacked, and gone afterwards."""

import gzip
import shutil
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from errno import ELOOP, ENOSPC
from pathlib import Path
from typing import Any, BinaryIO

import fsspec

from pipelines.channels.limits import MB, USUAL, Bounded, Limits
from pipelines.channels.readers import aes_zip
from pipelines.core import scratch
from pipelines.core.errors import OutageError, PlatformError, SourceError
from pipelines.core.location import shown
from pipelines.core.secrets import secret

SETTLED_SECONDS = 2.0
"""A file younger than this may still be growing: it is looked at again."""
LOOK_AGAIN_SECONDS = 0.1
BLOCK = 1 << 20
ORDINARY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, aes_zip.METHOD)
"""How an archive may be packed: of any other way zipfile unpacks a piece whole, whatever it unpacks to."""


@dataclass(frozen=True)
class PlainFile:
    """A file on this machine, unpacked; `shown` is how messages name it."""

    path: Path
    name: str
    shown: str
    limits: Limits = USUAL

    def head(self, size: int) -> bytes:
        """Its first bytes."""
        with self.path.open("rb") as stream:
            return stream.read(size)

    def tail(self, size: int) -> bytes:
        """Its last bytes, an even number from its start."""
        with self.path.open("rb") as stream:
            stream.seek(max(0, self.path.stat().st_size - size) & ~1)
            return stream.read()


@contextmanager
def plain(location: str, password: str = "", limits: Limits = USUAL) -> Iterator[PlainFile]:
    """The file at `location`, fetched and unpacked for as long as it is read.

    Raises OutageError if it is still being written, SourceError if it is not there or is broken.
    """
    name = shown(location)
    files, path = _reached(location, name)
    before = _settled(files, path, name)
    with scratch.folder() as folder:
        try:
            here = _fetched(files, path, folder, name, limits)
            yield _unpacked(PlainFile(here, Path(path).name, name, limits), folder, password)
        except PermissionError:
            raise SourceError(
                f"{name}: may not be read; give this account the right to read it",
                f"{name}：没有读取权限，请授予当前账号读取权限",
            ) from None
        except Exception:
            if _look(files, path) != before:  # which is why it could not be read
                raise _growing(name) from None
            raise
        if _look(files, path) != before:
            raise _growing(name)


def _reached(location: str, name: str) -> tuple[Any, str]:
    try:
        files, path = fsspec.url_to_fs(location)
    except (ValueError, ImportError, OSError) as error:
        raise SourceError(
            f"{name}: cannot be reached ({type(error).__name__}); check the address, and that "
            "the package for its protocol is installed",
            f"{name}：无法访问（{type(error).__name__}），请检查地址以及该协议所需的软件包",
        ) from None
    return files, path


def _look(files: Any, path: str) -> tuple[Any, ...] | None:
    """What changes when a file grows; None if it is not there."""
    files.invalidate_cache()
    try:
        said = files.info(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == ELOOP:  # a link that leads to itself
            return None
        raise
    when = said.get("mtime") or said.get("LastModified") or said.get("last_modified")
    return said.get("type"), said.get("size"), when, said.get("ETag")


def _settled(files: Any, path: str, location: str) -> tuple[Any, ...]:
    try:
        seen = _look(files, path)
    except OSError as error:
        raise OutageError(
            f"{location}: cannot be looked at now ({type(error).__name__}); it will be tried again",
            f"{location}：暂时无法访问（{type(error).__name__}），稍后重试",
        ) from None
    if seen is None:
        raise missing(location)
    if seen[0] == "directory":
        raise SourceError(
            f"{location}: is a folder; name one file", f"{location}：是文件夹，请指定一个文件"
        )
    if seen[0] == "other":  # a pipe or a device: nothing comes of it, or no end
        raise SourceError(
            f"{location}: is no file but a pipe or a device; name one file",
            f"{location}：不是普通文件，而是管道或设备，请指定一个文件",
        )
    if isinstance(seen[2], float) and time.time() - seen[2] < SETTLED_SECONDS:
        time.sleep(LOOK_AGAIN_SECONDS)
        if _look(files, path) != seen:
            raise _growing(location)
    if seen[1] == 0:
        raise empty(location)
    return seen


def _growing(location: str) -> OutageError:
    return OutageError(
        f"{location}: is still being written; it will be read when it is complete",
        f"{location}：文件仍在写入，写完后再读取",
    )


def missing(location: str) -> SourceError:
    """There is no such file."""
    return SourceError(
        f"{location}: there is no such file; check the path, or ask the channel's owner for it",
        f"{location}：文件不存在，请检查路径，或向渠道负责部门索取",
    )


def empty(location: str) -> SourceError:
    """A file with nothing in it."""
    return SourceError(
        f"{location}: is empty; ask the channel's owner for the file again",
        f"{location}：文件为空，请向渠道负责部门重新索取",
    )


def _fetched(files: Any, path: str, folder: Path, name: str, limits: Limits) -> Path:
    if "file" in files.protocol:
        return Path(path)
    here = folder / "fetched"
    try:
        with files.open(path, "rb") as stream, here.open("wb") as out:
            room = limits.unpacked_mb * MB  # some servers never stop sending
            shutil.copyfileobj(stream, Bounded(out, room, limits, name), BLOCK)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise OutageError(
            f"{name}: could not be fetched ({type(error).__name__}); it will be tried again",
            f"{name}：获取失败（{type(error).__name__}），稍后重试",
        ) from None
    return here


def _unpacked(file: PlainFile, folder: Path, password: str) -> PlainFile:
    start = file.head(4)
    if start[:2] == b"\x1f\x8b":
        return _checked(_ungzipped(file, folder))
    if start == b"PK\x03\x04" and not is_office(file):
        return _checked(_unzipped(file, folder, password))
    if start == b"PK\x05\x06":
        raise empty(file.shown)
    return file


def _checked(file: PlainFile) -> PlainFile:
    if file.path.stat().st_size == 0:
        raise empty(file.shown)
    return file


def is_office(file: PlainFile) -> bool:
    """Whether the archive is an office document, a workbook for one, which its reader opens itself."""
    start = file.head(BLOCK)
    return any(name in start for name in (b"[Content_Types].xml", b"xl/", b"opendocument"))


def _ungzipped(file: PlainFile, folder: Path) -> PlainFile:
    target = folder / "ungzipped"
    try:
        with gzip.open(file.path) as packed, target.open("wb") as out:
            shutil.copyfileobj(packed, _bounded(out, file), BLOCK)
    except (EOFError, zlib.error, OSError) as error:
        raise _unusable(error, file.shown, "gzip") from None
    name = file.name[:-3] if file.name.lower().endswith(".gz") else file.name
    return replace(file, path=target, name=name)


def _bounded(out: BinaryIO, file: PlainFile) -> Any:
    return Bounded(out, file.path.stat().st_size, file.limits, file.shown)


def _unzipped(file: PlainFile, folder: Path, password: str) -> PlainFile:
    target = folder / "unzipped"
    try:
        with zipfile.ZipFile(file.path) as packed:
            member = _member(packed, file.shown)
            if member.flag_bits & 1 and not password:
                raise needs_password(file.shown)
            if member.compress_type not in ORDINARY:
                raise _unknown_packing(file.shown)
            key = secret(password).get_secret_value().encode() if password else b""
            with target.open("wb") as out:
                if member.compress_type == aes_zip.METHOD:
                    aes_zip.extract(file.path, member, key, _bounded(out, file))
                else:
                    with packed.open(member, pwd=key) as stream:
                        shutil.copyfileobj(stream, _bounded(out, file), BLOCK)
    except NotImplementedError:
        raise _unknown_packing(file.shown) from None
    except (RuntimeError, aes_zip.WrongPasswordError):
        raise wrong_password(file.shown) from None
    except (zipfile.BadZipFile, EOFError, zlib.error, struct.error, OSError) as error:
        raise _unusable(error, file.shown, "zip") from None
    return replace(file, path=target, name=Path(member.filename).name)


def _unknown_packing(shown: str) -> SourceError:
    return SourceError(
        f"{shown}: is packed in a way that cannot be opened here; pack it as an ordinary zip",
        f"{shown}：压缩方式不受支持，请用普通 zip 方式压缩",
    )


def _member(packed: zipfile.ZipFile, shown: str) -> zipfile.ZipInfo:
    inside = [
        m for m in packed.infolist()
        if not m.is_dir() and not m.filename.startswith("__MACOSX/") and not Path(m.filename).name.startswith(".")
    ]  # fmt: skip
    if len(inside) != 1:
        raise SourceError(
            f"{shown}: holds {len(inside)} files; deliver one file in an archive",
            f"{shown}：压缩包内有 {len(inside)} 个文件，请每个压缩包只放一个文件",
        )
    if stat.S_ISLNK(inside[0].external_attr >> 16):
        raise SourceError(
            f"{shown}: holds a link instead of a file; deliver the file itself",
            f"{shown}：压缩包内是链接而不是文件，请提供文件本身",
        )
    return inside[0]


def _unusable(error: Exception, shown: str, what: str) -> PlatformError:
    return full_disk(shown) if getattr(error, "errno", 0) == ENOSPC else broken(shown, what)


def full_disk(shown: str) -> OutageError:
    """There is no room to unpack a file, or to set its rows down."""
    return OutageError(
        f"{shown}: the temporary folder has no room left; free some, or point TMPDIR elsewhere",
        f"{shown}：临时目录空间不足，请清理空间或将 TMPDIR 指向其他目录",
    )


def broken(shown: str, what: str) -> SourceError:
    """A container whose end or inside is missing."""
    return SourceError(
        f"{shown}: the {what} file is truncated or damaged; ask the channel's owner to send it again",
        f"{shown}：{what} 文件不完整或已损坏，请渠道负责部门重新发送",
    )


def needs_password(shown: str) -> SourceError:
    """A file is protected and nobody said with what."""
    return SourceError(
        f"{shown}: is protected; give its password by reference (password: env:NAME or file:PATH)",
        f"{shown}：文件已加密，请以引用方式提供密码（password: env:NAME 或 file:PATH）",
    )


def wrong_password(shown: str) -> SourceError:
    """The password that was given does not open the file."""
    return SourceError(
        f"{shown}: the password does not open it; set the right one where password: refers to",
        f"{shown}：密码不正确，请更正 password: 所引用的密码",
    )
