from airflow import DAG

with DAG("sales") as dag:
    extract >> load
