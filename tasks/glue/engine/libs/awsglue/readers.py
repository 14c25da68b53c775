"""`context.create_dynamic_frame.from_options(…)` and its like."""


class DynamicFrameReader:
    def __init__(self, glue_context):
        self._context = glue_context
        self.from_options = glue_context.create_dynamic_frame_from_options
        self.from_catalog = glue_context.create_dynamic_frame_from_catalog

    def from_rdd(self, data, name, schema=None, sampleRatio=None):
        return self._context.create_dynamic_frame_from_rdd(data, name, schema, sampleRatio)


class DynamicFrameWriter:
    def __init__(self, glue_context):
        self._context = glue_context
        self.from_options = glue_context.write_dynamic_frame_from_options
        self.from_catalog = glue_context.write_dynamic_frame_from_catalog

    def from_jdbc_conf(self, *args, **kwargs):
        return self._context.write_dynamic_frame_from_jdbc_conf(*args, **kwargs)


class DataFrameReader:
    def __init__(self, glue_context):
        self.from_options = glue_context.create_data_frame_from_options
        self.from_catalog = glue_context.create_data_frame_from_catalog


class DataFrameWriter:
    def __init__(self, glue_context):
        self.from_options = glue_context.write_data_frame_from_options
        self.from_catalog = glue_context.write_data_frame_from_catalog
