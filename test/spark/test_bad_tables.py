"""What keeps a table from being written: one line that says where and what to do, and the old tables as they were."""

import re
import shutil
import subprocess

import main
import pytest
import sources
from conftest import BUCKET, Lake, of_all
from iceberg import Driver, contents, settings

pytestmark = of_all
SILVER = ("silver", "netflix")
WHOLE = "Tables that it had not written to their end are as they were."


def rated(count: int) -> str:
    return "1:\n" + "".join(f"{n * 7919 % 1000003},{1 + n % 5},2005-01-{1 + n % 31:02}\n" for n in range(count))


@pytest.fixture
def tight():
    """Makes a folder on a disk that has room for 256 KB."""
    made = []

    def make(folder):
        folder.mkdir(parents=True)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True)
        if mounted.returncode:
            pytest.skip("a file system of its own is made by root alone")
        made.append(folder)

    yield make
    for folder in made:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_and_a_catalog_that_is_not_there(tmp_path, tight):
    tight(tmp_path / "s3" / BUCKET / "iceberg")
    lake = Lake(tmp_path / "s3" / BUCKET, "lake")
    sources.netflix(lake, rated(10))
    gone = {name.replace("catalog.glue", "catalog.gone"): value for name, value in settings(tmp_path / "nowhere").items()}
    with Driver(tmp_path, **gone) as driver:
        assert driver.run(*SILVER, lake.uri, "--iceberg", "glue.db") == 0
        before = contents(tmp_path, "db")
        assert before["processed_netflix"].total() == 10
        sources.netflix(lake, rated(100_000))
        assert driver.run(*SILVER, lake.uri, "--iceberg", "glue.db") == 3
        assert driver.said.startswith("main.py: silver netflix failed: ") and driver.said.count("\n") == 1
        for words in ("No space left on device", WHOLE, f"the disk of {lake.uri}, or that of", "then run this step again"):
            assert words in driver.said
        assert contents(tmp_path, "db") == before
        assert driver.run(*SILVER, lake.uri, "--iceberg", "gone.db") == 1
        assert driver.said.startswith("main.py: The catalog gone is not there: ") and driver.said.count("\n") == 1
        assert "Check Spark’s properties `spark.sql.catalog.gone.*`" in driver.said


def customers(spark, lake) -> set:
    table = lake.path / "silver/tables/processed_netflix"
    assert (table / "_SUCCESS").exists() and not (table / "_temporary").exists()
    return {row.customer_id for row in spark.read.parquet(f"{lake.uri}/silver/tables/processed_netflix").collect()}


def test_a_full_disk_leaves_the_folder_of_a_table_as_it_was(spark, lake, run, tight):
    tight(lake.path / "silver")
    sources.netflix(lake, rated(10))
    assert run(main, *SILVER, lake.uri)[0] == 0
    before = customers(spark, lake)
    sources.netflix(lake, rated(100_000))
    code, _, err = run(main, *SILVER, lake.uri)
    assert code == 3 and err.startswith("main.py: silver netflix failed: ") and err.count("\n") == 1
    for words in ("No space left on device", "Tables are as they were", f"the disk of {lake.uri}, or that of"):
        assert words in err
    assert len(before) == 10 and customers(spark, lake) == before
    subprocess.run(["mount", "-o", "remount,size=16m", str(lake.path / "silver")], check=True)
    assert run(main, *SILVER, lake.uri)[0] == 0
    assert len(customers(spark, lake)) == 100_000


def test_a_folder_that_was_being_put_in_place_is_refused_and_then_written(spark, lake, run):
    """As a job leaves it that was killed: files of its own beside the old ones, and others that it had ready."""
    table = lake.path / "silver/tables/processed_netflix"
    sources.netflix(lake, rated(10))
    sources.amazon(lake)
    for step in (SILVER, ("silver", "amazon"), ("gold",)):
        assert run(main, *step, lake.uri)[0] == 0
    part = next(table.glob("part-*.parquet"))
    other = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "00000000-0000-0000-0000-000000000000", part.name)
    ready = table / "_temporary/0/task_202601010000000000000000000_0000_m_000000"
    ready.mkdir(parents=True)
    shutil.copy(part, ready / other)
    assert other != part.name and run(main, "gold", lake.uri)[0] == 0
    shutil.copy(part, table / other)
    code, _, err = run(main, "gold", lake.uri)
    assert code == 1 and f"{lake.uri}/silver/tables/processed_netflix/ is missing or was not written to its end" in err
    assert run(main, *SILVER, lake.uri)[0] == 0
    assert len(customers(spark, lake)) == 10 and not (table / other).exists()
    assert run(main, "gold", lake.uri)[0] == 0
