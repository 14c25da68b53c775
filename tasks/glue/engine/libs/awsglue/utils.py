"""The arguments of a job."""

import argparse

from awsglue.job import BOOKMARK_OPTIONS, CONTINUATION_OPTIONS

_RANGE = ("job-bookmark-from", "job-bookmark-to")
_IDS = ("JOB_ID", "JOB_RUN_ID", "SECURITY_CONFIGURATION")
_TEMPORARY = ("RedshiftTempDir", "TempDir")


class GlueArgumentError(Exception):
    """A job's arguments are not those that its script asks for."""


class GlueArgumentParser(argparse.ArgumentParser):
    def error(self, message):
        raise GlueArgumentError(message)


def getResolvedOptions(args, options):
    """The values of named arguments, all of which must be there, and those that Glue itself adds.

    :param args: `sys.argv`, the script's name first
    :param options: the names, without dashes
    :return: a dictionary; a dash in a name is an underscore there
    """
    parser = GlueArgumentParser()
    reserved = ["continuation-option", "job-bookmark-option", *_RANGE, *_IDS, "encryption-type"]
    for name in reserved:
        if name in options:
            # AWS names the first two without their dashes.
            dashes = "" if name.endswith("-option") else "--"
            raise RuntimeError(f"Using reserved arguments {dashes}{name}")
    parser.add_argument("--job-bookmark-option", choices=BOOKMARK_OPTIONS)
    parser.add_argument("--continuation-option", choices=CONTINUATION_OPTIONS)
    parser.add_argument("--encryption-type", choices=["sse-s3"])
    for name in [*_RANGE, *_IDS, *_TEMPORARY]:
        parser.add_argument(f"--{name}")
    for name in options:
        if name not in _TEMPORARY:
            parser.add_argument(f"--{name}", required=True)
    found = vars(parser.parse_known_args(args[1:])[0])

    folder = found["TempDir"] if found["TempDir"] is not None else found["RedshiftTempDir"]
    found["TempDir"] = found["RedshiftTempDir"] = folder
    before = found.pop("continuation_option")
    if found["job_bookmark_option"] is None:
        found["job_bookmark_option"] = BOOKMARK_OPTIONS[CONTINUATION_OPTIONS.index(before) if before else 2]
    absent = [name for name in _RANGE if found[name.replace("-", "_")] is None]
    if found["job_bookmark_option"] == "job-bookmark-pause":
        if len(absent) == 1:
            raise RuntimeError(f"Missing option or value for --{absent[0]}")
    elif not absent:
        raise RuntimeError(f"Invalid option(s) {' '.join(f'--{name}' for name in _RANGE)}")
    return found
