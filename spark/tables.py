"""The tables of the lake: how they are written and read, and the report of what became of a source's rows.

`Folders` are Parquet files below a path, for a crawler to find. The new files of one that is replaced are moved in when all
are written, and the old ones are then deleted: a job that fails before leaves the old table, one that is killed between the
two leaves files of both, which `read` refuses.
`Iceberg` tables stand in a catalog that Spark was started with. Files are written under new names beside the old ones,
and the catalog then moves to them in one step, so that a job that fails or is repeated leaves the old table or the new
one, on S3 too, where no rename is atomic. A month of such a table can be replaced alone.
"""

from __future__ import annotations  # EMR’s Python is 3.9

import re
from datetime import date, timedelta
from typing import NamedTuple

from pyspark.sql import Column, DataFrame, Observation
from pyspark.sql import functions as F

from fields import kept, tally
from storage import BadInput, delete, root_cause, sizes, write_json


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


def parts(files: dict) -> list:
    """Of the files of a folder those that hold rows."""
    return [file for file in files if file.rsplit("/", 1)[1].startswith("part-")]


def writers(files: dict) -> set:
    """The jobs that wrote them: `part-<number>-<job>-c<number>.snappy.parquet`."""
    return {re.sub(r"^.*/part-\d+-|[-.]c\d+\..*$", "", file) for file in parts(files)}


#: What is said of files that another run has removed: of the table that is read, and of the folder that is written.
GONE = "UNABLE_TO_INFER_SCHEMA|PATH_NOT_FOUND"
TAKEN = "FileNotFound|No such file|[Ff]ailed to rename|Could not rename|Unable to clear"


class Folders:
    """Tables as folders of Parquet files, `<lake>/<layer>/tables/<name>/`, each replaced whole."""

    month = None
    AFTER_FAILURE = "Tables are as they were; one that it was just putting in place is refused until this step has run again."

    def __init__(self, spark, lake: str):
        self.spark, self.lake = spark, lake

    def read(self, layer: str, name: str, step: str) -> DataFrame:
        path = f"{self.lake}/{layer}/tables/{name}"
        files = sizes(self.spark, path)
        if f"{path}/_SUCCESS" not in files or len(writers(files)) > 1:
            raise BadInput(f"{path}/ is missing or was not written to its end: run `{step}` first.")
        return self.spark.read.parquet(path)

    def replace(self, rows: DataFrame, layer: str, name: str) -> DataFrame:
        """Writes the rows beside what is there and then takes that away; answers the table."""
        path, written = f"{self.lake}/{layer}/tables/{name}", Observation()
        try:
            old = parts(sizes(self.spark, path))
            # What a job that was killed had ready there would be moved in with this one's files.
            delete(self.spark, f"{path}/_temporary")
            rows.observe(written, F.count(F.lit(1)).alias("rows")).write.mode("append").parquet(path)
            for file in old:
                delete(self.spark, file)
            table = self.spark.read.parquet(path)
            # Of two runs at once, one takes files away from the other or leaves its own among them. The names of the files do
            # not show those that are gone, the count does, which is in their footers.
            whole = len(writers(sizes(self.spark, path))) == 1 and table.count() == written.get["rows"]
        except Exception as problem:
            fault = str(problem)
            is_taken = f"{layer}/tables/{name}" in fault and re.search(TAKEN, fault)
            if not (is_taken or re.search(GONE, fault)):
                raise
            whole = False
        if not whole:
            raise self.two_runs(path)
        return table

    def two_runs(self, path: str) -> BadInput:
        """The error, when the folder no longer says of itself that it is whole."""
        delete(self.spark, path + "/_SUCCESS")
        return BadInput(
            f"{path}/ was written by another run at the same time, and is not whole: "
            "run this step again when no other run writes it."
        )

    def newest(self, layer: str, name: str) -> tuple[str, DataFrame]:
        """A table and its version; those of folders have one."""
        return "the only one", self.spark.read.parquet(f"{self.lake}/{layer}/tables/{name}")

    def within(self, rows: DataFrame) -> DataFrame:
        return rows


class Iceberg:
    """Tables `<catalog>.<database>.<name>`, those with a date in partitions of a month, and of a source where they have two.

    With a month, a run reads and replaces the rows of its days and leaves the others as they are.
    """

    AFTER_FAILURE = "Tables that it had not written to their end are as they were."

    def __init__(self, spark, database: str, month: Month | None):
        catalog = database.split(".")[0]
        if spark.conf.get(f"spark.sql.catalog.{catalog}", None) is None:
            raise BadInput(
                f"Spark has no catalog {catalog}: name one that it was started with, as in "
                f"`--conf spark.sql.catalog.{catalog}=org.apache.iceberg.spark.SparkCatalog`."
            )
        try:
            spark.catalog.databaseExists(database)
        except Exception as problem:
            raise BadInput(
                f"The catalog {catalog} is not there: {root_cause(problem).rstrip('.')}. Check Spark’s properties "
                f"`spark.sql.catalog.{catalog}.*`, and that this job may use what they name. No table was changed."
            ) from problem
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
        by_source = "source" in rows.columns
        if "date" not in rows.columns:
            self.replace_whole(self.new(rows, table))
        elif self.month is None:
            by = [F.col("source")] if by_source else []
            self.replace_whole(self.new(rows, table).partitionedBy(*by, F.months("date")))
        else:
            # Made without rows: what another run writes of another month meanwhile is not replaced.
            columns = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in rows.schema)
            by = "source, months(date)" if by_source else "months(date)"
            self.spark.sql(
                f"CREATE TABLE IF NOT EXISTS {table} ({columns}) USING iceberg PARTITIONED BY ({by}) "
                "TBLPROPERTIES ('format-version' = '2')"
            )
            rows.writeTo(table).overwrite(self.month.holds())
        return self.spark.table(table)

    def new(self, rows: DataFrame, table: str):
        """The writer of a table that is replaced whole: it follows the rows' columns, too, should they have changed."""
        return rows.writeTo(table).using("iceberg").tableProperty("format-version", "2")

    def replace_whole(self, new) -> None:
        try:
            new.createOrReplace()
        except Exception as problem:
            if "AlreadyExistsException" not in root_cause(problem):
                raise
            new.createOrReplace()  # another run has made the table meanwhile: it is replaced

    def newest(self, layer: str, name: str) -> tuple[str, DataFrame]:
        """A table with the rows of all months, and its version: whichever run wrote last."""
        table = f"{self.database}.{name}"
        self.spark.sql(f"REFRESH TABLE {table}")
        snapshot = self.spark.table(f"{table}.refs").where("name = 'main'").select("snapshot_id").head()
        return str(snapshot), self.spark.table(table)

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
