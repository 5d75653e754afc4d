"""Workload W in Ciw: one node whose servers are the slots.

    python ciw_workload.py --seconds 4 --seed 1

A service is all the time for which somebody holds a slot, and none if they do not attend. Who is not
eligible turns away at the door. Ciw relieves every server when a shift changes; here servers only come.
"""

import random

import ciw

import workload as w


def replicates(seed):
    """The figures of one replicate."""
    ciw.seed(seed)
    starts = w.coaches(random)
    stay = Stay()
    arrivals = Arrivals(w.REFERRALS_A_WEEK)
    network = ciw.create_network(
        arrival_distributions=[arrivals],
        service_distributions=[stay],
        reneging_time_distributions=[ciw.dists.Exponential(1 / w.PATIENCE)],
        baulking_functions=[lambda waiting, **_: 1 - w.ELIGIBLE],
        number_of_servers=[slots(starts)],
    )
    simulation = ciw.Simulation(network, node_class=Clinic)
    simulation.simulate_until_max_time(w.WEEKS)
    return [w.figures(starts, arrivals.drawn, stay.waits, stay.plans)]


def slots(starts):
    """None at first, then a caseload more from each coach's start on."""
    changes = sorted(starts)
    numbers = [w.CASELOAD * coaches for coaches in range(w.COACHES + 1)]
    return ciw.Schedule(numbers_of_servers=numbers, shift_end_dates=[*changes, 1e9])


class Arrivals(ciw.dists.Exponential):
    """Counts whom it sends."""

    # The one that is drawn last comes after the end.
    drawn = -1

    def __deepcopy__(self, _):
        return self

    def sample(self, t=None, ind=None):
        self.drawn += 1
        return super().sample(t, ind)


class Stay(ciw.dists.Distribution):
    """How long a slot is held. Ciw copies what it is given; this is one that remembers."""

    def __init__(self):
        self.waits, self.plans = [], []

    def __deepcopy__(self, _):
        return self

    def sample(self, t=None, ind=None):
        if random.random() < w.NO_SHOW:
            return 0
        self.waits.append(t - ind.arrival_date)
        self.plans.append(t + w.TO_PLAN)
        return w.TO_PLAN + random.lognormvariate(w.SUPPORT_MU, w.SUPPORT_SIGMA)


class Clinic(ciw.Node):
    """A node that keeps its servers when more come."""

    def take_servers_off_duty(self, preemption=False):
        pass

    def add_new_servers(self, wanted):
        super().add_new_servers(wanted - len(self.servers))


if __name__ == "__main__":
    w.timed("Ciw", ciw.__version__, replicates)
