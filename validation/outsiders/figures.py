"""What is compared, from the people of one replicate."""

import math
from dataclasses import dataclass
from statistics import fmean, stdev

# A figure of workcast's metrics, or of a month.
METRICS = {
    "referrals": "referrals",
    "withdrew": "withdrew",
    "did_not_attend": "lost after missed appointments",
    "no_plan": "seen, no plan agreed",
    "plans": "plans",
    "completed": "support completed",
    "disengaged": "support ended early",
    "waiting_at_end": "on the list at the end",
    "in_support_at_end": "in support at the end",
    "wait_mean_days": "mean wait, days",
    "wait_p90_days": "wait that nine in ten did not exceed, days",
    "referral_to_appointment_days": "referral to appointment, days",
    "longest_list": "longest list",
}
MONTHLY = [
    ("waiting", "2025-05", "on the list at the end of May 2025"),
    ("plans", "2025-06", "plans in June 2025"),
    ("caseload", "2026-03", "caseload at the end of March 2026"),
]


@dataclass
class Person:
    """The days of what happened to somebody; None where it did not."""

    referred: int
    signposted: bool = False
    withdrew: int | None = None
    allocated: int | None = None
    seen: int | None = None
    did_not_attend: int | None = None
    no_plan: int | None = None
    plan: int | None = None
    left: int | None = None
    disengaged: bool = False


def figures(people, scenario):
    """The figures of one replicate, of what came to pass within the programme."""

    def by(day):
        return day is not None and day < scenario.days

    listed = [it for it in people if not it.signposted]
    waits = sorted(it.allocated - it.referred for it in listed if by(it.allocated))
    plans = [it for it in listed if by(it.plan)]
    left = [it for it in plans if by(it.left)]
    lists = daily(scenario.days, ((it.referred, leaves_list(it)) for it in listed))
    caseload = daily(scenario.days, ((it.allocated, leaves_slot(it)) for it in listed if by(it.allocated)))
    month_ends = list(scenario.month_ends.items())
    seen = dict(zip([month for month, _ in month_ends], [-1] + [day for _, day in month_ends]))

    def of_month(what, month):
        last = scenario.month_ends[month]
        if what == "plans":
            return sum(seen[month] < it.plan <= last for it in plans)
        return {"waiting": lists, "caseload": caseload}[what][last]

    answer = {
        "referrals": len(people),
        "withdrew": sum(by(it.withdrew) for it in listed),
        "did_not_attend": sum(by(it.did_not_attend) for it in listed),
        "no_plan": sum(by(it.no_plan) for it in listed),
        "plans": len(plans),
        "completed": sum(not it.disengaged for it in left),
        "disengaged": sum(it.disengaged for it in left),
        "waiting_at_end": lists[-1],
        "in_support_at_end": len(plans) - len(left),
        "wait_mean_days": fmean(waits),
        "wait_p90_days": quantile(waits, 0.9),
        "referral_to_appointment_days": fmean(it.seen - it.referred for it in listed if by(it.seen)),
        "longest_list": max(lists),
    }
    answer.update({f"{what} {month}": of_month(what, month) for what, month, _ in MONTHLY})
    return answer


def leaves_list(person):
    return person.withdrew if person.allocated is None else person.allocated


def leaves_slot(person):
    return next((day for day in (person.did_not_attend, person.no_plan, person.left) if day is not None), None)


def daily(days, spells):
    """How many are there at the end of each day, of those who come and go on these days."""
    change = [0] * (days + 1)
    for comes, goes in spells:
        change[comes] += 1
        if goes is not None and goes < days:
            change[goes] -= 1
    counts = []
    for step in change[:days]:
        counts.append(step + (counts[-1] if counts else 0))
    return counts


def quantile(ordered, share):
    """Hyndman and Fan's type 7."""
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def means(replicates):
    """Each figure's mean over the replicates and its standard error."""
    answer = {}
    for name in replicates[0]:
        values = [it[name] for it in replicates]
        answer[name] = {"mean": fmean(values), "se": stdev(values) / math.sqrt(len(values))}
    return answer
