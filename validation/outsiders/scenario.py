"""queue.toml in days, as the outsiders need it."""

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}

# When things happen within a day (MODEL, section 6): staff changes, slots freed, triage, withdrawals,
# allocation. Both packages give a slot away at the very moment at which it is free and somebody waits,
# and so are told the same order otherwise. Withdrawals go first: who withdraws on a day joined the list
# on an earlier one, and must not be given what is freed on this. Slots are freed team by team, so that
# the first team takes first. A team that stops does so when the day is over.
WITHDRAWAL = 0.1
FREED = 0.2
NEW_SLOT = 0.3
REFERRAL = 0.4
CLOSING = 0.9


def freed(team):
    """When a team's slots are freed within a day."""
    return FREED + 0.01 * team


@dataclass(frozen=True)
class Team:
    """Slots of one team, and the last day on which it takes somebody."""

    slots: list[int]
    until: int


@dataclass(frozen=True)
class Scenario:
    """The queue; times in days, lognormal ones as (mean, sd)."""

    days: int
    month_ends: dict[str, int]
    referrals_a_day: float
    ramp: float
    eligible: float
    patience: tuple[float, float]
    to_first_appointment: tuple[float, float]
    attends: float
    fewer_attend_per_week_waited: float
    rebook: int
    to_plan: float
    plan_agreed: float
    support: tuple[float, float]
    disengages: float
    teams: list[Team]

    def expected_referrals(self, day):
        """Their mean number on a day."""
        return self.referrals_a_day * min((day + 0.5) / self.ramp, 1)

    def attends_after(self, waited):
        """The chance of attending each appointment after so many days on the list."""
        return self.attends * math.exp(-self.fewer_attend_per_week_waited * waited / 7)


def read(path, times):
    """The scenario in a file; `times` multiplies a value of it by its path, to see the comparison fail."""
    file = tomllib.loads(Path(path).read_text())
    used = set()

    def value(table, key):
        return multiplied(table.pop(key), times.get(key, 1.0), lambda: used.add(key))

    programme, journey = file["programme"], file["journey"]
    source = file["locality"]["Queue"]["referrals"]["All"]
    first_day = programme["starts"]
    if programme["opens"] != first_day:
        raise ValueError("the outsiders open on the programme's first day")
    days = (programme["ends"] - first_day).days + 1
    absent = times.get("caseload", 1.0)
    if absent != 1.0:
        used.add("caseload")
    scenario = Scenario(
        days=days,
        month_ends=month_ends(first_day, days),
        referrals_a_day=value(source, "per_month") * 12 / 365.25,
        ramp=value(source, "ramp"),
        eligible=value(source, "eligible"),
        patience=value(journey, "patience"),
        to_first_appointment=value(journey, "to_first_appointment"),
        attends=value(journey, "attends"),
        fewer_attend_per_week_waited=value(journey, "fewer_attend_per_week_waited"),
        rebook=journey.pop("rebook"),
        to_plan=value(journey, "to_plan"),
        plan_agreed=value(journey, "plan_agreed"),
        support=value(journey, "support"),
        disengages=value(journey, "disengages"),
        teams=[team(it, first_day, days, absent) for it in file["option"]["Queue"]["team"].values()],
    )
    for table in (source, journey):
        if table:
            raise ValueError(f"the outsiders know nothing of {', '.join(table)}")
    if used != set(times):
        raise ValueError(f"nothing to multiply at {', '.join(set(times) - used)}")
    return scenario


def team(keys, first_day, days, times):
    """A team's slots by day (MODEL, section 5): without a recruitment all its posts are filled at once."""
    settled = "in_post_from" in keys
    starts = (keys.pop("in_post_from" if settled else "begins") - first_day).days
    until = (keys.pop("until", date.max) - first_day).days
    growth = quantity(keys.pop("full_caseload_after", "0 days"))
    full = keys.pop("posts") * quantity(keys.pop("caseload")) * times * (1 - quantity(keys.pop("absence")))
    if keys:
        raise ValueError(f"the outsiders know nothing of {', '.join(keys)}")

    def slots(day):
        if day < starts:
            return 0
        grown = 1 if settled or growth == 0 else min((day - starts + 0.5) / growth, 1)
        return math.floor(full * grown + 1e-9)

    return Team(slots=[slots(day) for day in range(days)], until=until)


def quantity(text):
    """A number, a share or a time in days."""
    if isinstance(text, (int, float)):
        return float(text)
    if text.endswith("%"):
        return float(text[:-1]) / 100
    number, unit = text.split()
    return float(number) * DAYS[unit]


def multiplied(written, times, tell):
    """A value as written, a lognormal as (mean, sd) and an exponential as its mean, multiplied."""
    if times != 1.0:
        tell()
    if not isinstance(written, dict):
        return quantity(written) * times
    (family, parameters), = written.items()
    mean = quantity(parameters["mean"]) * times
    return {"exponential": lambda: mean, "lognormal": lambda: (mean, quantity(parameters["sd"]) * times)}[family]()


def month_ends(first_day, days):
    """The last day of each calendar month, as workcast names the month."""
    ends = {}
    for day in range(days):
        ends[date.fromordinal(first_day.toordinal() + day).strftime("%Y-%m")] = day
    return ends


def lognormal(mean_and_sd):
    """Mean and standard deviation on the log scale."""
    mean, sd = mean_and_sd
    variance = math.log(1 + (sd / mean) ** 2)
    return math.log(mean) - variance / 2, math.sqrt(variance)


def whole(days):
    """Whole days, rounded half up."""
    return math.floor(days + 0.5)
