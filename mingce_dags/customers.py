"""All customers, by day, whenever a channel's day has been checked: resolve, mask, publish, measure."""

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, AssetAny, PartitionedAssetTimetable, chain, task

from mingce_dags.assets import called, checked, customers
from mingce_dags.days import asked, yesterday
from mingce_dags.runbook import of_customers
from mingce_dags.settings import Settings
from mingce_dags.tasks import call_next, due_day, retried, run_customers_step
from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import say


def dag_id(prefix: str) -> str:
    """What the DAG of all customers is called."""
    return f"{prefix}{CUSTOMERS}"


def all_customers(at: Settings, pack: Pack) -> DAG:
    """The DAG over all channels. One day at a time; `call_next` calls for the days that this one made due."""
    with DAG(
        dag_id=dag_id(at.prefix),
        dag_display_name=say(
            f"{pack.file.organisation} · customers", f"{pack.file.organisation} · 客户归并"
        ),
        schedule=PartitionedAssetTimetable(
            assets=AssetAny(called(at.prefix), *(checked(at.prefix, name) for name in pack.names))
        ),
        start_date=pendulum.datetime(2020, 1, 1, tz=pack.file.zone),
        catchup=False,
        auto_register=False,
        max_active_runs=1,
        default_args=retried(say("information management", "信息管理部")),
        params=asked(yesterday(pack.file.zone)),
        tags=["mingce", pack.file.organisation, "customers"],
        doc_md=of_customers(),
    ) as made:
        day = task.short_circuit(task_id="day")(due_day)(at.said())
        steps = {
            step: task(
                task_id=step,
                trigger_rule="all_done" if step == flow.ALL_CHANNELS[-1] else "all_success",
                outlets=[customers(at.prefix)] if step == flow.ALL_CHANNELS[-1] else [],
            )(run_customers_step)(at.said(), step, day)
            for step in flow.ALL_CHANNELS
        }
        onward = task(task_id="call_next", outlets=[called(at.prefix)])(call_next)(at.said(), day)
        chain(*steps.values(), onward)
        published = EmptyOperator(task_id="published", trigger_rule="none_failed")
        chain([*steps.values(), onward], published)
    return made
