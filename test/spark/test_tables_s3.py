"""The pipeline's tables on S3, through Hadoop's S3A: steps that are killed at a request, an S3 that fails, one that refuses."""

import os
import random
from collections import Counter

import expected
import pytest
import sources
import tables
from conftest import BUCKET, Lake, of_all
from faulty_s3 import FaultyS3
from folders import HALF, READER, check_between, tables_in
from iceberg import PACKAGES, Driver, Ended, contents
from sources import review, reviews

SILVER, AMAZON, GOLD = ("silver", "netflix"), ("silver", "amazon"), ("gold",)
WRITTEN = {SILVER: {"processed_netflix", "netflix_movie_title"}, GOLD: {"ratings", "customer", "movies"}}
ICEBERG, FOLDERS = "iceberg", "folders"
KINDS = {ICEBERG: tables.Iceberg, FOLDERS: tables.Folders}
# Each takes a JVM and seconds of processor time.
DISTURBED, KILLS, FAILURES = (SILVER, GOLD), {ICEBERG: 10, FOLDERS: 20}, 3

pytestmark = [of_all, pytest.mark.skipif("MINISTACK" not in os.environ, reason="no S3")]


class S3Lake(Lake):
    """What is written is on S3 as well."""

    def __init__(self, bucket, name, server):
        super().__init__(bucket, name)
        self._server = server

    def write(self, name, content):
        super().write(name, content)
        self._server.ask("PUT", f"/{self.path.name}/{name}", (self.path / name).read_bytes())


class Pipeline:
    """A lake on S3 that has its tables, of both kinds, and the driver that runs its steps."""

    def __init__(self, root):
        self._root, self._versions = root, 0
        (root / "s3" / BUCKET).mkdir(parents=True)
        self.s3 = FaultyS3(root, BUCKET, seed=0)
        self.lake = S3Lake(root / "s3" / BUCKET, "lake", self.s3.server)
        sources.amazon(self.lake, reviews(review(review_date="2005-01-31")))
        self.start()
        self.change()
        self.requests = {}
        for kind in KINDS:
            for step in (SILVER, AMAZON, GOLD):
                self.s3.on_request(0, lambda: None)
                assert self.run(step, kind) == 0, self.driver.said
                self.requests[kind, step] = self.s3.requests

    def start(self) -> None:
        settings = self.s3.spark()
        packages = f"{PACKAGES},{settings.pop('spark.jars.packages')}"
        self.driver = Driver(self._root, packages, **settings)

    def change(self) -> None:
        """Other ratings, of other customers and films, all of one month."""
        self._versions += 1
        at = self._versions
        rated = "".join(f"{1000 * at + n},{1 + n % 5},2005-01-{1 + n % 31:02}\n" for n in range(100))
        sources.netflix(self.lake, f"{at}:\n{rated}", titles=f"{at},1999,Film {at}\n")

    def run(self, step: tuple, kind: str, month: str = "all") -> int:
        to = ("--iceberg", "glue.db", "--month", month) if kind == ICEBERG else ()
        return self.driver.run(*step, self.lake.uri, *to)

    def tables(self, kind: str) -> dict:
        self.s3.copy(self._root / "s3" / BUCKET)
        return contents(self._root, "db") if kind == ICEBERG else tables_in(self.lake.path)

    def disturbed(self, step: tuple, kind: str, rng, disturb):
        """Runs a step on other ratings with a disturbance, and then again without; answers the tables that were half in between.

        The others must be the old one or the new one.
        """
        self.change()
        month = rng.choice(("all", "2005-01")) if kind == ICEBERG else "all"
        if step == GOLD:
            assert self.run(SILVER, kind) == 0
        before = self.tables(kind)
        disturb(lambda: self.run(step, kind, month))
        between = self.tables(kind)
        read = (self.run(READER[step], kind), self.driver.said) if HALF in between.values() else None
        assert self.run(step, kind, month) == 0, self.driver.said
        after = self.tables(kind)
        assert kind == FOLDERS or HALF not in between.values()
        check_between(before, between, after, WRITTEN[step], read)
        if step == GOLD:
            assert after["ratings"] == Counter(map(tuple, expected.ratings(self.lake.path / "bronze")))
        return [name for name, rows in between.items() if rows == HALF]

    def close(self) -> None:
        self.driver.__exit__()
        self.s3.__exit__()


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    made = Pipeline(tmp_path_factory.mktemp("tables_s3"))
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_bucket_that_may_only_be_read(pipeline, kind):
    pipeline.change()
    before = pipeline.tables(kind)
    pipeline.s3.read_only = True
    code, said = pipeline.run(SILVER, kind), pipeline.driver.said
    pipeline.s3.read_only = False
    assert code == 3 and said.startswith("main.py: silver netflix failed: ") and said.count("\n") == 1, said
    for words in (
        KINDS[kind].AFTER_FAILURE,
        f"this job may not use {pipeline.lake.uri}: allow it in its role, then run this step again.",
    ):
        assert words in said
    assert pipeline.tables(kind) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("step", DISTURBED, ids=" ".join)
def test_a_step_that_is_killed_at_a_request(pipeline, step, kind):
    rng, seen = random.Random(" ".join(step)), Counter()

    def kill(run) -> None:
        number = rng.randint(1, pipeline.requests[kind, step])
        pipeline.s3.on_request(number, pipeline.driver.kill)
        try:
            run()
        except Ended:
            pipeline.driver.__exit__()
            pipeline.start()
            seen["killed"] += 1

    while seen["killed"] < KILLS[kind]:
        seen["half"] += len(pipeline.disturbed(step, kind, rng, kill))
    assert (seen["half"] > 0) == (kind == FOLDERS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("step", DISTURBED, ids=" ".join)
def test_a_step_while_s3_fails_at_random(pipeline, step, kind):
    rng, failed = random.Random(" ".join(step)), 0

    def break_s3(run) -> None:
        nonlocal failed
        pipeline.s3.faults = rng.choice((0.02, 0.1, 0.5))
        code, said = run(), pipeline.driver.said
        pipeline.s3.faults = 0.0
        if code != 0:
            failed += 1
            assert code == 3 and said.startswith(f"main.py: {' '.join(step)} failed: ") and said.count("\n") == 1, said
            assert KINDS[kind].AFTER_FAILURE in said

    while failed < FAILURES:
        pipeline.disturbed(step, kind, rng, break_s3)
