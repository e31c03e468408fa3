"""One channel's day, from landing to checked: one DAG a channel."""

import pendulum
from airflow.sdk import DAG, CronPartitionTimetable, chain, task

from mingce_dags.assets import checked
from mingce_dags.days import KEY, asked, newest
from mingce_dags.landing import Landing
from mingce_dags.runbook import of_channel
from mingce_dags.settings import Settings
from mingce_dags.tasks import retried, run_channel_step
from pipelines import flow
from pipelines.channels.channel import Channel
from pipelines.channels.pack import PackFile
from pipelines.core.errors import say

RUNS = 16
"""Days of one channel under way at once: a late one does not hold up the next."""


def dag_id(prefix: str, channel: str) -> str:
    """What the channel's DAG is called."""
    return f"{prefix}channel_day_{channel}"


def channel_day(at: Settings, file: PackFile, channel: Channel) -> DAG:
    """The DAG of one channel. Its days may wait side by side, but no step runs for two of them at once."""
    zone = channel.lands.zone or file.zone
    with DAG(
        dag_id=dag_id(at.prefix, channel.name),
        dag_display_name=say(f"{channel.title} · one day", f"{channel.title} · 每日"),
        schedule=CronPartitionTimetable(
            channel.schedule,
            timezone=zone,
            run_offset=-channel.lands.day_offset,
            key_format=KEY,
        ),
        start_date=pendulum.datetime(2020, 1, 1, tz=zone),
        catchup=False,
        auto_register=False,
        max_active_runs=RUNS,
        default_args=retried(channel.owner) | {"max_active_tis_per_dag": 1},
        params=asked(newest(channel, zone)),
        tags=["mingce", file.organisation, "channel"],
        doc_md=of_channel(channel, zone),
    ) as made:
        lands = Landing(
            task_id="lands",
            at=at.said(),
            channel=channel.name,
            max_active_tis_per_dag=RUNS,
        )
        steps = [
            task(task_id=step, outlets=[checked(at.prefix, channel.name)] if is_last else [])(
                run_channel_step
            )(at.said(), step, channel.name)
            for step in flow.CHANNEL_DAY
            for is_last in (step == flow.CHANNEL_DAY[-1],)
        ]
        chain(lands, *steps)
    return made
