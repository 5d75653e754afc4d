//! The places of a generated programme, who is referred there, and their way through.

use super::Names;
use super::draw::Draft;

pub fn people(draft: &mut Draft, names: &Names) {
    for locality in names.localities.clone() {
        place(draft, names, &locality);
    }
    journey(draft, names, "journey", true);
    for cohort in names.cohorts.clone() {
        if draft.has("cohorts differ", 30) {
            draft.say(&format!("cohort.{cohort}.rebook"), 1);
            journey(draft, names, &format!("cohort.{cohort}"), false);
        } else {
            draft.say(&format!("cohort.{cohort}"), "{}");
        }
    }
    attributes(draft, names);
    services(draft, names);
    draft.may(20, "targets.in_work", |_| "\"40%\"".to_owned());
    draft.may(20, "targets.found_work", |_| "\"10%\"".to_owned());
    draft.may(20, "targets.sustained", |_| "\"20%\"".to_owned());
    if names.localities.len() > 1 && draft.has("moving_places", 35) {
        let latest = draft.ends.yesterday().expect("it is a date");
        let (one, other) = (draft.within().min(latest), draft.within().min(latest));
        let (first, second) = (one.min(other), one.max(other));
        let days =
            if first == second { format!("[{first}]") } else { format!("[{first}, {second}]") };
        draft.say("moving_places.on", days);
        let share = draft.pick(&["\"100%\"", "\"50%\"", "\"33.3%\""]);
        draft.say("moving_places.share", share);
    }
    for (metric, index) in
        [("plans", 0), ("referrals", 1), ("starts", 2), ("found_work", 3), ("eligible", 4)]
    {
        if draft.chance(0.08) {
            let figure = format!("published.F{index}");
            draft.say(&format!("{figure}.metric"), format!("\"{metric}\""));
            let by = draft.within();
            draft.say(&format!("{figure}.by"), by);
            draft.say(&format!("{figure}.value"), 12);
            draft.may(50, &format!("{figure}.locality"), |_| "\"Bury\"".to_owned());
            draft.may(30, &format!("{figure}.option"), |_| "\"A\"".to_owned());
        }
    }
}

fn place(draft: &mut Draft, names: &Names, locality: &str) {
    let at = |key: &str| format!("locality.{locality}.{key}");
    let agreed = draft.pick(&[1, 2, 7, 23, 60, 111, 400]);
    if names.shared_fairly {
        let weight = draft.whole(40, 500);
        draft.say(&at("weights.claimants"), weight);
    }
    if !names.shared_fairly || draft.chance(0.2) {
        draft.say(&at("agreed_participants"), agreed);
    }
    draft.may(20, &at("allocation"), |draft| format!("\"£{}\"", draft.whole(0, 60_000)));
    let population = draft.whole(90_000, 300_000);
    draft.say(&at("population"), population);
    draft.may(5, &at("published.total"), |draft| format!("\"£{}\"", draft.whole(1, 90_000)));
    if draft.chance(0.2) {
        draft.say(&at("readiness"), "\"agreement\"");
        draft.may(50, &at("readiness_begins"), |draft| draft.about().to_string());
    }
    for cost in ["lead", "launch"].into_iter().take(draft.whole(0, 2) as usize) {
        let key = format!("costs.{cost}");
        if draft.chance(0.6) {
            let pounds = draft.pounds(4_000);
            draft.say(&at(&format!("{key}.per_month")), pounds);
            let (one, other) = (draft.within(), draft.within());
            draft.may(60, &at(&format!("{key}.from")), |_| one.min(other).to_string());
            draft.may(60, &at(&format!("{key}.until")), |_| one.max(other).to_string());
        } else {
            let pounds = draft.pounds(9_000);
            draft.say(&at(&format!("{key}.once")), pounds);
            draft.may(90, &at(&format!("{key}.from")), |draft| draft.within().to_string());
        }
        draft.may(30, &at(&format!("{key}.eligible")), |_| "false".to_owned());
    }
    draft.may(30, &at("triage.starts"), |draft| draft.within().to_string());
    draft.may(15, &at("triage.recruitment"), |_| "\"council\"".to_owned());
    if draft.has("triage capacity", 40) {
        let capacity = draft.pick(&["0.5", "2", "7", "30", "{ normal = { mean = 6, sd = 3 } }"]);
        draft.say(&at("triage.capacity_per_week"), capacity);
        draft.may(50, &at("triage.other_enquiries_per_month"), |draft| {
            draft.whole(1, 40).to_string()
        });
    }
    draft.may(40, &at("triage.decision"), |draft| draft.varying(6));
    for source in ["GP", "Jobcentre", "Self"].into_iter().take(draft.whole(1, 3) as usize) {
        referrals(draft, names, &at(&format!("referrals.{source}")));
    }
    if names.under_way {
        opening(draft, names, &at("opening"));
    }
}

fn referrals(draft: &mut Draft, names: &Names, at: &str) {
    let key = |name: &str| format!("{at}.{name}");
    if draft.chance(0.15) {
        // All at once: many ties.
        let day = draft.within();
        draft.say(&key("per_month"), 600);
        draft.say(&key("starts"), day);
        draft.say(&key("ends"), day);
    } else {
        let many = draft.whole(1, 9);
        let range = format!("{{ nine_in_ten = [{}, {}] }}", many, many * 2);
        let value = if draft.chance(0.4) { range } else { many.to_string() };
        let name = if draft.chance(0.8) { "per_month" } else { "per_100k_per_month" };
        draft.say(&key(name), value);
        let (one, other) = (draft.within(), draft.within());
        draft.may(20, &key("starts"), |_| one.min(other).to_string());
        draft.may(20, &key("ends"), |_| one.max(other).to_string());
        draft.may(40, &key("ramp"), |draft| draft.time(60));
        draft.may(30, &key("overdispersion"), |_| "0.3".to_owned());
        let months =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        for month in months {
            draft.may(10, &key(&format!("season.{month}")), |draft| {
                draft.pick(&["0", "0.5", "1.5", "4"]).to_owned()
            });
        }
    }
    draft.may(60, &key("eligible"), Draft::share);
    draft.may(40, &key("past_triage"), Draft::share);
    draft.may(20, &key("attends"), Draft::share);
    let shares = draft.whole_of(names.cohorts.len());
    for (cohort, share) in names.cohorts.iter().zip(shares) {
        draft.say(&key(&format!("cohorts.{cohort}")), share);
    }
}

fn opening(draft: &mut Draft, names: &Names, at: &str) {
    let key = |name: &str| format!("{at}.{name}");
    for cohort in &names.cohorts {
        draft.may(60, &key(&format!("waiting.{cohort}")), |draft| draft.whole(1, 9).to_string());
        draft
            .may(60, &key(&format!("in_support.{cohort}")), |draft| draft.whole(1, 20).to_string());
    }
    let supported: i64 = draft
        .lines
        .iter()
        .filter(|line| line.starts_with(&key("in_support.")))
        .filter_map(|line| line.rsplit(" = ").next()?.parse::<i64>().ok())
        .sum();
    let plans = supported + draft.whole(0, 20);
    draft.say(&key("plans"), plans);
    let cost = draft.whole(0, 40_000);
    let claimed = draft.whole(0, 20_000);
    let this_year = draft.whole(0, claimed);
    let participant = draft.whole(0, claimed);
    draft.say(&key("cost"), format!("\"£{cost}.25\""));
    draft.may(40, &key("eligible_cost"), |draft| format!("\"£{}\"", draft.whole(0, cost)));
    draft.say(&key("claimed"), format!("\"£{claimed}\""));
    if draft.has("claimed_participant", 80) {
        draft.say(&key("claimed_participant"), format!("\"£{participant}\""));
        if draft.has("claimed_this_year", 50) {
            draft.say(&key("claimed_this_year"), format!("\"£{this_year}\""));
            let least = (participant + this_year - claimed).max(0);
            let part = draft.whole(least, participant.min(this_year));
            draft.may(50, &key("claimed_participant_this_year"), |_| format!("\"£{part}\""));
        }
    }
    draft.may(50, &key("received"), |draft| format!("\"£{}\"", draft.whole(0, claimed)));
}

fn journey(draft: &mut Draft, names: &Names, at: &str, whole: bool) {
    let key = |name: &str| format!("{at}.{name}");
    let of = if whole { 70 } else { 30 };
    if whole {
        let days = draft.pick(&[2, 20, 60, 150]);
        let support = draft.varying(days);
        draft.say(&key("support"), support);
    }
    draft.may(of, &key("patience"), |draft| {
        let days = draft.pick(&[2, 15, 60]);
        draft.varying(days)
    });
    draft.may(of, &key("to_first_appointment"), |draft| draft.varying(9));
    draft.may(of, &key("to_plan"), |draft| draft.varying(9));
    draft.may(of, &key("attends"), Draft::share);
    draft.may(of / 2, &key("fewer_attend_per_week_waited"), Draft::few);
    if !whole {
        draft.may(of, &key("plan_agreed"), Draft::share);
        return;
    }
    draft.may(of / 2, &key("rebook"), |draft| draft.whole(0, 3).to_string());
    draft.may(of, &key("plan_agreed"), Draft::share);
    draft.may(of, &key("disengages"), Draft::share);
    draft.may(of, &key("employed_at_start"), Draft::share);
    draft.may(of / 3, &key("loses_job_per_week_waited"), Draft::few);
    draft.may(of, &key("in_work"), Draft::share);
    draft.may(of / 2, &key("in_work_if_disengaged"), Draft::share);
    draft.may(of, &key("sustained"), Draft::share);
    draft.may(of / 2, &key("sustained_for"), |draft| format!("\"{} days\"", draft.whole(0, 300)));
    draft.may(of / 3, &key("to_job"), |draft| draft.varying(30));
    if draft.has("in_work_support", 25) {
        let help = draft.varying(40);
        draft.say(&key("in_work_support"), help);
        draft.may(50, &key("in_work_support_holds"), |draft| {
            draft.pick(&["\"25%\"", "\"33.3%\"", "\"0%\""]).to_owned()
        });
    }
    for service in &names.services {
        let share = draft.share();
        draft.say(&key(&format!("needs.{service}")), share);
    }
    if !names.services.is_empty() {
        draft.may(50, &key("services_at_once"), Draft::share);
    }
}

fn attributes(draft: &mut Draft, names: &Names) {
    if !draft.has("attribute", 25) {
        return;
    }
    let both = draft.chance(0.5);
    for (name, values) in [("age", ["under 35", "35 and over"]), ("condition", ["back", "mind"])] {
        let shares = draft.whole_of(2);
        for (value, share) in values.iter().zip(shares) {
            draft.say(&format!("attribute.{name}.mix.\"{value}\""), share);
        }
        let cohort = names.cohorts[0].clone();
        if draft.has("mix_of", 30) {
            for (value, share) in values.iter().zip(draft.whole_of(2)) {
                draft.say(&format!("attribute.{name}.mix_of.{cohort}.\"{value}\""), share);
            }
        }
        let effect = format!("attribute.{name}.effect.\"{}\"", values[1]);
        for times in ["support_times", "patience_times", "attends_times", "in_work_odds_times"] {
            draft.may(40, &format!("{effect}.{times}"), |draft| {
                draft.pick(&["0.5", "1.7", "{ nine_in_ten = [0.5, 2] }"]).to_owned()
            });
        }
        if name == "age" {
            draft.may(30, &format!("{effect}.employed_at_start"), Draft::share);
        }
        if !both {
            return;
        }
    }
    draft.say("attributes_crossed", r#"[["age", "condition"]]"#);
}

fn services(draft: &mut Draft, names: &Names) {
    for service in names.services.clone() {
        let key = |name: &str| format!("service.{service}.{name}");
        let pounds = draft.pounds(300);
        draft.say(&key("unit_cost"), pounds);
        draft.may(50, &key("capacity_per_month"), |draft| draft.whole(1, 12).to_string());
        draft.may(40, &key("budget"), |draft| format!("\"£{}\"", draft.whole(0, 2_000)));
        draft.may(70, &key("takes"), |draft| draft.varying(25));
        draft.may(50, &key("changes_in_work"), |draft| {
            draft.pick(&["0", "0.5", "3", "{ least = 1, likely = 1.3, most = 2 }"]).to_owned()
        });
        draft.may(40, &key("priority"), Draft::share);
        let place = draft.pick(&names.localities);
        draft.may(25, &key("serves"), |_| format!("[\"{place}\"]"));
        draft.may(20, &key("eligible"), |_| "false".to_owned());
    }
}
