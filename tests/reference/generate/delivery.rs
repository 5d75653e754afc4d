//! Who delivers a generated programme: pipelines, options and their teams.

use jiff::civil::Date;

use super::Names;
use super::draw::Draft;

pub fn delivery(draft: &mut Draft, names: &Names) {
    for pipeline in names.pipelines.iter().map(String::as_str).chain(["agreement"]) {
        let key = |name: &str| format!("pipeline.{pipeline}.{name}");
        draft.may(40, &key("pace"), |_| "{ nine_in_ten = [0.6, 1.6] }".to_owned());
        for (index, stage) in ["advert", "checks", "notice"].iter().enumerate() {
            let time = draft.varying(12);
            draft.say(&key(&format!("stage.{stage}.takes")), time);
            draft.may(40, &key(&format!("stage.{stage}.fails")), Draft::share);
            let back = draft.pick(&["advert", "checks", "notice"][..=index]);
            draft.may(40, &key(&format!("stage.{stage}.back_to")), |_| format!("\"{back}\""));
            if draft.chance(0.3) {
                break;
            }
        }
    }
    for option in names.options.clone() {
        let at = format!("option.{option}");
        draft.may(30, &format!("{at}.opens"), |draft| {
            if draft.chance(0.5) {
                "\"with service\"".to_owned()
            } else {
                draft.within().to_string()
            }
        });
        draft.may(50, &format!("{at}.unused_places"), |draft| {
            draft.pick(&["\"move\"", "\"move\"", "\"keep\""]).to_owned()
        });
        for team in ["Coaches", "Provider", "Others"].into_iter().take(draft.whole(1, 3) as usize) {
            self::team(draft, names, &format!("{at}.team.{team}"));
        }
    }
}

fn team(draft: &mut Draft, names: &Names, at: &str) {
    let key = |name: &str| format!("{at}.{name}");
    let posts = draft.whole(1, 4);
    draft.say(&key("posts"), posts);
    let first = lasts(draft, &key);
    let early = |draft: &mut Draft| draft.about().min(first).to_string();
    draft.may(60, &key("begins"), early);
    if draft.has("route", 30) {
        draft.say(&key("route"), "\"tender\"");
        draft.may(40, &key("recruits_after"), |_| "\"advert\"".to_owned());
    }
    draft.may(50, &key("recruitment"), |_| "\"council\"".to_owned());
    draft.may(30, &key("fte"), |draft| draft.pick(&["0.5", "0.8", "1"]).to_owned());
    if draft.has("in_post_from", 30) {
        let from = early(draft);
        draft.say(&key("in_post_from"), from);
        draft.may(50, &key("in_post"), |draft| draft.whole(0, posts).to_string());
    }
    draft.may(75, &key("caseload"), |draft| {
        draft.pick(&["1", "2.5", "4", "12", "{ nine_in_ten = [2, 9] }"]).to_owned()
    });
    draft.may(35, &key("starts_per_month"), |draft| draft.pick(&["1", "4.5", "10"]).to_owned());
    draft.may(35, &key("induction"), |draft| draft.time(20));
    draft.may(35, &key("full_caseload_after"), |draft| draft.time(60));
    draft.may(35, &key("absence"), Draft::few);
    if draft.has("leavers", 50) {
        let hazard = draft.hazard();
        draft.say(&key("leavers"), hazard);
        draft.may(50, &key("lost_when_coach_leaves"), Draft::share);
        if draft.lines.iter().any(|line| line.starts_with(&key("contract_ends"))) {
            draft.may(60, &key("leavers_at_end"), |_| {
                r#"{ times = 4, over = "2 months" }"#.to_owned()
            });
        }
    }
    if draft.has("agency", 25) {
        draft.say(&key("agency.after"), "\"5 days\"");
        draft.say(&key("agency.costs_more"), "\"25%\"");
    }
    draft.may(40, &key("participants_max"), |draft| {
        draft.pick(&["1", "2", "5", "12", "40"]).to_owned()
    });
    if names.cohorts.len() > 1 {
        draft
            .may(25, &key("accepts"), |draft| draft.pick(&["[\"young\"]", "[\"old\"]"]).to_owned());
    }
    if names.localities.len() > 1 && draft.has("serves", 50) {
        let place = draft.pick(&names.localities);
        draft.say(&key("serves"), format!("[\"{place}\"]"));
    }
    if at.ends_with("Coaches") {
        draft.may(20, &key("draws_as"), |_| "\"coaches\"".to_owned());
    }
    if draft.has("costs", 70) {
        employer(draft, &key("costs"));
    }
    if draft.has("price", 50) {
        provider(draft, &key);
    }
}

/// Until when it works, and whether its provider fails. No date of its beginning is after the one
/// that is returned.
fn lasts(draft: &mut Draft, key: &impl Fn(&str) -> String) -> Date {
    let mut days = [draft.within(), draft.within(), draft.within()];
    days.sort();
    if draft.has("until", 35) {
        draft.say(&key("until"), days[0]);
        draft.may(40, &key("staff_until"), |_| days[1].to_string());
        draft.may(45, &key("extended_to"), |_| days[2].to_string());
    }
    draft.may(30, &key("contract_ends"), |_| days[2].to_string());
    if draft.has("team fails", 30) {
        let hazard = draft.hazard();
        draft.say(&key("fails"), hazard);
        draft.may(50, &key("restarts"), |_| "true".to_owned());
    }
    days[0]
}

fn employer(draft: &mut Draft, at: &str) {
    let key = |name: &str| format!("{at}.{name}");
    if draft.chance(0.3) {
        let (one, other) = (draft.within(), draft.within());
        let (first, second) = (draft.pounds(40_000), draft.pounds(44_000));
        if one != other {
            let (from, to) = (one.min(other), one.max(other));
            draft.say(&key("salary"), format!("{{ {from} = {first}, {to} = {second} }}"));
        }
    } else {
        let pounds = draft.pounds(45_000);
        draft.say(&key("salary"), pounds);
    }
    draft.may(50, &key("management"), Draft::few);
    draft.may(40, &key("training"), |draft| draft.pounds(2_000));
    draft.may(40, &key("recruitment"), |draft| draft.pounds(2_000));
    draft.may(40, &key("at_end"), |draft| draft.pounds(900));
    draft.may(40, &key("setup"), |draft| draft.pounds(3_000));
    draft.may(20, &key("eligible"), |_| "false".to_owned());
}

fn provider(draft: &mut Draft, key: &impl Fn(&str) -> String) {
    let price = |name: &str| key(&format!("price.{name}"));
    draft.may(60, &price("set_up_fee"), |draft| draft.pounds(5_000));
    draft.may(70, &price("block_per_month"), |draft| draft.pounds(9_000));
    draft.may(70, &price("per_plan"), |draft| draft.pounds(600));
    draft.may(40, &price("minimum"), |draft| draft.pounds(60_000));
    draft.may(60, &price("paid_after"), |draft| draft.time(45));
    draft.may(20, &price("eligible"), |_| "false".to_owned());
    if draft.lines.iter().any(|line| line.starts_with(&key("price."))) && draft.chance(0.4) {
        employer(draft, &key("own_costs"));
    }
}
