"""Spark with Iceberg tables on this machine, and what its tables hold, read without Spark."""

import json
import os
import pathlib
import shlex
import signal
import subprocess
import sys
from collections import Counter

import duckdb
from conftest import BUCKET, ROOT, s3_on

sys.path += [str(ROOT / "tasks/glue/engine"), str(ROOT / "engines")]
import iceberg_catalog  # noqa: E402
import iceberg_tables  # noqa: E402

# As engines/iceberg.ts has them.
PACKAGES = "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.2,org.xerial:sqlite-jdbc:3.54.1.0"


def settings(root: pathlib.Path) -> dict:
    """Spark's properties of a catalog `glue` in a file, its warehouse in the bucket's folder."""
    return {
        "spark.sql.catalog.glue": "org.apache.iceberg.spark.SparkCatalog",
        "spark.sql.catalog.glue.catalog-impl": "org.apache.iceberg.jdbc.JdbcCatalog",
        "spark.sql.catalog.glue.uri": f"jdbc:sqlite:{root}/iceberg.db?busy_timeout=30000",
        "spark.sql.catalog.glue.jdbc.schema-version": "V1",
        "spark.sql.catalog.glue.jdbc.init-catalog-tables": "false",
        "spark.sql.catalog.glue.warehouse": f"s3://{BUCKET}/iceberg/",
    }


class Ended(AssertionError):
    """The driver is no longer there."""


class Driver:
    """iceberg_driver.py in a process group of its own; `s3` is a folder with the bucket below it. What the last step that
    was run said on standard error is `said`."""

    def __init__(self, root: pathlib.Path, packages: str = PACKAGES, **more: str):
        (root / "s3" / BUCKET).mkdir(parents=True, exist_ok=True)
        iceberg_catalog.make(f"{root}/iceberg.db")
        conf = {
            "spark.master": "local[2]",
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
            "spark.local.dir": f"{root}/tmp",
            **s3_on(root / "s3" / BUCKET),
            **settings(root),
            **more,
        }
        options = [word for pair in conf.items() for word in ("--conf", "=".join(pair))]
        self.log = open(root / "driver.log", "a")
        self.process = subprocess.Popen(
            # Not through spark-submit, which does not pass its standard input on.
            [sys.executable, str(ROOT / "test/spark/iceberg_driver.py")],
            env={
                **os.environ,
                "PYSPARK_SUBMIT_ARGS": shlex.join(["--packages", packages, *options, "pyspark-shell"]),
                "PYTHONPATH": os.pathsep.join((str(ROOT / "spark"), str(ROOT / "test/spark"))),
                "PYSPARK_PYTHON": sys.executable,
                "SPARK_LOCAL_IP": "127.0.0.1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            start_new_session=True,
        )

    def tell(self, **order) -> None:
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def answer(self):
        """The next line of JSON that stands alone; what the jobs print goes by."""
        for line in self.process.stdout:
            try:
                return json.loads(line)
            except ValueError:
                continue
        raise Ended(f"the driver ended with {self.process.wait()}: see {self.log.name}")

    def run(self, *args: str) -> int:
        self.tell(run=args)
        return self.end()

    def end(self) -> int:
        """Waits for the step that was begun; answers its exit code."""
        code, self.said = self.answer()
        self.log.write(self.said)
        return code

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()
        self.process.stdin.close()
        self.log.close()


def contents(root: pathlib.Path, database: str) -> dict:
    """name -> the rows of each table, as a multiset, from the files of its current snapshot."""
    found = {}
    for table in iceberg_tables.tables(str(root / "iceberg.db"), str(root / "s3")):
        if table["database"] != database:
            continue
        assert "fault" not in table, table
        columns = ", ".join(f'"{column["name"]}"' for column in table["columns"])
        files = [str(root / "s3" / uri.removeprefix("s3://")) for uri in table["files"]]
        query = f"SELECT {columns} FROM read_parquet({files!r}, hive_partitioning = false)"
        found[table["name"]] = Counter(duckdb.sql(query).fetchall()) if files else Counter()
    return found
