"""One channel's day, from landing to checked, one DAG a channel.

If `ingest` or `standardise` fails, the source or its channel definition is wrong: ask the channel's owner for a right
file, or mend `channels/<name>.yaml`, and clear `ingest`. If `validate` fails, too many rows do not hold what must hold:
the quarantine has them with their reasons; a corrected file for the same day replaces the batch. Nothing of a failed
day is published; the other channels go on. An outage is retried by itself.
"""

import pendulum
from airflow.sdk import DAG, chain, dag, task

from dags.assets import checked
from dags.settings import settings
from dags.steps import run_step
from pipelines import flow
from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack


def channel_day(channel: Channel) -> DAG:
    """The DAG of one channel."""
    last = list(flow.CHANNEL_DAY)[-1]

    @dag(
        dag_id=f"channel_day_{channel.name}",
        schedule=channel.schedule,
        start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
        catchup=False,
        max_active_runs=1,
        default_args={
            "owner": channel.owner,
            "retries": 3,
            "retry_delay": pendulum.duration(minutes=5),
        },
        tags=["mingce", "channel"],
        doc_md=__doc__,
    )
    def build() -> None:
        chain(
            *(
                task(task_id=step, outlets=[checked(channel.name)] if step == last else [])(
                    run_step
                )(step, channel.name, "{{ ds }}")
                for step in flow.CHANNEL_DAY
            )
        )

    return build()


for declared in Pack(settings().pack).channels().values():
    channel_day(declared)
