"""Two runs that write one table at the same time: of Iceberg tables both are there, or the later one; folders say so."""

import pathlib
from collections import Counter

import duckdb
import pytest
import sources
from conftest import BUCKET, Lake, of_all
from iceberg import Driver, contents

TIMES = 10
pytestmark = of_all


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """(folder, two lakes, two JVMs that run steps on them)."""
    root = tmp_path_factory.mktemp("two_runs")
    (root / "s3" / BUCKET).mkdir(parents=True)
    with Driver(root) as one, Driver(root) as other:
        yield root, lakes(root), (one, other)


def lakes(root: pathlib.Path) -> list:
    """Two lakes with other ratings of the same days, by other customers."""
    made = [Lake(root / "s3" / BUCKET, name) for name in ("one", "other")]
    for at, lake in enumerate(made):
        days = ("2005-01-01", "2005-01-31", "2005-02-01", "2005-02-28")
        rated = "".join(f"{1000 * at + n},{1 + n % 5},{days[n % 4]}\n" for n in range(400))
        sources.netflix(lake, f"{1 + at}:\n{rated}", titles=f"{1 + at},1999,A Film\n")
        sources.amazon(lake)
    return made


def at_once(drivers: tuple, *steps: tuple) -> list:
    for driver, step in zip(drivers, steps):
        driver.tell(run=step)
    return [driver.end() for driver in drivers]


def test_two_months_of_iceberg_tables_are_both_there(pair):
    root, (lake, _), (one, other) = pair
    january, february = ("--month", "2005-01"), ("--month", "2005-02")
    for step in (("silver", "amazon"), ("silver", "netflix"), ("gold",)):
        assert one.run(*step, lake.uri, "--iceberg", "glue.alone") == 0
    alone = contents(root, "alone")
    for at in range(TIMES):
        to = ("--iceberg", f"glue.months_{at}")
        assert one.run("silver", "amazon", lake.uri, *to) == 0
        for step in (("silver", "netflix"), ("gold",)):
            codes = at_once((one, other), (*step, lake.uri, *to, *january), (*step, lake.uri, *to, *february))
            assert codes == [0, 0], (one.said, other.said)
        found = contents(root, f"months_{at}")
        found["ratings"] += Counter({row: n for row, n in alone["ratings"].items() if row[6] == "amazon"})
        found["customer"] |= Counter({row: n for row, n in alone["customer"].items() if row[1] == "amazon"})
        found["movies"] |= Counter({row: n for row, n in alone["movies"].items() if row[2] == "amazon"})
        assert found == alone


@pytest.mark.parametrize("month", ("all", "2005-02"))
def test_of_two_runs_of_one_month_the_later_one_is_there(pair, month):
    root, lakes, drivers = pair
    steps = [("silver", "netflix", lake.uri, "--month", month, "--iceberg") for lake in lakes]
    databases, whole = [f"{name}_{month[-2:]}" for name in ("one", "other", "both")], []
    for driver, step, database in zip(drivers, steps, databases):
        assert driver.run(*step, f"glue.{database}") == 0
        whole.append(contents(root, database))
    for _ in range(TIMES):  # the first time there is no table yet
        codes = at_once(drivers, *[(*step, f"glue.{databases[2]}") for step in steps])
        assert codes == [0, 0], [driver.said for driver in drivers]
        for name, rows in contents(root, databases[2]).items():
            assert rows in (whole[0][name], whole[1][name]), name


def test_of_two_runs_on_one_folder_one_says_so_unless_the_table_is_right(pair):
    _, (lake, _), drivers = pair
    step, table = ("silver", "netflix", lake.uri), lake.path / "silver/tables/processed_netflix"
    ended = Counter()
    for _ in range(3 * TIMES):
        codes = at_once(drivers, step, step)
        ended[tuple(sorted(codes))] += 1
        for code, driver in zip(codes, drivers):
            assert code == 0 or (code == 1 and "by another run at the same time" in driver.said), driver.said
        if (table / "_SUCCESS").exists():
            rows = duckdb.sql(f"SELECT customer_id FROM '{table}/*.parquet'").fetchall()
            assert Counter(rows) == Counter((str(n),) for n in range(400))
        else:
            assert codes != [0, 0]
    assert drivers[0].run(*step) == 0 and (table / "_SUCCESS").exists()
    print(dict(ended))
