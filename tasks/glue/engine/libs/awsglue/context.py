"""The entry to Glue's frames: where they come from, and where they go."""

import sys
import time
import warnings

from pyspark.sql import SparkSession, SQLContext
from pyspark.sql.types import StructType

from awsglue import files
from awsglue.catalog import Catalog
from awsglue.data_sink import DataSink
from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection
from awsglue.machine import Machine
from awsglue.readers import DataFrameReader, DataFrameWriter, DynamicFrameReader, DynamicFrameWriter
from awsglue.refused import refused

REFUSED = {"add_ingestion_time_columns", "begin_transaction", "cancel_transaction", "commit_transaction", "extract_jdbc_conf"}
REFUSED |= {"forEachBatch", "getSampleDynamicFrame", "get_catalog_schema_as_spark_schema", "read_from_options", "start_transaction"}
REFUSED |= {"transition_s3_path", "transition_table", "write_dynamic_frame_from_jdbc_conf", "write_from_jdbc_conf"}


class GlueContext(SQLContext):
    def __init__(self, sparkContext, **options):
        session = SparkSession.builder.getOrCreate()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # SQLContext is an old entry, which Glue's scripts know
            super().__init__(sparkContext, session)
        self.spark_session = session
        self._machine = Machine(sparkContext)
        self._catalog = Catalog(session, self._machine)
        if _is_on("--enable-glue-datacatalog"):
            self._catalog.register()
        self.create_dynamic_frame = DynamicFrameReader(self)
        self.write_dynamic_frame = DynamicFrameWriter(self)
        self.create_data_frame = DataFrameReader(self)
        self.write_data_frame = DataFrameWriter(self)

    def __getattr__(self, name):
        if name in REFUSED:
            raise refused(f"GlueContext.{name}")
        raise AttributeError(f"'GlueContext' object has no attribute {name!r}")

    def get_logger(self):
        return GlueLogger(self.spark_session)

    def _table(self, database, table_name):
        return self._catalog.table(database, table_name)

    # Reading.

    def create_dynamic_frame_from_options(
        self,
        connection_type,
        connection_options={},  # noqa: B006  AWS's own signatures
        format=None,
        format_options={},  # noqa: B006
        transformation_ctx="",
        push_down_predicate="",
        **_,
    ):
        found = files.format_of(connection_type, format)
        paths = files.paths_of(connection_options)
        frame = files.read(self.spark_session, found, paths, connection_options, format_options)
        frame = frame.filter(push_down_predicate) if push_down_predicate else frame
        return DynamicFrame.fromDF(frame, self, transformation_ctx)

    def create_data_frame_from_options(self, *args, **kwargs):
        return self.create_dynamic_frame_from_options(*args, **kwargs).toDF()

    def create_dynamic_frame_from_catalog(
        self,
        database=None,
        table_name=None,
        redshift_tmp_dir="",
        transformation_ctx="",
        push_down_predicate="",
        additional_options={},  # noqa: B006
        catalog_id=None,
        **kwargs,
    ):
        frame = self._catalog.read(_database(database, table_name, kwargs), table_name)
        for predicate in (push_down_predicate, additional_options.get("catalogPartitionPredicate")):
            frame = frame.filter(predicate) if predicate else frame
        return DynamicFrame.fromDF(frame, self, table_name)

    def create_data_frame_from_catalog(self, *args, **kwargs):
        return self.create_dynamic_frame_from_catalog(*args, **kwargs).toDF()

    def create_dynamic_frame_from_rdd(self, data, name, schema=None, sample_ratio=None, transformation_ctx=""):
        return DynamicFrame.fromDF(self.spark_session.createDataFrame(data, schema, sample_ratio), self, name)

    def getSource(self, connection_type, format=None, transformation_ctx="", push_down_predicate="", **options):
        raise refused("GlueContext.getSource", "write `create_dynamic_frame.from_options`")

    # Writing.

    def getSink(self, connection_type, format=None, transformation_ctx="", **options):
        return DataSink(self, connection_type, format, options)

    def write_from_options(
        self,
        frame_or_dfc,
        connection_type,
        connection_options={},  # noqa: B006
        format=None,
        format_options={},  # noqa: B006
        transformation_ctx="",
        **_,
    ):
        sink = self.getSink(connection_type, None, transformation_ctx, **connection_options)
        sink.setFormat(format, **(format_options or {}))
        return sink.write(frame_or_dfc)

    def write_dynamic_frame_from_options(
        self,
        frame,
        connection_type,
        connection_options={},  # noqa: B006
        format=None,
        format_options={},  # noqa: B006
        transformation_ctx="",
    ):
        return self.write_from_options(frame, connection_type, connection_options, format, format_options)

    def write_data_frame_from_options(self, frame, *args, **kwargs):
        self.write_dynamic_frame_from_options(DynamicFrame.fromDF(frame, self, ""), *args, **kwargs)

    def write_dynamic_frame_from_catalog(
        self,
        frame,
        database=None,
        table_name=None,
        redshift_tmp_dir="",
        transformation_ctx="",
        additional_options={},  # noqa: B006
        catalog_id=None,
        **kwargs,
    ):
        self._catalog.write(frame.toDF(), _database(database, table_name, kwargs), table_name)
        return self._nothing(frame.name)

    def write_data_frame_from_catalog(self, frame, *args, **kwargs):
        self.write_dynamic_frame_from_catalog(DynamicFrame.fromDF(frame, self, ""), *args, **kwargs)

    def _nothing(self, name):
        """The records that could not be written: none, or Spark had failed."""
        return DynamicFrame(self.spark_session.createDataFrame([], StructType()), self, f"{name}_errors")

    # Removing.

    def purge_s3_path(self, s3_path, options={}, transformation_ctx=""):  # noqa: B006
        """Removes the files below a path that are older than `retentionPeriod` hours, a week where it is not given."""
        if options.get("manifestFilePath"):
            raise refused("The option 'manifestFilePath' of purge_s3_path")
        jvm, spark = self.spark_session._jvm, self.spark_session
        before = (time.time() - float(options.get("retentionPeriod", 168)) * 3600) * 1000
        place = jvm.org.apache.hadoop.fs.Path(s3_path)
        system = place.getFileSystem(spark._jsc.hadoopConfiguration())
        found = system.listFiles(place, True) if system.exists(place) else None
        while found is not None and found.hasNext():
            file = found.next()
            if file.getModificationTime() <= before:
                system.delete(file.getPath(), False)
        self._machine.note(did="write", path=s3_path)

    def purge_table(self, database, table_name, options={}, transformation_ctx="", catalog_id=None):  # noqa: B006
        if options.get("partitionPredicate"):
            raise refused("The option 'partitionPredicate' of purge_table")
        self.purge_s3_path(self._table(database, table_name)["Location"], options)


class GlueLogger:
    """What goes to the job's log, with Spark's own."""

    def __init__(self, spark):
        self._logger = spark._jvm.org.apache.log4j.LogManager.getLogger("GlueLogger")

    def info(self, message):
        self._logger.info(str(message))

    def warn(self, message):
        self._logger.warn(str(message))

    warning = warn

    def error(self, message):
        self._logger.error(str(message))

    def debug(self, message):
        self._logger.debug(str(message))


def _is_on(argument):
    """Whether the job was given it, alone or as true."""
    at = sys.argv.index(argument) if argument in sys.argv else -1
    return at >= 0 and (sys.argv[at + 1 : at + 2] or ["true"])[0].lower() != "false"


def _database(database, table_name, more):
    """`name_space` is the database's old name."""
    if database is not None and "name_space" in more:
        raise Exception("Parameter name_space and database are both specified, choose one.")
    found = more.get("name_space", database)
    if found is None:
        raise Exception("Parameter name_space or database is missing.")
    if table_name is None:
        raise Exception("Parameter table_name is missing.")
    return found


__all__ = ["DynamicFrame", "DynamicFrameCollection", "GlueContext"]
