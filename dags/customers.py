"""All customers, whenever a channel's day has been checked: resolve, mask, publish, measure.

`measure` runs whatever happened, so that the warehouse says what stopped; `published` is green only if everything was.
If `publish` fails with an outage, the warehouse was locked or away: it is retried by itself. Otherwise read the task's
one-line error, mend what it names, and clear the failed task: every step replaces its own result.
"""

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, AssetAny, chain, dag, task

from dags.assets import checked
from dags.settings import settings
from dags.steps import latest_day, run_step
from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.core.batch import CUSTOMERS


@dag(
    dag_id=CUSTOMERS,
    schedule=AssetAny(*(checked(name) for name in Pack(settings().pack).names)),
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "信息管理部", "retries": 3, "retry_delay": pendulum.duration(minutes=5)},
    tags=["mingce", "customers"],
    doc_md=__doc__,
)
def customers() -> None:
    """The flow over all channels."""
    day = task(task_id="day")(latest_day)()
    steps = {
        step: task(task_id=step, trigger_rule="all_done" if step == "measure" else "all_success")(
            run_step
        )(step, CUSTOMERS, day)
        for step in flow.ALL_CHANNELS
    }
    chain(*steps.values())
    published = EmptyOperator(task_id="published")
    chain([*steps.values()], published)


the_dag: DAG = customers()
