"""The pipeline's Iceberg tables on S3, through Hadoop's S3A: steps that are killed at a request, an S3 that fails, one that refuses."""

import os
import random
from collections import Counter

import expected
import pytest
import sources
from conftest import BUCKET, Lake, of_all
from faulty_s3 import FaultyS3
from iceberg import PACKAGES, Driver, Ended, contents
from sources import review, reviews

SILVER, AMAZON, GOLD = ("silver", "netflix"), ("silver", "amazon"), ("gold",)
WRITTEN = {SILVER: {"processed_netflix", "netflix_movie_title"}, GOLD: {"ratings", "customer", "movies"}}
# Each takes a JVM and seconds of processor time: `npm test` kills silver once.
DISTURBED, KILLS, FAILURES = (SILVER, GOLD), 10, 3
WHOLE = "Tables that it had not written to their end are as they were."

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
    """A lake on S3 that has its tables, and the driver that runs its steps."""

    def __init__(self, root):
        self._root, self._versions = root, 0
        (root / "s3" / BUCKET).mkdir(parents=True)
        self.s3 = FaultyS3(root, BUCKET, seed=0)
        self.lake = S3Lake(root / "s3" / BUCKET, "lake", self.s3.server)
        sources.amazon(self.lake, reviews(review(review_date="2005-01-31")))
        self.start()
        self.change()
        self.requests = {}
        for step in (SILVER, AMAZON, GOLD):
            self.s3.on_request(0, lambda: None)
            assert self.run(step) == 0, self.driver.said
            self.requests[step] = self.s3.requests

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

    def run(self, step: tuple, month: str = "all") -> int:
        return self.driver.run(*step, self.lake.uri, "--iceberg", "glue.db", "--month", month)

    def tables(self) -> dict:
        self.s3.copy(self._root / "s3" / BUCKET)
        return contents(self._root, "db")

    def disturbed(self, step: tuple, month: str, disturb):
        """Runs a step on other ratings with a disturbance, and then again without; answers what `disturb` said of the first.

        Each table must be the old one or the new one in between.
        """
        self.change()
        if step == GOLD:
            assert self.run(SILVER) == 0
        before = self.tables()
        said = disturb(lambda: self.run(step, month))
        between = self.tables()
        assert self.run(step, month) == 0, self.driver.said
        after = self.tables()
        assert {name for name in after if after[name] != before[name]} == WRITTEN[step]
        for name, rows in between.items():
            assert rows in (before[name], after[name]), (name, said)
        if step == GOLD:
            assert after["ratings"] == Counter(map(tuple, expected.ratings(self.lake.path / "bronze")))
        return said

    def close(self) -> None:
        self.driver.__exit__()
        self.s3.__exit__()


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    made = Pipeline(tmp_path_factory.mktemp("iceberg_s3"))
    yield made
    made.close()


def test_a_bucket_that_may_only_be_read(pipeline):
    pipeline.change()
    before = pipeline.tables()
    pipeline.s3.read_only = True
    code, said = pipeline.run(SILVER), pipeline.driver.said
    pipeline.s3.read_only = False
    assert code == 3 and said.startswith("main.py: silver netflix failed: ") and said.count("\n") == 1, said
    for words in (WHOLE, f"this job may not use {pipeline.lake.uri}: allow it in its role, then run this step again."):
        assert words in said
    assert pipeline.tables() == before


@pytest.mark.parametrize("step", DISTURBED, ids=" ".join)
def test_a_step_that_is_killed_at_a_request(pipeline, step):
    rng, killed = random.Random(" ".join(step)), 0

    def kill(run) -> str:
        number = rng.randint(1, pipeline.requests[step])
        pipeline.s3.on_request(number, pipeline.driver.kill)
        try:
            run()
        except Ended:
            pipeline.driver.__exit__()
            pipeline.start()
            return f"killed at request {number}"
        return "done before"

    while killed < KILLS:
        said = pipeline.disturbed(step, rng.choice(("all", "2005-01")), kill)
        killed += said.startswith("killed")


@pytest.mark.parametrize("step", DISTURBED, ids=" ".join)
def test_a_step_while_s3_fails_at_random(pipeline, step):
    rng, failed = random.Random(" ".join(step)), 0

    def break_s3(run) -> tuple:
        pipeline.s3.faults = rng.choice((0.02, 0.1, 0.5))
        code = run()
        pipeline.s3.faults = 0.0
        return code, pipeline.driver.said

    while failed < FAILURES:
        code, said = pipeline.disturbed(step, rng.choice(("all", "2005-01")), break_s3)
        if code != 0:
            failed += 1
            assert code == 3 and said.startswith(f"main.py: {' '.join(step)} failed: ") and said.count("\n") == 1, said
            assert WHOLE in said
