"""Sets the packages' figures beside workcast's: python compare.py OURS.json THEIRS.json ... --page FILE --evidence FOLDER

Ends with 1 where a figure is further away than three standard errors of the difference. With sixteen figures,
most of them dependent on each other, a right engine fails so at most once in 23 runs for each package."""

import argparse
import json
import math
import sys
from pathlib import Path

from figures import METRICS, MONTHLY

ALLOWED = 3.0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("ours", type=Path)
    arguments.add_argument("theirs", type=Path, nargs="+")
    arguments.add_argument("--page", type=Path)
    arguments.add_argument("--evidence", type=Path)
    given = arguments.parse_args()
    run = json.loads(given.ours.read_text())
    ours = figures(run)
    packages = [json.loads(path.read_text()) for path in given.theirs]
    page = table(run, ours, packages)
    if given.page:
        given.page.write_text(page)
    print(page)
    good = True
    for package in packages:
        off = {name: away(ours[name], package["figures"][name]) for name in ours}
        worst = max(off, key=lambda name: abs(off[name]))
        line = (
            f"{len(off)} figures, {package['replicates']} replicates of theirs and {run['replicates']} of ours: "
            f"the furthest is {off[worst]:+.1f} standard errors away ({words(worst)})"
        )
        if given.evidence:
            (given.evidence / f"outsiders-{package['package']}.txt").write_text(line + "\n")
        print(f"{package['package']} {package['version']}: {line}")
        good &= abs(off[worst]) <= ALLOWED
    sys.exit(0 if good else 1)


def figures(run):
    """What workcast says of each figure."""
    place = run["options"]["Queue"]["localities"]["Queue"]
    answer = {name: place["metrics"][name] for name in METRICS}
    for series, month, _ in MONTHLY:
        at = place["monthly"]["month"].index(month)
        months = place["monthly"][series]
        answer[f"{series} {month}"] = {"mean": months["mean"][at], "se": months["se"][at]}
    return answer


def words(name):
    said = {f"{series} {month}": text for series, month, text in MONTHLY}
    return METRICS.get(name) or said[name]


def away(ours, theirs):
    """How many standard errors of the difference lie between two means."""
    return (theirs["mean"] - ours["mean"]) / math.hypot(theirs["se"], ours["se"])


def table(run, ours, packages):
    heads = [f"{it['package']} {it['version']}" for it in packages]
    lines = [
        "# The same queue in three programs",
        "",
        f"workcast {run['workcast']}, {run['replicates']} replicates, seed {run['seed']}; "
        + "; ".join(f"{head}, {it['replicates']}, seeds from {it['seed']}" for head, it in zip(heads, packages))
        + ". Means with their standard errors; in brackets the distance from workcast in standard errors of the",
        "difference. Written by `bash validation/outsiders/run`.",
        "",
        "| figure | workcast | " + " | ".join(heads) + " |",
        "|---|---|" + "---|" * len(packages),
    ]
    for name, our in ours.items():
        cells = [f"{our['mean']:.3f} ± {our['se']:.3f}"]
        for package in packages:
            their = package["figures"][name]
            cells.append(f"{their['mean']:.3f} ± {their['se']:.3f} ({away(our, their):+.1f})")
        lines.append(f"| {words(name)} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
