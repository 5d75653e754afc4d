"""The queue in SimPy: everybody is a process, slots are tokens in a store that hands the lowest out first."""

import heapq
import random

import simpy

from figures import Person, figures
from scenario import CLOSING, NEW_SLOT, REFERRAL, WITHDRAWAL, freed, lognormal, whole

VERSION = simpy.__version__


def replicate(scenario, seed):
    """The figures of one replicate."""
    clinic = Clinic(scenario, random.Random(seed))
    clinic.env.run(until=scenario.days)
    return figures(clinic.people, scenario)


class Clinic:
    """One replicate."""

    def __init__(self, scenario, rng):
        self.scenario = scenario
        self.rng = rng
        self.env = simpy.Environment()
        self.slots = simpy.PriorityStore(self.env)
        self.people = []
        self.env.process(self.referrals())
        for index, team in enumerate(scenario.teams):
            self.env.process(self.staff(index, team))

    def at(self, day, moment):
        """Until a moment of a day."""
        return self.env.timeout(day + moment - self.env.now)

    def staff(self, index, team):
        """A team's slots come as its staff do, and go when it stops."""
        there = 0
        for day, slots in enumerate(team.slots):
            if day > team.until:
                break
            if slots > there:
                yield self.at(day, NEW_SLOT)
                for number in range(there, slots):
                    yield self.slots.put((index, number))
                there = slots
        if team.until < self.scenario.days:
            yield self.at(team.until, CLOSING)
            self.slots.items[:] = [slot for slot in self.slots.items if slot[0] != index]
            heapq.heapify(self.slots.items)

    def referrals(self):
        """A Poisson number of people each day, counted as events of a process of rate one."""
        for day in range(self.scenario.days):
            yield self.at(day, REFERRAL)
            left = self.scenario.expected_referrals(day) - self.rng.expovariate(1)
            while left > 0:
                person = Person(referred=day)
                self.people.append(person)
                if self.rng.random() < self.scenario.eligible:
                    self.env.process(self.way(person))
                else:
                    person.signposted = True
                left -= self.rng.expovariate(1)

    def way(self, person):
        """A person's way through, from the list on."""
        scenario, rng = self.scenario, self.rng
        patience = rng.lognormvariate(*lognormal(scenario.patience))
        # The first day on which the wait exceeds it.
        loses_it = person.referred + int(patience) + 1
        slot, impatience = self.slots.get(), self.at(loses_it, WITHDRAWAL)
        yield slot | impatience
        if not slot.triggered:
            slot.cancel()
            person.withdrew = loses_it
            return
        team, _ = slot.value
        day = person.allocated = int(self.env.now)
        attends = scenario.attends_after(day - person.referred)
        for _ in range(1 + scenario.rebook):
            day += whole(rng.lognormvariate(*lognormal(scenario.to_first_appointment)))
            yield self.later(day, team)
            if rng.random() < attends:
                break
        else:
            person.did_not_attend = day
            return self.free(slot.value)
        person.seen = day
        day += whole(rng.expovariate(1 / scenario.to_plan))
        yield self.later(day, team)
        if rng.random() >= scenario.plan_agreed:
            person.no_plan = day
            return self.free(slot.value)
        person.plan = day
        support = rng.lognormvariate(*lognormal(scenario.support))
        if rng.random() < scenario.disengages:
            person.disengaged = True
            support *= rng.random()
        day += whole(support)
        yield self.later(day, team)
        person.left = day
        self.free(slot.value)

    def later(self, day, team):
        """Until slots are freed on a day, or now if that is past: a step may take no time."""
        return self.env.timeout(max(day + freed(team) - self.env.now, 0))

    def free(self, slot):
        """Gives a slot back, if its team still takes people."""
        if self.env.now < self.scenario.teams[slot[0]].until + CLOSING:
            self.slots.put(slot)
