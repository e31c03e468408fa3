"""Validate: run the suites; set bad rows aside with their reason. No row is lost.

If more rows fail a check of level `stop` than it allows, the whole batch stops: nothing of it goes on.
"""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from expectations.check import check
from expectations.flags import flag, flags, passed, violations
from expectations.kpi.quality import quality
from expectations.model import Check, Level, Result
from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.core.errors import DataError
from pipelines.engine.protocol import Engine

ASIDE = "set_aside_"


def validate(batch: Batch, channel: Channel, run: Run) -> Batch:
    """The rows that go on, those set aside with the checks that did it, and `violation`: every failure by its key.

    Raises DataError if a batch as a whole may not go on.
    """
    rules = quality(run.pack.folder)
    tables: dict[str, Relation] = {}
    failures: list[Relation] = []
    results: list[Result] = []
    for record, rows in batch.tables.items():
        checks = rules.checks(record, channel.name, channel.fills(record))
        flagged = flags(run.engine, rows, checks, batch.day)
        found = check(f"{record}.{channel.name}", checks, _verdicts(run.engine, flagged, checks))
        wrong = violations(run.engine, flagged, checks, [r.check for r in found if r.failed])
        _require_same_counts(run.engine, batch, found, wrong)
        tables[record], tables[ASIDE + record] = passed(run.engine, rows, checks, batch.day)
        failures.append(wrong)
        results += found
    _require_fit(batch, results)
    _require_every_row(run.engine, batch, tables)
    parts = {f"part_{i}": part for i, part in enumerate(failures)}
    together = " UNION ALL ".join(f"SELECT * FROM {name}" for name in parts)
    tables["violation"] = run.engine.sql(together, None, **parts)
    findings = [
        Finding(r.check.name, r.check.record, r.check.column, r.failed) for r in results if r.failed
    ]
    return replace(batch.having(tables, *sorted(findings)), facts={"rules": rules.digest})


def _verdicts(engine: Engine, flagged: Relation, checks: Sequence[Check]) -> pa.Table:
    columns = ", ".join(flag(i) for i in range(len(checks)))
    return engine.fetch(engine.sql(f"SELECT {columns} FROM flagged", flagged=flagged))


def _require_same_counts(
    engine: Engine, batch: Batch, found: Sequence[Result], wrong: Relation
) -> None:
    """The keys of the rows that fail are exactly as many as the expectation counted."""
    counted = engine.fetch(
        engine.sql(
            "SELECT check_name, count(*) AS failed FROM wrong GROUP BY check_name", wrong=wrong
        )
    ).to_pylist()
    keyed = {row["check_name"]: row["failed"] for row in counted}
    differ = [r.check.name for r in found if keyed.get(r.check.name, 0) != r.failed]
    if differ:
        raise DataError(
            f"{batch.channel} {batch.day}: keys and counts differ for {', '.join(differ)}. "
            "A check has no definite answer: mend its predicate",
            f"{batch.channel} {batch.day}：{'、'.join(differ)} 的键与计数不一致。检查结果不确定，请修正其条件",
        )


def _require_fit(batch: Batch, results: Sequence[Result]) -> None:
    """No check of level `stop` fails more often than it allows."""
    bad = [r for r in results if r.check.level is Level.STOP and not r.is_good]
    if not bad:
        return
    en = [
        f"{r.check.record}.{r.check.name} fails in {r.failed} of {r.checked} rows ({r.check.en})"
        for r in bad
    ]
    zh = [
        f"{r.check.record}.{r.check.name} 共检查{r.checked}行，{r.failed}行不符（{r.check.zh}）"
        for r in bad
    ]
    raise DataError(
        f"channel {batch.channel} {batch.day}: {'; '.join(en)}. Nothing of the batch goes on: have the "
        "channel's owner deliver it corrected, or change the check's level or share in quality.yaml",
        f"渠道 {batch.channel} {batch.day}：{'；'.join(zh)}。整批数据未放行："
        "请渠道责任人更正后重新报送，或在 quality.yaml 中调整该检查的级别或比例",
    )


def _require_every_row(engine: Engine, batch: Batch, tables: dict[str, Relation]) -> None:
    """Staged rows = rows that go on + rows set aside, for every record."""
    for record, rows in batch.tables.items():
        staged, kept, aside = (
            _count(engine, r) for r in (rows, tables[record], tables[ASIDE + record])
        )
        if staged != kept + aside:
            raise DataError(
                f"{batch.channel} {batch.day}: {staged} rows of {record} were staged, but {kept} go on and "
                f"{aside} are set aside. Rows must not disappear: report this as a fault of the platform",
                f"{batch.channel} {batch.day}：{record} 共{staged}行，放行{kept}行，隔离{aside}行，不平衡。"
                "这是平台缺陷，请上报",
            )


def _count(engine: Engine, rows: Relation) -> int:
    found: int = engine.fetch(engine.sql("SELECT count(*) AS n FROM rows", rows=rows)).to_pylist()[
        0
    ]["n"]
    return found
