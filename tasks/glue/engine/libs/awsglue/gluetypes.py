"""Glue's own types are not on this machine; `DynamicFrame.schema()` answers Spark's."""

from awsglue.refused import module_of_refused

__getattr__ = module_of_refused("awsglue.gluetypes")
