//! Laws: what must hold of every programme, whatever it says. Every case is a replicate of its own
//! generated scenario: a thousand of them by default, ten thousand in the slow set.

mod capacity;
mod cases;
mod conservation;
mod copies;
#[path = "../common/evidence.rs"]
mod evidence;
#[allow(dead_code, unused_imports, reason = "the laws hold without its stresses")]
#[path = "../reference/generate/mod.rs"]
mod generate;
mod inputs;
mod tariff;

/// Cases of a law by default.
const SOME: u64 = 1_000;

#[test]
#[ignore = "slow: about five minutes"]
fn the_laws_hold_in_ten_thousand_cases_each() {
    const MANY: u64 = 10_000;
    evidence::note("law-conservation", conservation::law(MANY));
    evidence::note("law-capacity", capacity::law(MANY));
    evidence::note("law-capacity-mean", capacity::law_of_means(MANY));
    evidence::note("law-tariff", tariff::law(MANY));
    evidence::note("law-copies", copies::law(MANY));
    evidence::note("law-inputs-move", inputs::law_of_what_is_said(MANY));
    evidence::note("law-unused", inputs::law_of_what_is_unused(MANY));
}
