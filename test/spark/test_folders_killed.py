"""Steps that write tables as folders on this machine and are killed: the old table, the new one, or one that is refused."""

import os
import random
import threading
from collections import Counter

import expected
import main
import pytest
import sources
from conftest import ALL, s3_on
from folders import HALF, READER, check_between, tables_in
from iceberg import Driver, Ended
from sources import review, reviews

KILLS = 20 if ALL else 1  # each takes a JVM
SILVER, GOLD = ("silver", "netflix"), ("gold",)
WRITTEN = {SILVER: {"processed_netflix", "netflix_movie_title"}, GOLD: {"ratings", "customer", "movies"}}
#: So that a table has many files, and to put them in place takes its time.
MANY_FILES = {"spark.sql.files.maxPartitionBytes": "1k", "spark.sql.files.openCostInBytes": "1k"}


def change(lake, version: int) -> None:
    """Other ratings, of other customers and films."""
    rated = "".join(f"{1000 * version + n},{1 + n % 5},2005-01-{1 + n % 31:02}\n" for n in range(900))
    sources.netflix(lake, f"{version}:\n{rated}", titles=f"{version},1999,Film {version}\n")


class Changes(threading.Thread):
    """Counts what comes and goes of the files in folders; at the number `at`, `happen` is called."""

    def __init__(self, folders: list, at: float = float("inf"), happen=None):
        super().__init__(daemon=True)
        self._folders, self._at, self._happen = folders, at, happen
        self.count, self._over = 0, threading.Event()

    def run(self) -> None:
        before = self._names()
        while not self._over.wait(0.0005):
            now = self._names()
            self.count += len(now ^ before)
            before = now
            if self.count >= self._at:
                return self._happen()

    def _names(self) -> set:
        walked = (found for folder in self._folders for found in os.walk(folder))
        return {os.path.join(where, name) for where, _, names in walked for name in names}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self.join()


@pytest.mark.parametrize("step", (SILVER, GOLD) if ALL else (GOLD,), ids=" ".join)
def test_a_step_that_is_killed_leaves_the_old_table_or_the_new_one_or_one_that_is_refused(step, lake, run, bucket, tmp_path):
    rng, seen = random.Random(" ".join(step)), Counter()
    folders = [lake.path / ("gold" if step == GOLD else "silver") / "tables" / name for name in sorted(WRITTEN[step])]

    def started() -> Driver:
        return Driver(tmp_path, **s3_on(bucket), **MANY_FILES)

    sources.amazon(lake, reviews(review(review_date="2005-01-31")))
    change(lake, 0)
    for first in (SILVER, ("silver", "amazon"), GOLD):
        assert run(main, *first, lake.uri)[0] == 0
    driver = started()
    if step == GOLD:  # of as many files as the others
        assert driver.run(*SILVER, lake.uri) == 0, driver.said
    with Changes(folders) as undisturbed:
        assert driver.run(*step, lake.uri) == 0, driver.said
    while seen["killed"] < KILLS:
        change(lake, sum(seen.values()) + 1)
        if step == GOLD:
            assert driver.run(*SILVER, lake.uri) == 0, driver.said
        before = tables_in(lake.path)
        with Changes(folders, rng.randint(1, undisturbed.count), driver.kill):
            try:
                driver.run(*step, lake.uri)
                seen["done before"] += 1
            except Ended:
                seen["killed"] += 1
                driver.__exit__()
                driver = started()
        between = tables_in(lake.path)
        half = HALF in between.values()
        seen["half"] += half
        code, _, said = run(main, *READER[step], lake.uri) if half else (None, None, None)
        assert run(main, *step, lake.uri)[0] == 0
        after = tables_in(lake.path)
        check_between(before, between, after, WRITTEN[step], (code, said))
        if step == GOLD:
            assert after["ratings"] == Counter(map(tuple, expected.ratings(lake.path / "bronze")))
    driver.__exit__()
    assert not ALL or seen["half"] > 0
