"""When, and for whom: a pack as Airflow DAGs. `of_pack` makes them; a file in the DAGs folder calls it."""

from mingce_dags.build import of_pack
from mingce_dags.settings import Settings

__all__ = ["Settings", "of_pack"]
