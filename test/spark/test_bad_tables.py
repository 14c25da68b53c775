"""What keeps a table from being written: one line that says where and what to do, and the old tables as they were."""

import subprocess

import pytest
import sources
from conftest import BUCKET, Lake
from iceberg import Driver, contents, settings

SILVER = ("silver", "netflix")
WHOLE = "Tables that it had not written to their end are as they were."


def rated(count: int) -> str:
    return "1:\n" + "".join(f"{n * 7919 % 1000003},{1 + n % 5},2005-01-{1 + n % 31:02}\n" for n in range(count))


@pytest.fixture
def tight(tmp_path):
    """A root whose warehouse has room for 256 KB."""
    warehouse = tmp_path / "s3" / BUCKET / "iceberg"
    warehouse.mkdir(parents=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(warehouse)], capture_output=True)
    if made.returncode:
        pytest.skip("a file system of its own is made by root alone")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(warehouse)], check=True)


def test_a_full_disk_and_a_catalog_that_is_not_there(tight):
    lake = Lake(tight / "s3" / BUCKET, "lake")
    sources.netflix(lake, rated(10))
    gone = {name.replace("catalog.glue", "catalog.gone"): value for name, value in settings(tight / "nowhere").items()}
    with Driver(tight, **gone) as driver:
        assert driver.run(*SILVER, lake.uri, "--iceberg", "glue.db") == 0
        before = contents(tight, "db")
        assert before["processed_netflix"].total() == 10
        sources.netflix(lake, rated(100_000))
        assert driver.run(*SILVER, lake.uri, "--iceberg", "glue.db") == 3
        assert driver.said.startswith("main.py: silver netflix failed: ") and driver.said.count("\n") == 1
        for words in ("No space left on device", WHOLE, f"the disk of {lake.uri}, or that of", "then run this step again"):
            assert words in driver.said
        assert contents(tight, "db") == before
        assert driver.run(*SILVER, lake.uri, "--iceberg", "gone.db") == 1
        assert driver.said.startswith("main.py: The catalog gone is not there: ") and driver.said.count("\n") == 1
        assert "Check Spark’s properties `spark.sql.catalog.gone.*`" in driver.said
