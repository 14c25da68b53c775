"""A server that speaks S3, and Spark's configuration to reach it as EMR reaches S3: Hadoop's S3A for s3://."""

import os
import re
import socket
import subprocess
import time
import urllib.parse
import urllib.request

HADOOP_AWS = "org.apache.hadoop:hadoop-aws:3.3.4"  # of the Hadoop that Spark 3.5.6 brings


class Server:
    """`npm run test:spark` says in MINISTACK which program it is."""

    def __init__(self, folder, bucket):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url, self._bucket = f"http://127.0.0.1:{port}", bucket
        variables = {**os.environ, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([os.environ["MINISTACK"]], cwd=folder, env=variables, **quiet)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health").close()
                break
            except OSError:
                time.sleep(0.1)
        self.ask("PUT", "")

    def close(self):
        self._process.kill()
        self._process.wait()

    def spark(self):
        return {
            "spark.jars.packages": HADOOP_AWS,
            "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
            "spark.hadoop.fs.s3a.endpoint": self.url,
            "spark.hadoop.fs.s3a.endpoint.region": "us-east-1",
            "spark.hadoop.fs.s3a.path.style.access": "true",
            "spark.hadoop.fs.s3a.access.key": "test",
            "spark.hadoop.fs.s3a.secret.key": "test",
            "spark.hadoop.fs.s3a.multipart.size": "5M",  # the least that S3 takes, so that small files are in parts too
            "spark.hadoop.fs.s3a.block.size": "5M",
        }

    def ask(self, method, path, body=None):
        request = urllib.request.Request(f"{self.url}/{self._bucket}{path}", body, method=method)
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def names(self):
        found, more = [], True
        while more:
            after = urllib.parse.quote(found[-1]) if found else ""
            listed = self.ask("GET", f"?marker={after}").decode()
            found += re.findall("<Key>(.*?)</Key>", listed)
            more = "<IsTruncated>true</IsTruncated>" in listed
        return found

    def uploads(self):
        return re.findall("<Key>(.*?)</Key>", self.ask("GET", "?uploads").decode())
