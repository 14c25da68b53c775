"""The part of AWS Glue's library `awsglue` that works on this machine, on plain PySpark.

AWS's own library calls a jar that AWS gives out from a bucket of its own. Calls and their semantics follow https://github.com/awslabs/aws-glue-libs
and https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python.html. What is not here raises NotOnThisMachine, which says what to do.
A frame has one type for each of its columns, as Spark infers it: no choice types arise.
"""

from awsglue.dynamicframe import DynamicFrame

__all__ = ["DynamicFrame"]
