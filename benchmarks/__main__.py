"""`make bench`: every benchmark in turn; ends with 1 when a figure is not as wanted."""

import subprocess
import sys

BENCHMARKS = (
    "answering",
    "query_path",
    "indexing",
    "retrieval",
    "service",
    "transport",
    "home",
    "homes",
    "promises",
    "desk",
    "hours",
    "composed",
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all, each in a process of its own; 2 for a name that is none."""
    if {"-h", "--help"} & set(names):
        print(f"python -m benchmarks [NAME ...]: {', '.join(BENCHMARKS)}; all without a name.")
        return 0
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}: name some of {', '.join(BENCHMARKS)}, or none for all.")
        return 2
    failed = []
    for name in names or BENCHMARKS:
        print(f"\n--- {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    print(f"\nnot as wanted: {', '.join(failed)}" if failed else "\nall as wanted")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
