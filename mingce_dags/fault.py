"""A DAG that stands for what cannot be read: it fails once a day with the sentence that says why."""

import pendulum
from airflow.sdk import DAG, task

from mingce_dags.tasks import Stopped, retried
from pipelines.core.errors import say


def say_fault(sentence: str) -> None:
    """Fail with the sentence."""
    raise Stopped(sentence)


def faulty(dag_id: str, sentence: str, zone: str = "Asia/Shanghai") -> dict[str, DAG]:
    """The DAG, by its name. It gives way to the right one as soon as the file is mended."""
    with DAG(
        dag_id=dag_id,
        dag_display_name=f"⚠ {dag_id}",
        schedule="0 6 * * *",
        start_date=pendulum.datetime(2020, 1, 1, tz=zone),
        catchup=False,
        auto_register=False,
        default_args=retried(say("whoever wrote the pack", "配置包编写人")),
        tags=["mingce", "faulty"],
        doc_md=say(
            f"**This cannot run:**\n\n{sentence}\n\nMend the file; the right DAG then takes this one's place. "
            "Then clear or trigger the day.",
            f"**无法运行：**\n\n{sentence}\n\n请更正该文件；更正后此 DAG 会自动恢复，再清除或触发相应日期。",
        ),
    ) as made:
        task(task_id="says_why")(say_fault)(sentence)
    return {dag_id: made}
