"""Files of the lake, through the Hadoop file system of the Spark JVM: S3 on EMR, a folder on one machine."""

import json
import re


class BadInput(Exception):
    """The user's data is at fault: the message says where, what was expected and what to do."""


def root_cause(problem: Exception) -> str:
    """One line: of a Java exception the innermost cause, which alone names the fault."""
    java = getattr(problem, "java_exception", None)
    while java is not None and java.getCause() is not None:
        java = java.getCause()
    text = str(java.toString() if java is not None else problem).strip() or type(problem).__name__
    return text.splitlines()[0]


def hadoop(spark, path: str):
    """The Hadoop file system that a path is on, and the path as its Path: S3 on AWS, a folder on one machine."""
    where = spark._jvm.org.apache.hadoop.fs.Path(path)
    return where.getFileSystem(spark._jsc.hadoopConfiguration()), where


def delete(spark, path: str) -> None:
    """A file or a folder; nothing where there is none."""
    filesystem, where = hadoop(spark, path)
    filesystem.delete(where, True)


def sizes(spark, folder: str) -> dict:
    """path -> bytes of the files that lie in a folder, in the order of names; none where there is no folder."""
    filesystem, where = hadoop(spark, folder)
    listed = filesystem.listStatus(where) if filesystem.exists(where) else []
    files = {f"{folder}/{f.getPath().getName()}": f.getLen() for f in listed if f.isFile()}
    return dict(sorted(files.items()))


def first_line(spark, path: str) -> str:
    filesystem, where = hadoop(spark, path)
    stream = filesystem.open(where)
    try:
        java = spark._jvm.java.io
        return java.BufferedReader(java.InputStreamReader(stream, "UTF-8")).readLine() or ""
    finally:
        stream.close()


def named(path: str, pattern: str) -> bool:
    """Whether the whole name of a file, without its folder, matches a regular expression."""
    return re.fullmatch(pattern, path.rsplit("/", 1)[1]) is not None


def read_json(spark, path: str, step: str):
    """What `step` has written with `write_json`; one that was killed leaves a part of it, or nothing."""
    filesystem, where = hadoop(spark, path)
    try:
        stream = filesystem.open(where)
        try:
            return json.loads(bytes(stream.readAllBytes()))
        finally:
            stream.close()
    except Exception as problem:
        if not isinstance(problem, ValueError) and not re.search("FileNotFound|ChecksumException", root_cause(problem)):
            raise
        raise BadInput(f"{path} is missing or was not written to its end: run `{step}` first.") from problem


def write_json(spark, path: str, value) -> None:
    filesystem, where = hadoop(spark, path)
    stream = filesystem.create(where, True)
    stream.write(bytearray((json.dumps(value, indent=2) + "\n").encode()))
    stream.close()
