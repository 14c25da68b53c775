"""An S3 server that at times answers 500 or 503, before or after it did what was asked: a proxy before ministack."""

import http.client
import http.server
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

BUSY = b'<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>'
BROKEN = b'<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>'


class FaultyS3:
    """`faults` is the share of requests that fail, 0 to 1; `url` goes through the faults, `direct` past them."""

    def __init__(self, bucket: str, seed: int):
        self.faults, self.failed, self._random = 0.0, 0, random.Random(seed)
        self.bucket = bucket
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.direct = f"http://127.0.0.1:{self._port}"
        self._server = subprocess.Popen(
            [str(pathlib.Path(sys.executable).parent / "ministack")],
            env={**os.environ, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self._port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._make_bucket()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self._body()
                status = outer._fault()
                if status and outer._random.random() < 0.5:
                    return self._reply(status, {}, BUSY if status == 503 else BROKEN)
                to = http.client.HTTPConnection("127.0.0.1", outer._port, timeout=60)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in ("transfer-encoding", "expect")}
                to.request(self.command, self.path, body, headers)
                answer = to.getresponse()
                content = answer.read()
                if status:  # it was done, and the answer is lost
                    return self._reply(status, {}, BUSY if status == 503 else BROKEN)
                self._reply(answer.status, dict(answer.getheaders()), content)
                to.close()

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = forward

            def _body(self):
                return self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None

            def _reply(self, status, headers, content):
                self.send_response(status)
                length = headers.get("Content-Length") or headers.get("content-length")
                for name, value in headers.items():
                    if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                        self.send_header(name, value)
                is_head = self.command == "HEAD"
                self.send_header("Content-Length", length if is_head and length else str(len(content)))
                self.end_headers()
                if not is_head:
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._proxy.server_address[1]}"
        threading.Thread(target=self._proxy.serve_forever, daemon=True).start()

    def _fault(self):
        if self._random.random() >= self.faults:
            return None
        self.failed += 1
        return self._random.choice((500, 503))

    def _make_bucket(self) -> None:
        for attempt in range(600):
            try:
                asked = urllib.request.Request(f"{self.direct}/{self.bucket}", method="PUT")
                return urllib.request.urlopen(asked, timeout=30).close()
            except OSError:
                if self._server.poll() is not None or attempt == 599:
                    raise
                time.sleep(0.1)

    def copy(self, folder: pathlib.Path) -> None:
        """What is in the bucket, as files below a folder; those that are there already are not changed."""
        token, name = "", "{http://s3.amazonaws.com/doc/2006-03-01/}"
        while token is not None:
            more = f"&continuation-token={urllib.parse.quote(token)}" if token else ""
            with urllib.request.urlopen(f"{self.direct}/{self.bucket}?list-type=2{more}") as answer:
                listed = ET.fromstring(answer.read())
            for key in (element.text for element in listed.iter(f"{name}Key")):
                path = folder / key
                if key.endswith("/") or path.exists():
                    continue
                path.parent.mkdir(parents=True, exist_ok=True)
                with urllib.request.urlopen(f"{self.direct}/{self.bucket}/{urllib.parse.quote(key)}") as answer:
                    path.write_bytes(answer.read())
            token = listed.findtext(f"{name}NextContinuationToken")

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self._proxy.shutdown()
        self._proxy.server_close()
        os.killpg(self._server.pid, signal.SIGTERM)
        self._server.wait()
