"""What Airflow reads: every DAG of the pack that MINGCE_PACK names. The code is the package `mingce_dags`."""

from mingce_dags import of_pack

globals().update(of_pack())
