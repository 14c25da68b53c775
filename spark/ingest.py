"""Lands the files of a Kaggle dataset in a folder of the lake. Run by spark-submit, whose JVM knows the lake's storage.

    ingest.py <owner/dataset> s3://bucket/bronze/x/ --files "combined_data_*.txt,movie_titles.csv"
              --from-kaggle true|false [--refresh true|false] [--secret SECRET_ID] [--region REGION]

What happens, in this order:
  1. Files are there already, put there by somebody or downloaded earlier: they are taken as they are. Where some are
     missing and may not be downloaded, the steps behind say what they cannot go on without.
  2. --from-kaggle true: they are downloaded through Kaggle's public API (kaggle_api.py), with the account's token or
     key, which is sent to no other host than Kaggle's (KAGGLE_API_ENDPOINT, default https://www.kaggle.com), and
     unpacked on the way (archive.py).
     --refresh true: also where all is there; what has changed at Kaggle since it was downloaded comes anew.
  3. --from-kaggle false: a sample is landed from $DAGWRIGHT_SAMPLE/x/, if that is set.
Nothing is landed below the s3:// prefixes, separated by commas, of $DAGWRIGHT_READ_ONLY.

A file gets its name when all of it is there. `_ingest.json` beside the files says where they came from and whether all
arrived. What a broken run had landed stays where Kaggle still has the same, a file that was arriving goes on at the next
byte (landing.py), and a sample gives way to a download.

Exit codes: 0 done; 1 the user's part is missing (files, credentials, access); 2 wrong usage; 3 something outside
failed. One line on stderr says what (DAGWRIGHT_DEBUG=1 gives the traceback instead).
"""

import argparse
import errno
import fnmatch
import os
import re
import sys
import tempfile
import zlib
from http.client import HTTPException
from pathlib import Path

from archive import BROKEN, Downloaded, Item, Zip, item_of
from kaggle_api import Changed, Kaggle
from kaggle_credentials import credentials
from landing import MARK, Lake, Staged, Stop, say

CHUNK = 1 << 20
CHANGES = 3  # times that a download begins anew because Kaggle's file has changed


# The order of things


def ingest(lake, dataset: str, patterns: list, from_kaggle: bool, secret: str, refresh: bool = False) -> None:
    there, mark, sample = lake.files(), lake.read_json(MARK), os.environ.get("DAGWRIGHT_SAMPLE")
    # Of what an earlier run landed, only what is still as it was then may go: a file that somebody changed is theirs.
    landed = {name: size for name, size in mark["files"].items() if there.get(name) == size} if mark else {}
    changed = mark and any(there.get(name, size) != size for name, size in mark["files"].items())
    downloaded = mark and mark["from"] == "kaggle"
    renew = refresh and from_kaggle and downloaded
    keep = mark and mark["complete"] and not renew and (downloaded or changed or not (from_kaggle or sample))
    # What was downloaded for other patterns is none of this run's business; a sample goes as one.
    stale = {} if keep else {n: size for n, size in landed.items() if not downloaded or asked_for(n, patterns)}
    missing = [pattern for pattern in patterns if not landed_as(pattern, there.keys() - stale.keys())]
    lacking = f"{lake.folder}/ has no file for {', '.join(missing)}"
    read_only = [prefix for prefix in os.environ.get("DAGWRIGHT_READ_ONLY", "").split(",") if prefix]
    mounted = any(f"{lake.folder}/".startswith(prefix) for prefix in read_only)
    if not missing or (len(missing) < len(patterns) and (mounted or not from_kaggle)):
        say(f"{lacking}: going on without" if missing else f"{lake.folder}/ has a file for every pattern")
        for name in sorted({name for pattern in patterns for name in landed_as(pattern, there)}):
            say(f"{lake.folder}/{name}: already there ({there[name]:,} bytes), taken as it is")
    elif mounted:
        raise Stop(f"{lacking}: put it into the folder that is mounted there, which is only read.")
    elif from_kaggle:
        if not re.fullmatch(r"[\w-]+/[\w.-]+", dataset):
            raise Stop(f"{dataset} is not owner/dataset, as its address has it behind kaggle.com/datasets/.")
        record = Record(lake, "kaggle", dataset, stale)
        if downloaded and mark["dataset"] == dataset:
            others = {name: size for name, size in landed.items() if name not in stale}
            record = Record(lake, "kaggle", dataset, stale, mark.get("sources", {}), others)
        download(lake, Kaggle(dataset, credentials(secret)), missing, record)
    elif not sample:
        raise Stop(f"{lacking}: put it there, or let it be downloaded (the parameter fromKaggle, true).")
    else:
        record = Record(lake, "sample", dataset, stale)
        land_sample(lake, Path(sample) / lake.folder.rsplit("/", 1)[1], missing, record)


class Record:
    """`_ingest.json`: what this run lands and, until it is over, what an earlier one landed.

    `stale` has the bytes of what an earlier run landed, `sources` which version of Kaggle's files that was, `others` the
    bytes of what stays whatever comes.
    """

    def __init__(self, lake, source: str, dataset: str, stale: dict, sources=None, others=None):
        self._lake, self._source, self._dataset = lake, source, dataset
        self._stale, self._files, self._sources = dict(stale), dict(others or {}), dict(sources or {})

    def has(self, item: Item) -> bool:
        """Whether the very file is there that Kaggle has now: the same version, or the same size and checksum."""
        size, known = {**self._stale, **self._files}.get(item.name), self._sources.get(item.name)
        if size is None or known is None:
            return False
        if item.crc is not None and (item.size, item.crc) == (size, known["crc32"]):
            return True
        return known["version"] is not None and known["state"] == item.state

    def lands(self, name: str, size: int, source=None) -> None:
        """To be said before a file gets its name: what has no entry here is taken for somebody's own."""
        self._files[name] = size
        if source:
            self._sources[name] = source
        self._write({**self._stale, **self._files}, False)

    def stays(self, name: str) -> None:
        self._files[name] = {**self._stale, **self._files}[name]

    def done(self) -> None:
        """Removes what is stale and did not come again."""
        for name in self._stale.keys() - self._files.keys():
            self._lake.delete(name)
        self._lake.discard()
        self._write(self._files, True)

    def _write(self, files: dict, complete: bool) -> None:
        mark = {"from": self._source, "dataset": self._dataset, "complete": complete, "files": files}
        if self._source == "kaggle":
            mark["sources"] = {name: source for name, source in sorted(self._sources.items()) if name in files}
        self._lake.write_json(MARK, mark)


def land_sample(lake, folder: Path, patterns: list, record: Record) -> None:
    names = [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    for pattern in patterns:
        if not matching(pattern, names):
            raise Stop(f"the sample folder {folder} (DAGWRIGHT_SAMPLE) has no file for {pattern}.")
    for name in (name for pattern in patterns for name in matching(pattern, names)):
        size = (folder / name).stat().st_size
        record.lands(name, size)
        lake.put(folder / name, name)
        say(f"{lake.folder}/{name}: landed ({size:,} bytes)")
    record.done()


# Which files


def matching(pattern: str, names) -> list:
    """Of a dataset's files those that a pattern means, by the whole path where the pattern has a folder. No hidden ones."""
    last = lambda name: name if "/" in pattern else name.rsplit("/", 1)[-1]  # noqa: E731
    return sorted(n for n in names if fnmatch.fnmatchcase(last(n), pattern) and n.rsplit("/", 1)[-1][:1] not in "_.")


def landed_as(pattern: str, names) -> list:
    """Of the files in the folder those that a pattern means: they have no folders there."""
    return matching(pattern.rsplit("/", 1)[-1], names)


def asked_for(name: str, patterns: list) -> bool:
    return any(landed_as(pattern, [name]) for pattern in patterns)


def wanted(dataset: str, patterns: list, listed):
    """path in the dataset -> name in the lake, None if only the whole dataset tells. `x.tsv` also means `x.tsv.gz`."""
    if listed is None:
        found = None if any(c in pattern for pattern in patterns for c in "*?[") else dict.fromkeys(patterns, "")
    else:
        found = {}
        for pattern in patterns:
            plain, packed = matching(pattern, listed), matching(f"{pattern}.gz", listed)
            if not plain and not packed:
                raise Stop(f"the Kaggle dataset {dataset} has no file for {pattern}. It has: {some_of(listed)}.")
            found.update(dict.fromkeys(plain, "") if plain else dict.fromkeys(packed, ".gz"))
    names = {}
    for path, ending in sorted((found or {}).items()):
        name = path.rsplit("/", 1)[-1]
        name = name[: len(name) - len(ending)]
        if ":" in name:
            raise Stop(f"{path} of {dataset}: Hadoop reads no file with a colon in its name: leave it out of --files.")
        if name in names.values():
            other = next(path for path, there in names.items() if there == name)
            raise Stop(f"{other} and {path} of {dataset} would both become {name}: name the folder too, in --files.")
        names[path] = name
    return None if found is None else names


def some_of(names) -> str:
    names = sorted(names)
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


# From Kaggle


def download(lake, kaggle: Kaggle, patterns: list, record: Record) -> None:
    for _ in range(CHANGES):
        try:
            for item, stated in items(lake, kaggle, patterns):
                land(lake, item, stated, record)
        except Changed:
            say(f"{kaggle.dataset} has changed at Kaggle while it was downloaded: beginning anew with what is new")
        else:
            return record.done()
    raise Stop(f"{kaggle.dataset} changes at Kaggle again and again while it is downloaded: try again later.", 3)


def items(lake, kaggle: Kaggle, patterns: list):
    """The files to land with the bytes that Kaggle states of them, one after the other.

    Kaggle gives files one by one, but not every file of a large dataset and not everywhere a list: what it does not
    give so is taken from the archive of the whole dataset.
    """
    listed = kaggle.files()
    names = wanted(kaggle.dataset, patterns, listed)
    staging = []

    def downloaded(remote):
        staging.append(Staged(lake, "_whole", remote, {"name": remote.name, "version": remote.version}, 0, remote.size))
        return Downloaded(staging[-1], remote)

    try:
        for path, name in (names or {}).items():
            remote = kaggle.open(path)
            if remote is None:
                names = None
                break
            yield item_of(remote, name, path, downloaded), (listed or {}).get(path)
        if names is None:
            say(f"Kaggle does not give the files of {kaggle.dataset} one by one, taking them from the archive of all")
            remote = kaggle.open()
            archive = Zip(remote if remote.ranges else downloaded(remote))
            for path, name in wanted(kaggle.dataset, patterns, archive.files).items():
                yield archive.item(path, name), None
    finally:
        for staged in staging:
            staged.close()


def land(lake, item: Item, stated, record: Record) -> None:
    """One file, under a temporary name until it agrees with all that Kaggle says of it."""
    where = f"{lake.folder}/{item.name}"
    if record.has(item):
        record.stays(item.name)
        return say(f"{where}: already there, unchanged at Kaggle")
    staged = None if item.remote.here else Staged(lake, item.name, item.remote, item.state, item.start, item.end)
    crc = size = 0

    def chunks(stream):
        nonlocal crc, size
        while chunk := stream.read(CHUNK):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            yield chunk

    try:
        with item.open(staged) as stream:
            lake.write(item.name, chunks(stream))
        if staged:
            staged.check()
    except BROKEN as problem:
        lake.discard(item.name)
        raise Stop(f"{where}: what Kaggle sent is broken ({problem}): try again.", 3) from None
    except Changed:
        lake.discard(item.name)
        raise
    except Exception as problem:
        if no_room(problem):
            raise Stop(f"{where}: there is no room for it: make some and run this again, it goes on from there.", 3) from None
        raise
    finally:
        if staged:
            staged.close()
    # Of a file that Kaggle compressed it states the bytes of the one or the other.
    if stated and stated not in (size, item.remote.size):
        lake.discard(item.name)
        raise Stop(f"{where}: Kaggle states {stated:,} bytes and sent {size:,}: try again, or put it there yourself.", 3)
    record.lands(item.name, size, {"version": item.remote.version, "crc32": crc, "state": item.state})
    lake.finish(item.name, size)
    lake.discard(item.name)
    say(f"{where}: landed ({size:,} bytes)")


# Running


def arguments(argv):
    parser = argparse.ArgumentParser(prog="ingest.py", description="Lands a Kaggle dataset's files in the lake.")
    parser.add_argument("dataset", help="owner/dataset")
    parser.add_argument("folder", help="s3://bucket/bronze/<source>/")
    parser.add_argument("--files", required=True, help="file name patterns, separated by commas")
    parser.add_argument("--from-kaggle", required=True, choices=("true", "false"))
    parser.add_argument("--refresh", default="false", choices=("true", "false"))
    parser.add_argument("--secret", default="", help="Secrets Manager secret, by name or ARN")
    parser.add_argument("--region", default="", help="AWS region, where the environment has none")
    return parser.parse_args(argv)


def main(argv=None) -> int:
    args = arguments(argv)
    if args.region:
        os.environ.setdefault("AWS_DEFAULT_REGION", args.region)
    patterns = [pattern.strip() for pattern in args.files.split(",") if pattern.strip()]
    try:
        if not patterns:
            raise Stop("--files names no file.", 2)
        from pyspark.sql import SparkSession

        spark = SparkSession.builder.appName("dagwright ingest").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        lake, from_kaggle, refresh = Lake(spark, args.folder), args.from_kaggle == "true", args.refresh == "true"
        ingest(lake, args.dataset, patterns, from_kaggle, args.secret, refresh)
    except Stop as problem:
        print(f"ingest.py: {problem}", file=sys.stderr)
        return problem.code
    except Exception as problem:
        if os.environ.get("DAGWRIGHT_DEBUG"):
            raise
        print(f"ingest.py: {describe(problem)}", file=sys.stderr)
        return 3
    return 0


def describe(problem: Exception) -> str:
    """One line, without the addresses that were asked: a signed one is a credential."""
    if no_room(problem):
        return f"there is no room left, in the lake or in {tempfile.gettempdir()}: make some and run this again."
    if isinstance(problem, BROKEN):
        return f"what Kaggle sent is broken ({problem}): try again."
    if isinstance(problem, (HTTPException, TimeoutError, ConnectionError)):
        return f"the connection to Kaggle broke ({type(problem).__name__}): try again."
    text = cause(problem).strip() or type(problem).__name__
    return f"failed: {text.splitlines()[0]}"


def cause(problem: Exception) -> str:
    java = getattr(problem, "java_exception", None)
    while java is not None and java.getCause() is not None:
        java = java.getCause()
    return str(java.toString() if java is not None else problem)


def no_room(problem: Exception) -> bool:
    """A disk's answer, or that of a server that speaks S3 (S3 itself has no end)."""
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    words = ("No space left on device", "Disk quota exceeded", "InsufficientStorage", "StorageFull", "QuotaExceeded")
    return any(word in cause(problem) for word in words)


if __name__ == "__main__":
    sys.exit(main())
