"""An S3 server that at times answers 500 or 503, before or after it did what was asked: a proxy before that of s3.py."""

import http.client
import http.server
import pathlib
import random
import threading
import urllib.parse

from s3 import Server

BUSY = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
BROKEN = "<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>"


class FaultyS3:
    """`faults` is the share of requests that fail, 0 to 1, and `failed` how many did; `spark()` goes through the faults."""

    def __init__(self, folder: pathlib.Path, bucket: str, seed: int):
        self.faults, self.failed, self._random = 0.0, 0, random.Random(seed)
        self.server = Server(folder, bucket)
        self._at = urllib.parse.urlsplit(self.server.url).netloc
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
                status = outer._fault()
                if status and outer._random.random() < 0.5:
                    return self._fail(status)
                to = http.client.HTTPConnection(outer._at, timeout=60)
                to.request(self.command, self.path, body, dict(self.headers.items()))
                answer = to.getresponse()
                content = answer.read()
                to.close()
                if status:  # it was done, and the answer is lost
                    return self._fail(status)
                self._reply(answer.status, dict(answer.getheaders()), content)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = forward

            def _fail(self, status):
                self._reply(status, {}, (BUSY if status == 503 else BROKEN).encode())

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

    def copy(self, folder: pathlib.Path) -> None:
        """What is in the bucket, as files below a folder; Iceberg changes no file, so those that are there stay."""
        for key in self.server.names():
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
