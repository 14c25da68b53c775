"""Runs Spark jobs one after the other in one JVM, each as spark-submit runs it.

usage: python host.py [OPTION ...]

The options are those of spark-submit that take effect when a JVM starts, such as `--driver-memory 2g`. Each line of standard input is a job:

    {"mark": "…", "args": ["--conf", "spark.a=b", "main.py", "gold"]}

A job has a Python process and a SparkContext of its own, and a class loader for its jars. What it prints stands between the lines
`<mark> begins` and `<mark> <exit code> <stays|ends>`, on standard output and on standard error. The host
ends by itself after a job that failed, or that left a process or a file that the next one would see.

The host is the leader of a process group. When its standard input closes (dagwright is gone), the whole group is ended.
It must run on any Python 3.9+.
"""

import json
import logging
import os
import queue
import shlex
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark.java_gateway import launch_gateway

GRACE_SECONDS = 5
REDIRECT_SECONDS = 60  # how long the last lines of a job may take
EXIT_SECONDS = 60  # how long a JVM may take to remove its files


def main():
    # A signal to the group reaches the JVM; this process stays to pass on how it ended.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    logging.disable()  # py4j logs a connection that ends with its JVM
    jobs = queue.Queue()
    threading.Thread(target=read_jobs, args=(jobs,), daemon=True).start()
    os.environ["PYSPARK_SUBMIT_ARGS"] = " ".join(shlex.quote(option) for option in [*sys.argv[1:], "pyspark-shell"])
    try:
        jvm = Jvm()
    except Exception as error:
        print(f"Spark did not start: {error}", file=sys.stderr)
        sys.exit(1)
    while True:
        job = jobs.get()
        say(job["mark"], "begins")
        code = jvm.run(job["args"])
        stays = code == 0 and not jvm.left_something()
        say(job["mark"], code, "stays" if stays else "ends")
        if not stays:
            jvm.end()


def say(*words):
    for stream in (sys.stdout, sys.stderr):
        print(*words, file=stream, flush=True)


def read_jobs(jobs):
    try:
        for line in sys.stdin:
            jobs.put(json.loads(line))
    except OSError:
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


class Jvm:
    def __init__(self):
        self._gateway = launch_gateway()
        self._jvm = self._gateway.jvm
        self._process = self._gateway.proc
        threading.Thread(target=self._end_with_it, daemon=True).start()
        self._thread = self._jvm.java.lang.Thread
        self._loader = self._thread.currentThread().getContextClassLoader()
        properties = self._jvm.java.lang.System.getProperties()
        for name in list(properties.stringPropertyNames()):
            if name.startswith("spark."):  # what the gateway was started with
                properties.remove(name)
        self._properties = properties.clone()
        # A gateway is a shell's, which logs nothing below a warning.
        companion(self._jvm.org.apache.spark.internal, "Logging").uninitialize()

    def _end_with_it(self):
        code = self._process.wait()
        os._exit(code if code >= 0 else 128 - code)

    def end(self):
        """Ends the JVM, which removes its own files, and with it this process."""
        self._process.stdin.close()
        self._wait_for_its_end()

    def _wait_for_its_end(self):
        time.sleep(EXIT_SECONDS)  # the thread that waits for the JVM ends this process
        self._process.kill()
        time.sleep(GRACE_SECONDS)

    def run(self, args):
        """Answers the exit code. Where the JVM ends, this process does."""
        self._jvm.java.lang.System.setProperties(self._properties.clone())
        self._thread.currentThread().setContextClassLoader(self._loader)
        words = self._gateway.new_array(self._jvm.java.lang.String, len(args))
        for at, word in enumerate(args):
            words[at] = word
        try:
            self._jvm.org.apache.spark.deploy.InProcessSparkSubmit.main(words)
            code = 0
        except Py4JJavaError as error:
            code = self._failed(error.java_exception)
        except Py4JError:  # of the network, or an answer without an exception
            self._wait_for_its_end()  # the job has ended the JVM
        else:
            self._clean()
        return code

    def _failed(self, exception):
        """What the program spark-submit says and answers."""
        kind = exception.getClass().getName()
        if kind == "org.apache.spark.SparkUserAppException":
            self._wait_for_output()
            return exception.exitCode()
        if kind == "org.apache.spark.SparkException":
            print(f"Error: {exception.getMessage()}", file=sys.stderr)
        else:
            exception.printStackTrace()
        return 1

    def _wait_for_output(self):
        """A thread copies what the job's Python process prints."""
        for thread in self._thread.getAllStackTraces().keySet():
            if thread.getName() == "redirect output":
                thread.join(REDIRECT_SECONDS * 1000)

    def _clean(self):
        """Ends what a job leaves to the end of its JVM: its context, its session, its connections to file systems."""
        self._wait_for_output()
        spark = self._jvm.org.apache.spark
        active = companion(spark, "SparkContext").getActive()
        if active.isDefined():
            active.get().stop()
        spark.sql.SparkSession.clearActiveSession()
        spark.sql.SparkSession.clearDefaultSession()
        companion(spark.util, "Utils").clearLocalRootDirs()
        self._jvm.org.apache.hadoop.fs.FileSystem.closeAll()

    def left_something(self):
        """A process in this group, or a file in the working folder."""
        return any(Path.cwd().iterdir()) or bool(processes_of_group() - {os.getpid(), self._process.pid})


def companion(package, name):
    """The companion object of a Scala class that does not forward its methods."""
    return getattr(getattr(package, f"{name}$"), "MODULE$")


def processes_of_group():
    """The processes of this group that run; the shell that started the JVM may not have been waited for."""
    if os.path.isdir("/proc/self"):
        found = (state_and_group(pid) for pid in os.listdir("/proc") if pid.isdigit())
    else:
        listed = subprocess.run(["ps", "-A", "-o", "pid=,stat=,pgid=,comm="], stdout=subprocess.PIPE, text=True)
        lines = (line.split(None, 3) for line in listed.stdout.splitlines())
        found = ((int(pid), state, int(group)) for pid, state, group, name in lines if name != "ps")
    return {pid for pid, state, group in found if state[0] not in "ZX" and group == os.getpgrp()}


def state_and_group(pid):
    try:
        state, _parent, group = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:3]
    except OSError:  # it has ended
        return int(pid), "X", 0
    return int(pid), state, int(group)


if __name__ == "__main__":
    main()
