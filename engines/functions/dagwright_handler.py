"""What AWS's runtime for Python does around a handler, wherever one is called: how it is found, how its answer and its errors are written."""

import decimal
import importlib
import json
import traceback


class Fault(Exception):
    """What the runtime has to say itself, under a name of its own."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind, self.trace = kind, list(trace)


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
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{handler}': {error}")
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module}': {error}")
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module}': {error}", trace)
    try:
        return getattr(loaded, name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", f"Handler '{name}' missing on module '{module}'")


def described(error, caller, request=""):
    """An error as the runtime writes it, without the frames of the file that calls the handler."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = next((at for at, frame in enumerate(frames) if frame.filename != caller), 0)
        # Without the marks below a line, which AWS's own leaves out as well.
        plain = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames[own:]]
        kind, trace = type(error).__name__, traceback.format_list(plain)
    return {"errorMessage": str(error), "errorType": kind, "requestId": request, "stackTrace": trace}


def encoded(answer):
    if isinstance(answer, bytes):
        return answer
    try:
        return json.dumps(answer, cls=Encoder, ensure_ascii=False).encode("utf-8")
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}")
