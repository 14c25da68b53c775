"""Runs the reference pipeline's steps on Iceberg tables in one JVM, a line of JSON on standard input for each.

    {"run": ["silver", "netflix", …]}               main.py with these arguments; answers its exit code and what it said on
                                                    standard error
    {"versions": "glue.db.t", "month": true|false}  replaces a table without end, each time by rows of the next version,
                                                    whole or of a month; answers a version once it is written
"""

import contextlib
import datetime
import io
import json
import sys

import main
import storage
import tables
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

ROWS = 3000
FIRST = datetime.date(2005, 1, 1)


def answer(value) -> None:
    print(json.dumps(value), flush=True)


def versions(table: str, by_month: bool) -> None:
    spark = SparkSession.builder.getOrCreate()
    database, name = table.rsplit(".", 1)
    into = tables.Iceberg(spark, database, tables.Month.of(FIRST) if by_month else None)
    last = spark.table(table).agg(F.max("version")).head()[0] if spark.catalog.tableExists(table) else None
    number = 0 if last is None else last + 1
    while True:
        day = F.date_add(F.lit(FIRST), (F.col("id") % (28 if by_month else 80)).cast("int"))
        rows = spark.range(0, ROWS, 1, 4).select("id", day.alias("date"), F.lit(number).alias("version"))
        into.replace(rows, "gold", name)
        answer(number)
        number += 1


def orders() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if "run" in order:
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                try:
                    code = main.main(order["run"])
                except SystemExit as ended:
                    code = ended.code
            answer([code, said.getvalue()])
        else:
            try:
                versions(order["versions"], order["month"])
            except Exception as problem:
                answer(storage.root_cause(problem))


if __name__ == "__main__":
    orders()
