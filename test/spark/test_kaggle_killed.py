"""A download whose process is killed with SIGKILL, and another that goes on: on this machine's disk and on S3."""

import os
import pathlib
import random
import re
import signal
import subprocess
import time

import kaggle_server
import landing
import pytest
from conftest import BUCKET, of_all, s3_on
from s3 import Server
from test_submit import command, environment

pytestmark = of_all
SIZE, SENT = 40_000_000, 38_000_000


class Disk:
    def __init__(self, folder):
        self._folder = folder
        self.spark = s3_on(folder)

    def names(self):
        return [str(path.relative_to(self._folder)) for path in self._folder.rglob("*") if path.is_file()]

    def read(self, name):
        return (self._folder / name).read_bytes()

    def has_block(self, name):
        """A block is one once it has the bytes that its name says: on a disk a file grows while it is written."""
        block = re.fullmatch(r"x/_arriving/a.bin/\d{16}-(\d+)", name)
        return block is not None and len(self.read(name)) == int(block[1])

    def uploads(self):
        return []

    def close(self):
        pass


class S3(Disk):
    def __init__(self, folder):
        self._server = Server(folder, BUCKET)
        self.spark, self.names, self.uploads = self._server.spark(), self._server.names, self._server.uploads
        self.read = lambda name: self._server.ask("GET", f"/{name}")
        self.close = self._server.close


@pytest.fixture(params=[Disk, pytest.param(S3, marks=pytest.mark.skipif("MINISTACK" not in os.environ, reason="no S3"))])
def storage(request, tmp_path):
    storage = request.param(tmp_path)
    yield storage
    storage.close()


def command_lines():
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes().decode(errors="replace")
        except OSError:
            pass  # it has ended


def test_a_download_that_is_killed(storage):
    kaggle = kaggle_server.Kaggle({"a.bin": random.Random(1).randbytes(SIZE)})
    kaggle.cuts = [4096, SENT]
    kaggle.storage.held = SENT
    variables = {"KAGGLE_API_ENDPOINT": kaggle.api.url, "KAGGLE_CONFIG_DIR": "/nowhere"}
    variables |= {"KAGGLE_USERNAME": kaggle_server.USER, "KAGGLE_KEY": kaggle_server.KEY}
    wanted = ["--files", "*.bin", "--from-kaggle", "true"]
    job = command(storage.spark, "ingest.py", kaggle_server.DATASET, f"s3://{BUCKET}/x/", *wanted)
    first = subprocess.Popen(job, env=environment(**variables), start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        # Two blocks have arrived, a third is under way and its sender silent.
        deadline = time.monotonic() + 500
        while sum(storage.has_block(name) for name in storage.names()) < 2:
            assert first.poll() is None and time.monotonic() < deadline
            time.sleep(0.2)
        assert not any(kaggle_server.KEY in line for line in command_lines())
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert "x/a.bin" not in storage.names()
    if isinstance(storage, S3):
        assert storage.uploads() == ["x/_arriving/a.bin/file"]
    second = subprocess.run(job, env=environment(**variables), capture_output=True, text=True)
    assert second.returncode == 0, second.stdout[-2000:] + second.stderr[-2000:]
    assert "bytes had arrived, going on from there" in second.stdout and kaggle_server.KEY not in second.stdout + second.stderr
    assert sorted(name for name in storage.names() if name.endswith((".bin", ".json"))) == ["x/_ingest.json", "x/a.bin"]
    assert not any("_arriving" in name for name in storage.names()) and storage.uploads() == []
    assert storage.read("x/a.bin") == kaggle.files["a.bin"]
    assert 0 < kaggle.sent_twice() <= landing.BLOCK + 4096
    kaggle.close()
