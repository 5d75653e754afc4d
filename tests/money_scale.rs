//! Money far larger than anybody has: pence stay whole and conserved, and what is a thousand times as dear
//! comes out a thousand times as dear.

#[path = "common/evidence.rs"]
mod evidence;

use std::fs;
use std::path::Path;

use workcast::model::{Kind, Outcome, ReplicateError, Simulator, Sink, Value};
use workcast::quantity::Pence;
use workcast::scenario::{Diagnostics, Scenario, SourceFile};

const REPLICATES: u64 = 16;

/// Every amount of a text so many times as large, in whole pence.
fn dearer(text: &str, times: u64) -> String {
    let mut parts = text.split('£');
    let mut dear = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (amount, length) = pence(part);
        let amount = amount * times;
        dear.push_str(&format!("£{}.{:02}{}", amount / 100, amount % 100, &part[length..]));
    }
    dear
}

/// The amount that a text begins with, and how long it is.
fn pence(text: &str) -> (u64, usize) {
    let length =
        text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let amount = text[..length].trim_end_matches(['.', ',']).replace(',', "");
    let (pounds, pence) = amount.split_once('.').unwrap_or((&amount, "00"));
    (pounds.parse::<u64>().unwrap_or(0) * 100 + pence.parse::<u64>().unwrap_or(0), length)
}

/// A shipped scenario at so many times its prices, if the format takes them.
fn scaled(scenario: &Scenario, times: u64) -> Result<Scenario, Diagnostics> {
    let dear =
        |file: &SourceFile| SourceFile { name: file.name.clone(), text: dearer(&file.text, times) };
    Scenario::from_files(&scenario.files().iter().map(dear).collect::<Vec<_>>())
}

fn shipped() -> Vec<(String, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let read = |path: &Path| Scenario::read(path).unwrap_or_else(|wrong| panic!("{wrong}"));
    paths.iter().map(|path| (name(path), read(path))).collect()
}

/// The figures of money, in pence, and of all else, of one place of one replicate.
#[derive(Default, Debug, PartialEq)]
struct Figures {
    money: Vec<(String, i64)>,
    other: Vec<(String, Value)>,
}

impl Sink for Figures {
    fn put(&mut self, kind: Kind, name: impl FnOnce() -> String, value: Value) {
        match (kind, value) {
            (Kind::Money, Value::Whole(amount)) => self.money.push((name(), amount.unwrap_or(0))),
            (Kind::People, value) => self.other.push((name(), value)),
            _ => {}
        }
    }
}

/// Lives through a scenario and holds every place against what is conserved: whole pence, each of them
/// somewhere, and income with what is unclaimed is the allocation, where no places move.
fn lived(name: &str, scenario: &Scenario) -> Result<Vec<Figures>, ReplicateError> {
    let programme = &scenario.programme;
    let mut simulator = Simulator::new(programme, 1);
    let mut figures = Vec::new();
    for replicate in 0..REPLICATES {
        simulator.replicate(replicate, |option, place, outcome: &Outcome<'_>| {
            let books = outcome.books;
            assert!(books.is_conserved(), "{name}, option {option}, place {place}");
            assert!(books.sums().all(Pence::is_told), "{name}, option {option}, place {place}");
            let stays = programme.moving_places.is_none();
            if let Some(locality) = programme.localities.get(place).filter(|_| stays) {
                let income = &books.income;
                assert_eq!(income.total() + income.unclaimed, locality.allocation.total, "{name}");
            }
            let mut place = Figures::default();
            outcome.metrics(&mut place);
            figures.push(place);
        })?;
    }
    Ok(figures)
}

#[test]
fn a_thousand_times_the_prices_give_a_thousand_times_the_money_but_for_what_is_rounded() {
    let (mut figures, mut exact, mut furthest, mut scenarios) = (0_u64, 0_u64, 0_i64, 0);
    for (name, scenario) in shipped() {
        let before = lived(&name, &scenario).unwrap();
        let after = lived(&name, &scaled(&scenario, 1_000).unwrap()).unwrap();
        scenarios += 1;
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before.other, after.other, "{name}: prices move no person");
            for ((figure, cheap), (_, dear)) in before.money.iter().zip(&after.money) {
                let apart = (dear - 1_000 * cheap).abs();
                // Each entry and each drawn price is rounded by half a penny at most, and a price is paid
                // thousands of times.
                assert!(apart <= 1_000 * 5_000, "{name}, {figure}: {cheap} and {dear}");
                figures += 1;
                exact += u64::from(apart == 0);
                furthest = furthest.max(apart);
            }
        }
    }
    let words = format!(
        "{scenarios} scenarios, {REPLICATES} replicates: {figures} figures of money, {:.0}% to the penny, the \
         others within what is rounded, {} of the cheaper one at most",
        100.0 * exact as f64 / figures as f64,
        Pence::new(furthest / 1_000)
    );
    evidence::note("money-scales", words);
}

#[test]
fn a_million_times_the_prices_lose_no_penny_or_are_refused_in_words() {
    let (mut told, mut refused) = (0, 0);
    for (name, scenario) in shipped() {
        let beyond = match scaled(&scenario, 1_000_000) {
            Err(wrong) => wrong.to_string(),
            Ok(dear) => {
                lived(&name, &dear).map_or_else(|untold| untold.to_string(), |_| String::new())
            }
        };
        match beyond.is_empty() {
            true => told += 1,
            false => refused += 1,
        }
        let in_words =
            beyond.contains(" takes money from £0 to ") || beyond.contains("goes beyond £");
        assert!(beyond.is_empty() || in_words, "{name}: {beyond}");
    }
    assert!(told >= 6, "{told} told");
    let words = format!(
        "{told} of {} scenarios conserve every penny, {refused} are refused",
        told + refused
    );
    evidence::note("money-scales-far", words);
}

#[test]
fn where_nothing_is_rounded_every_figure_of_money_scales_to_the_penny() {
    let text = |times: u64| {
        let plain = r#"
title = "Whole pounds"
[programme]
name = "P"
starts = 2024-10-01
ends = 2026-03-31
[funding]
claims = "quarterly"
basic = { share = "60%", paid_on = "participants" }
participant = { share = "40%" }
paid_after = "30 days"
year."2024/25" = { ends = 2025-03-31, share = "30%", tariff = "£800" }
year."2025/26" = { ends = 2026-03-31, share = "70%", tariff = "£900" }
[locality.Bury]
agreed_participants = 500
referrals.GP = { per_month = { nine_in_ten = [20, 60] } }
costs.launch = { once = "£5,000" }
[journey]
support = "12 weeks"
[option.A.team.T]
posts = 6
caseload = 20
price = { set_up_fee = "£15,000", per_plan = "£320" }
"#;
        Scenario::from_text("a.toml", &dearer(plain, times))
            .unwrap_or_else(|wrong| panic!("{wrong}"))
    };
    let money = |times| -> Vec<(String, i64)> {
        let places = lived("whole pounds", &text(times)).unwrap();
        places.into_iter().flat_map(|place| place.money).collect()
    };
    let (once, thousandfold) = (money(1), money(1_000));
    assert!(once.iter().filter(|(_, pence)| *pence != 0).count() > 100);
    for ((figure, cheap), (_, dear)) in once.iter().zip(&thousandfold) {
        assert_eq!(cheap * 1_000, *dear, "{figure}");
    }
}

#[test]
fn money_beyond_what_is_told_to_the_penny_is_refused_in_words() {
    let text = r#"
title = "Beyond"
[programme]
name = "P"
starts = 2024-10-01
ends = 2034-09-30
[funding]
claims = "quarterly"
basic = { share = "60%" }
participant = { share = "40%" }
year.all = { ends = 2034-09-30, share = "100%", tariff = "£1,000,000" }
[locality.Bury]
agreed_participants = 10_000_000
referrals.GP = { per_month = 40 }
[journey]
support = "12 weeks"
[option.A.team.T]
posts = 10_000
fte = 10
costs.salary = "£1,000,000,000"
[option.A.team.U]
posts = 10_000
fte = 10
costs.salary = "£1,000,000,000"
"#;
    let scenario = Scenario::from_text("a.toml", text).unwrap_or_else(|wrong| panic!("{wrong}"));
    let beyond = lived("beyond", &scenario).unwrap_err().to_string();
    assert!(
        beyond.contains("option \"A\"") && beyond.contains("£90,071,992,547,409.92"),
        "{beyond}"
    );
}
