"""What the local engine gives a job: the tables of the Data Catalog, and a file for what the job did."""

import json


class Machine:
    def __init__(self, spark_context):
        conf = spark_context.getConf()
        self._tables = conf.get("spark.dagwright.glue.tables")
        self._journal = conf.get("spark.dagwright.glue.journal")
        self._databases = None
        # Iceberg's catalogs of the job, in which the local engine keeps what AWS Glue has in the Data Catalog.
        kind = "org.apache.iceberg.spark.SparkCatalog"
        catalogs = [name for name, value in conf.getAll() if name.startswith("spark.sql.catalog.") and value == kind]
        self.iceberg = [name[len("spark.sql.catalog.") :] for name in catalogs]

    def databases(self):
        if self._databases is None:
            self._databases = {}
            if self._tables is not None:
                with open(self._tables, encoding="utf-8") as file:
                    self._databases = json.load(file)
        return self._databases

    def table(self, database, name):
        """A table in the catalog's own words; None where there is none."""
        self.note(did="getTable", database=database.lower(), table=name.lower())
        return self.databases().get(database.lower(), {}).get("tables", {}).get(name.lower())

    def note(self, **entry):
        if self._journal is not None:
            with open(self._journal, "a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
