"""A server on the loopback that speaks Kaggle's protocol: lists, downloads by redirect to a storage of another origin.

The storage is as Google's: signed addresses, ranges, If-Range, an ETag, the MD5 of all bytes.

    GET /api/v1/datasets/list/<owner>/<dataset>?pageSize=&pageToken=   {"datasetFiles": [{"name", …}], "nextPageToken"}
    GET /api/v1/datasets/download/<owner>/<dataset>/<file>             302 to the storage, which has the file or its zip
    GET /api/v1/datasets/download/<owner>/<dataset>                    302 to the storage, which has a zip of all
"""

import base64
import hashlib
import io
import json
import re
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

USER, KEY = "someone", "k3y-of-someone"
DATASET = "owner/some-data"


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # the same bytes whenever it is made
    return out.getvalue()


class Server:
    def __init__(self, answer):
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.seen.append((self.path, self.headers.get("Authorization")))
                status, headers, body = answer(self.path, self.headers)
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                try:
                    self.end_headers()
                    self.wfile.write(body)
                    if server.held is not None and len(body) == server.held:
                        server.release.wait(600)
                except ConnectionError:
                    pass  # who asked does not want the rest

            def log_message(self, *args):
                pass

        self.seen = []
        self.held = None  # an answer of so many bytes does not end, nor its connection
        self.release = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.release.set()
        self._http.shutdown()
        self._http.server_close()


class Kaggle:
    """`files` are the dataset's; what else is set makes it behave as Kaggle does on other days."""

    def __init__(self, files):
        self.files = files
        self.zipped = set()  # names that are answered as a zip of the file
        self.answers = {}  # name -> bytes that the storage has for it, where that is not the file
        self.archive = None  # the bytes of the archive of all, where that is not made from the files
        self.stated = {}  # name -> totalBytes in the list, where that is not the file's
        self.unlisted = False  # the list is refused
        self.lacking = set()  # listed names that answer 404 by themselves
        self.status = {}  # the start of a path -> status that everything under it answers, or a list: each once
        self.retry_after = "30"
        self.cut = 0  # so many bytes of each answer with a download are lost
        self.cuts = []  # the next answers with a download end after so many bytes, and the connection with them
        self.login_page = False
        self.ranges = True  # whether the storage sends parts
        self.tags = True  # whether it names versions
        self.hashes = {}  # name -> MD5 (base64) that the storage states, where that is not the bytes'
        self.signed = 0  # answers that a signed address is good for; 0: all
        self.token = None  # a token that is good, besides the user's key
        self.before_sending = lambda name: None
        self.sent = []  # (name, first byte, bytes that left) of each download
        self._signatures = {}
        self.storage = Server(self._store)
        self.api = Server(self._answer)

    def close(self):
        self.api.close()
        self.storage.close()

    def sent_twice(self):
        """Bytes of the storage that were sent more than once."""
        twice, ends = 0, {}
        for name, start, count in sorted(self.sent):
            end = ends.get(name, 0)
            twice += max(min(end, start + count) - start, 0)
            ends[name] = max(end, start + count)
        return twice

    def _fails(self, path):
        for start, status in self.status.items():
            if path.startswith(start) and status:
                return status.pop(0) if isinstance(status, list) else status
        return None

    def _answer(self, path, headers):
        good = ["Basic " + base64.b64encode(f"{USER}:{KEY}".encode()).decode(), f"Bearer {self.token}"]
        if headers.get("Authorization") not in good:
            return 401, {}, b"{}"
        status = self._fails(path)
        if status:
            return status, {"Retry-After": self.retry_after} if self.retry_after else {}, b"{}"
        url = urlsplit(path)
        if url.path == f"/api/v1/datasets/list/{DATASET}" and not self.unlisted:
            at = int(parse_qs(url.query).get("pageToken", ["0"])[0])
            names = sorted(self.files)[at : at + 2]  # pages of two
            token = str(at + 2) if at + 2 < len(self.files) else ""
            files = [{"name": name, "totalBytes": self.stated.get(name, len(self.files[name]))} for name in names]
            return 200, {}, json.dumps({"datasetFiles": files, "nextPageToken": token}).encode()
        start = f"/api/v1/datasets/download/{DATASET}"
        if url.path == start:
            return 302, {"Location": self._sign("/all")}, b""
        name = unquote(url.path[len(start) + 1 :])
        if not url.path.startswith(start + "/") or name not in self.files or name in self.lacking:
            return 404, {}, b"{}"
        return 302, {"Location": self._sign(f"/file/{name}")}, b""

    def _sign(self, path):
        number = len(self._signatures)
        self._signatures[str(number)] = self.signed
        return f"{self.storage.url}{quote(path)}?signature=s3cret&number={number}"

    def _store(self, path, headers):
        if headers.get("Authorization"):
            return 400, {}, b"credentials came to the storage"
        url = urlsplit(path)
        name, number = unquote(url.path), parse_qs(url.query)["number"][0]
        if self.signed:
            if self._signatures[number] == 0:
                return 403, {}, b"<Error><Code>ExpiredToken</Code></Error>"
            self._signatures[number] -= 1
        if self.login_page:
            return 200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Sign in</html>"
        status = self._fails(url.path)
        if status:
            return status, {}, b""
        self.before_sending(name)
        return self._part(name, self._body(name), headers)

    def _body(self, name):
        if name == "/all":
            return self.archive or packed({"folder/" + name: content for name, content in self.files.items()})
        name = name[len("/file/") :]
        if name in self.answers:
            return self.answers[name]
        return packed({name: self.files[name]}) if name in self.zipped else self.files[name]

    def _part(self, name, body, headers):
        md5 = hashlib.md5(body)
        stated = self.hashes.get(name[len("/file/") :], base64.b64encode(md5.digest()).decode())
        answer = {"x-goog-hash": f"crc32c=AAAAAA==,md5={stated}"}
        if self.tags:
            answer["ETag"] = f'"{md5.hexdigest()}"'
        start, end, status = 0, len(body), 200
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("Range", ""))
        if self.ranges and asked and headers.get("If-Range", answer.get("ETag")) == answer.get("ETag"):
            start, end, status = int(asked[1]), min(int(asked[2] or end) + 1, end), 206
            if start >= len(body):
                return 416, {"Content-Range": f"bytes */{len(body)}"}, b""
            answer["Content-Range"] = f"bytes {start}-{end - 1}/{len(body)}"
        body = body[start:end]
        answer["Content-Length"] = str(len(body))
        body = body[: max(len(body) - self.cut, 0)]
        if self.cuts:
            body = body[: self.cuts.pop(0)]
        self.sent.append((name, start, len(body)))
        return status, answer, body
