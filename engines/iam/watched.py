"""Runs a Python script, and writes down what it does with the files of the buckets' folders.

    python watched.py SCRIPT [ARGUMENT ...]

DAGWRIGHT_S3_ROOT is the folder of the buckets, DAGWRIGHT_WATCHED the file that gets a line of JSON for each: {"did": "read" | "write" |
"list" | "remove", "path": ...}. Nothing is kept from the script: who runs it decides afterwards.
"""

import json
import os
import runpy
import sys


def watch(root: str, file: str, own: str) -> None:
    """The script's own folder is left out: Python looks for modules there, and whoever runs the script has fetched it."""
    root = os.path.realpath(root) + os.sep
    own = os.path.realpath(own) + os.sep
    out = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(did: str, path: object) -> None:
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, (str, os.PathLike)):
            return
        whole = os.path.realpath(path)
        if (whole + os.sep).startswith(own):
            return
        if whole.startswith(root) and not (did == "read" and os.path.isdir(whole)):
            os.write(out, (json.dumps({"did": did, "path": whole}) + "\n").encode())

    def heard(event: str, args: tuple) -> None:
        if event == "open":
            path, mode, flags = args
            writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else flags & (os.O_WRONLY | os.O_RDWR)
            note("write" if writes else "read", path)
        elif event in ("os.listdir", "os.scandir"):
            note("list", args[0] if args[0] is not None else ".")
        elif event == "os.remove":
            note("remove", args[0])
        elif event == "os.rename":
            note("write", args[1])

    sys.addaudithook(heard)


def main() -> None:
    script = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    watch(os.environ["DAGWRIGHT_S3_ROOT"], os.environ["DAGWRIGHT_WATCHED"], sys.path[0])
    runpy.run_path(script, run_name="__main__")


main()
