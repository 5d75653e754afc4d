//! Whether generated scenarios say everything that a scenario can say.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::evidence;
use crate::generate::scenario;

/// Keys that name, describe or compare, and move nothing that is simulated.
const SAY_NOTHING: [&str; 13] = [
    "agreed_on",
    "confidence",
    "extends",
    "is",
    "known",
    "name",
    "note",
    "owner",
    "paid_to",
    "question",
    "reference_class",
    "source",
    "title",
];

#[test]
fn every_key_of_a_scenario_is_generated() {
    let schema = std::fs::read_to_string("scenarios/scenario.schema.json").expect("it is there");
    let schema = serde_json::from_str(&schema).expect("it is JSON");
    let mut keys = BTreeSet::new();
    properties(&schema, &mut keys);
    for key in SAY_NOTHING {
        assert!(keys.remove(key), "{key} is no key");
    }
    let all = keys.len();
    assert!(all > 150, "{all} keys");
    for seed in 0..2_000 {
        let text = scenario(seed);
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.for_each(|word| {
            keys.remove(word);
        });
    }
    assert!(keys.is_empty(), "never generated: {keys:?}");
    evidence::note("generated-keys", format!("{all} keys, all of them in 2,000 scenarios"));
}

/// The names of all properties in a schema.
fn properties(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            let defined_once = |name: &str| name != "$defs";
            let parts = object.iter().filter(|(name, _)| defined_once(name));
            parts.for_each(|(_, part)| self::properties(part, keys));
        }
        Value::Array(parts) => parts.iter().for_each(|part| self::properties(part, keys)),
        _ => {}
    }
}
