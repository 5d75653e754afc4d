"""Runs the queue in one of the packages: python outsider.py simpy --replicates 2048 --out FILE"""

import argparse
import importlib
import json
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from figures import means
from scenario import read

# Every replicate has its own seed, so that nothing depends on how many processes there are.
SEED = 20_250_106


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", choices=["simpy", "ciw"])
    arguments.add_argument("--replicates", type=int, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--times", action="append", default=[], metavar="KEY=FACTOR")
    given = arguments.parse_args()
    times = {key: float(factor) for key, factor in (it.split("=") for it in given.times)}
    scenario = read(Path(__file__).with_name("queue.toml"), times)
    package = importlib.import_module(f"{given.package}_queue")
    with Pool() as pool:
        seeds = range(SEED, SEED + given.replicates)
        replicates = pool.map(partial(package.replicate, scenario), seeds, chunksize=16)
    answer = {
        "package": given.package,
        "version": package.VERSION,
        "replicates": given.replicates,
        "seed": SEED,
        "figures": means(replicates),
    }
    given.out.write_text(json.dumps(answer, indent=1) + "\n")


if __name__ == "__main__":
    main()
