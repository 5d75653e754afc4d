//! What each metric is, in a sentence: what a reader of a figure asks, and what a data dictionary
//! says.

use crate::model::Kind;

/// What a metric is; `None` for one that nobody has described.
pub fn definition(metric: &str) -> Option<String> {
    if let Some(known) = NAMED.iter().find(|(name, _)| *name == metric) {
        return Some(known.1.to_owned());
    }
    let (family, rest) = metric.split_once('.')?;
    match family {
        "cohort" | "attribute" | "service" => of_a_group(family, rest),
        _ => {
            let (_, about) = FAMILIES.iter().find(|(name, _)| *name == family)?;
            Some(about.replace("{}", rest))
        }
    }
}

/// What a monthly series is; `None` for one that nobody has described.
pub fn monthly(series: &str) -> Option<String> {
    MONTHLY.iter().find(|(name, _)| *name == series).map(|(_, about)| (*about).to_owned())
}

/// What the values of one replicate are measured in.
pub fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::People => "people",
        Kind::Money => "pence",
        Kind::Day => "day of the programme, from 0",
        Kind::Days => "days",
        Kind::Share => "share",
        Kind::Chance => "1 if so, 0 if not",
        Kind::Number => "number",
        Kind::Pounds => "pounds",
    }
}

/// A metric of some of the people: `cohort.over 50.plans`.
fn of_a_group(family: &str, rest: &str) -> Option<String> {
    let (who, metric) = rest.rsplit_once('.')?;
    let about = match (family, metric) {
        ("service", "needed") => "people who turned out to need it",
        ("service", "began") => "people who began it",
        ("service", "done_in_time") => "people who were through with it within its time limit",
        ("service", "unmet") => "people who needed it and never began it",
        ("service", "wait_mean_days") => "mean days from needing it to beginning it",
        (_, metric) => return Some(format!("of {who}: {}", definition(metric)?)),
    };
    Some(format!("service {who}: {about}"))
}

/// Metrics with a name of their own.
const NAMED: &[(&str, &str)] = &[
    ("opening_waiting", "people already waiting when the first day begins"),
    ("opening_in_support", "people already in support when the first day begins"),
    ("opening_plans", "plans agreed before the first day"),
    ("referrals", "people referred within the programme"),
    ("eligible", "referrals found eligible"),
    ("signposted", "referrals found not eligible, and sent elsewhere"),
    ("withdrew", "people who gave up waiting for a coach"),
    ("did_not_attend", "people who missed every appointment that they were offered"),
    ("no_plan", "people who were seen and agreed no plan"),
    ("disrupted", "people whose support broke off because their team stopped"),
    ("in_triage_at_end", "people still without a decision on the last day"),
    ("waiting_at_end", "people still waiting for a coach on the last day"),
    ("before_plan_at_end", "people with a coach and not yet a plan on the last day"),
    ("plans", "plans agreed within the programme"),
    ("plans_in_all", "plans within the programme and before it"),
    ("in_support_at_end", "people in support on the last day"),
    ("in_work_support_at_end", "people still helped in work on the last day"),
    ("completed", "people whose support ended as planned"),
    ("disengaged", "people who left support early of their own accord"),
    ("in_work", "people in work when their support ends: those who kept and those who found it"),
    ("kept_work", "people who had work at the start and have it when support ends"),
    ("found_work", "people who had none at the start and have work when support ends"),
    ("sustained", "people of those in work who still are after the time that the scenario states"),
    ("agreed_at_end", "agreed participants, after places have moved between localities"),
    ("target_met", "whether plans reach the agreed number by the last day"),
    ("target_day", "the day of the plan that reaches the agreed number, where one does"),
    ("localities_on_target", "localities that reach their own agreed numbers"),
    ("all_localities_on_target", "whether all of them do"),
    ("opening_day", "the day on which the first locality takes referrals"),
    ("wait_mean_days", "mean days from decision to a coach, of those who got one"),
    (
        "wait_p90_days",
        "days from decision to a coach that nine in ten of those who got one did not exceed",
    ),
    ("referral_to_appointment_days", "mean days from referral to first appointment, of those seen"),
    (
        "seen_within_28_days",
        "share seen within 28 days of referral, of those eligible whose 28 days fall within the programme",
    ),
    ("longest_list", "most people waiting for a coach on one day"),
    (
        "coach_weeks",
        "full-time weeks of coaches in post while their team works; absence not taken off",
    ),
    (
        "utilisation",
        "days of places used over days of places there were, of teams with a caseload limit",
    ),
    ("first_plan_day", "the day of the first plan, where there is one"),
    ("cost", "everything spent on delivery"),
    ("eligible_expenditure", "the part of cost that the funding rules count"),
    ("income_basic", "paid for the basic part, after what is disallowed and paid back"),
    ("income_participant", "paid for plans"),
    ("income_outcome", "paid for outcomes"),
    ("income_central", "paid to the programme beside its localities"),
    ("income", "everything ever received, less what is paid back"),
    ("income.before", "income claimed before the first day"),
    ("cost.before", "cost before the first day"),
    ("repaid", "paid and given back at the reconciliation"),
    ("disallowed", "claimed for the basic part and never paid"),
    ("unclaimed", "allocation less income"),
    ("shortfall", "cost that no receipt ever covers"),
    ("net", "income less cost"),
    ("cash_gap", "the deepest that the balance of payments and receipts falls below zero"),
    ("cash_gap_day", "the first day on which it is there"),
    ("financing", "simple daily interest on the balance while it is below zero"),
    ("cost_per_plan", "cost over plans of the same replicate, where there are plans"),
    ("cost.salary", "salaries with what the employer adds"),
    ("cost.management", "management and overheads of the teams"),
    ("cost.agency", "cover by agency staff"),
    ("cost.training", "training"),
    ("cost.recruitment", "recruiting"),
    ("cost.at_end", "what is due when a team ends"),
    ("cost.setup", "setting a team up"),
    ("cost.set_up_fee", "a provider's fee for setting up"),
    ("cost.block", "a provider's fixed price"),
    ("cost.per_plan", "a provider's price for plans"),
    ("cost.minimum", "what a provider is paid beside, up to its guaranteed minimum"),
];

/// Monthly series.
const MONTHLY: &[(&str, &str)] = &[
    ("referrals", "people referred in the month"),
    ("plans", "plans agreed in the month"),
    ("waiting", "people waiting for a coach on the month's last day"),
    ("caseload", "people who have a place with a coach on the month's last day"),
    ("coaches", "coaches in post on the month's last day, of teams that still work"),
    ("cost", "spent on delivery in the month"),
    ("receipts", "receipts of the month, less what is paid back"),
    ("balance", "receipts less payments so far, at the month's end"),
    (
        "claimed_basic",
        "claimed for the basic part for the period that ends in the month, the disallowed part included",
    ),
    (
        "claimed_participant",
        "claimed for the participant part for the period that ends in the month",
    ),
    ("claimed_outcome", "claimed for outcomes for the period that ends in the month"),
];

/// Metrics that are named after something of the scenario's.
const FAMILIES: &[(&str, &str)] = &[
    ("plans_by_year", "plans agreed in funding year {}"),
    ("target_met", "whether the target for {} is met"),
    ("published", "what the printed figure {} is set beside"),
    ("ready_day", "the day on which the team {} can see people, where it ever can"),
    ("cost", "cost of {}"),
    ("income_from", "received from {}, less what is paid back"),
    ("cost_by_year", "cost in funding year {}"),
    ("income_by_year", "income for claims of funding year {}"),
    ("owed_by_funder_at", "claimed and not yet received at the end of funding year {}"),
    ("owed_to_providers_at", "due to providers and not yet paid at the end of funding year {}"),
    ("reading", "the same people and cost under another reading of the rules: {}"),
    ("cash_gap_of", "the deepest that the own balance of {} falls below zero"),
    ("provider_cost", "what delivery costs the provider {}"),
    ("margin", "what is left to the provider {} of its price"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_of_some_people_says_whose_it_is() {
        assert_eq!(
            definition("cohort.over 50.plans").unwrap(),
            "of over 50: plans agreed within the programme"
        );
        assert_eq!(
            definition("attribute.sex.women.in_work").unwrap().split(':').next(),
            Some("of sex.women")
        );
        assert!(definition("service.Physio.unmet").unwrap().starts_with("service Physio: people"));
        assert_eq!(definition("cost.Programme lead").unwrap(), "cost of Programme lead");
        assert_eq!(definition("no_such_metric"), None);
    }
}
