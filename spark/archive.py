"""What Kaggle sends, and the files in it: a zip (also a large one, zip64), a gzip, or the file itself.

Of an archive the directory is read first, from its end; of the files in it only those that are wanted are downloaded.
"""

import gzip
import io
import zipfile
import zlib

from landing import ByPosition, Stop

TAIL = (1 << 16) + 512  # where the directory of a zip is looked for: a comment of 64 KiB may follow it
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
READ = 1 << 16
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile)


class Item:
    """One file to be landed.

    name        the name that it gets
    size, crc   of the file, None where only its end tells
    state       what tells this version of it from another
    start, end  where its bytes are in `remote`
    """

    def __init__(self, name: str, remote, start: int, end, size=None, crc=None):
        self.name, self.remote, self.start, self.end, self.size, self.crc = name, remote, start, end, size, crc
        self.state = {"version": remote.version, "start": start, "end": end, "size": size, "crc32": crc}

    def open(self, staged):
        """A stream of the file's bytes, read from those that `staged` has or gets."""
        raise NotImplementedError


class Whole(Item):
    """A remote file that is the file, as it is or compressed with gzip."""

    def __init__(self, name: str, remote, compressed: bool):
        super().__init__(name, remote, 0, remote.size, None if compressed else remote.size)
        self._compressed = compressed

    def open(self, staged):
        source = staged or self.remote
        stream = io.BufferedReader(ByPosition(source.read_at, self.end), READ)
        return gzip.GzipFile(fileobj=stream) if self._compressed else stream


class Member(Item):
    """A file in a zip, unpacked once more where it is a gzip and its name is to be without `.gz`."""

    def __init__(self, name: str, archive: "Zip", info: zipfile.ZipInfo, end: int):
        self._compressed = info.filename.endswith(f"{name}.gz")
        size, crc = (None, None) if self._compressed else (info.file_size, info.CRC)
        super().__init__(name, archive.remote, info.header_offset, end, size, crc)
        self.state["packed"] = [info.CRC, info.compress_size]
        self._archive, self._info = archive, info

    def open(self, staged):
        stream = self._archive.open(self._info, staged)
        return gzip.GzipFile(fileobj=stream) if self._compressed else stream


class Zip:
    """A zip that is read where it lies."""

    def __init__(self, remote):
        self.remote, self._staged = remote, None
        remote.keep_tail(TAIL)
        self._zip = zipfile.ZipFile(io.BufferedReader(ByPosition(self._read_at, remote.size), READ))
        self.files = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        outside = [name for name in self.files if leads_outside(name)]
        if outside:
            raise Stop(f"Kaggle's archive lists {outside[0]}, a path outside of the archive: nothing is taken of it.")
        begins = sorted({info.header_offset for info in self._zip.infolist()} | {self._zip.start_dir})
        self._ends = dict(zip(begins, begins[1:]))

    def item(self, path: str, name: str) -> Member:
        info = self.files[path]
        if info.flag_bits & 1:
            raise Stop(f"{path} is encrypted in Kaggle's archive: decrypt it yourself, and put the file into the folder.")
        return Member(name, self, info, self._ends.get(info.header_offset, self._zip.start_dir))

    def open(self, info: zipfile.ZipInfo, staged):
        self._staged = staged
        try:
            return self._zip.open(info)
        except NotImplementedError as problem:
            raise Stop(f"{info.filename} is compressed in a way that is not supported ({problem}).") from None

    def _read_at(self, at: int, size: int) -> bytes:
        staged = self._staged
        here = staged is not None and staged.start <= at < staged.end
        return (staged if here else self.remote).read_at(at, size)


class Downloaded:
    """An archive that is here already, read as one that is not."""

    here = True

    def __init__(self, staged, remote):
        staged.download()
        self.read_at, self.size = staged.read_at, staged.end
        self.name, self.version = remote.name, remote.version
        self.encoding, self.sent_as = remote.encoding, remote.sent_as

    def keep_tail(self, size: int) -> None:
        pass


def leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def item_of(remote, name: str, asked: str, downloaded) -> Item:
    """The file that was asked for as `asked`, to be landed as `name`.

    Kaggle answers a large file compressed, under the same address: the storage's own name for it ends in `.zip` then.
    A file that is a zip by its nature (a workbook, say) stays as it is. `downloaded` fetches what cannot be had in parts.
    """
    magic, last = remote.read_at(0, 4), asked.rsplit("/", 1)[-1]
    if magic == ZIP and not asked.endswith(".zip"):
        inside = Zip(remote if remote.ranges else downloaded(remote))
        found = [path for path in inside.files if path.rsplit("/", 1)[-1] == last]
        if not found and remote.sent_as == f"{last}.zip":
            found = list(inside.files)
        if len(found) == 1:
            return inside.item(found[0], name)
        remote = inside.remote
    gzipped = magic[:2] == GZIP and f"{name}.gz" in (last, remote.sent_as)
    return Whole(name, remote, gzipped or remote.encoding == "gzip")
