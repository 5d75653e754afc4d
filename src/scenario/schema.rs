//! The JSON Schema (draft 2020-12) of a scenario file, made from the same grammar that checks it:
//! editors complete and check a scenario with it as it is written.
//!
//! A schema knows less than the check: it sees one file, so that what is compulsory may still be
//! inherited, and it cannot follow a name to the pipeline that it names.

use serde_json::{Map, Value, json};

use super::grammar::{Field, Leaf, Need, Shape};
use super::keys::{CONFIDENCE, SCENARIO};
use crate::quantity::Unit;

const SHARE: &str = r"^\s*\d+(\.\d+)?\s*%\s*$";
const POUNDS: &str = r"^\s*-?£\s*(\d+|\d{1,3}(,\d{3})*)(\.\d{2})?\s*$";
const TIME: &str = r"^\s*-?\d+(\.\d+)?\s+(days?|weeks?|months?|years?)\s*$";
const DATE: &str = r"^\d{4}-\d{2}-\d{2}$";

/// The JSON Schema (draft 2020-12) of a scenario file.
pub fn json_schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A workcast scenario",
        "description": "Required keys may also come from a file that this one extends.",
    });
    let top = shape(SCENARIO);
    if let (Value::Object(schema), Value::Object(top)) = (&mut schema, top) {
        schema.extend(top);
        schema.insert("$defs".to_owned(), definitions());
    }
    schema
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Table(fields) => {
            let properties: Map<String, Value> =
                fields.iter().map(|field| (field.key.to_owned(), self::field(field))).collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        Shape::Names(_, inner) => {
            json!({ "type": "object", "additionalProperties": removable(self::shape(*inner)) })
        }
        Shape::Leaf(leaf) => self::leaf(leaf),
    }
}

fn field(field: &Field) -> Value {
    let mut schema = removable(shape(field.shape));
    if let Value::Object(map) = &mut schema {
        let need = match field.need {
            Need::Compulsory => "Compulsory, here or in a file that this one extends.".to_owned(),
            Need::Default(text) => format!("Default: {text}."),
            Need::Absent("") => "May be left out.".to_owned(),
            Need::Absent(text) => format!("If left out: {text}."),
        };
        map.insert("description".to_owned(), json!(format!("{} {need}", field.about)));
    }
    schema
}

/// What a file may say in place of anything that it inherits.
fn removable(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "$ref": "#/$defs/remove" }] })
}

fn leaf(leaf: Leaf) -> Value {
    match leaf {
        Leaf::Text | Leaf::Name(_) => json!({ "type": "string" }),
        Leaf::List(_) => json!({
            "type": "array", "items": { "type": "string" }, "minItems": 1
        }),
        Leaf::Paths => json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
        ] }),
        Leaf::Dates => json!({ "type": "array", "items": reference("date"), "minItems": 1 }),
        Leaf::Date => reference("date"),
        Leaf::Opens => json!({ "anyOf": [{ "const": "with service" }, reference("date")] }),
        Leaf::Flag => json!({ "type": "boolean" }),
        Leaf::Choice(words) => json!({ "enum": words }),
        Leaf::Whole(least, most) => known(json!({
            "type": "integer", "minimum": least, "maximum": most
        })),
        Leaf::Fixed(Unit::Number, least, most) => known(json!({
            "type": "number", "minimum": least, "maximum": most
        })),
        Leaf::Fixed(unit, ..) => known(reference(scalar(unit))),
        Leaf::Uncertain(unit) => reference(&format!("uncertain {}", scalar(unit))),
        Leaf::Varying => reference("varying time"),
        Leaf::Salary => json!({ "anyOf": [
            reference("uncertain pounds"),
            {
                "type": "object",
                "patternProperties": { DATE: reference("uncertain pounds") },
                "additionalProperties": false,
            },
        ] }),
        Leaf::Pairs(_) => json!({
            "type": "array", "minItems": 1, "items": {
                "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2
            }
        }),
        Leaf::Mix(_) => json!({
            "type": "object", "additionalProperties": reference("share"), "minProperties": 1
        }),
        Leaf::Printed => json!({ "anyOf": [
            reference("number"), reference("pounds"), reference("share"), reference("time"),
            reference("date"),
        ] }),
        Leaf::Change => reference("change"),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn scalar(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Hazard => "share per time",
        Unit::Pounds => "pounds",
        Unit::Time => "time",
        Unit::People | Unit::PeoplePerMonth | Unit::PeoplePerWeek | Unit::Number => "number",
    }
}

/// A known value, plain or with its source beside it.
fn known(plain: Value) -> Value {
    json!({ "anyOf": [plain, object(&[("is", plain.clone())], &["is"], &[])] })
}

/// A table of exactly these keys, with what may stand beside any value.
fn object(keys: &[(&str, Value)], required: &[&str], more: &[(&str, Value)]) -> Value {
    let mut properties: Map<String, Value> =
        keys.iter().chain(more).map(|(key, schema)| ((*key).to_owned(), schema.clone())).collect();
    for key in ["source", "owner", "note"] {
        properties.insert(key.to_owned(), json!({ "type": "string" }));
    }
    properties.insert("confidence".to_owned(), json!({ "enum": CONFIDENCE }));
    properties.insert("agreed_on".to_owned(), reference("date"));
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn definitions() -> Value {
    let mut all = Map::new();
    let mut add = |name: &str, schema: Value| all.insert(name.to_owned(), schema);
    add(
        "date",
        json!({ "type": "string", "pattern": DATE, "description": "Written without quotes: 2024-10-01." }),
    );
    add("share", json!({ "type": "string", "pattern": SHARE, "description": "\"65%\"" }));
    add("pounds", json!({ "type": "string", "pattern": POUNDS, "description": "\"£1,450.50\"" }));
    add("time", json!({ "type": "string", "pattern": TIME, "description": "\"12 weeks\"" }));
    add("number", json!({ "type": "number" }));
    add(
        "remove",
        json!({
            "type": "object",
            "properties": { "remove": { "const": true } },
            "required": ["remove"],
            "additionalProperties": false,
            "description": "Removes an inherited key.",
        }),
    );
    for name in ["share", "pounds", "time", "number"] {
        add(&format!("uncertain {name}"), value(reference(name), true, &[]));
    }
    let per = [("per", json!({ "enum": ["month", "year"] }))];
    add("uncertain share per time", value(reference("share"), false, &per));
    add(
        "varying time",
        value(json!({ "anyOf": [reference("time"), reference("uncertain time")] }), true, &[]),
    );
    add("change", change());
    Value::Object(all)
}

/// A value in each of its notations; a parameter is what the unit says.
fn value(parameter: Value, plain: bool, per: &[(&str, Value)]) -> Value {
    let part = |name: &'static str| (name, parameter.clone());
    let points = |count: usize| json!({ "type": "array", "items": parameter, "minItems": count, "maxItems": count });
    let needed: Vec<&str> = per.iter().map(|(key, _)| *key).collect();
    let notation = |keys: &[(&str, Value)]| {
        let required: Vec<&str> = keys.iter().map(|(key, _)| *key).chain(needed.clone()).collect();
        object(keys, &required, per)
    };
    let inner = |keys: &[&'static str]| {
        let properties: Map<String, Value> =
            keys.iter().map(|key| ((*key).to_owned(), parameter.clone())).collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": keys,
            "additionalProperties": false,
        })
    };
    let mut notations = vec![
        notation(&[part("is")]),
        notation(&[part("least"), part("likely"), part("most")]),
        notation(&[("nine_in_ten", points(2))]),
        notation(&[("p10_p50_p90", points(3))]),
        notation(&[("uniform", inner(&["least", "most"]))]),
        notation(&[("triangular", inner(&["least", "likely", "most"]))]),
        notation(&[("exponential", inner(&["mean"]))]),
        notation(&[(
            "empirical",
            json!({
                "type": "object",
                "properties": {
                    "values": { "type": "array", "items": parameter, "minItems": 1 },
                    "weights": { "type": "array", "items": { "type": "number", "minimum": 0 } },
                },
                "required": ["values"],
                "additionalProperties": false,
            }),
        )]),
    ];
    for family in ["normal", "lognormal", "gamma", "beta"] {
        notations.push(notation(&[(family, inner(&["mean", "sd"]))]));
    }
    if plain {
        notations.insert(0, parameter);
    }
    json!({ "anyOf": notations })
}

fn change() -> Value {
    let only = json!({ "type": "integer", "minimum": 1, "maximum": 50 });
    let one = |key: &str, schema: Value| {
        json!({
            "type": "object",
            "properties": {
                key: schema,
                "first_tries": only,
                "quarter_ending": reference("date"),
            },
            "required": [key],
            "additionalProperties": false,
        })
    };
    json!({ "anyOf": [
        one("to", json!(true)),
        one("times", json!({ "type": "number", "minimum": 0 })),
        one("add", json!(true)),
    ] })
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn scenarios() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
    }

    /// Run with `WORKCAST_WRITE_SCHEMA=1` in the environment, it writes the schema anew.
    #[test]
    fn the_committed_schema_is_current() {
        let path = scenarios().join("scenario.schema.json");
        let current = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
        if std::env::var_os("WORKCAST_WRITE_SCHEMA").is_some() {
            std::fs::write(&path, &current).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == current,
            "scenarios/scenario.schema.json is out of date: run \
             WORKCAST_WRITE_SCHEMA=1 cargo test the_committed_schema_is_current"
        );
    }

    fn as_json(value: &toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.iter().map(as_json).collect(),
            toml::Value::Table(table) => Value::Object(
                table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
            ),
            plain => serde_json::to_value(plain).unwrap(),
        }
    }

    /// Whether a value is one that a schema describes: as much of JSON Schema as ours uses, save
    /// that patterns of plain texts are not tried.
    fn allows(schema: &Value, value: &Value, top: &Value) -> bool {
        let Some(schema) = schema.as_object() else { return schema == &json!(true) };
        schema.iter().all(|(word, rule)| match word.as_str() {
            "$ref" => {
                let pointer = rule.as_str().unwrap().trim_start_matches('#');
                allows(top.pointer(pointer).expect("a definition"), value, top)
            }
            "anyOf" => rule.as_array().unwrap().iter().any(|rule| allows(rule, value, top)),
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64(),
                "number" => value.is_number(),
                other => panic!("no type {other}"),
            },
            "minimum" => value.as_f64().is_none_or(|x| x >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|x| x <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|a| a.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|a| a.len() as u64 <= rule.as_u64().unwrap()),
            "items" => {
                value.as_array().is_none_or(|a| a.iter().all(|item| allows(rule, item, top)))
            }
            "required" => value.as_object().is_none_or(|object| {
                rule.as_array()
                    .unwrap()
                    .iter()
                    .all(|key| object.contains_key(key.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|object| {
                let rules = rule.as_object().unwrap();
                object
                    .iter()
                    .all(|(key, value)| rules.get(key).is_none_or(|rule| allows(rule, value, top)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|object| {
                let known = |key: &str| {
                    schema.get("properties").is_some_and(|rules| rules.get(key).is_some())
                        || schema.contains_key("patternProperties")
                };
                object.iter().all(|(key, value)| known(key) || allows(rule, value, top))
            }),
            _ => true,
        })
    }

    fn is_allowed(text: &str) -> bool {
        let schema = json_schema();
        allows(&schema, &as_json(&toml::from_str(text).unwrap()), &schema)
    }

    #[test]
    fn every_shipped_scenario_is_one_that_the_schema_describes() {
        let mut files = 0;
        for folder in [scenarios(), scenarios().join("programmes")] {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "toml") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    assert!(is_allowed(&text), "{}", path.display());
                    files += 1;
                }
            }
        }
        assert!(files >= 2);
        assert!(is_allowed(&super::super::starter::text("Rochdale")));
    }

    #[test]
    fn the_schema_refuses_what_the_check_refuses() {
        for text in [
            "titel = 'x'",
            "[funding]\nclaims = 'monthly'",
            "[journey]\nrebook = 1.5",
            "[journey]\nsupport = 12",
            "[journey]\nattends = { nine_in_ten = ['1%', '2%', '3%'] }",
            "[option.A.team.T]\nleavers = { is = '3%' }",
            "[correlated.g]\ncorrelation = 2",
        ] {
            assert!(!is_allowed(text), "{text}");
        }
    }
}
