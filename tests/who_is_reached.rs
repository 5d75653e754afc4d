//! Who is reached, as it is printed; and counts too small to be published.

mod common;

use common::{Scenario, workcast};

/// Old people attend half as often; hardly anyone is ancient.
fn three_ages() -> Scenario {
    Scenario::half_year()
        .set("attribute.age.mix", r#"{ young = "50%", old = "49.9%", ancient = "0.1%" }"#)
        .set("attribute.age.effect.old.attends_times", "0.5")
        .journey("support", "30 days")
        .journey("in_work", "40%")
}

/// What a command prints, and then what `show` prints of the same run, with the same arguments.
fn printed(scenario: &Scenario, more: &[&str]) -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario.write(folder.path());
    let said = |arguments: &[&str]| {
        let output = workcast()
            .current_dir(folder.path())
            .args(arguments)
            .args(["--quiet", "--db", "test.redb"])
            .args(more)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    [said(&["run", &file, "--replicates", "16"]), said(&["show", "@"])]
}

fn line<'a>(text: &'a str, beginning: &str) -> &'a str {
    let found = text.lines().find(|line| line.trim_start().starts_with(beginning));
    found.unwrap_or_else(|| panic!("no line begins with {beginning}: {text}"))
}

#[test]
fn a_run_prints_who_is_reached_by_attribute_and_show_prints_it_again() {
    for text in printed(&three_ages(), &[]) {
        let table = text.split_once("By age").expect("a table by age").1;
        assert!(table.contains("per 100") && table.contains("referred"), "{table}");
        // Everyone young has a plan, and about half of the old.
        assert!(line(table, "young ").contains(" 100 "), "{table}");
        let old = line(table, "old ");
        assert!([" 48", " 49", " 50", " 51", " 52"].iter().any(|half| old.contains(half)), "{old}");
    }
}

#[test]
fn a_run_without_attributes_says_nothing_of_who_is_reached() {
    for text in printed(&Scenario::half_year(), &[]) {
        assert!(!text.contains("Who is reached"), "{text}");
    }
}

#[test]
fn counts_below_the_least_are_hidden_with_the_rates_made_from_them() {
    for text in printed(&three_ages(), &["--round-counts", "5"]) {
        let ancient = line(text.split_once("By age").unwrap().1, "ancient ");
        assert_eq!(ancient.matches("under 5").count(), 2, "{ancient}");
        assert_eq!(ancient.matches(" - ").count() + usize::from(ancient.ends_with(" -")), 2);
        assert!(!line(&text, "Action plans by").contains("under"), "{text}");
    }
    for text in printed(&three_ages(), &["--round-counts", "100000"]) {
        assert!(line(&text, "Action plans by").contains("under 100000"), "{text}");
    }
}

#[test]
fn in_json_a_hidden_count_is_null_and_says_below_what_it_is() {
    let json = three_ages().json("run", &["--replicates", "16", "--round-counts", "5"], &[]);
    let metrics = &json["options"]["In-house"]["programme"]["metrics"];
    let ancient = &metrics["attribute.age.ancient.plans"];
    assert!(ancient["mean"].is_null() && ancient["p95"].is_null(), "{ancient}");
    assert_eq!(ancient["under"], 5);
    let young = &metrics["attribute.age.young.plans"];
    assert!(young["mean"].is_number() && young.get("under").is_none(), "{young}");
    let plans = &json["options"]["In-house"]["programme"]["monthly"]["plans"];
    assert!(plans["mean"][0].is_number() && plans["mean"][3].is_null(), "{plans}");
    assert_eq!(plans["under"], 5);
}
