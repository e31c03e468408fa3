"""A made-up warehouse: a quarter of a made-up bank's figures, without running the flow."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from expectations.kpi.quality import USUAL
from expectations.kpi.rows import rows
from expectations.kpi.service import Service
from expectations.suites import suite
from masking.tiers import tiers
from warehouse.store import Change, Store, open_store
from warehouse.tables import governance, quality

LAST = date(2026, 9, 30)
CHANNELS = {
    "call_centre": ("客服中心", "客户服务中心", "individual", 0.87),
    "corporate": ("对公开户", "公司金融部", "enterprise", 0.955),
    "counter": ("网点柜面", "运营管理部", "individual", 0.975),
    "mobile": ("手机银行", "网络金融部", "individual", 0.935),
    "third_party": ("第三方合作", "合作管理部", "individual", 0.79),
    "transaction": ("交易流水", "清算中心", "transaction", 0.999),
}
BRANCHES = ("城东支行", "城西支行", "开发区支行", "新区支行")
STOPPED_ZH = "渠道 third_party 2026-08-15：协议已过期。请合作管理部续签协议后重新报送"
STOPPED_EN = "channel third_party 2026-08-15: the agreement has expired. Have it renewed, and the batch delivered again"


def warehouse(folder: Path, days: int = 12) -> str:
    """The URL of a warehouse that holds the figures of so many weeks up to `LAST`."""
    url = f"duckdb:///{folder}/warehouse.duckdb"
    store = open_store(url)
    store.publish(LAST, {}, tiers())
    on = [LAST - timedelta(weeks=n) for n in reversed(range(days))]
    _replace(
        store,
        governance.channel,
        [{"channel": c, "title": t, "owner": o} for c, (t, o, _, _) in CHANNELS.items()],
    )
    _replace(store, quality.measurement, [
        {"day": d, "organisation": "样例银行", "rules": "ab" * 32, "code": "0.1.0", "is_measured": 1} for d in on
    ])  # fmt: skip
    _replace(
        store,
        quality.indicator,
        [i for n, d in enumerate(on) for i in _indicators(d, 0.002 * (n - days))],
    )
    _replace(store, quality.check_result, [r for c in CHANNELS for r in _results(c)])
    _replace(store, quality.batch, [b for d in on for b in _batches(d)] + [_stopped()])
    return url


def _replace(store: Store, table: Any, said: list[dict[str, Any]]) -> None:
    store.replace([Change(table, rows(table, said))])


def _indicators(day: date, shift: float) -> list[dict[str, Any]]:
    found, whole = [], {i.name: [0, 0] for i in USUAL}
    for n, (channel, (_, _, record, good)) in enumerate(CHANNELS.items()):
        for m, indicator in enumerate(USUAL):
            of = 0 if _is_silent(indicator.name, channel, record) else 1000 * (n + 1)
            share = min(1.0, good + shift + 0.015 * ((n + m) % 3))
            share = 1.0 if indicator.of == "columns" else share
            counts = (int(of * share), of)
            whole[indicator.name] = [
                a + b for a, b in zip(whole[indicator.name], counts, strict=True)
            ]
            found.append(_indicator(indicator, channel, day, *counts))
    return found + [_indicator(i, "customers", day, *whole[i.name]) for i in USUAL]


def _is_silent(indicator: str, channel: str, record: str) -> bool:
    is_service = indicator in ("response", "satisfaction")
    return (is_service and channel != "call_centre") or (
        indicator == "completeness" and record == "transaction"
    )


def _indicator(indicator: Any, channel: str, day: date, good: int, of: int) -> dict[str, Any]:
    return {
        "indicator": indicator.name, "channel": channel, "day": day, "numerator": good if of else None,
        "denominator": of, "ratio": round(Decimal(good) / of, 6) if of else None,
        "target": Decimal(str(indicator.target)), "weight": Decimal(str(indicator.weight)),
        "title_zh": indicator.zh, "title_en": indicator.en, "dimension": indicator.dimension.value,
    }  # fmt: skip


def _results(channel: str) -> list[dict[str, Any]]:
    _, _, record, good = CHANNELS[channel]
    checks = list(suite(record))
    if channel == "call_centre":
        checks += Service.model_validate({}).checks("interaction")
    branches = BRANCHES if channel in ("counter", "corporate") else ("",)
    return [
        {
            "channel": channel, "day": LAST, "record": check.record, "check_name": check.name, "branch": branch,
            "dimension": check.dimension.value, "column_name": check.column, "level": check.level.value,
            "checked": 900 + 100 * b, "failed": int((900 + 100 * b) * (1 - good) * (n % 5) / 2),
        }
        for n, check in enumerate(checks)
        for b, branch in enumerate(branches)
    ]  # fmt: skip


def _batches(day: date) -> list[dict[str, Any]]:
    return [
        {
            "channel": channel, "day": day, "outcome": "done", "step": "validate", "rows_read": 1003 + n,
            "rows_accepted": 1000, "rows_quarantined": n, "rows_refused": 3,
        }
        for n, channel in enumerate(CHANNELS)
    ]  # fmt: skip


def _stopped() -> dict[str, Any]:
    return {
        "channel": "third_party", "day": date(2026, 8, 15), "outcome": "stopped", "step": "ingest",
        "message_en": STOPPED_EN, "message_zh": STOPPED_ZH,
    }  # fmt: skip
