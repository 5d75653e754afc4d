"""Workload W: its numbers, its cash, and the clock that every Python peer is timed by."""

import argparse
import itertools
import json
import math
import time
from bisect import bisect_right

WEEKS = 78
COACHES = 4
CASELOAD = 25
# Weeks until a coach starts: PERT(4, 10, 18), which is least + (most - least) x Beta.
LEAST, LIKELY, MOST = 4, 10, 18
ALPHA = 1 + 4 * (LIKELY - LEAST) / (MOST - LEAST)
BETA = 1 + 4 * (MOST - LIKELY) / (MOST - LEAST)
REFERRALS_A_WEEK = 19
ELIGIBLE = 0.75
PATIENCE = 6
NO_SHOW = 0.15
TO_PLAN = 1
# Support is lognormal with mean 12 and standard deviation 6 weeks.
SUPPORT_SIGMA = math.sqrt(math.log(1 + (6 / 12) ** 2))
SUPPORT_MU = math.log(12) - SUPPORT_SIGMA**2 / 2

# Money in pence: a coach-week, and a quarter's basic part and what each plan adds to it.
COACH_WEEK, BASIC, PLAN = 145_000, 3_000_000, 35_000

# W's dates in weeks: quarters, and pay every four weeks, the last of it after the end.
QUARTERS = [13, 26, 39, 52, 65, 78]
PAY_DAYS = list(range(4, 81, 4))
# What workcast has instead, 1 October 2024 to 30 March 2026: calendar quarters, and pay at months' ends.
MONTHS = [31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 30]
MONTH_ENDS = [days / 7 for days in itertools.accumulate(MONTHS)]
CALENDAR_QUARTERS = MONTH_ENDS[2::3]
RECEIPT_AFTER = 4


def coaches(rng):
    """The weeks in which the coaches start."""
    return [LEAST + (MOST - LEAST) * rng.betavariate(ALPHA, BETA) for _ in range(COACHES)]


def figures(starts, referrals, waits, plans):
    """A replicate's figures from the weeks waited and the weeks of the plans, in order; cash in pounds."""
    plans = plans[: bisect_right(plans, WEEKS)]
    return {
        "referrals": referrals,
        "plans": len(plans),
        "wait_days": 7 * sum(waits) / len(waits),
        "cash_gap": gap(starts, plans, QUARTERS, PAY_DAYS),
        "cash_gap_by_month": gap(starts, plans, CALENDAR_QUARTERS, MONTH_ENDS),
    }


def gap(starts, plans, quarters, pay_days):
    """How far below zero cash goes; pay before a receipt of the same moment."""
    flows = []
    began = 0
    for pay_day in pay_days:
        worked = sum(max(min(pay_day, WEEKS) - max(start, began), 0) for start in starts)
        flows.append((pay_day, 0, -round(COACH_WEEK * worked)))
        began = pay_day
    began = counted = 0
    for quarter in quarters:
        agreed = bisect_right(plans, quarter)
        basic = round(BASIC * (quarter - began) / 13)
        flows.append((quarter + RECEIPT_AFTER, 1, basic + PLAN * (agreed - counted)))
        began, counted = quarter, agreed
    flows.sort()
    return -min(0, *itertools.accumulate(amount for _, _, amount in flows)) / 100


def timed(engine, version, replicates):
    """Calls `replicates(seed)` for lists of figures until the seconds are over, and prints what was seen."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, required=True)
    arguments.add_argument("--seed", type=int, required=True)
    given = arguments.parse_args()
    # Once before the clock starts, so that nothing that happens only once is timed.
    replicates(0)
    seen = []
    seeds = itertools.count((given.seed << 32) + 1)
    began = time.perf_counter()
    while time.perf_counter() - began < given.seconds:
        seen.extend(replicates(next(seeds)))
    seconds = time.perf_counter() - began
    answer = {
        "engine": engine,
        "version": version,
        "replicates": len(seen),
        "seconds": seconds,
        "referrals": sum(it["referrals"] for it in seen),
        "peak_memory_mb": peak_memory_mb(),
    }
    for name in seen[0]:
        if name != "referrals":
            answer[name] = mean_and_error([it[name] for it in seen])
    print(json.dumps(answer))


def mean_and_error(values):
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return {"mean": mean, "se": math.sqrt(variance / len(values))}


def peak_memory_mb():
    """The most memory that this process has had; what getrusage says can be its parent's."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
