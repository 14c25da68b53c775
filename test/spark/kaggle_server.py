"""A server on the loopback that speaks Kaggle's protocol: lists, downloads by redirect to a storage of another origin.

    GET /api/v1/datasets/list/<owner>/<dataset>?pageSize=&pageToken=   {"datasetFiles": [{"name", …}], "nextPageToken"}
    GET /api/v1/datasets/download/<owner>/<dataset>/<file>             302 to the storage, which has the file or its zip
    GET /api/v1/datasets/download/<owner>/<dataset>                    302 to the storage, which has a zip of all
"""

import base64
import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

USER, KEY = "someone", "k3y-of-someone"
DATASET = "owner/some-data"


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
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
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.seen = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._http.shutdown()
        self._http.server_close()


class Kaggle:
    """`files` are the dataset's; what else is set makes it behave as Kaggle does on other days."""

    def __init__(self, files):
        self.files = files
        self.zipped = set()  # names that are answered as a zip of the file
        self.unlisted = False  # the list is refused
        self.lacking = set()  # listed names that answer 404 by themselves
        self.status = {}  # the start of a path -> status that everything under it answers
        self.cut = 0  # so many bytes of a download are lost
        self.login_page = False
        self.storage = Server(self._store)
        self.api = Server(self._answer)

    def close(self):
        self.api.close()
        self.storage.close()

    def _answer(self, path, headers):
        expected = "Basic " + base64.b64encode(f"{USER}:{KEY}".encode()).decode()
        if headers.get("Authorization") != expected:
            return 401, {}, b"{}"
        for start, status in self.status.items():
            if path.startswith(start):
                return status, {"Retry-After": "30"}, b"{}"
        url = urlsplit(path)
        if url.path == f"/api/v1/datasets/list/{DATASET}" and not self.unlisted:
            at = int(parse_qs(url.query).get("pageToken", ["0"])[0])
            names = sorted(self.files)[at : at + 2]  # pages of two
            token = str(at + 2) if at + 2 < len(self.files) else ""
            files = [{"name": name, "totalBytes": len(self.files[name])} for name in names]
            return 200, {}, json.dumps({"datasetFiles": files, "nextPageToken": token}).encode()
        start = f"/api/v1/datasets/download/{DATASET}"
        if url.path == start:
            return 302, {"Location": f"{self.storage.url}/all?signature=s3cret"}, b""
        name = unquote(url.path[len(start) + 1 :])
        if not url.path.startswith(start + "/") or name not in self.files or name in self.lacking:
            return 404, {}, b"{}"
        return 302, {"Location": f"{self.storage.url}/file/{name}?signature=s3cret"}, b""

    def _store(self, path, headers):
        if headers.get("Authorization"):
            return 400, {}, b"credentials came to the storage"
        name = unquote(urlsplit(path).path)
        if self.login_page:
            return 200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Sign in</html>"
        if name == "/all":
            body = packed({"folder/" + name: content for name, content in self.files.items()})
        else:
            name = name[len("/file/") :]
            body = packed({name: self.files[name]}) if name in self.zipped else self.files[name]
        return 200, {"Content-Length": str(len(body))}, body[: len(body) - self.cut]
