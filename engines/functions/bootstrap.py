"""Runs a function in Python as AWS's runtime for Python does: it asks the Runtime API for calls, one after the other, and answers them.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import decimal
import importlib
import json
import logging
import os
import sys
import time
import traceback
from http.client import HTTPConnection
from urllib.parse import quote

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
# That file's folder is not where a function finds modules.
sys.path = [os.environ["LAMBDA_TASK_ROOT"], *(path for path in sys.path[1:] if path)]


class Fault(Exception):
    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind, self.trace = f"Runtime.{kind}", list(trace)


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


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, decimal.Decimal):
            whole = value.is_finite() and value == value.to_integral_value()
            return int(value) if whole else float(value)
        return super().default(value)


def find(handler):
    try:
        module, name = handler.rsplit(".", 1)
    except ValueError as error:
        raise Fault("MalformedHandlerName", f"Bad handler '{handler}': {error}")
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise Fault("ImportModuleError", f"Unable to import module '{module}': {error}")
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise Fault("UserCodeSyntaxError", f"Syntax error in module '{module}': {error}", trace)
    try:
        return getattr(loaded, name)
    except AttributeError:
        raise Fault("HandlerNotFound", f"Handler '{name}' missing on module '{module}'")


def described(error, request=""):
    """An error as the runtime writes it, without the frames of this file."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = next((at for at, frame in enumerate(frames) if frame.filename != __file__), 0)
        # Without the marks below a line, which AWS's own leaves out as well.
        plain = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames[own:]]
        kind, trace = type(error).__name__, traceback.format_list(plain)
    return {"errorMessage": str(error), "errorType": kind, "requestId": request, "stackTrace": trace}


def report(fault):
    lines = [f"[ERROR] {fault['errorType']}: {fault['errorMessage']}", "Traceback (most recent call last):"]
    print("\n".join(lines + [line.rstrip("\n") for line in fault["stackTrace"]]), flush=True)


def encoded(answer):
    if isinstance(answer, bytes):
        return answer
    try:
        return json.dumps(answer, cls=Encoder, ensure_ascii=False).encode("utf-8")
    except Exception as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}")


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
        fault = described(error)
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
            fault = described(error, request)
            report(fault)
            ask(connection, "POST", f"{at}/error", json.dumps(fault))
        else:
            ask(connection, "POST", f"{at}/response", answer)


main()
