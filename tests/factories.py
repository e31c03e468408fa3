"""Valid things of each kind; a test states only what differs. Everybody here is made up."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from pipelines.channels.channel import Channel

PACK = {"organisation": "样例银行", "token_key": "env:MINGCE_TOKEN_KEY"}
COUNTER: dict[str, Any] = {
    "name": "counter",
    "title": "网点柜面",
    "owner": "个人金融部",
    "purpose": ["service"],
    "lands_at": "counter/{day}.csv",
    "record": "individual",
    "key": "客户号",
    "columns": {
        "姓名": {"is": "full_name"},
        "性别": {"is": "sex"},
        "出生日期": {"is": "birth_date"},
        "证件号码": {"is": "id_number"},
        "手机": {"is": "mobile"},
        "备注": {"is": "remark"},
    },
}
ROW = {
    "客户号": "K1",
    "姓名": "欧阳试",
    "性别": "女",
    "出生日期": "1990-01-03",
    "证件号码": "110101199001030022",
    "手机": "13900000001",
    "备注": "",
}


def channel(**differs: Any) -> Channel:
    """The counter's channel, but for what differs."""
    return Channel.model_validate(COUNTER | differs)


def landed(*rows: Mapping[str, str | None]) -> pa.Table:
    """Rows as `ingest` leaves them: text, with their line."""
    full = [ROW | dict(r) for r in rows]
    columns = {"line": pa.array(range(1, len(full) + 1), pa.int64())}
    return pa.table(columns | {c: pa.array([r[c] for r in full], pa.string()) for c in full[0]})


def pack_folder(folder: Path, *channels: Mapping[str, Any], **files: Mapping[str, Any]) -> Path:
    """A pack of these channels (the counter's if none), with further files by their stem."""
    (folder / "channels").mkdir(parents=True)
    for said in channels or (COUNTER,):
        _write(folder / "channels" / f"{said['name']}.yaml", said)
    for stem, said in {"pack": PACK, **files}.items():
        _write(folder / f"{stem}.yaml", said)
    return folder


def _write(path: Path, said: Mapping[str, Any]) -> None:
    path.write_text(
        yaml.safe_dump(json.loads(json.dumps(said)), allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
