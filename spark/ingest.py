"""Lands the files of a Kaggle dataset in a folder of the lake. Run by spark-submit, whose JVM knows the lake's storage.

    ingest.py <owner/dataset> s3://bucket/bronze/x/ --files "combined_data_*.txt,movie_titles.csv"
              --from-kaggle true|false [--secret SECRET_ID] [--region REGION]

What happens, in this order:
  1. Files are there already, put there by somebody or downloaded earlier: they are taken as they are. Where some are
     missing and may not be downloaded, the steps behind say what they cannot go on without.
  2. --from-kaggle true: they are downloaded through Kaggle's public API. The user name and key come from
     KAGGLE_USERNAME and KAGGLE_KEY, else from kaggle.json in KAGGLE_CONFIG_DIR or ~/.kaggle, else from the secret
     {"username", "key"} in AWS Secrets Manager. They are never printed, and sent to no other host than Kaggle's
     (KAGGLE_API_ENDPOINT, default https://www.kaggle.com).
  3. --from-kaggle false: a sample is landed from $DAGWRIGHT_SAMPLE/x/, if that is set.
Nothing is landed below the s3:// prefixes, separated by commas, of $DAGWRIGHT_READ_ONLY.

A file gets its name when all of it is there. `_ingest.json` beside the files says where they came from and whether all
arrived: what a broken run left is fetched again, and a sample gives way to a download.

Exit codes: 0 done; 1 the user's part is missing (files, credentials, access); 2 wrong usage; 3 something outside
failed. One line on stderr says what (DAGWRIGHT_DEBUG=1 gives the traceback instead).
"""

import argparse
import base64
import fnmatch
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from http.client import HTTPException
from pathlib import Path

CHUNK = 1 << 20
SECONDS = 60
MARK = "_ingest.json"
REFUSALS = {
    401: (1, "Kaggle does not accept the credentials (401): make a new token in the account's settings."),
    403: (1, "Kaggle refuses {dataset} (403): open its page as that account, accept its rules, and run this again."),
    404: (1, "Kaggle has no {dataset} (404): check its name and that the account may see it."),
    429: (3, "Kaggle had too many requests (429): try again in {wait} seconds."),
}


class Stop(Exception):
    def __init__(self, message: str, code: int = 1):
        super().__init__(message)
        self.code = code


# The order of things


def ingest(lake, dataset: str, patterns: list, from_kaggle: bool, secret: str) -> None:
    there, mark, sample = lake.files(), lake.read_mark(), os.environ.get("DAGWRIGHT_SAMPLE")
    # Of what an earlier run landed, only what is still as it was then may go: a file that somebody changed is theirs.
    landed = {name: size for name, size in mark["files"].items() if there.get(name) == size} if mark else {}
    changed = mark and any(there.get(name, size) != size for name, size in mark["files"].items())
    keep = mark and mark["complete"] and (mark["from"] == "kaggle" or changed or not (from_kaggle or sample))
    stale = {} if keep else landed
    missing = [pattern for pattern in patterns if not matching(pattern, there.keys() - stale.keys())]
    lacking = f"{lake.folder}/ has no file for {', '.join(missing)}"
    read_only = [prefix for prefix in os.environ.get("DAGWRIGHT_READ_ONLY", "").split(",") if prefix]
    mounted = any(f"{lake.folder}/".startswith(prefix) for prefix in read_only)
    if not missing or (len(missing) < len(patterns) and (mounted or not from_kaggle)):
        print(f"{lacking}: going on without" if missing else f"{lake.folder}/ has a file for every pattern")
        for name in sorted({name for pattern in patterns for name in matching(pattern, there)}):
            print(f"{lake.folder}/{name}: already there ({there[name]:,} bytes), taken as it is")
    elif mounted:
        raise Stop(f"{lacking}: put it into the folder that is mounted there, which is only read.")
    elif from_kaggle:
        land(lake, "kaggle", dataset, stale, from_kaggle_api(dataset, missing, secret))
    elif not sample:
        raise Stop(f"{lacking}: put it there, or let it be downloaded (the parameter fromKaggle, true).")
    else:
        land(lake, "sample", dataset, stale, from_sample(Path(sample) / lake.folder.rsplit("/", 1)[1], missing))


def matching(pattern: str, names) -> list:
    return sorted(name for name in names if fnmatch.fnmatchcase(name.rsplit("/", 1)[-1], pattern))


def land(lake, source: str, dataset: str, stale: dict, arriving) -> None:
    """Puts each (name, local file) that arrives into the lake, and removes what is stale and did not come again."""
    files = {}
    mark = {"from": source, "dataset": dataset, "complete": False, "files": files}
    for name, path in arriving:
        files[name] = path.stat().st_size
        lake.write_mark({**mark, "files": {**stale, **files}})
        lake.put(path, name)
        print(f"{lake.folder}/{name}: landed ({files[name]:,} bytes)", flush=True)
    for name in stale.keys() - files.keys():
        lake.delete(name)
    lake.write_mark({**mark, "complete": True})


def from_sample(folder: Path, patterns: list):
    names = [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    for pattern in patterns:
        if not matching(pattern, names):
            raise Stop(f"the sample folder {folder} (DAGWRIGHT_SAMPLE) has no file for {pattern}.")
    yield from ((name, folder / name) for pattern in patterns for name in matching(pattern, names))


# The lake


class Lake:
    """One folder of the lake, through the Hadoop file system of the Spark JVM: S3 on EMR, a folder on one machine."""

    def __init__(self, spark, folder: str):
        self.folder = folder.rstrip("/")
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        self._filesystem = self._path(self.folder).getFileSystem(spark._jsc.hadoopConfiguration())

    def files(self) -> dict:
        """name -> bytes, without hidden ones (Spark does not read those either)."""
        folder = self._path(self.folder)
        listed = self._filesystem.listStatus(folder) if self._filesystem.exists(folder) else []
        sizes = {status.getPath().getName(): status.getLen() for status in listed if status.isFile()}
        return {name: size for name, size in sizes.items() if name[0] not in "_."}

    def put(self, local: Path, name: str) -> None:
        """Copies a local file here under another name, and gives it its own when all of it is here."""
        arriving, done = self._at("_arriving_" + name), self._at(name)
        self._filesystem.copyFromLocalFile(False, True, self._path(local.resolve().as_uri()), arriving)
        size = self._filesystem.getFileStatus(arriving).getLen()
        if size != local.stat().st_size:
            raise Stop(f"{self.folder}/{name}: {size:,} of {local.stat().st_size:,} bytes were written.", 3)
        self._filesystem.delete(done, False)
        if not self._filesystem.rename(arriving, done):
            raise Stop(f"{self.folder}/{name}: the finished file could not be given its name.", 3)
        # On one machine Hadoop writes a checksum beside it, and would refuse the file once somebody edits it.
        self.delete(f".{name}.crc")

    def delete(self, name: str) -> None:
        self._filesystem.delete(self._at(name), False)

    def read_mark(self):
        if not self._filesystem.exists(self._at(MARK)):
            return None
        stream = self._filesystem.open(self._at(MARK))
        try:
            return json.loads(bytes(stream.readAllBytes()))
        finally:
            stream.close()

    def write_mark(self, mark: dict) -> None:
        stream = self._filesystem.create(self._at(MARK), True)
        stream.write(bytearray((json.dumps(mark, indent=2) + "\n").encode()))
        stream.close()

    def _at(self, name: str):
        return self._path(f"{self.folder}/{name}")


# Kaggle


def from_kaggle_api(dataset: str, patterns: list, secret: str):
    """Downloads one file after the other, (name, local file); each local file is gone when the next one is asked for.

    Kaggle gives files one by one, but not every file of a large dataset and not everywhere a list: what it does not
    give so is taken from the archive of the whole dataset.
    """
    kaggle = Kaggle(dataset, credentials(secret))
    emr = "/mnt/tmp" if os.path.isdir("/mnt/tmp") else None  # where an EMR node has its room
    with tempfile.TemporaryDirectory(prefix="dagwright-", dir=emr) as folder:
        names = wanted(dataset, patterns, kaggle.list())
        whole = names is None
        for name in names or []:
            path = Path(folder) / "file"
            if not kaggle.download(path, name):
                whole = True
                break
            path = unzipped(path, name, Path(folder) / "member")
            yield name.rsplit("/", 1)[-1], path
        if whole:
            archive = Path(folder) / "archive"
            print(f"Kaggle does not give the files of {dataset} one by one, downloading all of it", flush=True)
            kaggle.download(archive)
            yield from members(archive, dataset, patterns, Path(folder) / "member")


def wanted(dataset: str, patterns: list, listed):
    """The files to ask for, None if only the whole dataset tells."""
    if listed is None:
        return None if any(c in pattern for pattern in patterns for c in "*?[") else patterns
    for pattern in patterns:
        if not matching(pattern, listed):
            raise Stop(f"the Kaggle dataset {dataset} has no file for {pattern}. It has: {', '.join(sorted(listed))}.")
    return sorted({name for pattern in patterns for name in matching(pattern, listed)})


def unzipped(path: Path, name: str, to: Path) -> Path:
    """Kaggle answers a large file as a zip of it, under the same address."""
    with path.open("rb") as file:
        packed = file.read(4) == b"PK\x03\x04"
    if not packed or name.endswith(".zip"):
        return path
    with zipfile.ZipFile(path) as archive:
        inside = [info for info in archive.infolist() if not info.is_dir()]
        found = [info for info in inside if info.filename.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]] or inside
        if len(found) != 1:
            raise Stop(f"Kaggle answered an archive without {name} in it.", 3)
        return extract(archive, found[0], to)


def members(path: Path, dataset: str, patterns: list, to: Path):
    with zipfile.ZipFile(path) as archive:
        inside = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        for name in wanted(dataset, patterns, inside):
            yield name.rsplit("/", 1)[-1], extract(archive, inside[name], to)


def extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path) -> Path:
    with archive.open(info) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, CHUNK)  # fails on a wrong checksum
    return to


class Kaggle:
    """Kaggle's public API, as its own clients (kaggle, kagglehub) speak it."""

    def __init__(self, dataset: str, user: tuple):
        self._api = endpoint() + "/api/v1"
        self._dataset = dataset
        self._authorization = "Basic " + base64.b64encode(":".join(user).encode()).decode()
        self._opener = urllib.request.build_opener(SameOriginAuthorization())

    def list(self):
        """The names of the dataset's files, None if Kaggle does not list them."""
        names, token = [], ""
        while True:
            query = urllib.parse.urlencode({"pageSize": 200, **({"pageToken": token} if token else {})})
            answer = self._get(f"/datasets/list/{self._dataset}?{query}", may_refuse=True)
            if answer is None:
                return None
            with answer:
                try:
                    page = json.load(answer)
                    names += [file["name"] for file in page["datasetFiles"]]
                except (ValueError, KeyError, TypeError):
                    return None
            before, token = token, page.get("nextPageToken") or ""
            if not token or token == before:
                return names

    def download(self, to: Path, name: str = "") -> bool:
        """One file, False if Kaggle does not give it by itself; without a name all of them as a zip."""
        what = name or self._dataset
        tail = "/" + urllib.parse.quote(name, safe="") if name else ""
        answer = self._get(f"/datasets/download/{self._dataset}{tail}", may_lack=bool(name))
        if answer is None:
            return False
        with answer, to.open("wb") as file:
            if answer.headers.get_content_type() == "text/html":
                raise Stop(f"Kaggle answered a web page in place of {what}: check the credentials and the endpoint.")
            announced, size = answer.headers.get("Content-Length"), 0
            while chunk := answer.read(CHUNK):
                size += file.write(chunk)
                if size % (256 * CHUNK) < len(chunk):
                    print(f"{what}: {size:,} bytes so far", flush=True)
        if announced is not None and size != int(announced):
            raise Stop(f"{what}: the download broke off after {size:,} of {int(announced):,} bytes: try again.", 3)
        return True

    def _get(self, path: str, may_refuse: bool = False, may_lack: bool = False):
        request = urllib.request.Request(self._api + path, headers={"User-Agent": "dagwright"})
        request.add_unredirected_header("Authorization", self._authorization)
        try:
            return self._opener.open(request, timeout=SECONDS)
        except urllib.error.HTTPError as problem:
            problem.close()
            status = problem.code
            if (may_lack and status == 404) or (may_refuse and status not in (401, 429)):
                return None
            code, text = REFUSALS.get(status, (3, "Kaggle answered {status} for {dataset}: try again later."))
            wait = problem.headers.get("Retry-After") or "some"
            raise Stop(text.format(status=status, dataset=self._dataset, wait=wait), code) from None


def endpoint() -> str:
    """KAGGLE_API_ENDPOINT as kagglehub and kaggle read it: with the API's path or without."""
    return re.sub(r"(/api/v1)?/*$", "", os.environ.get("KAGGLE_API_ENDPOINT") or "https://www.kaggle.com")


class SameOriginAuthorization(urllib.request.HTTPRedirectHandler):
    """Kaggle redirects a download to its storage, whose address is signed: credentials go to their own origin alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        onward = super().redirect_request(req, fp, code, msg, headers, newurl)
        origin = lambda url: urllib.parse.urlsplit(url)[:2]  # noqa: E731
        if onward is not None and origin(onward.full_url) == origin(req.full_url):
            onward.add_unredirected_header("Authorization", req.unredirected_hdrs.get("Authorization", ""))
        return onward


# Credentials


def credentials(secret: str) -> tuple:
    if os.environ.get("KAGGLE_USERNAME") and os.environ.get("KAGGLE_KEY"):
        return os.environ["KAGGLE_USERNAME"], os.environ["KAGGLE_KEY"]
    path = Path(os.environ.get("KAGGLE_CONFIG_DIR") or Path.home() / ".kaggle") / "kaggle.json"
    if path.is_file():
        return user_and_key(path.read_text(), str(path))
    if secret:
        return user_and_key(read_secret(secret), f"the secret {secret}")
    raise Stop(f"no Kaggle credentials: set KAGGLE_USERNAME and KAGGLE_KEY, or save the account's token as {path}.")


def user_and_key(text: str, where: str) -> tuple:
    try:
        found = json.loads(text)
        return found["username"], found["key"]
    except (ValueError, KeyError, TypeError):
        problem = 'is not {"username": …, "key": …}: save the token from the account\'s settings there.'
        raise Stop(f"{where} {problem}") from None


def read_secret(secret: str) -> str:
    """From AWS Secrets Manager, with boto3 where that is installed, otherwise with the aws command.

    An ARN names its region; of a name it is that of the environment, which `--region` sets where a node of EMR has none.
    """
    region = secret.split(":")[3] if secret.startswith("arn:") else None
    try:
        if importlib.util.find_spec("boto3"):
            client = importlib.import_module("boto3").client("secretsmanager", region_name=region)
            return client.get_secret_value(SecretId=secret)["SecretString"]
        command = ["aws", "secretsmanager", "get-secret-value", "--secret-id", secret]
        command += ["--region", region] if region else []
        command += ["--query", "SecretString", "--output", "text"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except subprocess.CalledProcessError as problem:
        reason = (problem.stderr.strip().splitlines() or ["no reason given"])[-1]
    except FileNotFoundError:
        reason = "neither boto3 nor the aws command is installed"
    except Exception as problem:  # boto3's own, which cannot be named without it
        reason = str(problem)
    raise Stop(f"the secret {secret} cannot be read from AWS Secrets Manager: {reason}")


# Running


def arguments(argv):
    parser = argparse.ArgumentParser(prog="ingest.py", description="Lands a Kaggle dataset's files in the lake.")
    parser.add_argument("dataset", help="owner/dataset")
    parser.add_argument("folder", help="s3://bucket/bronze/<source>/")
    parser.add_argument("--files", required=True, help="file name patterns, separated by commas")
    parser.add_argument("--from-kaggle", required=True, choices=("true", "false"))
    parser.add_argument("--secret", default="", help="Secrets Manager secret with {username, key}, by name or ARN")
    parser.add_argument("--region", default="", help="AWS region, where the environment has none")
    return parser.parse_args(argv)


def main(argv=None) -> int:
    args = arguments(argv)
    if args.region:
        os.environ.setdefault("AWS_DEFAULT_REGION", args.region)
    patterns = [pattern.strip() for pattern in args.files.split(",") if pattern.strip()]
    try:
        from pyspark.sql import SparkSession

        spark = SparkSession.builder.appName("dagwright ingest").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        ingest(Lake(spark, args.folder), args.dataset, patterns, args.from_kaggle == "true", args.secret)
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
    if isinstance(problem, urllib.error.URLError):
        return f"Kaggle cannot be reached ({endpoint()}): {problem.reason}. Check the network and try again."
    if isinstance(problem, zipfile.BadZipFile):
        return f"what Kaggle sent is broken ({problem}): try again."
    if isinstance(problem, (HTTPException, TimeoutError, ConnectionError)):
        return f"the connection to Kaggle broke ({type(problem).__name__}): try again."
    java = getattr(problem, "java_exception", None)
    while java is not None and java.getCause() is not None:
        java = java.getCause()
    text = str(java.toString() if java is not None else problem).strip() or type(problem).__name__
    return f"failed: {text.splitlines()[0]}"


if __name__ == "__main__":
    sys.exit(main())
