"""The scripts as EMR and the local engine run them: spark-submit, its exit code and what a user sees."""

import os
import pathlib
import subprocess
import sys

import sources
from conftest import ROOT, SAMPLE, Lake, of_all, s3_on

pytestmark = of_all

PY_FILES = {
    "main.py": ("amazon", "bronze", "contracts", "fields", "gold", "netflix", "quality", "storage", "tables"),
    "ingest.py": ("archive", "kaggle_api", "kaggle_credentials", "landing"),
}


def command(storage, script, *args):
    conf = {"spark.master": "local[2]", "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1"}
    options = [word for pair in {**conf, **storage}.items() for word in ("--conf", "=".join(pair))]
    files = ",".join(str(ROOT / f"spark/{name}.py") for name in PY_FILES[script])
    program = str(pathlib.Path(sys.executable).parent / "spark-submit")
    return [program, "--deploy-mode", "client", *options, "--py-files", files, str(ROOT / "spark" / script), *args]


def environment(**variables):
    return {**os.environ, "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **variables}


def submit(bucket, script, *args, **variables):
    job = command(s3_on(bucket), script, *args)
    return subprocess.run(job, env=environment(**variables), capture_output=True, text=True)


def test_ingest_then_silver(tmp_path):
    lake = Lake(tmp_path, "all")
    folder = f"{lake.uri}/bronze/amazon/"
    wanted = ["--files", "amazon_reviews_us_*.tsv", "--from-kaggle", "false", "--secret", ""]
    done = submit(tmp_path, "ingest.py", "a/b", folder, *wanted, DAGWRIGHT_SAMPLE=str(SAMPLE))
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count(": landed (") == 3
    done = submit(tmp_path, "main.py", "silver", "amazon", lake.uri)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "wrote amazon_final: " in done.stdout and lake.names("silver/tables") == ["amazon_final"]


def test_a_users_mistake_is_the_last_line_and_the_exit_code(tmp_path):
    lake = Lake(tmp_path, "bad")
    sources.netflix(lake, titles="rubbish\n")
    done = submit(tmp_path, "main.py", "silver", "netflix", lake.uri)
    assert done.returncode == 1
    # spark-submit puts what the script says on stderr into its own stdout.
    last = done.stdout.rstrip("\n").split("\n")[-1]
    assert last.startswith(f"main.py: {lake.uri}/bronze/netflix/movie_titles.csv is not in its format")
    said = done.stdout + done.stderr
    assert "Traceback" not in said and "Exception" not in said
