"""Runs a function in Python as AWS's runtime for Python does: it asks the Runtime API for calls, one after the other, and answers them.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import json
import logging
import os
import sys
import time
from http.client import HTTPConnection
from urllib.parse import quote

from dagwright_handler import described, encoded, find

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
# That file's folder is not where a function finds modules.
sys.path = [os.environ["LAMBDA_TASK_ROOT"], *(path for path in sys.path[1:] if path)]


class Context:
    """What a handler is given as its second argument."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.client_context = self.identity = None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def report(fault):
    lines = [f"[ERROR] {fault['errorType']}: {fault['errorMessage']}", "Traceback (most recent call last):"]
    print("\n".join(lines + [line.rstrip("\n") for line in fault["stackTrace"]]), flush=True)


def ask(connection, method, path, body=None):
    connection.request(method, f"/2018-06-01/runtime/{path}", body)
    answer = connection.getresponse()
    return answer.headers, answer.read()


def main():
    logging.Formatter.converter = time.gmtime
    logging.basicConfig(
        stream=sys.stdout,
        format="[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S",
    )
    connection = HTTPConnection(API)
    try:
        handler = find(os.environ["_HANDLER"])
    except Exception as error:
        fault = described(error, __file__)
        report(fault)
        ask(connection, "POST", "init/error", json.dumps(fault))
        sys.exit(1)
    while True:
        headers, body = ask(connection, "GET", "invocation/next")
        request = headers["Lambda-Runtime-Aws-Request-Id"]
        at = f"invocation/{quote(request)}"
        try:
            answer = encoded(handler(json.loads(body), Context(headers)))
        except Exception as error:
            fault = described(error, __file__, request)
            report(fault)
            ask(connection, "POST", f"{at}/error", json.dumps(fault))
        else:
            ask(connection, "POST", f"{at}/response", answer)


main()
