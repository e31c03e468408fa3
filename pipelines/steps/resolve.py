"""Resolve: which rows of all channels are one customer, and what is true of them. Ids are for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Table

from expectations.kpi.quality import quality
from pipelines.channels.missing import EXPECTED_OF
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Finding, Relation
from pipelines.core.errors import ConfigError, DataError
from pipelines.engine.protocol import Engine
from pipelines.matching import ledger, pairs, place, prepare, score, survive, view
from pipelines.matching.declared import Matching, Record, matching_of
from pipelines.matching.doubt import doubts
from pipelines.matching.model import Model, frozen
from pipelines.matching.standing import sound_before, standing
from warehouse.ddl import type_of
from warehouse.model import columns_before_resolve
from warehouse.tables import CUSTOMER_TABLES, RECORDS

LAYER = "resolved"


def resolve(batch: Batch, run: Run) -> Batch:
    """Every record's current rows with their customer, the one view, and the ledger behind it."""
    matching, engine = matching_of(run.pack.folder), run.engine
    held_ever = {
        name: rows for name in RECORDS if (rows := _held_ever(run, name, batch.day)) is not None
    }
    current = {name: _current(rows, name, engine) for name, rows in held_ever.items()}
    people = _people(current, engine)
    _require_customers(people, batch.day)
    findings: list[Finding] = []
    known = [_matched(p, current.get("judgement"), matching, run, findings) for p in people]
    before = _before(run, batch.day)
    held = _ledger(known, before, batch.day, engine)
    tables = _records(current, held.sources, findings, engine)
    rules = {p.record.name: _rules(p.record, matching, run, batch.day) for p in people}
    tables |= _customers(
        known, held_ever, held, tables.get("account"), rules, before, batch.day, engine
    )
    findings += survive.told(tables["customer_value"], engine)
    return replace(batch.having(tables, *findings), facts={EXPECTED_OF: ",".join(run.pack.names)})


def _rules(record: Table, matching: Matching, run: Run, day: date) -> survive.Rules:
    """Which value of each attribute survives, and how much each is doubted, as the pack has the record's checks."""
    checks = quality(run.pack.folder).checks(record.name, CUSTOMERS, set(record.columns.keys()))
    return survive.Rules(matching.survivorship, doubts(record, checks, day))


def _held_ever(run: Run, record: str, day: date) -> Relation | None:
    """Every row of all days until `day`, of all channels; None if no channel brought any."""
    table, parts = RECORDS[record], dict[str, Relation]()
    for channel in run.pack.names:
        rows = run.lake.over_days("checked", channel, record, day)
        if rows is not None:
            parts[f"c_{channel}"] = rows
    if not parts:
        return None
    typed = ", ".join(
        f"CAST({c.name} AS {type_of(c)}) AS {c.name}" for c in columns_before_resolve(table)
    )
    union = " UNION ALL ".join(f"SELECT {typed} FROM {name}" for name in parts)
    return run.engine.sql(union, None, **parts)


def _current(everything: Relation, record: str, engine: Engine) -> Relation:
    """The row of each key's latest day, and the first day the key was seen."""
    table = RECORDS[record]
    columns = [c.name for c in columns_before_resolve(table)]
    ties = ", ".join(c for c in columns if c not in ("channel", "source_id", "day"))
    newest = engine.sql(
        f"SELECT {', '.join(columns)}, first_day FROM (SELECT *, min(day) OVER key AS first_day, row_number() OVER "
        f"(PARTITION BY channel, source_id ORDER BY day DESC, {ties}) AS place "
        f"FROM everything WINDOW key AS (PARTITION BY channel, source_id)) AS placed WHERE place = 1",
        everything=everything,
    )
    return engine.keep(standing(newest, everything, table, engine))


@dataclass(frozen=True)
class _People:
    """One record's rows, numbered in the order of their keys."""

    record: Table
    rows: Relation
    members: Relation | None = None
    pairs: Relation | None = None


def _people(current: dict[str, Relation], engine: Engine) -> list[_People]:
    """The rows that are about a customer itself, by record; no number and no key occurs twice."""
    people, start = [], 0
    for name, table in RECORDS.items():
        if not table.info["is_customer"] or name not in current:
            continue
        rows = engine.keep(
            engine.sql(
                f"SELECT CAST(row_number() OVER (ORDER BY channel, source_id) + {start} AS BIGINT) AS row_id, * FROM r",
                r=current[name],
            )
        )
        people.append(_People(table, rows))
        start += engine.fetch(engine.sql("SELECT count(*) AS n FROM r", r=rows))["n"][0].as_py()
    _require_one_record(people, engine)
    return people


def _require_customers(people: list[_People], day: date) -> None:
    """Without a row about a customer itself there is nobody to resolve."""
    if not people:
        raise DataError(
            f"{day}: no channel has brought a customer yet, so there is nothing to resolve. "
            "See why the channels stopped, or declare one of individuals, enterprises or institutions",
            f"{day}：尚无任何渠道交付客户记录，无法归并。请查看各渠道停止的原因，或声明个人、企业或机构客户的渠道",
        )


def _require_one_record(people: list[_People], engine: Engine) -> None:
    """A key names one customer: it cannot be a person and a company."""
    if len(people) < 2:
        return
    named = {f"p{n}": p.rows for n, p in enumerate(people)}
    union = " UNION ALL ".join(f"SELECT channel, source_id FROM {name}" for name in named)
    twice = engine.sql(
        f"SELECT channel, count(*) AS n FROM (SELECT channel, source_id FROM ({union}) AS keys "
        "GROUP BY channel, source_id HAVING count(*) > 1) AS twice GROUP BY channel ORDER BY channel",
        None,
        **named,
    )
    found = engine.fetch(twice).to_pylist()
    if found:
        where = ", ".join(f"{f['channel']} ({f['n']})" for f in found)
        raise DataError(
            f"keys that are several customer records at once: {where}. Give each record its own key in the channel",
            f"同一来源键对应多种客户记录：{where}。请在渠道定义中为每种记录指定各自的键",
        )


def _matched(
    people: _People,
    judgement: Relation | None,
    matching: Matching,
    run: Run,
    findings: list[Finding],
) -> _People:
    """The same rows, with the columns made for comparing, and which of them are one customer."""
    engine, name = run.engine, people.record.name
    said = matching.records.get(name)
    if said is None:
        findings.append(Finding("not_matched", name))
        said = Record.model_validate({})
    rows = prepare.prepared(people.rows, said.prepared, engine)
    proofs, common = pairs.proven(rows, said.proofs, engine)
    found = pairs.Found(proofs, _scored(rows, said, run), pairs.judged(rows, judgement, engine))
    matched = pairs.matched(rows, said, found, engine)
    findings += [
        Finding(f.what, f.table or name, f.column, f.rows) for f in (*common, *matched.findings)
    ]
    return _People(people.record, rows, matched.members, matched.pairs)


def _scored(rows: Relation, said: Record, run: Run) -> Relation | None:
    if not said.comparisons:
        return None
    blocked = prepare.blocked(rows, said.blocking, run.engine)
    return score.scored(blocked, said, model_for(blocked, said, run), run.engine)


def model_for(rows: Relation, said: Record, run: Run) -> Model:
    """The pack's frozen model; else what these rows teach."""
    if said.model:
        path = run.pack.folder / said.model
        return frozen(path).require(said, path)
    return score.trained(rows, said, run.engine)


def taught(run: Run, record: str, day: date) -> Model:
    """The model that one record's rows until `day` teach. Raises ConfigError if there is nothing to learn."""
    said = matching_of(run.pack.folder).records.get(record)
    rows = _held_ever(run, record, day) if record in RECORDS else None
    if said is None or said.training is None or rows is None:
        raise ConfigError(
            f"{record}: matching.yaml says no training for it, or no channel delivered any",
            f"{record}：matching.yaml 未声明其训练方式，或没有任何渠道提供该记录",
        )
    people = _people({record: _current(rows, record, run.engine)}, run.engine)[0]
    prepared = prepare.prepared(people.rows, said.prepared, run.engine)
    return score.trained(prepared, said, run.engine)


def _before(run: Run, day: date) -> Batch | None:
    """What was resolved on the last day before this one."""
    earlier = [d for d in run.lake.days(LAYER, CUSTOMERS) if d < day]
    return run.lake.read(LAYER, CUSTOMERS, earlier[-1]) if earlier else None


def _ledger(known: list[_People], before: Batch | None, day: date, engine: Engine) -> ledger.Ledger:
    parts: dict[str, Relation] = {"none": engine.arrow(ledger.NO_CLUSTERS)}
    union = ["SELECT channel, source_id, cluster FROM none"]
    for n, people in enumerate(known):
        assert people.members is not None  # noqa: S101 - set when matched
        parts |= {f"r{n}": people.rows, f"m{n}": people.members}
        union.append(
            f"SELECT r{n}.channel, r{n}.source_id, coalesce(m{n}.cluster, r{n}.row_id) AS cluster "
            f"FROM r{n} LEFT JOIN m{n} ON m{n}.row_id = r{n}.row_id"
        )
    clusters = engine.keep(engine.sql(" UNION ALL ".join(union), None, **parts))
    if before is None:
        return ledger.continued(ledger.empty(engine), clusters, day, engine)
    held = ledger.Ledger(before.tables["customer_source"], before.tables["customer_successor"])
    return ledger.continued(held, clusters, day, engine)


def _records(
    current: dict[str, Relation], sources: Relation, findings: list[Finding], engine: Engine
) -> dict[str, Relation]:
    """Every record's rows with the customer they are, or belong to."""
    tables = {}
    for name, rows in current.items():
        table = RECORDS[name]
        joined = engine.keep(_with_customers(rows, sources, table, engine))
        tables[name] = view.shaped(joined, table, engine)
        findings += _unknown(joined, name, engine)
    return tables


def _with_customers(rows: Relation, sources: Relation, table: Table, engine: Engine) -> Relation:
    """The rows with the customer they are or belong to, and the one on their other side if they have two."""
    own = "" if table.info["is_customer"] else "holder_"
    other, whose = "", ""
    if "other_customer_id" in table.columns:
        other = "o.customer_id AS other_customer_id, "
        whose = (
            " LEFT JOIN l AS o ON o.channel = r.other_channel AND o.source_id = r.other_source_id"
            " AND o.until IS NULL"
        )
    return engine.sql(
        f"SELECT l.customer_id, {other}r.* FROM r LEFT JOIN l ON "
        f"l.channel = r.{own}channel AND l.source_id = r.{own}source_id AND l.until IS NULL{whose}",
        r=rows, l=sources,
    )  # fmt: skip


def _unknown(joined: Relation, record: str, engine: Engine) -> list[Finding]:
    """How many rows name a holder, or another side, that no channel delivered."""
    is_two_sided = "other_customer_id" in joined.columns
    other = "other_customer_id IS NULL AND other_source_id IS NOT NULL" if is_two_sided else "false"
    counted = engine.sql(
        "SELECT count(*) FILTER (WHERE customer_id IS NULL) AS holder_source_id, "
        f"count(*) FILTER (WHERE {other}) AS other_source_id FROM r",
        r=joined,
    )
    [missing] = engine.fetch(counted).to_pylist()
    return [
        Finding(f"{column.removesuffix('_source_id')}_unknown", record, column, n)
        for column, n in missing.items()
        if n
    ]


def _customers(  # noqa: PLR0913 - a day is told by all of these
    known: list[_People],
    held_ever: Mapping[str, Relation],
    held: ledger.Ledger,
    accounts: Relation | None,
    rules: Mapping[str, survive.Rules],
    before: Batch | None,
    day: date,
    engine: Engine,
) -> dict[str, Relation]:
    """The one view, whence its values come, what was known before, the ledger, and the pairs."""
    with_id, sound, values, found = {}, {}, {}, {}
    for n, people in enumerate(known):
        assert people.pairs is not None  # noqa: S101 - set when matched
        with_id[f"r{n}"] = engine.keep(
            engine.sql(
                f"SELECT l.customer_id, '{people.record.name}' AS customer_type, r.* FROM r JOIN l "
                "ON l.channel = r.channel AND l.source_id = r.source_id AND l.until IS NULL",
                r=people.rows, l=held.sources,
            )
        )  # fmt: skip
        sound[f"b{n}"] = sound_before(
            with_id[f"r{n}"],
            held_ever[people.record.name],
            rules[people.record.name].doubts,
            engine,
        )
        found[f"p{n}"] = _keyed(people, engine)
    places = place.places(
        {
            name: (rows, people.record)
            for n, people in enumerate(known)
            for name, rows in ((f"r{n}", people.rows), (f"b{n}", sound[f"b{n}"]))
        },
        engine,
    )
    for n, people in enumerate(known):
        values[f"v{n}"] = survive.survivors(
            with_id[f"r{n}"],
            sound[f"b{n}"],
            people.record,
            rules[people.record.name],
            places,
            engine,
        )
    sources = _union("customer_id, customer_type, channel, first_day", with_id, engine)
    surviving = _union("*", values, engine)
    customer = view.customers(view.Known(sources, surviving, places, accounts, day), engine)
    past = before.tables["customer_history"] if before else None
    made = {
        "customer": customer,
        "customer_value": surviving,
        "customer_source": held.sources,
        "customer_successor": held.successors,
        "customer_history": view.history(customer, past, day, engine),
        "pair": _union("*", found, engine),
    }
    return {name: view.shaped(rows, CUSTOMER_TABLES[name], engine) for name, rows in made.items()}


def _keyed(people: _People, engine: Engine) -> Relation:
    """The pairs by their rows' keys."""
    assert people.pairs is not None  # noqa: S101 - set when matched
    return engine.sql(
        "SELECT l.channel, l.source_id, r.channel AS other_channel, r.source_id AS other_source_id, p.probability, "
        "p.because FROM p JOIN l ON l.row_id = p.row_l JOIN r ON r.row_id = p.row_r",
        p=people.pairs, l=people.rows, r=people.rows,
    )  # fmt: skip


def _union(columns: str, parts: dict[str, Relation], engine: Engine) -> Relation:
    return engine.sql(
        " UNION ALL ".join(f"SELECT {columns} FROM {name}" for name in parts), None, **parts
    )
