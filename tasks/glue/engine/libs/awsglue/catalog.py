"""Tables of the Data Catalog of this machine: Parquet files that crawlers and jobs took up, and Iceberg's tables of the job's own catalogs."""

from pyspark.sql.utils import AnalysisException

from awsglue import files
from awsglue.refused import refused


class Catalog:
    def __init__(self, spark, machine):
        self._spark = spark
        self._machine = machine

    def table(self, database, name):
        table = self._machine.table(database, name)
        if table is None:
            raise EntityNotFoundException(f"Entity Not Found: table {database}.{name} is not in the Data Catalog")
        return table

    def read(self, database, name):
        iceberg = self._iceberg(database, name)
        if iceberg is not None:
            return self._spark.table(iceberg)
        table = self.table(database, name)
        schema = files.schema_of([*table["Columns"], *table["PartitionKeys"]])
        return files.read(self._spark, "parquet", [table["Location"]], {}, {}, schema)

    def write(self, frame, database, name):
        """Adds rows to a table, in its columns' order and types."""
        iceberg = self._iceberg(database, name)
        if iceberg is not None:
            frame.writeTo(iceberg).append()
            return
        table = self.table(database, name)
        keys = [column["Name"] for column in table["PartitionKeys"]]
        self._machine.note(did="write", path=table["Location"])
        files.write(frame, "parquet", table["Location"], {"partitionKeys": keys}, {})

    def register(self):
        """Spark SQL knows the tables as `database.table`. What it makes itself is gone with the job."""
        for database, content in self._machine.databases().items():
            self._spark.sql(f"CREATE DATABASE IF NOT EXISTS `{database}`")
            for name, table in content["tables"].items():
                columns = files.schema_of([*table["Columns"], *table["PartitionKeys"]])
                keys = ", ".join(f"`{key['Name']}`" for key in table["PartitionKeys"])
                by = f"PARTITIONED BY ({keys}) " if keys else ""
                full = f"`{database}`.`{name}`"
                self._spark.sql(
                    f"CREATE TABLE IF NOT EXISTS {full} ({columns}) USING parquet {by}LOCATION '{table['Location']}'"
                )
                if keys:
                    self._spark.sql(f"ALTER TABLE {full} RECOVER PARTITIONS")

    def put(self, database, name, format, path, schema, keys, options):
        """Makes a table over files, or gives one that is there the columns of today."""
        if format != "parquet":
            raise refused(f"A table of {format} in the Data Catalog", "write Parquet (`setFormat('glueparquet')`)")
        there = self._machine.databases().get(database.lower())
        if there is None:
            raise EntityNotFoundException(f"Entity Not Found: database {database} is not in the Data Catalog")
        is_new = name.lower() not in there["tables"]
        if not is_new and options.get("updateBehavior") == "LOG":
            return
        columns = [{"Name": field.name.lower(), "Type": field.dataType.simpleString()} for field in schema.fields]
        inner = {key.lower() for key in keys}
        table = {
            "Location": path,
            "Columns": [column for column in columns if column["Name"] not in inner],
            # In the folders' names all values are texts.
            "PartitionKeys": [{"Name": key.lower(), "Type": "string"} for key in keys],
        }
        there["tables"][name.lower()] = table
        self._machine.note(did="putTable", database=database.lower(), table=name.lower(), isNew=is_new, made=table)

    def _iceberg(self, database, name):
        """A table's name with that of the catalog of the job's which has it."""
        for catalog in self._machine.iceberg:
            found = f"{catalog}.`{database}`.`{name}`"
            try:
                self._spark.table(found)
            except AnalysisException:
                continue
            return found
        return None


class EntityNotFoundException(Exception):
    """As the Data Catalog says it of a database or a table that is not there."""
