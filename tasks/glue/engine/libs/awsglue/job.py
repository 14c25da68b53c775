"""A job's beginning and end."""

CONTINUATION_OPTIONS = ["continuation-enabled", "continuation-readonly", "continuation-ignore"]
BOOKMARK_OPTIONS = ["job-bookmark-enable", "job-bookmark-pause", "job-bookmark-disable"]


class Job:
    def __init__(self, glue_context):
        self._context = glue_context
        self._name = None

    def init(self, job_name, args={}):  # noqa: B006  AWS's own signature
        """Begins the job. Bookmarks do not work here: the log says so, and the job reads all of its data."""
        self._name = job_name
        if args.get("job_bookmark_option", BOOKMARK_OPTIONS[2]) != BOOKMARK_OPTIONS[2]:
            self._context.get_logger().warn(
                "Job bookmarks do not work on this machine: this run reads all of its data, and remembers nothing."
            )

    def isInitialized(self):
        return self._name is not None

    def commit(self):
        """Ends the job, which on AWS Glue moves its bookmark."""
