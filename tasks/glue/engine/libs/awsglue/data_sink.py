"""A sink: files, and where it is asked for a table of the Data Catalog over them."""

from awsglue import files
from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection


class DataSink:
    def __init__(self, context, connection_type, format, options):
        self._context = context
        self._type = connection_type
        self._format = format
        self._format_options = {}
        self._options = options
        self._table = None

    def setFormat(self, format, **options):
        self._format, self._format_options = format, options

    def setCatalogInfo(self, catalogDatabase=None, catalogTableName=None, catalogId=""):
        self._table = (catalogDatabase, catalogTableName)

    def setAccumulableSize(self, size):
        """Errors are not gathered here."""

    def write(self, dynamic_frame_or_dfc, info=""):
        if isinstance(dynamic_frame_or_dfc, DynamicFrameCollection):
            frames = dynamic_frame_or_dfc._frames
            path = files.paths_of(self._options)[0].rstrip("/")
            written = [self._write(frame, f"{path}/{name}/") for name, frame in frames.items()]
            return DynamicFrameCollection(written, self._context)
        if not isinstance(dynamic_frame_or_dfc, DynamicFrame):
            raise TypeError(f"A DynamicFrame or a DynamicFrameCollection is written. Got {type(dynamic_frame_or_dfc)}")
        return self.writeFrame(dynamic_frame_or_dfc, info)

    def writeFrame(self, dynamic_frame, info=""):
        return self._write(dynamic_frame, files.paths_of(self._options)[0])

    def _write(self, dynamic_frame, path):
        format = files.format_of(self._type, self._format)
        frame = dynamic_frame.toDF()
        self._context._machine.note(did="write", path=path)
        # A frame without fields has no records, of which Glue writes no file.
        if frame.columns:
            files.write(frame, format, path, self._options, self._format_options)
        if self._table is not None and self._options.get("enableUpdateCatalog"):
            keys = self._options.get("partitionKeys") or []
            self._context._catalog.put(*self._table, format, path, frame.schema, keys, self._options)
        return self._context._nothing(dynamic_frame.name)
