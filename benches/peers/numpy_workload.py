"""Workload W in numpy, week by week and for many replicates at once: counts of people, not people.

    python numpy_workload.py --seconds 4 --seed 1

What happens in a week happens at its middle: slots that are held until about then are free, whoever still
waits is offered them. So it is near W but not W, and as nobody is followed it knows no waits.
"""

import math

import numpy as np

import workload as w

# Replicates that are lived through together: enough for numpy, few enough for the processor's cache.
TOGETHER = 1024


def replicates(seed):
    """The figures of so many replicates."""
    rng = np.random.default_rng(seed)
    starts = w.LEAST + (w.MOST - w.LEAST) * rng.beta(w.ALPHA, w.BETA, size=(TOGETHER, w.COACHES))
    come = np.rint(starts).astype(np.int64)
    # Who waits on, and who has not left by the end of the week in which they came, evenly over it.
    # Of a Poisson number that is a Poisson number, and so are all others who were referred.
    stays = math.exp(-1 / w.PATIENCE)
    joining = w.REFERRALS_A_WEEK * w.ELIGIBLE * w.PATIENCE * (1 - stays)
    joined = rng.poisson(joining, size=(w.WEEKS + 1, TOGETHER))
    others = rng.poisson(w.WEEKS * (w.REFERRALS_A_WEEK - joining), size=TOGETHER)
    waiting = np.zeros(TOGETHER, dtype=np.int64)
    free = np.zeros(TOGETHER, dtype=np.int64)
    freed = np.zeros((w.WEEKS + 1, TOGETHER), dtype=np.int64)
    taken = np.zeros((w.WEEKS + 1, TOGETHER), dtype=np.int64)
    for week in range(w.WEEKS + 1):
        free += freed[week] + w.CASELOAD * (come == week).sum(axis=1)
        waiting = rng.binomial(waiting, stays) + joined[week]
        # Of those offered a slot some do not attend: as many more are offered one, while anybody waits.
        would_attend = rng.binomial(waiting, 1 - w.NO_SHOW)
        takers = np.minimum(free, would_attend)
        missed = np.where(
            takers == would_attend,
            waiting - takers,
            np.minimum(rng.negative_binomial(np.maximum(takers, 1), 1 - w.NO_SHOW), waiting - takers),
        )
        waiting -= takers + np.where(takers > 0, missed, 0)
        free -= takers
        taken[week] = takers
        whose = np.repeat(np.arange(TOGETHER), takers)
        support = rng.lognormal(w.SUPPORT_MU, w.SUPPORT_SIGMA, size=whose.size)
        until = np.rint(week + w.TO_PLAN + support).astype(np.int64)
        within = until <= w.WEEKS
        ahead = freed[week + 1 :]
        cells = (until[within] - week - 1) * TOGETHER + whose[within]
        ahead += np.bincount(cells, minlength=ahead.size).reshape(ahead.shape)
    # A plan of the week in whose middle a quarter ends falls in either.
    plans = np.zeros((w.WEEKS + 2, TOGETHER))
    plans[w.TO_PLAN : w.WEEKS + w.TO_PLAN] = taken[: w.WEEKS]
    to_date = np.cumsum(plans[: w.WEEKS + 1], axis=0) - plans[: w.WEEKS + 1] / 2
    agreed = np.rint(to_date[w.QUARTERS])
    gaps = gap(starts, np.diff(agreed, axis=0, prepend=0))
    referrals = joined[: w.WEEKS].sum(axis=0) + others
    return [
        {"referrals": int(r), "plans": float(p), "cash_gap": float(g)}
        for r, p, g in zip(referrals, agreed[-1], gaps)
    ]


def gap(starts, agreed):
    """How far below zero cash goes in each replicate; pay before a receipt of the same week."""
    balance = np.zeros(len(starts))
    lowest = np.zeros(len(starts))
    receipts = {quarter + w.RECEIPT_AFTER: plans for quarter, plans in zip(w.QUARTERS, agreed)}
    for week in range(1, w.WEEKS + 5):
        if week in w.PAY_DAYS:
            worked = np.clip(min(week, w.WEEKS) - np.maximum(starts, week - 4), 0, None).sum(axis=1)
            balance -= np.rint(w.COACH_WEEK * worked)
            lowest = np.minimum(lowest, balance)
        if week in receipts:
            balance += w.BASIC + w.PLAN * receipts[week]
    return -lowest / 100


if __name__ == "__main__":
    w.timed("numpy", np.__version__, replicates)
