"""The peer of `brobygger bench import`: frictionless reading a data package, and nothing else.

`python -m brobygger.site.commands.reading_alone DATAPACKAGE` prints rows by table, seconds, and peak in MB.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path


def main(path: Path) -> int:
    from frictionless import Package

    os.chdir(path.parent)  # it trusts no path that begins at the root
    began, rows = time.perf_counter(), {}
    for one in Package(path.name).resources:
        if Path(str(one.path)).exists():
            with one.open() as opened:  # type: ignore[no-untyped-call]
                rows[one.name] = sum(1 for row in opened.row_stream if row.to_list())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "seconds": time.perf_counter() - began, "peak": peak}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
