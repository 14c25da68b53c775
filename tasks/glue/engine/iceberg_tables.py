"""Says what the current snapshots of Iceberg's tables are made of, a line of JSON in, a line of JSON out.

in   {"id": 1, "catalog": "<sqlite file of Iceberg's JDBC catalog>", "buckets": "<folder that holds s3://<bucket>/ as <bucket>/>"}
out  {"id": 1, "tables": [{"database", "name", "location", "snapshot", "columns", "files"}]}
     columns  [{"id": 1, "name": "title", "type": "string"}], the types as Iceberg writes them
     files    the URIs of the snapshot's data files
     a table that cannot be read has "fault" in place of columns and files: "deletes", or a message
     {"id": 1, "missing": "<module>"}   where pyiceberg is not installed
"""

import json
import pathlib
import re
import sqlite3
import sys

try:
    from pyiceberg.catalog.noop import NoopCatalog
    from pyiceberg.io import FileIO, InputFile
    from pyiceberg.serializers import FromInputFile
    from pyiceberg.table import StaticTable
except ModuleNotFoundError as problem:
    MISSING = problem.name
    FileIO = InputFile = object
else:
    MISSING = None


class LocalFile(InputFile):
    def __init__(self, location: str, path: pathlib.Path):
        self._location, self._path = location, path

    @property
    def location(self) -> str:
        return self._location

    def __len__(self) -> int:
        return self._path.stat().st_size

    def exists(self) -> bool:
        return self._path.is_file()

    def open(self, seekable: bool = True):
        return self._path.open("rb")


class LocalFiles(FileIO):
    """The buckets' files on this machine, to read."""

    def __init__(self, buckets: str):
        super().__init__()
        self._buckets = pathlib.Path(buckets)

    def new_input(self, location: str) -> LocalFile:
        return LocalFile(location, self._buckets / re.sub(r"^s3[an]?://", "", location))

    def new_output(self, location: str):
        raise NotImplementedError("tables are only read here")

    def delete(self, location):
        raise NotImplementedError("tables are only read here")


# What was read of a table stays true of its metadata file, which is never changed.
READ = {}


def tables(catalog: str, buckets: str) -> list:
    # Not `ro`: what a job was writing when it was killed has to be taken back before anything can be read.
    database = sqlite3.connect(f"{pathlib.Path(catalog).as_uri()}?mode=rw", uri=True, timeout=30)
    try:
        rows = database.execute(
            "SELECT table_namespace, table_name, metadata_location FROM iceberg_tables"
            " WHERE iceberg_type IS NULL OR iceberg_type = 'TABLE' ORDER BY 1, 2"
        ).fetchall()
    except sqlite3.OperationalError as problem:
        if "no such table" in str(problem):  # a catalog that no job has written to yet
            return []
        raise
    finally:
        database.close()
    found = []
    for namespace, name, metadata in rows:
        if metadata not in READ:
            READ[metadata] = current(metadata, LocalFiles(buckets))
        found.append({"database": namespace, "name": name, **READ[metadata]})
    return found


def current(location: str, io: "LocalFiles") -> dict:
    try:
        metadata = FromInputFile.table_metadata(io.new_input(location))
        table = StaticTable((location,), metadata, location, io, NoopCatalog("local"))
        about = {"location": table.location(), "snapshot": metadata.current_snapshot_id}
        tasks = list(table.scan().plan_files())
        if any(task.delete_files for task in tasks):
            return {**about, "fault": "deletes"}
        files = sorted(task.file.file_path for task in tasks)
        gone = next((file for file in files if not io.new_input(file).exists()), None)
        if gone is not None:
            return {**about, "fault": f"its file {gone} is not there."}
        columns = [
            {"id": field.field_id, "name": field.name, "type": str(field.field_type)} for field in table.schema().fields
        ]
        return {**about, "columns": columns, "files": files}
    except Exception as problem:  # one table that is broken does not keep the others from being read
        return {"location": location, "fault": f"{type(problem).__name__}: {problem}".splitlines()[0]}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {"missing": MISSING} if MISSING else {"tables": tables(asked["catalog"], asked["buckets"])}
        print(json.dumps({"id": asked["id"], **answer}), flush=True)


if __name__ == "__main__":
    main()
