"""Workload W in SimPy: everybody eligible is a process, free slots are what a container holds.

    python simpy_workload.py --seconds 4 --seed 1
"""

import random

import simpy

import workload as w


def replicates(seed):
    """The figures of one replicate."""
    rng = random.Random(seed)
    env = simpy.Environment()
    slots = simpy.Container(env)
    starts = w.coaches(rng)
    waits, plans = [], []

    def coach(start):
        yield env.timeout(start)
        yield slots.put(w.CASELOAD)

    def person():
        came = env.now
        offer = slots.get(1)
        yield offer | env.timeout(rng.expovariate(1 / w.PATIENCE))
        if not offer.triggered:
            offer.cancel()
            return
        if rng.random() < w.NO_SHOW:
            yield slots.put(1)
            return
        waits.append(env.now - came)
        plans.append(env.now + w.TO_PLAN)
        yield env.timeout(w.TO_PLAN + rng.lognormvariate(w.SUPPORT_MU, w.SUPPORT_SIGMA))
        yield slots.put(1)

    def referrals():
        referred = 0
        while True:
            yield env.timeout(rng.expovariate(w.REFERRALS_A_WEEK))
            referred += 1
            counts["referrals"] = referred
            if rng.random() < w.ELIGIBLE:
                env.process(person())

    counts = {"referrals": 0}
    for start in starts:
        env.process(coach(start))
    env.process(referrals())
    env.run(until=w.WEEKS)
    return [w.figures(starts, counts["referrals"], waits, plans)]


if __name__ == "__main__":
    w.timed("SimPy", simpy.__version__, replicates)
