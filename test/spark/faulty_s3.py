"""A proxy before the S3 server of s3.py. It answers 500 or 503 at random, before or after the server did what was asked, lets
something happen at a request, and hangs up, or refuses what would change the bucket."""

import http.client
import http.server
import itertools
import pathlib
import random
import threading
import urllib.parse

from s3 import Server

BUSY = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
BROKEN = "<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>"
DENIED = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
ERRORS = {403: DENIED, 500: BROKEN, 503: BUSY}


class FaultyS3:
    """`faults` is the share of requests that fail, 0 to 1, and `failed` how many did; `requests` is how many there were since
    `on_request`, and `read_only` whether the bucket may not be changed. `spark()` goes through all this."""

    def __init__(self, folder: pathlib.Path, bucket: str, seed: int):
        self.faults, self.failed, self._random = 0.0, 0, random.Random(seed)
        self.read_only = False
        self.on_request(0, lambda: None)
        self.server = Server(folder, bucket)
        self._at = urllib.parse.urlsplit(self.server.url).netloc
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) or None
                if length > len(body or b""):  # whoever sent it has ended
                    return self._hang_up()
                is_chosen, happens_after = outer._count(), outer._random.random() < 0.5
                if outer.read_only and self.command not in ("GET", "HEAD"):
                    return self._fail(403)
                status = outer._fault()
                if is_chosen and not happens_after:
                    outer._happen()
                    return self._hang_up()
                if status and not happens_after:
                    return self._fail(status)
                to = http.client.HTTPConnection(outer._at, timeout=60)
                to.request(self.command, self.path, body, dict(self.headers.items()))
                answer = to.getresponse()
                content = answer.read()
                to.close()
                if is_chosen:
                    outer._happen()
                    return self._hang_up()
                if status:  # it was done, and the answer is lost
                    return self._fail(status)
                self._reply(answer.status, dict(answer.getheaders()), content)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = forward

            def _hang_up(self):
                self.close_connection = True

            def _fail(self, status):
                self._reply(status, {}, ERRORS[status].encode())

            def _reply(self, status, headers, content):
                self.send_response_only(status)
                length = str(len(content))
                for name, value in headers.items():
                    if name.lower() == "content-length" and self.command == "HEAD":
                        length = value
                    elif name.lower() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", length)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._proxy.serve_forever, daemon=True).start()

    def spark(self) -> dict:
        """Spark's properties, with few tries a request, so that writes do fail."""
        once = {"attempts.maximum": "1", "retry.limit": "1", "retry.throttle.limit": "1"}
        soon = {"retry.interval": "10ms", "retry.throttle.interval": "10ms"}
        return {
            **self.server.spark(),
            "spark.hadoop.fs.s3a.endpoint": f"http://127.0.0.1:{self._proxy.server_address[1]}",
            **{f"spark.hadoop.fs.s3a.{name}": value for name, value in {**once, **soon}.items()},
        }

    def on_request(self, number: int, happen) -> None:
        """Counts from now on; at the request of a number, before or after it is done, `happen` is called in place of an answer."""
        self.requests, self._numbers, self._number, self._happen = 0, itertools.count(1), number, happen

    def _count(self) -> bool:
        self.requests = next(self._numbers)
        return self.requests == self._number

    def copy(self, folder: pathlib.Path) -> None:
        """What is in the bucket, as files below a folder, and nothing else; no table's file changes, so those that are there stay."""
        names = self.server.names()
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if str(path.relative_to(folder)) not in names:
                path.unlink()
        for key in names:
            path = folder / key
            if not key.endswith("/") and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.server.ask("GET", f"/{urllib.parse.quote(key)}"))

    def _fault(self):
        if self._random.random() >= self.faults:
            return None
        self.failed += 1
        return self._random.choice((500, 503))

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self._proxy.shutdown()
        self._proxy.server_close()
        self.server.close()
