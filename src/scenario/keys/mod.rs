//! Every key of a scenario, by noun, with what it is compiled to.

pub mod attribute;
pub mod central;
pub mod cost;
pub mod fair_share;
pub mod funding;
pub mod journey;
pub mod locality;
pub mod option;
pub mod payment;
pub mod pipeline;
pub mod programme;
pub mod published;
pub mod reading;
pub mod referral;
pub mod service;
pub mod stress;
pub mod target;
pub mod team;

use super::grammar::{Field, Leaf, Shape};

/// The words for how well a value is known.
pub const CONFIDENCE: &[&str] = &["measured", "official", "analogous", "derived", "assumed"];

/// What may stand beside any value: they become the assumptions log.
pub const METADATA: &[&str] = &["source", "confidence", "owner", "agreed_on", "note"];

/// Pipelines are named in several places.
pub const PIPELINE: Shape = Shape::Leaf(Leaf::Name("pipeline"));
/// A date.
pub const DATE: Shape = Shape::Leaf(Leaf::Date);
/// A text for people.
pub const TEXT: Shape = Shape::Leaf(Leaf::Text);

// What may stand in a table beside its values: it holds for those of them, in the same file, that do
// not say otherwise themselves.

/// Where the values of a table come from.
pub const SOURCE: Field = Field::may("source", TEXT, "none", "Where the values come from.");
/// How well the values of a table are known.
pub const CONFIDENT: Field = Field::may(
    "confidence",
    Shape::Leaf(Leaf::Choice(CONFIDENCE)),
    "none",
    "How well the values are known.",
);
/// Who answers for the values of a table.
pub const OWNER: Field = Field::may("owner", TEXT, "none", "Who answers for the values.");
/// When the values of a table were agreed.
pub const AGREED_ON: Field = Field::may("agreed_on", DATE, "none", "When the values were agreed.");
/// Anything else about the values of a table.
pub const NOTE: Field = Field::may("note", TEXT, "none", "Anything else.");

/// The whole file.
pub static SCENARIO: Shape = Shape::Table(&[
    Field::must("title", TEXT, "What the scenario is called."),
    Field::may("question", TEXT, "none", "The question that it is to answer."),
    Field::may(
        "extends",
        Shape::Leaf(Leaf::Paths),
        "none",
        "A file, or several, whose keys this file inherits; paths are relative to this file.",
    ),
    Field::must("programme", Shape::Table(programme::KEYS), "The service and its dates."),
    Field::must("funding", Shape::Table(funding::KEYS), "How the programme is paid for."),
    Field::may(
        "central",
        Shape::Table(central::KEYS),
        "none",
        "Money of the programme beside the localities' allocations.",
    ),
    Field::may(
        "reading",
        Shape::Names("reading", &Shape::Table(stress::KEYS)),
        "none",
        "Other readings of the funding rules, under which the same costs are settled.",
    ),
    Field::may(
        "fair_share",
        Shape::Table(fair_share::KEYS),
        "none",
        "A programme total divided between localities.",
    ),
    Field::may(
        "targets",
        Shape::Table(target::TARGETS),
        "none",
        "Shares of those with a plan that are to come to an outcome.",
    ),
    Field::may(
        "moving_places",
        Shape::Table(target::MOVING),
        "places stay",
        "A rule by which places move from localities that are behind to those that are ahead.",
    ),
    Field::may(
        "reference_class",
        Shape::Names("service", &Shape::Leaf(programme::REFERENCE)),
        "none",
        "Actual over planned volume of like services.",
    ),
    Field::must(
        "locality",
        Shape::Names("locality", &Shape::Table(locality::KEYS)),
        "The places that deliver it.",
    ),
    Field::may(
        "journey",
        Shape::Table(journey::KEYS),
        "as below",
        "A person's way through, where a cohort says nothing else.",
    ),
    Field::may(
        "cohort",
        Shape::Names("cohort", &Shape::Table(journey::KEYS)),
        "one cohort, everyone",
        "Kinds of people; each says only what differs from the journey.",
    ),
    Field::may(
        "attribute",
        Shape::Names("attribute", &Shape::Table(attribute::KEYS)),
        "none",
        "What people differ by: age, health condition, ethnicity.",
    ),
    Field::may(
        "attributes_crossed",
        Shape::Leaf(Leaf::Pairs("attribute")),
        "none",
        "Pairs of attributes that are also counted together.",
    ),
    Field::may(
        "service",
        Shape::Names("service", &Shape::Table(service::KEYS)),
        "none",
        "Onward services that participants may need.",
    ),
    Field::may(
        "pipeline",
        Shape::Names("pipeline", &Shape::Table(pipeline::KEYS)),
        "none",
        "Recruitments and procurements.",
    ),
    Field::must(
        "option",
        Shape::Names("option", &Shape::Table(option::KEYS)),
        "The ways of delivering that are compared.",
    ),
    Field::may(
        "correlated",
        Shape::Names("group", &Shape::Table(stress::CORRELATED)),
        "none",
        "Groups of uncertain values that move together.",
    ),
    Field::may(
        "published",
        Shape::Names("published figure", &Shape::Table(published::KEYS)),
        "none",
        "Figures printed elsewhere, set beside what the rules give or a run forecasts.",
    ),
    Field::may(
        "stress",
        Shape::Names("stress", &Shape::Table(stress::KEYS)),
        "none",
        "What could go wrong: changes to values, tried on the same worlds.",
    ),
]);

/// The keys of the whole file.
pub fn top() -> &'static [Field] {
    match SCENARIO {
        Shape::Table(fields) => fields,
        _ => &[],
    }
}
