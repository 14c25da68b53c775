"""Silver's ratings beside the naive job and DuckDB: processor time, peak memory and rows a second, in one run.

    python bench/spark/measure.py [--ratings 1000000 10000000] [--files 4 1] [--sides ours naive duckdb]

In the Python environment of local runs, its bin first on the PATH. Each side is a process of its own, on all processors;
its time is user and system time of all its processes, its memory that of the largest.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
SPARK = HERE.parents[1] / "spark"
MODULES = ("amazon", "bronze", "fields", "gold", "netflix", "storage", "tables")
SETTINGS = ("spark.driver.memory=2g", "spark.sql.shuffle.partitions=8", "spark.ui.enabled=false")


def command(side: str, lake: pathlib.Path) -> list[str]:
    if side == "duckdb":
        return [sys.executable, str(HERE / "sides.py"), "duckdb", str(lake / "bronze"), str(lake / side)]
    conf = [word for setting in (*SETTINGS, "spark.driver.bindAddress=127.0.0.1") for word in ("--conf", setting)]
    files = ",".join(str(SPARK / f"{name}.py") for name in MODULES)
    submit = ["spark-submit", "--master", "local[*]", *conf, "--py-files", files]
    if side == "naive":
        return [*submit, str(HERE / "sides.py"), "naive", str(lake / "bronze"), str(lake / side)]
    return [*submit, str(SPARK / "main.py"), "silver", "netflix", lake.as_uri()]


def measured(words: list[str], log: pathlib.Path) -> tuple[float, float, int]:
    """Seconds of processor time, seconds by the clock, bytes at the peak."""
    began = time.monotonic()
    with log.open("wb") as out:
        to_log = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)]
        child = os.posix_spawnp(words[0], words, os.environ, file_actions=to_log)
    _, status, used = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{words[0]} failed:\n{log.read_text()[-2000:]}")
    return used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Silver's ratings beside the naive job and DuckDB.")
    parser.add_argument("--ratings", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--files", type=int, nargs="+", default=[4, 1])
    parser.add_argument("--sides", nargs="+", default=["ours", "naive", "duckdb"])
    args = parser.parse_args()
    import generate

    print("| ratings | files | side | rows/s | processor time | peak memory | processor time over ours |")
    print("| ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for ratings in args.ratings:
        for files in args.files:
            with tempfile.TemporaryDirectory(prefix="dagwright-bench-") as folder:
                lake = pathlib.Path(folder)
                generate.generate(lake / "bronze", ratings, files)
                ours = None
                for side in args.sides:
                    processor, clock, memory = measured(command(side, lake), lake / "log")
                    ours = ours or processor
                    print(
                        f"| {ratings:,} | {files} | {side} | {ratings / clock:,.0f} | {processor:.1f} s "
                        f"| {memory / 2**20:,.0f} MiB | {processor / ours:.2f} × |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
