"""A pack's DAGs. No faulty file takes another channel's DAG away: its own DAG fails, and says why."""

from pathlib import Path

from airflow.sdk import DAG, get_parsing_context

from mingce_dags import channel_day, customers
from mingce_dags.fault import faulty
from mingce_dags.settings import Settings, settings
from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.core.errors import LANGUAGE, InternalError, PlatformError


def of_pack(at: Settings | None = None) -> dict[str, DAG]:
    """The DAGs of a pack, by name: the one MINGCE_PACK names, or another. A task's process gets the one it needs."""
    prefix = at.prefix if at else ""
    try:
        at = at or settings()
        pack = Pack(Path(at.pack))
        LANGUAGE.set(pack.file.language)
        names = pack.declared if pack.names else ()
    except Exception as error:
        return faulty(f"{prefix}mingce", _sentence(error))
    made: dict[str, DAG] = {}
    for name in names:
        if _is_wanted(channel_day.dag_id(prefix, name)):
            made |= _channel(at, pack, name)
    if _is_wanted(customers.dag_id(prefix)):
        made[customers.dag_id(prefix)] = customers.all_customers(at, pack)
    return made


def _channel(at: Settings, pack: Pack, name: str) -> dict[str, DAG]:
    """The channel's DAG; if its file is faulty, one that fails with the sentence that says so."""
    own = channel_day.dag_id(at.prefix, name)
    try:
        channel: Channel = pack.channel(name)
        return {own: channel_day.channel_day(at, pack.file, channel)}
    except Exception as error:
        return faulty(own, _sentence(error), pack.file.zone)


def _is_wanted(dag_id: str) -> bool:
    """Whether this process needs the DAG: one that runs a task needs that task's only."""
    wanted = get_parsing_context().dag_id
    return wanted in (None, dag_id)


def _sentence(error: Exception) -> str:
    return str(error if isinstance(error, PlatformError) else InternalError.at(error))
