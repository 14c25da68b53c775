"""Kaggle's public API, as its own clients (kaggle, kagglehub) speak it: a dataset's files and their bytes.

A download is answered by a redirect to a storage with a signed address. The storage sends ranges and names the version
of a file by its ETag: a connection that breaks is taken up at the next byte, and a file that has changed is noticed.
"""

import base64
import email.utils
import json
import os
import random
import re
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

from landing import Stop, say

CHUNK = 1 << 20
SECONDS = 60  # without a byte, then a connection counts as broken
TRIES = 6  # in a row without a byte
LONGEST_WAIT = 60.0  # seconds that are chosen here; Kaggle may ask for more
PATIENCE = 600.0  # seconds of waiting in all without a byte
HEAD = 4096  # bytes of a file that are read first: they tell what it is
AGAIN = (408, 429, 500, 502, 503, 504)
AGED = (400, 401, 403, 404, 410)  # what a storage answers to an address whose signature is too old
REFUSALS = {
    401: (1, "Kaggle does not accept the credentials (401) of {where}: make a new token in the account's settings."),
    403: (1, "Kaggle refuses {dataset} (403): open its page as that account, accept its rules, and run this again."),
    404: (1, "Kaggle has no {dataset} (404): check its name and that the account may see it."),
    429: (3, "Kaggle had too many requests (429): try again in {wait} seconds."),
}
sleep = time.sleep


class Changed(Exception):
    """What is being downloaded is no longer the file that it was."""


class Refused(Exception):
    """An answer that no second try changes."""

    def __init__(self, status: int, by_storage: bool, headers):
        super().__init__(f"{status}")
        self.status, self.by_storage, self.headers = status, by_storage, headers


class Kaggle:
    """One dataset, `owner/name`. `user` is what `kaggle_credentials.credentials` answers."""

    def __init__(self, dataset: str, user: tuple):
        self._api = endpoint() + "/api/v1"
        self.dataset = dataset
        self._authorization, self._where = user
        self._opener = urllib.request.build_opener(SameOriginAuthorization())

    def files(self):
        """The dataset's files with the bytes that Kaggle states of each (None where it does not), None without a list."""
        files, token = {}, ""
        while True:
            query = urllib.parse.urlencode({"pageSize": 200, **({"pageToken": token} if token else {})})
            try:
                answer = self.get(f"/datasets/list/{self.dataset}?{query}", Patience(self, 3))
            except Refused as problem:
                if problem.status == 401:
                    raise self.refusal(problem) from None
                return None
            except GivenUp as problem:
                if problem.status is None or problem.status == 429:
                    raise
                return None
            with answer:
                try:
                    page = json.load(answer)
                    files.update((file["name"], file.get("totalBytes")) for file in page["datasetFiles"])
                    before, token = token, page.get("nextPageToken") or ""
                except (ValueError, KeyError, TypeError, AttributeError):
                    return None
            if not token or token == before:
                return files

    def open(self, name: str = ""):
        """A file, None if Kaggle does not give it by itself; without a name the archive of all files."""
        try:
            return Remote(self, name)
        except Refused as problem:
            if name and problem.status == 404 and not problem.by_storage:
                return None
            raise self.refusal(problem) from None

    def refusal(self, problem: Refused) -> Stop:
        if problem.by_storage:
            return Stop(f"Kaggle's storage answered {problem.status} for {self.dataset}: try again later.", 3)
        code, text = REFUSALS.get(problem.status, (3, "Kaggle answered {status} for {dataset}: try again later."))
        return Stop(text.format(status=problem.status, dataset=self.dataset, where=self._where), code)

    def get(self, path: str, patience: "Patience", headers=None, storage: str = ""):
        """The answer to a path of the API, or to the address in the storage that it was redirected to earlier."""
        headers = {"User-Agent": "dagwright", "Accept-Encoding": "identity", **(headers or {})}
        while True:
            request = urllib.request.Request(storage or self._api + path, headers=headers)
            if not storage or origin(storage) == origin(self._api):
                request.add_unredirected_header("Authorization", self._authorization)
            try:
                return self._opener.open(request, timeout=SECONDS)
            except urllib.error.HTTPError as problem:
                problem.close()
                if problem.code in AGAIN:
                    patience.wait(f"Kaggle answered {problem.code}", status=problem.code, headers=problem.headers)
                elif storage and problem.code in AGED:
                    storage = ""
                else:
                    raise Refused(problem.code, origin(problem.url) != origin(self._api), problem.headers) from None
            except urllib.error.URLError as problem:
                where = f"Kaggle cannot be reached ({endpoint()}): {problem.reason}"
                if isinstance(problem.reason, ssl.SSLCertVerificationError):
                    raise Stop(f"{where}. Check the machine's certificates and its clock.", 3) from None
                patience.wait(where, advice=". Check the network and try again.")
            except (HTTPException, OSError) as problem:
                patience.wait(f"the connection to Kaggle broke ({type(problem).__name__})")


class Remote:
    """The bytes that one address of Kaggle's answers.

    size      in bytes, None if Kaggle does not say
    version   the strong ETag, else Last-Modified, else None
    md5       of all bytes, None if Kaggle does not say
    ranges    whether a part can be asked for
    encoding  `gzip` where all is sent compressed
    sent_as   the name that the storage has for it
    """

    here = False

    def __init__(self, kaggle: Kaggle, name: str):
        self._kaggle = kaggle
        self.name = name or f"the archive of {kaggle.dataset}"
        tail = "/" + urllib.parse.quote(name, safe="") if name else ""
        self._path = f"/datasets/download/{kaggle.dataset}{tail}"
        self._storage, self._whole, self._kept, self.size = "", None, [], 0
        self._patience = Patience(kaggle, TRIES)
        while not self._begin(name):
            self._patience.wait(f"{self.name}: the download broke off in its first bytes")

    def _begin(self, name: str) -> bool:
        """Reads the first bytes, and what the storage says of the file; False if that broke off."""
        try:
            answer = self._get({"Range": f"bytes=0-{HEAD - 1}"})
        except Refused as problem:
            if problem.status != 416:
                raise
            # Of a file without bytes there is no range.
            self.version, self.md5, self.ranges, self.encoding, self.sent_as = None, None, True, "", ""
            return True
        headers = answer.headers
        if headers.get_content_type() == "text/html" and not re.search(r"\.html?$", name, re.IGNORECASE):
            answer.close()
            what = name or self._kaggle.dataset
            raise Stop(f"Kaggle answered a web page in place of {what}: check the credentials and the endpoint.")
        self.version, self.md5 = version(headers), md5(headers)
        self.encoding = headers.get("Content-Encoding", "")
        self.sent_as = urllib.parse.unquote(urllib.parse.urlsplit(answer.url).path.rsplit("/", 1)[-1])
        self.ranges = answer.status == 206
        self.size = extent(headers)[1] if self.ranges else length(headers)
        try:
            head = answer.read(HEAD)
        except (HTTPException, OSError):
            head = b""
        if len(head) < HEAD and self.size is None:
            self.size = len(head)
        if len(head) < min(HEAD, self.size or HEAD):
            answer.close()
            return False
        self._kept = [(0, head)]
        if self.ranges or len(head) == self.size:
            answer.close()
        else:
            self._whole = answer
        if not self.ranges:
            say(f"{self.name}: Kaggle does not send parts of it, a download that breaks begins anew")
        return True

    def read_at(self, start: int, size: int) -> bytes:
        """Up to `size` bytes from `start` on, for the few that tell what is in an archive."""
        return b"".join(self.stream(start, start + size if self.size is None else min(start + size, self.size)))

    def keep_tail(self, size: int) -> None:
        """Reads the last bytes once and keeps them: the directory of an archive stands there."""
        start = max(self.size - size, 0)
        self._kept.append((start, self.read_at(start, size)))

    def stream(self, start: int, end):
        """The bytes from `start` to before `end` (None: to the last one) in pieces, over as many connections as it takes."""
        at = start
        while end is None or at < end:
            kept = self._kept_at(at, end)
            if kept:
                at += len(kept)
                yield kept
                continue
            until = end and min([end, *(begins for begins, _ in self._kept if begins > at)])
            reason = "it broke off"
            try:
                with self._connect(at, until) as answer:
                    while chunk := answer.read(CHUNK if until is None else min(CHUNK, until - at)):
                        at += len(chunk)
                        self._patience.renew()
                        yield chunk
                        if at == until:
                            break
                if end is None and (length(answer.headers) is None or at == self.size):
                    self.size = at
                    return
            except (HTTPException, OSError) as problem:
                reason = type(problem).__name__
            if at != until:
                of = f" of {self.size:,}" if self.size else ""
                self._patience.wait(f"{self.name}: the download broke off at byte {at:,}{of} ({reason})")

    def _kept_at(self, at: int, end) -> bytes:
        for start, kept in self._kept:
            if start <= at < start + len(kept):
                return kept[at - start : None if end is None else end - start]
        return b""

    def _connect(self, at: int, end):
        """An answer whose next byte is the one at `at`."""
        if self._whole is not None:
            answer, self._whole = self._whole, None
            if at == HEAD:
                return answer
            answer.close()
        headers = {"Range": f"bytes={at}-{'' if end is None else end - 1}"} if self.ranges else {}
        if self.ranges and self.version:
            headers["If-Range"] = self.version
        try:
            answer = self._get(headers)
        except Refused as problem:
            if problem.status in (404, 412, 416):
                raise Changed() from None
            raise self._kaggle.refusal(problem) from None
        if version(answer.headers) != self.version or (answer.status == 206 and extent(answer.headers) != (at, self.size)):
            answer.close()
            raise Changed()
        if answer.status != 206 and at:
            if self.version is None:
                answer.close()
                raise Changed()
            say(f"{self.name}: Kaggle sends it from its beginning again, passing over {at:,} bytes")
            passed = 0
            while passed < at:
                chunk = answer.read(min(CHUNK, at - passed))
                if not chunk:
                    raise ConnectionError()
                passed += len(chunk)
        return answer

    def _get(self, headers: dict):
        answer = self._kaggle.get(self._path, self._patience, headers, self._storage)
        self._storage = answer.url
        return answer


def version(headers):
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified")


def md5(headers):
    """Storages state it in base64, Google's in `x-goog-hash: crc32c=…,md5=…`."""
    for text in headers.get_all("x-goog-hash", []):
        for checksum in text.split(","):
            name, _, value = checksum.strip().partition("=")
            if name == "md5":
                return base64.b64decode(value)
    whole = headers.get("Content-MD5")
    return base64.b64decode(whole) if whole and not headers.get("Content-Range") else None


def length(headers):
    text = headers.get("Content-Length")
    return int(text) if text is not None else None


def extent(headers) -> tuple:
    """Where a part begins, and the size of the whole."""
    found = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", headers.get("Content-Range", ""))
    if not found:
        raise Stop("Kaggle sent a part of a file without saying which: try again later.", 3)
    return int(found[1]), int(found[2])


def origin(url: str) -> tuple:
    return urllib.parse.urlsplit(url)[:2]


def endpoint() -> str:
    """KAGGLE_API_ENDPOINT as kagglehub and kaggle read it: with the API's path or without."""
    return re.sub(r"(/api/v1)?/*$", "", os.environ.get("KAGGLE_API_ENDPOINT") or "https://www.kaggle.com")


class SameOriginAuthorization(urllib.request.HTTPRedirectHandler):
    """Kaggle redirects a download to its storage, whose address is signed: credentials go to their own origin alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        onward = super().redirect_request(req, fp, code, msg, headers, newurl)
        if onward is not None and origin(onward.full_url) == origin(req.full_url):
            onward.add_unredirected_header("Authorization", req.unredirected_hdrs.get("Authorization", ""))
        return onward


# Trying again


class GivenUp(Stop):
    """`status`: what Kaggle answered last, None if it did not answer."""

    def __init__(self, message: str, status):
        super().__init__(message, 3)
        self.status = status


class Patience:
    """Waits between tries, twice as long each time and never all clients at once, or as long as Kaggle asks for.

    Ends after `tries` in a row without a byte, or where the waits would add up to more than PATIENCE seconds.
    """

    def __init__(self, kaggle: Kaggle, tries: int):
        self._kaggle, self._tries = kaggle, tries
        self.renew()

    def renew(self) -> None:
        self._failed, self._waited = 0, 0.0

    def wait(self, reason: str, status=None, headers=None, advice: str = "") -> None:
        self._failed += 1
        asked = retry_after(headers.get("Retry-After")) if headers else None
        seconds = asked if asked is not None else random.uniform(0.5, 1) * min(LONGEST_WAIT, 2.0 ** (self._failed - 1))
        if self._failed >= self._tries or self._waited + seconds > PATIENCE:
            raise GivenUp(self._last(reason, status, asked, advice), status)
        self._waited += seconds
        say(f"{reason}, trying again in {seconds:.0f} s ({self._failed} of {self._tries - 1})")
        sleep(seconds)

    def _last(self, reason: str, status, asked, advice: str) -> str:
        if status == 429:
            return REFUSALS[429][1].format(wait="some" if asked is None else f"{asked:.0f}")
        if status is not None:
            return f"{reason} for {self._kaggle.dataset}: try again later."
        return f"{reason}{advice or ': try again, it goes on from there.'}"


def retry_after(text):
    """Seconds, of a number of them or a date; None where it is neither."""
    if text is None:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
