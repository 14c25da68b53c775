"""The tables of the lake: how they are written and read, and the report of what became of a source's rows.

`Folders` are Parquet files below a path, for a crawler to find. Replacing one deletes the old files before the new ones
are there: a job that fails meanwhile leaves a folder without _SUCCESS, which `read` refuses.
`Iceberg` tables stand in a catalog that Spark was started with. Files are written under new names beside the old ones,
and the catalog then moves to them in one step, so that a job that fails or is repeated leaves the old table or the new
one, on S3 too, where no rename is atomic. A month of such a table can be replaced alone.
"""

from __future__ import annotations  # EMR’s Python is 3.9

from datetime import date, timedelta
from typing import NamedTuple

from pyspark.sql import Column, DataFrame, Observation
from pyspark.sql import functions as F

from fields import kept, tally
from storage import BadInput, exists, write_json


class Month(NamedTuple):
    """The days of a run: from `first`, the first of a month, until before `end`, the first of the next."""

    first: date
    end: date

    @classmethod
    def of(cls, day: date) -> "Month":
        first = day.replace(day=1)
        return cls(first, (first + timedelta(days=31)).replace(day=1))

    def holds(self) -> Column:
        return (F.col("date") >= F.lit(self.first)) & (F.col("date") < F.lit(self.end))


class Folders:
    """Tables as folders of Parquet files, `<lake>/<layer>/tables/<name>/`, each replaced whole."""

    month = None

    def __init__(self, spark, lake: str):
        self.spark, self.lake = spark, lake

    def read(self, layer: str, name: str, step: str) -> DataFrame:
        path = f"{self.lake}/{layer}/tables/{name}"
        if not exists(self.spark, path + "/_SUCCESS"):
            raise BadInput(f"{path}/ is missing or was not written to its end: run `{step}` first.")
        return self.spark.read.parquet(path)

    def replace(self, rows: DataFrame, layer: str, name: str) -> DataFrame:
        """Writes the rows in place of what is there; answers the table."""
        path = f"{self.lake}/{layer}/tables/{name}"
        rows.write.mode("overwrite").parquet(path)
        return self.spark.read.parquet(path)

    def within(self, rows: DataFrame) -> DataFrame:
        return rows


class Iceberg:
    """Tables `<catalog>.<database>.<name>`, those with a date in partitions of a month.

    With a month, a run reads and replaces the rows of its days and leaves the others as they are.
    """

    def __init__(self, spark, database: str, month: Month | None):
        catalog = database.split(".")[0]
        if spark.conf.get(f"spark.sql.catalog.{catalog}", None) is None:
            raise BadInput(
                f"Spark has no catalog {catalog}: name one that it was started with, as in "
                f"`--conf spark.sql.catalog.{catalog}=org.apache.iceberg.spark.SparkCatalog`."
            )
        self.spark, self.database, self.month = spark, database, month

    def read(self, layer: str, name: str, step: str) -> DataFrame:
        table = f"{self.database}.{name}"
        if not self.spark.catalog.tableExists(table):
            raise BadInput(f"The table {table} is missing: run `{step}` first.")
        return self.within(self.spark.table(table))

    def replace(self, rows: DataFrame, layer: str, name: str) -> DataFrame:
        """Writes the rows in place of what is there, or of what is there of the month; answers the whole table."""
        table = f"{self.database}.{name}"
        self.spark.sql(f"CREATE NAMESPACE IF NOT EXISTS {self.database}")
        by_month = [F.months("date")] if "date" in rows.columns else []
        if self.month is not None and by_month and self.spark.catalog.tableExists(table):
            rows.writeTo(table).overwrite(self.month.holds())
        else:
            # What is replaced whole follows the rows' columns too, should they have changed.
            new = rows.writeTo(table).using("iceberg").tableProperty("format-version", "2")
            (new.partitionedBy(*by_month) if by_month else new).createOrReplace()
        return self.spark.table(table)

    def within(self, rows: DataFrame) -> DataFrame:
        """The rows of the month's days, and those that have no date, which may be why they are dropped."""
        if self.month is None or "date" not in rows.columns:
            return rows
        return rows.where(F.col("date").isNull() | self.month.holds())


def write(rows: DataFrame, tables: Folders | Iceberg, name: str, reasons) -> dict:
    """Writes the rows of a silver table that are kept and counts all of the run's, in one pass."""
    seen = Observation()
    tables.replace(kept(tables.within(rows).observe(seen, *tally(reasons))), "silver", name)
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
