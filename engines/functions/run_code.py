"""Runs a function of the project as a job: a script, or the start of the archive that has the function.

    --code s3://bucket/key.zip     its archive, with what the function imports
    --call {"input": …, "bucket": …, "folder": …, "environment": …, "seconds": …}

What the function returns goes to the folder as `answer.json`. What it raises goes there as `error.json`, and ends the job as it ends any.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time
import zipfile

# What a state takes is 256 KiB, of which what S3 says beside an answer takes the rest.
MOST_ANSWER = 256 * 1024 - 4096
# A state's cause holds 32,768 characters.
MOST_CAUSE = 30_000
# A call without a time limit: as many milliseconds as any reader of the number can hold.
NO_LIMIT = 2**31 - 1


class Context:
    """What a handler is given as its second argument: what of Lambda's context there is in a job."""

    def __init__(self, folder, seconds):
        *_, machine, task, self.aws_request_id = folder.split("/")
        self.function_name = f"{machine}_{task}"
        self.function_version = self.invoked_function_arn = self.memory_limit_in_mb = None
        self.log_group_name = self.log_stream_name = self.client_context = self.identity = None
        self._deadline = None if seconds is None else time.time() + seconds

    def get_remaining_time_in_millis(self):
        return NO_LIMIT if self._deadline is None else max(0, int((self._deadline - time.time()) * 1000))


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--code", required=True)
    parser.add_argument("--call", required=True)
    # What runs a job adds arguments of its own.
    given, _ = parser.parse_known_args()
    call = json.loads(given.call)

    def write(name, body):
        key = f"{call['folder']}/{name}"
        client().put_object(Bucket=call["bucket"], Key=key, Body=body, ContentType="application/json")

    use(folder_of(given.code))
    os.environ.update(call.get("environment") or {})
    # It comes with the code.
    import dagwright_handler as runtime

    context = Context(call["folder"], call.get("seconds"))
    try:
        try:
            answer = answered(runtime, call.get("input"), context)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
            raise runtime.Fault("Runtime.ExitError", f"Runtime exited with error: exit status {status}")
    except BaseException as error:
        fault = runtime.described(error, __file__, context.aws_request_id)
        write("error.json", json.dumps({"Error": fault["errorType"], "Cause": cause_of(fault)}))
        raise
    write("answer.json", answer)


def client():
    # The code may have come with one of its own.
    import boto3

    # On the user's machine answers go to the lake of the run, whatever S3 the code itself reaches.
    return boto3.client("s3", endpoint_url=os.environ.get("DAGWRIGHT_ENDPOINT_URL_S3"))


def answered(runtime, event, context):
    try:
        handler = runtime.find("dagwright_entry.handler")
    except runtime.Fault as fault:
        raise runtime.Fault(fault.kind, f"{fault}{made_for_another()}", fault.trace)
    answer = runtime.encoded(handler(event, context))
    try:
        json.loads(answer, parse_constant=no_json)
        text = answer.decode("utf-8")
    except ValueError:
        raise runtime.Fault("Runtime.InvalidResponse", "The answer is no JSON")
    # In the answer of S3 it is a text.
    size = len(json.dumps(text, ensure_ascii=False).encode("utf-8"))
    if size > MOST_ANSWER:
        message = f"The answer has {size} bytes, and a state takes {MOST_ANSWER}: write it to S3 and return its address."
        raise runtime.Fault("Function.ResponseSizeTooLarge", message)
    return answer


def no_json(constant):
    raise ValueError(constant)


def folder_of(code):
    """The folder of the code: that of this file, or one that the archive is laid out in."""
    here = pathlib.Path(__file__).parent
    if (here / "dagwright_entry.py").is_file():
        return here
    folder = pathlib.Path(tempfile.mkdtemp(prefix="code-"))
    archive = here
    if not zipfile.is_zipfile(archive):
        archive = folder / "code.zip"
        bucket, key = code[len("s3://") :].split("/", 1)
        client().download_file(bucket, key, str(archive))
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    return folder


def use(folder):
    """What comes with the code is imported before what is there already, also where that was imported."""
    own = {path.name.split(".")[0] for path in folder.iterdir()}
    for name in [name for name in sys.modules if name.split(".")[0] in own - {"__main__"}]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))


def made_for_another():
    import dagwright_handler

    note = pathlib.Path(dagwright_handler.__file__).parent / "dagwright_runtime.txt"
    if not note.is_file():
        return ""
    wanted, there = note.read_text().strip(), "python{}.{}".format(*sys.version_info)
    return "" if wanted == there else f" (the code was packaged for {wanted}, and this is {there})"


def cause_of(fault):
    """The error as JSON, as long as a state's cause may be: of a long one the outermost frames go first."""
    fault = {**fault, "errorMessage": fault["errorMessage"][:8000]}
    while fault["stackTrace"] and len(json.dumps(fault)) > MOST_CAUSE:
        fault = {**fault, "stackTrace": fault["stackTrace"][1:]}
    return json.dumps(fault)


main()
