"""The queue in Ciw: one node whose servers are the slots, a service that is all of a person's time in one."""

import random

import ciw

from figures import Person, figures
from scenario import CLOSING, NEW_SLOT, REFERRAL, WITHDRAWAL, freed, lognormal, whole

VERSION = ciw.__version__

# Later than anything that happens.
NEVER = 1e9


def replicate(scenario, seed):
    """The figures of one replicate."""
    ciw.seed(seed)
    rng = random.Random(seed)
    people, listed = referrals(scenario, rng)
    network = ciw.create_network(
        arrival_distributions=[Arrivals(listed)],
        service_distributions=[Way(scenario, rng, listed)],
        reneging_time_distributions=[Patience(scenario, rng)],
        number_of_servers=[Slots(scenario)],
        server_priority_functions=[lambda slot, person: slot.team],
    )
    simulation = ciw.Simulation(network, node_class=Clinic)
    simulation.simulate_until_max_time(scenario.days)
    for record in simulation.get_all_records(only=["renege"]):
        listed[record.id_number - 1].withdrew = int(record.exit_date)
    return figures(people, scenario)


def referrals(scenario, rng):
    """Everybody who is referred, and those of them who go on the list, in order."""
    people = []
    for day in range(scenario.days):
        left = scenario.expected_referrals(day) - rng.expovariate(1)
        while left > 0:
            people.append(Person(referred=day, signposted=rng.random() >= scenario.eligible))
            left -= rng.expovariate(1)
    return people, [person for person in people if not person.signposted]


class Arrivals(ciw.dists.Distribution):
    """Days between people who go on the list."""

    def __init__(self, listed):
        self.days = iter([person.referred + REFERRAL for person in listed])

    def sample(self, t=None, ind=None):
        return next(self.days, NEVER) - t


class Patience(ciw.dists.Distribution):
    """Until the first day on which the wait exceeds it."""

    def __init__(self, scenario, rng):
        self.parameters, self.rng = lognormal(scenario.patience), rng

    def sample(self, t=None, ind=None):
        patience = self.rng.lognormvariate(*self.parameters)
        return int(t) + int(patience) + 1 + WITHDRAWAL - t


class Way(ciw.dists.Distribution):
    """All the time for which somebody holds a slot, from allocation on."""

    def __init__(self, scenario, rng, listed):
        self.scenario, self.rng, self.listed = scenario, rng, listed

    def __deepcopy__(self, _):
        """Itself: Ciw copies what it is given, and the people would be others."""
        return self

    def sample(self, t=None, ind=None):
        person = self.listed[ind.id_number - 1]
        person.allocated = int(t)
        last = self.last_day(person)
        return max(last + freed(ind.server.team) - t, 0)

    def last_day(self, person):
        """What happens to somebody, to the day on which the slot is freed."""
        scenario, rng, day = self.scenario, self.rng, person.allocated
        attends = scenario.attends_after(day - person.referred)
        for _ in range(1 + scenario.rebook):
            day += whole(rng.lognormvariate(*lognormal(scenario.to_first_appointment)))
            if rng.random() < attends:
                break
        else:
            person.did_not_attend = day
            return day
        person.seen = day
        day += whole(rng.expovariate(1 / scenario.to_plan))
        if rng.random() >= scenario.plan_agreed:
            person.no_plan = day
            return day
        person.plan = day
        support = rng.lognormvariate(*lognormal(scenario.support))
        if rng.random() < scenario.disengages:
            person.disengaged = True
            support *= rng.random()
        person.left = day + whole(support)
        return person.left


class Slots(ciw.Schedule):
    """When slots come and go, and how many each team then has."""

    def __init__(self, scenario):
        changes = {}
        for index, team in enumerate(scenario.teams):
            there = 0
            for day, slots in enumerate(team.slots):
                if day <= team.until and slots > there:
                    changes.setdefault(day + NEW_SLOT, {})[index] = there = slots
            if team.until < scenario.days:
                changes.setdefault(team.until + CLOSING, {})[index] = 0
        open_slots, self.by_team = {}, [{}]
        for moment in sorted(changes):
            open_slots |= changes[moment]
            self.by_team.append(dict(open_slots))
        numbers = [sum(teams.values()) for teams in self.by_team]
        super().__init__(numbers_of_servers=numbers, shift_end_dates=[*sorted(changes), NEVER])


class Clinic(ciw.Node):
    """A node whose servers belong to teams. Ciw relieves all servers at a change of shift; here a slot
    goes only when its team stops, and at once unless somebody holds it."""

    def __init__(self, id_, simulation):
        super().__init__(id_, simulation)
        # The first change of shift is that of time nought.
        self.shift = -1

    def change_shift(self):
        self.shift += 1
        super().change_shift()

    def take_servers_off_duty(self, preemption=False):
        wanted = self.schedule.by_team[self.shift]
        for slot in [slot for slot in self.servers if wanted[slot.team] == 0]:
            slot.shift_end = self.next_event_date
            if slot.busy:
                slot.offduty = True
            else:
                self.kill_server(slot)

    def add_new_servers(self, _):
        for team, wanted in self.schedule.by_team[self.shift].items():
            there = sum(slot.team == team and not slot.offduty for slot in self.servers)
            before = len(self.servers)
            super().add_new_servers(max(wanted - there, 0))
            for slot in self.servers[before:]:
                slot.team = team
