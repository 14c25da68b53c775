"""Iceberg tables: months that are written alone, and writers that are killed. Read back without Spark."""

import itertools
import pathlib
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import expected
import pytest
import sources
from conftest import BUCKET, Lake, of_all
from faulty_s3 import FaultyS3
from iceberg import PACKAGES, Driver, contents, iceberg_catalog
from iceberg_driver import ROWS
from sources import review, reviews

MONTHS = ("2005-01", "2005-02", "2005-03")
ORDERS = list(itertools.permutations(MONTHS))
KILLS = 20
pytestmark = of_all


@pytest.fixture
def root(tmp_path) -> pathlib.Path:
    (tmp_path / "s3" / BUCKET).mkdir(parents=True)
    return tmp_path


def bronze(root: pathlib.Path) -> Lake:
    """Ratings of three months and of a day before them, the last days of months among them."""
    lake = Lake(root / "s3" / BUCKET, "lake")
    days = ("2004-12-31", "2005-01-01", "2005-01-31", "2005-02-01", "2005-02-28", "2005-03-01", "2005-03-31")
    one = "1:\n" + "".join(f"{n % 3},{1 + n % 5},{day}\n" for n, day in enumerate(days * 2)) + "x,y\n"
    sources.netflix(lake, one, "2:\n9,5,2005-02-10\n")
    rows = [review(review_date=day, customer_id=str(n), product_id=f"B{n % 2}") for n, day in enumerate(days)]
    sources.amazon(lake, reviews(*rows, review(marketplace="UK"), "short"))
    return lake


def pipeline(driver: Driver, lake: Lake, database: str, month: str) -> None:
    for step in (("silver", "netflix"), ("silver", "amazon"), ("gold",)):
        assert driver.run(*step, lake.uri, "--iceberg", f"glue.{database}", "--month", month) == 0


def test_months_in_any_order_and_twice(root):
    lake = bronze(root)
    with Driver(root) as driver:
        pipeline(driver, lake, "whole", "all")
        whole = contents(root, "whole")
        assert {name: sum(rows.values()) for name, rows in whole.items()} == {
            "processed_netflix": 15,
            "netflix_movie_title": 1,
            "amazon_final": 7,
            "ratings": 22,
            "customer": 11,
            "movies": 4,
        }
        assert whole["ratings"] == Counter(map(tuple, expected.ratings(lake.path / "bronze")))
        for at, order in enumerate(ORDERS):
            for month in order:
                pipeline(driver, lake, f"order_{at}", month)
                once = contents(root, f"order_{at}")
                pipeline(driver, lake, f"order_{at}", month)
                assert contents(root, f"order_{at}") == once
            pipeline(driver, lake, f"order_{at}", "2004-12-31T00:00:00Z")
            assert contents(root, f"order_{at}") == whole, order


def test_a_month_replaces_its_own_rows_alone(root):
    lake = bronze(root)
    with Driver(root) as driver:
        pipeline(driver, lake, "db", "all")
        before = contents(root, "db")["ratings"]
        sources.netflix(lake, "1:\n5,5,2005-01-15\n5,5,2005-02-15\n5,5,2005-03-15\n")
        pipeline(driver, lake, "db", "2005-02")
        after = contents(root, "db")["ratings"]

    def month(rows: Counter, number: int) -> Counter:
        return Counter({row: n for row, n in rows.items() if (row[3].year, row[3].month) == (2005, number)})

    for number in (1, 3):
        assert month(after, number) == month(before, number)
    of_netflix = sorted((row[0], str(row[3])) for row in month(after, 2) if row[6] == "netflix")
    assert of_netflix == [("5", "2005-02-15"), ("9", "2005-02-10")]


@pytest.mark.parametrize("by_month", (False, True), ids=("whole", "month"))
def test_a_writer_that_is_killed_leaves_the_old_table_or_the_new_one(root, by_month):
    rng = random.Random(by_month)
    last = None
    for _ in range(KILLS):
        with Driver(root) as driver:
            driver.tell(versions="glue.db.t", month=by_month)
            last = driver.answer()
            killed_at = time.monotonic() + rng.uniform(0, 3)
            while (wait := killed_at - time.monotonic()) > 0:
                time.sleep(min(wait, 0.05))
            driver.kill()
            for line in driver.process.stdout:
                last = int(line) if line.strip().isdigit() else last
        found = Counter(row[2] for row in contents(root, "db")["t"].elements())
        assert found in (Counter({last: ROWS}), Counter({last + 1: ROWS}))


KILLED = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 1")  # so that what is not committed stands in the file
database.execute("BEGIN")
for number in range(500):
    database.execute("INSERT INTO iceberg_tables VALUES ('glue', 'db', ?, ?, NULL, 'TABLE')", (f"t{number}", "x" * 900))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_catalog_can_be_read_whose_writer_was_killed(root):
    catalog = root / "iceberg.db"
    iceberg_catalog.make(str(catalog))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(catalog)])
    assert killed.returncode == -signal.SIGKILL and (root / "iceberg.db-journal").stat().st_size > 0
    assert contents(root, "db") == {}


@pytest.mark.parametrize(
    "args, said",
    [
        (["--month", "2005-06"], "--month needs --iceberg"),
        (["--iceberg", "glue.db", "--month", "2005-13"], "'2005-13' is not a month"),
        (["--iceberg", "glue.db", "--month", "June"], "'June' is not a month"),
        (["--iceberg", "db"], "'db' is not a catalog of Spark and a database in it"),
    ],
)
def test_wrong_usage(capsys, args, said):
    import main

    with pytest.raises(SystemExit) as ended:
        main.main(["gold", "s3://b", *args])
    assert ended.value.code == 2 and said in capsys.readouterr().err


def test_a_catalog_that_spark_does_not_have(lake, run):
    import main

    sources.netflix(lake)
    code, _, err = run(main, "silver", "netflix", lake.uri, "--iceberg", "glue.db")
    assert code == 1 and err.startswith("main.py: Spark has no catalog glue: name one that it was started with")
    assert lake.names("silver") == []


@pytest.mark.parametrize("by_month", (False, True), ids=("whole", "month"))
def test_s3_that_fails_at_random_leaves_the_old_table_or_the_new_one(root, by_month):
    with FaultyS3(root, BUCKET, seed=by_month) as s3:
        settings = s3.spark()
        packages = f"{PACKAGES},{settings.pop('spark.jars.packages')}"
        with Driver(root, packages, **settings) as driver:

            def versions() -> dict:
                s3.copy(root / "s3" / BUCKET)
                return Counter(row[2] for row in contents(root, "db")["t"].elements())

            driver.tell(versions="glue.db.t", month=by_month)
            last, broken, writing = driver.answer(), 0, True
            while broken < KILLS:
                if not writing:
                    driver.tell(versions="glue.db.t", month=by_month)
                s3.faults = 0.4
                said = driver.answer()
                writing = isinstance(said, int)
                if writing:
                    last = said
                    continue
                broken += 1
                s3.faults = 0.0
                found = versions()
                assert found in (Counter({last: ROWS}), Counter({last + 1: ROWS})), said
                last = next(iter(found))
            assert s3.failed > 0
            driver.tell(versions="glue.db.t", month=by_month)
            assert driver.answer() == last + 1
        found = versions()
        assert len(found) == 1 and min(found) > last and set(found.values()) == {ROWS}
