"""What the channels' DAGs make and the customers' DAG waits for."""

from airflow.sdk import Asset


def checked(channel: str) -> Asset:
    """A channel's checked batches."""
    return Asset(name=f"checked_{channel}", uri=f"mingce://checked/{channel}")
