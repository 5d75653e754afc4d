//! How a generated programme is paid for.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Names;
use super::draw::Draft;

pub fn funding(draft: &mut Draft, names: &mut Names) {
    draft.say("funding.claims", "\"quarterly\"");
    let parts = draft.chance(0.25);
    let shares = draft.whole_of(if parts { 3 } else { 2 });
    draft.say("funding.basic.share", &shares[0]);
    draft.say("funding.participant.share", &shares[1]);
    if parts {
        draft.say("funding.outcome.share", &shares[2]);
        let on = draft.pick(&["in_work", "found_work", "sustained"]);
        draft.say("funding.outcome.paid_on", format!("\"{on}\""));
        let each = draft.whole(1, 2_000);
        draft.say("funding.outcome.per_outcome", format!("\"£{each}.37\""));
        draft.may(50, "funding.outcome.cap", cap);
    }
    rules(draft, "funding");
    draft.may(50, "funding.income_limit", |draft| {
        draft.pick(&["\"expenditure\"", "\"none\""]).to_owned()
    });
    years(draft, names);
    if draft.chance(0.2) {
        let funders = ["Department", "City", "Board"];
        let count = draft.whole(1, 3) as usize;
        let shares = draft.whole_of(count);
        for (funder, share) in funders.iter().zip(shares) {
            draft.say(&format!("funding.funder.{funder}.share"), share);
            draft.may(50, &format!("funding.funder.{funder}.paid_after"), |draft| draft.time(60));
        }
    }
    if draft.chance(0.2) {
        for step in ["Authority", "Council"].into_iter().take(draft.whole(1, 2) as usize) {
            let when = draft.pick(&["passes_on_after", "pays_after"]);
            let time = draft.time(40);
            draft.say(&format!("funding.chain.{step}.{when}"), time);
        }
    }
    draft
        .may(10, "central.funds", |draft| format!("\"£{}.01\"", draft.whole(4_000_000, 4_090_000)));
    let readings = draft.whole(-2, 2).max(0) as usize;
    for reading in ["per head", "profile"].into_iter().take(readings) {
        let said = draft.lines.len();
        rules(draft, "funding");
        // Only a profile is paid in advance, and a reading may leave it or not.
        let mut own = draft.lines.split_off(said);
        own.retain(|line| !line.starts_with("funding.paid = "));
        if draft.lines.iter().any(|line| line.starts_with("funding.paid = ")) {
            own.retain(|line| !line.starts_with("funding.basic.paid_on"));
        }
        draft.lines.extend(own);
        // What a reading sets stands behind the path of what it reads otherwise.
        for line in &mut draft.lines[said..] {
            let (path, value) = line.split_once(" = ").expect("a line is path = value");
            *line = format!("reading.\"{reading}\".set.\"{path}\".to = {value}");
        }
        draft.say(&format!("reading.\"{reading}\".set.\"funding.income_limit\".to"), "\"none\"");
        draft.lines.dedup_by_key(|line| line.split(" = ").next().map(str::to_owned));
    }
}

fn cap(draft: &mut Draft) -> String {
    draft.pick(&["\"programme\"", "\"year\""]).to_owned()
}

/// Rules that a reading may read otherwise.
fn rules(draft: &mut Draft, at: &str) {
    let key = |name: &str| format!("{at}.{name}");
    draft.may(60, &key("basic.paid_on"), |draft| {
        draft
            .pick(&["\"expenditure\"", "\"expenditure\"", "\"profile\"", "\"participants\""])
            .to_owned()
    });
    draft.may(50, &key("basic.cap"), cap);
    draft.may(40, &key("participant.paid_on"), |draft| {
        draft.pick(&["\"plan\"", "\"start\""]).to_owned()
    });
    draft.may(50, &key("participant.cap"), cap);
    draft.may(70, &key("paid_after"), |draft| draft.time(90));
    let on_profile = format!("{at}.basic.paid_on = \"profile\"");
    if draft.lines.contains(&on_profile) {
        draft.may(50, &key("paid"), |draft| {
            draft.pick(&["\"in arrears\"", "\"in advance\""]).to_owned()
        });
    }
    draft.may(30, &key("reconciliation"), |draft| {
        draft.pick(&["\"expenditure\"", "\"participants\""]).to_owned()
    });
    draft.may(30, &key("reconciled_after"), |draft| draft.time(200));
    draft.may(20, &key("first_payment_from"), |draft| draft.about().to_string());
    draft.may(40, &key("late_return"), Draft::share);
    draft.may(40, &key("late_return_shared"), |draft| draft.chance(0.5).to_string());
    draft.may(50, &key("disallowed"), Draft::few);
    draft.may(40, &key("cost_of_cash"), Draft::few);
}

/// Funding years end on calendar quarters' ends and cover the programme; one may be over before it.
fn years(draft: &mut Draft, names: &mut Names) {
    let mut ends = Vec::new();
    let mut end = quarter_end(draft.starts);
    if names.under_way && draft.chance(0.4) {
        ends.push(quarter_end(end.checked_sub(100.days()).expect("it is a date")));
    }
    loop {
        let is_last = end >= draft.ends;
        if is_last || (ends.len() < 3 && draft.chance(0.35)) {
            ends.push(end);
        }
        if is_last {
            break;
        }
        end = quarter_end(end.checked_add(1.day()).expect("it is a date"));
    }
    if draft.chance(0.2) {
        let last = ends.pop().expect("there is one");
        ends.push(quarter_end(last.checked_add(1.day()).expect("it is a date")));
    }
    let shares = draft.whole_of(ends.len());
    for (index, (end, share)) in ends.into_iter().zip(shares).enumerate() {
        let year = format!("Y{index}");
        let tariff = draft.whole(100, 2_500);
        let pence = draft.pick(&["", ".50", ".33"]);
        draft.say(&format!("funding.year.{year}.ends"), end);
        draft.say(&format!("funding.year.{year}.share"), share);
        draft.say(&format!("funding.year.{year}.tariff"), format!("\"£{tariff}{pence}\""));
        names.years.push((year, end));
    }
}

pub fn quarter_end(date: Date) -> Date {
    let month = (date.month() - 1) / 3 * 3 + 3;
    Date::new(date.year(), month, 1).expect("it is a date").last_of_month()
}
