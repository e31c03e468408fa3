"""Keys and passwords by reference: a pack says where a secret is, never what it is."""

import os
from pathlib import Path

from pydantic import SecretStr

from pipelines.core.errors import ConfigError


def secret(reference: str) -> SecretStr:
    """What `env:NAME` or `file:PATH` refers to.

    Raises ConfigError if the reference has another form, or nothing stands there.
    """
    scheme, _, where = reference.partition(":")
    if scheme == "env" and where:
        value = os.environ.get(where, "")
    elif scheme == "file" and where:
        path = Path(where)
        value = path.read_text().strip() if path.is_file() else ""
    else:
        raise ConfigError(
            "a secret is given by reference, as env:NAME or file:PATH, never itself",
            "密钥只能以引用方式给出（env:NAME 或 file:PATH），不得直接写入",
        )
    if not value:
        raise ConfigError(
            f"the secret {reference} is not there: set it, then run again",
            f"未找到密钥 {reference}：请先设置再运行",
        )
    return SecretStr(value)
