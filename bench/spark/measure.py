"""Silver's ratings beside the naive job and DuckDB: processor time, peak memory and rows a second, in one run.

    python bench/spark/measure.py [--ratings 1000000 10000000] [--files 4 1] [--naive-up-to 10000000]

In the Python environment of local runs, its bin first on the PATH. Each side is a process of its own; its time is user
and system time of all its processes, its memory that of the largest. Two tables: the sides on all processors, and the
time by the clock of silver, of gold and of the naive job on one processor and on two, at the last size.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time

import generate

HERE = pathlib.Path(__file__).parent
SPARK = HERE.parents[1] / "spark"
PROGRAMS = ("main", "ingest", "report")
# As local runs have them (engines/spark/submission.ts).
THRESHOLDS = {"Invocation": 50_000, "MinInvocation": 10_000, "Compile": 150_000, "BackEdge": 400_000}
LATE_COMPILER = " ".join(f"-XX:Tier4{what}Threshold={count}" for what, count in THRESHOLDS.items())
SETTINGS = (
    "spark.driver.memory=2g",
    f"spark.driver.defaultJavaOptions={LATE_COMPILER}",
    "spark.sql.shuffle.partitions=8",
    "spark.ui.enabled=false",
)


def submit(*job: str) -> list[str]:
    conf = [word for setting in (*SETTINGS, "spark.driver.bindAddress=127.0.0.1") for word in ("--conf", setting)]
    files = ",".join(str(path) for path in sorted(SPARK.glob("*.py")) if path.stem not in PROGRAMS)
    return ["spark-submit", "--master", "local[*]", *conf, "--py-files", files, *job]


def command(side: str, lake: pathlib.Path) -> list[str]:
    if side == "DuckDB":
        return [sys.executable, str(HERE / "sides.py"), "duckdb", str(lake / "bronze"), str(lake / side)]
    if side == "the naive job":
        return submit(str(HERE / "sides.py"), "naive", str(lake / "bronze"), str(lake / side))
    return submit(str(SPARK / "main.py"), "silver", "netflix", lake.as_uri())


def measured(words: list[str], log: pathlib.Path, processors=None) -> tuple[float, float, int]:
    """Seconds of processor time, seconds by the clock, bytes at the peak; on so many processors, or on all."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:processors])
    began = time.monotonic()
    with log.open("wb") as out:
        to_log = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)]
        child = os.posix_spawnp(words[0], words, os.environ, file_actions=to_log)
    os.sched_setaffinity(0, allowed)
    _, status, used = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{words[0]} failed:\n{log.read_text()[-2000:]}")
    return used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss * 1024


def sides(sizes: list[int], files: list[int], naive_up_to: int) -> None:
    print("| ratings | files | side | rows a second | processor time | peak memory | processor time over silver's |")
    print("| ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for ratings in sizes:
        for count in files:
            with tempfile.TemporaryDirectory(prefix="dagwright-bench-") as folder:
                lake = pathlib.Path(folder)
                generate.generate(lake / "bronze", ratings, count)
                ours = None
                for side in ("silver", "the naive job", "DuckDB"):
                    if side == "the naive job" and ratings > naive_up_to:
                        continue
                    processor, clock, memory = measured(command(side, lake), lake / "log")
                    ours = ours or processor
                    print(
                        f"| {ratings:,} | {count} | {side} | {ratings / clock:,.0f} | {processor:.1f} s "
                        f"| {memory / 2**20:,.0f} MiB | {processor / ours:.2f} × |",
                        flush=True,
                    )


def processors(ratings: int, naive_up_to: int) -> None:
    """All that the docs' page has of it, the sentences too."""
    print(f"By the clock, at {ratings:,} ratings:\n")
    print("| stage | one processor | two | ratio |\n| --- | ---: | ---: | ---: |")
    taken = {}
    with tempfile.TemporaryDirectory(prefix="dagwright-bench-") as folder:
        lake = pathlib.Path(folder)
        generate.generate(lake / "bronze", ratings)
        stages = (["silver", "netflix"], ["silver", "amazon"], ["gold"])
        jobs = {" ".join(stage): submit(str(SPARK / "main.py"), *stage, lake.as_uri()) for stage in stages}
        if ratings <= naive_up_to:
            jobs["the naive job"] = command("the naive job", lake)
        for name, job in jobs.items():
            one, two = taken[name] = [measured(job, lake / "log", count)[1] for count in (1, 2)]
            print(f"| {name} | {one:.1f} s | {two:.1f} s | {one / two:.2f} × |", flush=True)
    if "the naive job" in taken:
        one, two = (naive / ours for naive, ours in zip(taken["the naive job"], taken["silver netflix"]))
        print(f"\nThe naive job takes {one:.2f} × as long as silver netflix on one processor, {two:.2f} × on two.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Silver's ratings beside the naive job and DuckDB.")
    parser.add_argument("--ratings", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--files", type=int, nargs="+", default=[4, 1])
    parser.add_argument("--naive-up-to", type=int, default=10_000_000)
    args = parser.parse_args()
    sides(args.ratings, args.files, args.naive_up_to)
    print()
    processors(args.ratings[-1], args.naive_up_to)


if __name__ == "__main__":
    main()
