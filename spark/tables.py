"""The tables of the lake: how they are written and read, and the report of what became of a source's rows."""

from pyspark.sql import DataFrame, Observation

from fields import kept, tally
from storage import BadInput, exists, write_json


def silver(spark, lake: str, name: str) -> DataFrame:
    path = f"{lake}/silver/tables/{name}"
    if not exists(spark, path + "/_SUCCESS"):
        step = "silver amazon" if name.startswith("amazon") else "silver netflix"
        raise BadInput(f"{path}/ is missing or was not written to its end: run `{step}` first.")
    return spark.read.parquet(path)


def write(rows: DataFrame, path: str, reasons) -> dict:
    """Writes the rows that are kept and counts all of them, in one pass."""
    seen = Observation()
    kept(rows.observe(seen, *tally(reasons))).write.mode("overwrite").parquet(path)
    counts = seen.get
    dropped = {reason: counts[f"dropped {at}"] for at, reason in enumerate(reasons)}
    return {"rows": counts["kept"], "dropped": {reason: n for reason, n in dropped.items() if n}}


def report(spark, path: str, files: dict, tables: dict) -> None:
    for file, size in files.items():
        print(f"read {file} ({size:,} bytes)")
    for name, table in tables.items():
        print(f"wrote {name}: {table['rows']:,} rows, {sum(table['dropped'].values()):,} dropped")
        for reason, count in table["dropped"].items():
            print(f"  dropped {count:,}: {reason}")
    print(f"report {path}", flush=True)
    write_json(spark, path, {"files": files, "tables": tables})
