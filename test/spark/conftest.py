"""One SparkSession for all tests, with the lake's s3:// paths on this machine, as the local engine maps them."""

import functools
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GLUE = str(ROOT / "tasks/glue/engine/libs")
sys.path[:0] = [str(ROOT / "spark"), str(pathlib.Path(__file__).parent), GLUE]
os.environ["PYTHONPATH"] = GLUE  # for Spark's Python workers
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["TZ"] = "America/Sao_Paulo"  # dates must not depend on where a machine stands

import pytest  # noqa: E402
from py4j.java_gateway import JVMView  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

SAMPLE = ROOT / "data" / "sample"
ALL = bool(os.environ.get("DAGWRIGHT_TEST_ALL"))  # `npm run test:all`; `npm test` tries a part, the same at each run
BUCKET = "test-lake"
of_all = pytest.mark.skipif(not ALL, reason="in `npm run test:all`, for what it takes")


def s3_on(folder):
    """Spark's configuration that puts s3://test-lake on a folder."""
    return {
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme",
        "spark.hadoop.fs.viewfs.overload.scheme.target.file.impl": "org.apache.hadoop.fs.LocalFileSystem",
        f"spark.hadoop.fs.viewfs.mounttable.{BUCKET}.linkFallback": pathlib.Path(folder).as_uri(),
    }


# Each F.col() asks the JVM what `functions` is, which then looks for it in all of Spark's jars.
JVMView.__getattr__ = functools.cache(JVMView.__getattr__)


@pytest.fixture(scope="session")
def bucket(tmp_path_factory):
    return tmp_path_factory.mktemp("s3")


@pytest.fixture(scope="session")
def spark(bucket):
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "4").config("spark.driver.bindAddress", "127.0.0.1")
    for key, value in s3_on(bucket).items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


class Lake:
    """A lake of its own for each test: `uri` is what the jobs are given, `path` the folder behind it."""

    def __init__(self, bucket, name):
        self.uri, self.path = f"s3://{BUCKET}/{name}", bucket / name
        self.path.mkdir()

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def names(self, folder):
        """What stands in a folder, checksums and other hidden files apart."""
        folder = self.path / folder
        return sorted(p.name for p in folder.iterdir() if p.name[0] not in "._") if folder.is_dir() else []


@pytest.fixture
def lake(bucket, request):
    return Lake(bucket, f"{request.node.originalname}-{len(list(bucket.iterdir()))}")


@pytest.fixture
def run(spark, capsys):
    """Runs a job's main() in this process: (exit code, stdout, stderr)."""

    def run(job, *args):
        capsys.readouterr()
        code = job.main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return code, out, err

    return run
