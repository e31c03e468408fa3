"""Collection plans: what a channel says of itself to whoever may ask, and what its purposes are called."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from pipelines.channels.channel import UNNAMED, Channel
from pipelines.core.yaml import Declared
from warehouse.model import EVERY_ROW


class Purpose(Declared):
    """What a purpose is called, for people."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


USUAL = {
    "service": Purpose(zh="提供服务", en="service"),
    "due_diligence": Purpose(zh="客户尽职调查", en="due diligence"),
    "marketing": Purpose(zh="营销", en="marketing"),
    "sharing": Purpose(zh="对外共享", en="sharing"),
    "complaint": Purpose(zh="投诉处理", en="handling complaints"),
    "risk_control": Purpose(zh="风险控制", en="risk control"),
    "analysis": Purpose(zh="统计分析", en="analysis"),
    "legal": Purpose(zh="履行法定义务", en="legal duty"),
    UNNAMED: Purpose(zh="尚未注明", en="not named yet"),
}
"""Purposes most organisations have. A pack calls its own, or these otherwise, under `purposes:` of pack.yaml."""


def plan(channel: Channel, own: Mapping[str, Purpose]) -> dict[str, Any]:
    """The channel's row in `governance.channel`. A purpose that nobody labelled stands as it is written."""
    known = {**USUAL, **own}
    labels = {
        p: known[p].model_dump() if p in known else {"zh": p, "en": p}
        for p in dict.fromkeys(channel.purpose)
    }
    agreement = channel.agreement
    return {
        "channel": channel.name,
        "title": channel.title,
        "owner": channel.owner if channel.is_owned else "",
        "records": ",".join(dict.fromkeys(fed.record for fed in channel.feeds)),
        "purpose": ",".join(labels),
        "purpose_labels": json.dumps(labels, ensure_ascii=False, sort_keys=True),
        "manner": channel.manner,
        "rules": channel.rules,
        "retention": channel.retention,
        "agreement": agreement.number if agreement else None,
        "agreement_expires_on": agreement.expires_on if agreement else None,
    }


def filled(channels: Mapping[str, Channel]) -> dict[tuple[str, str], set[str]]:
    """By record and column, the channels that fill it, for that record and no other."""
    found: dict[tuple[str, str], set[str]] = {}
    for channel in channels.values():
        for record in {fed.record for fed in channel.feeds}:
            for name in channel.fills(record) | EVERY_ROW:
                found.setdefault((record, name), set()).add(channel.name)
    return found
