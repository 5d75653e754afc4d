//! A small programme for tests: everything fixed, endless patience, certain attendance.

use jiff::civil::date;

use super::programme::*;
use crate::quantity::{Calendar, FixedShare, Key, Pence, Uncertain, Varying};

/// Six months from October 2024, one locality, one team of coaches in post from the first day,
/// £100 a head, half of it paid on expenditure.
pub fn programme() -> Programme {
    let calendar = Calendar::new(date(2024, 10, 1), date(2025, 3, 31)).unwrap();
    let last = calendar.last();
    let half = FixedShare::new(0.5).unwrap();
    let year = YearAllocation {
        total: Pence::pounds(10_000),
        basic: Pence::pounds(5_000),
        participant: Pence::pounds(5_000),
        outcome: Pence::ZERO,
    };
    let funding = Funding {
        basic: BasicPart {
            share: half,
            paid_on: BasicBasis::Expenditure,
            cap: CapPeriod::Programme,
        },
        participant: ParticipantPart {
            share: half,
            paid_on: ParticipantBasis::Plan,
            cap: CapPeriod::Year,
        },
        outcome: None,
        income_limit: IncomeLimit::None,
        paid: PaidWhen::InArrears,
        repayment: Repayment::None,
        reconciled_after: Uncertain::ZERO,
        funders: Vec::new(),
        chain: Vec::new(),
        paid_after: Uncertain::ZERO,
        first_payment_from: None,
        late_return: vec![Uncertain::ZERO; 2],
        late_return_shared: true,
        disallowed: Uncertain::ZERO,
        cost_of_cash: Uncertain::ZERO,
        paid_to: None,
        years: vec![FundingYear {
            label: "2024/25".to_owned(),
            first: 0,
            last,
            ends: last,
            share: FixedShare::ALL,
            tariff: Pence::pounds(100),
            quarters: (0, 2),
        }],
    };
    Programme {
        name: "Example".to_owned(),
        last_referral: last,
        funding,
        targets: Vec::new(),
        moving_places: None,
        readings: Vec::new(),
        central: None,
        inputs: Vec::new(),
        groups: Vec::new(),
        cohorts: vec![Cohort { name: "everyone".to_owned(), journey: journey() }],
        attributes: Vec::new(),
        crossed: Vec::new(),
        services: Vec::new(),
        pipelines: Vec::new(),
        localities: vec![Locality {
            name: "Here".to_owned(),
            key: Key::name("Here"),
            agreed: 100,
            allocation: Allocation {
                total: year.total,
                basic: year.basic,
                participant: year.participant,
                outcome: year.outcome,
                years: vec![year],
            },
            opening: Position::default(),
            readiness: None,
            costs: Vec::new(),
            triage: Triage {
                name: "triage".to_owned(),
                starts: 0,
                recruitment: None,
                capacity_per_week: None,
                other_enquiries_per_month: Uncertain::ZERO,
                decision: Varying::fixed(0.0),
            },
            sources: vec![source(last)],
        }],
        options: vec![DeliveryOption {
            name: "Only".to_owned(),
            opens: Opens::WithService,
            unused_places: UnusedPlaces::Keep,
            teams: vec![team("Coaches")],
        }],
        published: Vec::new(),
        calendar,
    }
}

/// Two weeks of support after a plan on the day of referral.
pub fn journey() -> Journey {
    Journey {
        patience: None,
        to_first_appointment: Varying::fixed(0.0),
        to_plan: Varying::fixed(0.0),
        attends: Uncertain::Fixed(1.0),
        plan_agreed: Uncertain::Fixed(1.0),
        fewer_attend_per_week_waited: Uncertain::ZERO,
        rebook: 0,
        support: Varying::fixed(14.0),
        to_job: None,
        in_work_support: None,
        in_work_support_holds: FixedShare::ALL,
        disengages: Uncertain::ZERO,
        employed_at_start: Uncertain::ZERO,
        loses_job_per_week_waited: Uncertain::ZERO,
        in_work: Uncertain::ZERO,
        in_work_if_disengaged: Uncertain::ZERO,
        sustained: Uncertain::ZERO,
        sustained_for: 182.0,
        needs: Vec::new(),
        services_at_once: Uncertain::ZERO,
    }
}

/// Sixty people a month, all eligible, at full flow from the opening.
pub fn source(last: i32) -> Source {
    Source {
        name: "GP".to_owned(),
        key: Key::name("GP"),
        per_month: Uncertain::Fixed(60.0),
        scale: 1.0,
        ramp: Uncertain::ZERO,
        starts: 0,
        ends: last,
        eligible: Uncertain::Fixed(1.0),
        past_triage: Uncertain::ZERO,
        attends: None,
        cohorts: vec![(0, 1.0)],
        overdispersion: Uncertain::ZERO,
        season: [1.0; 12],
    }
}

/// One post, filled from the first day, without any limit.
pub fn team(name: &str) -> Team {
    Team {
        name: name.to_owned(),
        key: Key::name(name),
        begins: 0,
        route: None,
        recruits_after: None,
        recruitment: None,
        posts: 1,
        fte: 1.0,
        in_post_from: Some(0),
        in_post: 1,
        until: None,
        staff_until: None,
        extended_to: None,
        contract_ends: None,
        caseload: None,
        starts_per_month: None,
        induction: Uncertain::ZERO,
        full_caseload_after: Uncertain::ZERO,
        absence: Uncertain::ZERO,
        leavers: None,
        leavers_at_end: None,
        lost_when_coach_leaves: Uncertain::ZERO,
        agency: None,
        fails: None,
        restarts: false,
        participants_max: None,
        accepts: 1,
        serves: vec![0],
        costs: TeamCosts {
            salary: Vec::new(),
            management: Uncertain::ZERO,
            training: Uncertain::ZERO,
            recruitment: Uncertain::ZERO,
            at_end: Uncertain::ZERO,
            setup: Uncertain::ZERO,
            eligible: true,
        },
        price: None,
        own_costs: None,
    }
}
