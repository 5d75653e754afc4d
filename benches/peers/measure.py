"""Times workload W in workcast and its peers, checks that they agree, and writes the table of a page.

Called by `run`, which builds what is timed. Peers take turns with workcast, so that whatever else the
machine does falls on both; each ratio is the median of the rounds' own."""

import argparse
import json
import math
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
BEGIN, END = "<!-- peers: written by benches/peers/run -->", "<!-- peers: end -->"
TURNS = ["workcast", "nexosim", "numpy", "workcast", "SimPy", "workcast", "Ciw"]
# What each lives through; "weeks" is near W but not W.
TIME = {"workcast": "days", "nexosim": "continuous", "SimPy": "continuous", "Ciw": "continuous", "numpy": "weeks"}
ALLOWED_ERRORS = 4.0
# What W gives in continuous time and in whole days or weeks may differ by this.
ALLOWED_PLANS = 0.01
ALLOWED_WAIT_DAYS = 0.5
ALLOWED_CASH = {"workcast": 0.02, "numpy": 0.02}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--ours", required=True)
    arguments.add_argument("--page", type=Path, required=True)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=3)
    arguments.add_argument("--core", default="0")
    arguments.add_argument("--dry", action="store_true")
    given = arguments.parse_args()
    programs = {
        "workcast": [given.ours, "--bench"],
        "nexosim": [given.work / "nexosim/release/nexosim-workload"],
        **{name: python(given.work, name.lower()) for name in ("numpy", "SimPy", "Ciw")},
    }
    rounds = []
    for number in range(given.rounds):
        seen = {}
        for turn, name in enumerate(TURNS):
            seed = 1 + number * len(TURNS) + turn
            command = ["taskset", "-c", given.core, *programs[name], "--seconds", str(given.seconds), "--seed", str(seed)]
            out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            seen.setdefault(name, []).append(json.loads(out))
        rounds.append(seen)
        rates = ", ".join(f"{name} {rate(runs):,.1f}" for name, runs in seen.items())
        print(f"round {number + 1} of {given.rounds}, replicates a second: {rates}", file=sys.stderr)
    engines = {name: together(name, rounds) for name in programs}
    page = table(engines, given)
    print(page)
    wrong = disagreements(engines)
    for line in wrong:
        print(f"they do not agree: {line}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    if not given.dry:
        write(given.page, page)


def python(work, peer):
    return [work / peer / "bin/python", HERE / f"{peer}_workload.py"]


def rate(runs):
    """Replicates a second of one engine in one round."""
    return median(run["replicates"] / run["seconds"] for run in runs)


def together(name, rounds):
    """What an engine came to over all rounds."""
    runs = [run for seen in rounds for run in seen[name]]
    replicates = sum(run["replicates"] for run in runs)
    engine = {
        "version": runs[0]["version"],
        "replicates": replicates,
        "rate": median(rate(seen[name]) for seen in rounds),
        "people": sum(run["referrals"] for run in runs) / replicates,
        "memory": median(run["peak_memory_mb"] for run in runs),
        "ours": median(rate(seen["workcast"]) / rate(seen[name]) for seen in rounds),
    }
    for figure in ("plans", "wait_days", "cash_gap", "cash_gap_by_month"):
        if figure in runs[0]:
            engine[figure] = pooled([(run["replicates"], run[figure]) for run in runs])
    return engine


def pooled(runs):
    """The mean of runs of so many replicates, and its standard error."""
    count = sum(replicates for replicates, _ in runs)
    mean = sum(replicates * it["mean"] for replicates, it in runs) / count
    error = math.sqrt(sum((replicates * it["se"]) ** 2 for replicates, it in runs)) / count
    return mean, error


def disagreements(engines):
    """What an engine does not agree on with the packages that follow everybody in continuous time."""
    exact = ["nexosim", "SimPy", "Ciw"]
    wrong = []

    def check(figure, name, other, margin):
        (mean, error), (theirs, their_error) = engines[name][figure], engines[other][figure]
        allowed = margin + ALLOWED_ERRORS * math.hypot(error, their_error)
        if abs(mean - theirs) > allowed:
            wrong.append(f"{figure}: {name} {mean:.2f}, {other} {theirs:.2f}, {allowed:.2f} allowed")

    for name, other in [("SimPy", "nexosim"), ("Ciw", "nexosim"), ("Ciw", "SimPy")]:
        for figure in ("plans", "wait_days", "cash_gap"):
            check(figure, name, other, 0)
    check("cash_gap_by_month", "Ciw", "SimPy", 0)
    for other in exact:
        for name in ("workcast", "numpy"):
            check("plans", name, other, ALLOWED_PLANS * engines[other]["plans"][0])
        check("wait_days", "workcast", other, ALLOWED_WAIT_DAYS)
        check("cash_gap", "numpy", other, ALLOWED_CASH["numpy"] * engines[other]["cash_gap"][0])
    for other in ("SimPy", "Ciw"):
        paid = engines[other]["cash_gap_by_month"][0]
        check("cash_gap_by_month", "workcast", other, ALLOWED_CASH["workcast"] * paid)
    return wrong


def table(engines, given):
    """Two tables: how fast, and on what they agree."""
    order = sorted(engines, key=lambda name: -engines[name]["rate"])
    best = {
        "rate": max(engine["rate"] for engine in engines.values()),
        "memory": min(engine["memory"] for engine in engines.values()),
    }

    def cell(name, key, text):
        return f"**{text}**" if engines[name][key] == best[key] else text

    lines = [
        f"{machine()}; one core; medians of {given.rounds} rounds of {given.seconds:g} seconds for each, taking "
        "turns with workcast. The best of each column is in bold; a ratio below 1 is a peer that is faster.",
        "",
        "| engine | time | replicates a second | people a second | peak memory, MB | workcast's rate to its own |",
        "|---|---|---|---|---|---|",
    ]
    for name in order:
        engine = engines[name]
        cells = [
            f"{name} {engine['version']}",
            TIME[name],
            cell(name, "rate", number(engine["rate"])),
            cell(name, "rate", number(engine["rate"] * engine["people"])),
            cell(name, "memory", f"{engine['memory']:.1f}"),
            "" if name == "workcast" else f"{number(engine['ours'])}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [
        "",
        "What they agree on, as means with their standard errors:",
        "",
        "| engine | replicates | action plans | mean wait, days | deepest cash, W's payments | the same, paid monthly |",
        "|---|---|---|---|---|---|",
    ]
    for name in order:
        engine = engines[name]
        cells = [
            name,
            f"{engine['replicates']:,.0f}",
            figure(engine, "plans", "", 2),
            figure(engine, "wait_days", "", 3),
            figure(engine, "cash_gap", "£", 0),
            figure(engine, "cash_gap_by_month", "£", 0),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def figure(engine, name, unit, places):
    if name not in engine:
        return "none"
    mean, error = engine[name]
    return f"{unit}{mean:,.{places}f} ± {unit}{error:,.{places}f}"


def number(value):
    """Three significant figures, never fewer digits than the whole part has."""
    if value >= 100:
        digits = len(str(round(value))) - 3
        return f"{round(value, -digits):,.0f}"
    return f"{value:.3g}"


def machine():
    """What it runs on."""
    with open("/proc/cpuinfo") as cpus:
        model = next((line.split(":")[1].strip() for line in cpus if line.startswith("model name")), "unknown")
    rust = subprocess.run(["rustc", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return f"{model}, Rust {rust.split()[1]}, Python {platform.python_version()}"


def write(page, text):
    """Puts the tables between the marks of a page."""
    before, rest = page.read_text().split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
