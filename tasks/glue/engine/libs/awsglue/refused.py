"""What exists on AWS Glue and does not work here."""


class NotOnThisMachine(NotImplementedError):
    pass


def refused(what, instead="write it with plain Spark (`frame.toDF()`, `spark.read`, `df.write`)"):
    """The error for a call that AWS Glue has; the caller raises it."""
    return NotOnThisMachine(
        f"{what} exists on AWS Glue and does not work on this machine. Mock the task (`dagwright simulate`), or {instead}."
    )


def module_of_refused(module):
    """A module's `__getattr__`, where AWS Glue has the module and this machine does not."""

    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise refused(f"{module}.{name}")

    return __getattr__
