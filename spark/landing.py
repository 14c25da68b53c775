"""Landing files in a folder of the lake: what has arrived is kept in blocks, a file gets its name when it is whole.

    x.csv                          a file, whole
    _ingest.json                   what an ingest landed here, and where that came from
    _arriving/x.csv/state.json     which version of which file is arriving
    _arriving/x.csv/<start>-<n>    n bytes of it as they were sent, from byte <start> on
    _arriving/x.csv/file           the file under its temporary name

Spark reads nothing whose name begins with `_`.
"""

import hashlib
import io
import json
import os
import re
import tempfile
import time
from pathlib import Path

BLOCK = 16 << 20  # bytes that are kept at a time, and the most that a process that is killed has to fetch again
SPOOL = 8 << 20  # bytes that are handed to the JVM at a time
MARK = "_ingest.json"
ARRIVING = "_arriving"
EVERY = 10.0  # seconds between two lines of progress


# What is said to the user


class Stop(Exception):
    """Ends the step with one line for the user. `code`: 1 the user's part is missing, 3 something outside failed."""

    def __init__(self, message: str, code: int = 1):
        super().__init__(message)
        self.code = code


def say(text: str) -> None:
    print(text, flush=True)


class Progress:
    """Lines such as `x.csv: 52,428,800 of 104,857,600 bytes (50 %), 10.2 MB/s`, one every EVERY seconds.

    `already` bytes were there at the start: they count as done and not for the speed.
    """

    def __init__(self, name: str, total, already: int = 0):
        self._name, self._total, self._already = name, total, already
        self._began = self._said = time.monotonic()

    def at(self, done: int) -> None:
        now = time.monotonic()
        if now - self._said < EVERY:
            return
        self._said = now
        share = f" of {self._total:,} bytes ({100 * done // self._total} %)" if self._total else " bytes"
        say(f"{self._name}: {done:,}{share}, {(done - self._already) / (now - self._began) / 1e6:.1f} MB/s")


# The lake


class Lake:
    """One folder of the lake, through the Hadoop file system of the Spark JVM: S3 on EMR, a folder on one machine."""

    def __init__(self, spark, folder: str):
        self.folder = folder.rstrip("/")
        self._jvm = spark._jvm
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        self._filesystem = self._path(self.folder).getFileSystem(spark._jsc.hadoopConfiguration())

    def files(self) -> dict:
        """name -> bytes, without hidden ones (Spark does not read those either)."""
        return {name: size for name, size in self._list("").items() if name[0] not in "_."}

    def delete(self, name: str) -> None:
        self._filesystem.delete(self._at(name), True)

    def read_json(self, name: str):
        """None where there is no such file, or one that a broken run left."""
        if not self._filesystem.exists(self._at(name)):
            return None
        stream = self._filesystem.open(self._at(name))
        try:
            return json.loads(bytes(stream.readAllBytes()))
        except ValueError:
            return None
        finally:
            stream.close()

    def write_json(self, name: str, value) -> None:
        stream = self._filesystem.create(self._at(name), True)
        stream.write(bytearray((json.dumps(value, indent=2) + "\n").encode()))
        stream.close()

    def put(self, local: Path, name: str) -> int:
        """Copies a local file here under a temporary name, and gives it its own when all of it is here."""
        self._copy_here(local, f"{ARRIVING}/{name}/file")
        self.finish(name, local.stat().st_size)
        return local.stat().st_size

    def write(self, name: str, chunks) -> int:
        """Writes the bytes under the temporary name; answers how many there are."""
        arriving = f"{ARRIVING}/{name}/file"
        stream, size = self._filesystem.create(self._at(arriving), True), 0
        try:
            with tempfile.NamedTemporaryFile(prefix="dagwright-", dir=scratch()) as spool:
                for chunk in chunks:
                    spool.write(chunk)
                    size += len(chunk)
                    if spool.tell() >= SPOOL:
                        self._hand_over(spool, stream)
                self._hand_over(spool, stream)
        except BaseException:
            self._abort(stream)
            self.delete(arriving)
            raise
        stream.close()
        return size

    def finish(self, name: str, size: int) -> None:
        arriving, done = self._at(f"{ARRIVING}/{name}/file"), self._at(name)
        written = self._filesystem.getFileStatus(arriving).getLen()
        if written != size:
            raise Stop(f"{self.folder}/{name}: {written:,} of {size:,} bytes were written.", 3)
        self._filesystem.delete(done, False)
        if not self._filesystem.rename(arriving, done):
            raise Stop(f"{self.folder}/{name}: the finished file could not be given its name.", 3)
        # On one machine Hadoop writes a checksum beside it, and would refuse the file once somebody edits it.
        self.delete(f".{name}.crc")

    # What is arriving

    def state(self, name: str):
        return self.read_json(f"{ARRIVING}/{name}/state.json")

    def begin(self, name: str, state: dict) -> None:
        self.discard(name)
        self.write_json(f"{ARRIVING}/{name}/state.json", state)

    def discard(self, name: str = "") -> None:
        """Removes what has arrived of a file, of all files without a name; parts of uploads that were broken off too."""
        folder = f"{ARRIVING}/{name}".rstrip("/")
        self._abort_uploads(folder)
        self.delete(folder)

    def blocks(self, name: str, start: int) -> list:
        """(start, bytes) of the blocks that follow on one another; what does not, and what was cut, is removed."""
        found, at = [], start
        listed = self._list(f"{ARRIVING}/{name}")
        for block in sorted(block for block in listed if re.fullmatch(r"\d{16}-\d+", block)):
            begins, size = (int(part) for part in block.split("-"))
            if begins == at and listed[block] == size:
                found.append((begins, size))
                at += size
            else:
                self.delete(f"{ARRIVING}/{name}/{block}")
        return found

    def put_block(self, name: str, start: int, local: Path) -> None:
        self._copy_here(local, self._block(name, start, local.stat().st_size))

    def fetch_block(self, name: str, start: int, size: int, to: Path) -> None:
        self._filesystem.copyToLocalFile(False, self._at(self._block(name, start, size)), self._path(to.as_uri()), True)

    def _block(self, name: str, start: int, size: int) -> str:
        return f"{ARRIVING}/{name}/{start:016d}-{size}"

    def _list(self, folder: str) -> dict:
        path = self._at(folder)
        listed = self._filesystem.listStatus(path) if self._filesystem.exists(path) else []
        return {status.getPath().getName(): status.getLen() for status in listed if status.isFile()}

    def _copy_here(self, local: Path, name: str) -> None:
        self._filesystem.copyFromLocalFile(False, True, self._path(local.resolve().as_uri()), self._at(name))

    def _hand_over(self, spool, stream) -> None:
        spool.flush()
        source = self._jvm.java.io.FileInputStream(spool.name)
        try:
            self._jvm.org.apache.hadoop.io.IOUtils.copyBytes(source, stream, 1 << 20, False)
        finally:
            source.close()
        spool.seek(0)
        spool.truncate()

    def _abort(self, stream) -> None:
        """An upload to S3 is broken off rather than finished with a part of the file."""
        for end in (stream.abort, stream.close):
            try:
                end()
                return
            except Exception:  # noqa: S110 - what went wrong before is what is reported
                pass

    def _abort_uploads(self, folder: str) -> None:
        """Parts of an upload stay in S3, and are paid for, when its process was killed. Other file systems have none."""
        try:
            uploader = self._filesystem.createMultipartUploader(self._at(folder)).build()
            try:
                uploader.abortUploadsUnderPath(self._at(folder)).get()
            finally:
                uploader.close()
        except Exception:  # noqa: S110 - no S3, an older Hadoop, or no permission: a lifecycle rule does it too
            pass

    def _at(self, name: str):
        return self._path(f"{self.folder}/{name}" if name else self.folder)


def scratch():
    """Where an EMR node has its room; elsewhere where temporary files belong."""
    return "/mnt/tmp" if os.path.isdir("/mnt/tmp") else None


class Staged:
    """The bytes of a remote file from `start` to before `end`, kept in blocks in the lake as they arrive.

    Reading asks for what is not here yet, one byte after the other, and never for a byte that is. `remote` has
    `stream(start, end)`, `version`, `size` and `md5`; `state` tells one version of a file from another.
    """

    def __init__(self, lake: Lake, name: str, remote, state: dict, start: int = 0, end=None):
        self._lake, self._name, self._remote, self.start, self.end = lake, name, remote, start, end
        known = lake.state(name)
        told_apart = state.get("version") is not None or state.get("crc32") is not None
        self._blocks = lake.blocks(name, start) if known == state and told_apart else []
        if known is not None and known != state:
            say(f"{lake.folder}/{name}: it has changed at Kaggle, what had arrived is not used")
        if not self._blocks:
            lake.begin(name, state)
        self._here = sum(self._blocks[-1]) if self._blocks else start
        if self._here > start:
            say(f"{lake.folder}/{name}: {self._here - start:,} bytes had arrived, going on from there")
        self._folder = tempfile.TemporaryDirectory(prefix="dagwright-", dir=scratch())
        self._file, self._covers = None, (0, 0)
        self._arriving = None
        self._hash, self._hashed = hashlib.md5(usedforsecurity=False), start
        total = None if end is None else end - start
        self._progress = Progress(f"{lake.folder}/{name}", total, self._here - start)

    def close(self) -> None:
        if self._arriving is not None:
            self._arriving.close()
        if self._file is not None:
            self._file.close()
        self._folder.cleanup()

    def read_at(self, at: int, size: int) -> bytes:
        """Up to `size` bytes, at least one where there is one."""
        if self.end is not None and at >= self.end:
            return b""
        while not self._covers[0] <= at < self._covers[1]:
            if at < self._here:
                self._fetch(at)
            elif not self._download():
                return b""
        self._file.seek(at - self._covers[0])
        chunk = self._file.read(min(size, self._covers[1] - at))
        if at <= self._hashed < at + len(chunk):
            self._hash.update(chunk[self._hashed - at :])
            self._hashed = at + len(chunk)
        return chunk

    def download(self) -> None:
        while self._download():
            pass

    def check(self) -> None:
        """Against the checksum that the storage states, where it states one and all was read."""
        whole = self.start == 0 and self._hashed == self._remote.size
        if self._remote.md5 and whole and self._hash.digest() != self._remote.md5:
            self._lake.discard(self._name)
            raise Stop(f"{self._name}: the bytes do not agree with the checksum that Kaggle states: try again.", 3)

    def _fetch(self, at: int) -> None:
        start, size = next(block for block in self._blocks if block[0] <= at < sum(block))
        path = self._path()
        self._lake.fetch_block(self._name, start, size, path)
        self._take(path, start, size)

    def _download(self) -> bool:
        """The next block; False if there is none."""
        if self.end is not None and self._here >= self.end:
            return False
        start = self._here
        if self._arriving is None:
            self._arriving = self._remote.stream(start, self.end)
        path = self._path()
        size = 0
        try:
            with path.open("wb") as file:
                for chunk in self._arriving:
                    size += file.write(chunk)
                    self._progress.at(start - self.start + size)
                    if size >= BLOCK:
                        break
        finally:
            # Also of a download that broke off: another process goes on at the very next byte.
            if size:
                self._lake.put_block(self._name, start, path)
                self._blocks.append((start, size))
                self._here = start + size
        if not size:
            self.end = start
            return False
        self._take(path, start, size)
        return True

    def _path(self) -> Path:
        """A local file for the block that is read: there is never more than one."""
        if self._file is not None:
            self._file.close()
        self._covers = (0, 0)
        return Path(self._folder.name) / "block"

    def _take(self, path: Path, start: int, size: int) -> None:
        self._file, self._covers = path.open("rb"), (start, start + size)


class ByPosition(io.RawIOBase):
    """A file over `read_at(at, size)`, for what reads files."""

    def __init__(self, read_at, size):
        super().__init__()
        self._read_at, self._size, self._position = read_at, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._position = offset + (0, self._position, self._size or 0)[whence]
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer) -> int:
        chunk = self._read_at(self._position, len(buffer))
        buffer[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)
