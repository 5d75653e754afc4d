//! Longer programmes: job starts before the end of support, and support in work after them.

mod common;

use common::{Scenario, assert_share};

/// A hundred people get a plan on day 0, all of them out of work, and all find a job.
fn all_find_work() -> Scenario {
    Scenario::half_year().team("participants_max", "100").journey("in_work", "100%")
}

#[test]
fn a_job_ends_support_if_it_starts_before_its_end() {
    let run = all_find_work().journey("support", "2 years").journey("to_job", "60 days").run();
    assert_eq!(run.people("completed"), 100);
    assert_eq!(run.people("found_work"), 100);
    assert_eq!(run.option("In-house").month("caseload", "2024-11"), 0.0);
    let never = all_find_work().journey("support", "2 years").run();
    assert_eq!(never.people("in_support_at_end"), 100);
    assert_eq!(never.people("found_work"), 0);
}

#[test]
fn a_job_after_the_end_of_support_starts_with_it() {
    let run = all_find_work().journey("support", "100 days").journey("to_job", "150 days").run();
    assert_eq!(run.people("found_work"), 100);
    assert_eq!(run.option("In-house").month("caseload", "2024-12"), 100.0);
    assert_eq!(run.option("In-house").month("caseload", "2025-01"), 0.0);
}

#[test]
fn who_had_work_at_the_start_is_supported_to_the_end() {
    let run = all_find_work()
        .journey("support", "100 days")
        .journey("to_job", "10 days")
        .journey("employed_at_start", "100%")
        .run();
    assert_eq!(run.people("kept_work"), 100);
    assert_eq!(run.option("In-house").month("caseload", "2024-12"), 100.0);
}

#[test]
fn support_in_work_holds_its_part_of_a_place() {
    // 100 places taken on day 0; on day 10 each falls to a quarter, so that 75 are free.
    let run = Scenario::half_year()
        .team("caseload", "100")
        .journey("in_work", "100%")
        .journey("support", "10 days")
        .journey("in_work_support", "1 year")
        .journey("in_work_support_holds", "25%")
        .set("programme.ends", "2024-10-19")
        .run();
    assert_eq!(run.people("plans"), 175);
    assert_eq!(run.people("in_work_support_at_end"), 100);
    // Ten days of 100 and nine of 75 with 25 in parts: never a slot free.
    assert_eq!(run.exact("utilisation"), 1.0);
}

#[test]
fn support_in_work_frees_its_part_when_it_ends() {
    let run = Scenario::half_year()
        .team("caseload", "100")
        .journey("in_work", "100%")
        .journey("support", "10 days")
        .journey("in_work_support", "5 days")
        .journey("in_work_support_holds", "50%")
        .set("programme.ends", "2024-10-16")
        .run();
    // 100 on day 0, 50 on day 10, and the other 50 on day 15, the last.
    assert_eq!(run.people("plans"), 200);
}

#[test]
fn who_leaves_early_has_no_support_in_work() {
    let run = all_find_work()
        .journey("support", "30 days")
        .journey("disengages", "100%")
        .journey("in_work_if_disengaged", "100%")
        .journey("in_work_support", "2 years")
        .run();
    assert_eq!(run.people("found_work"), 100);
    assert_eq!(run.people("in_work_support_at_end"), 0);
}

#[test]
fn jobs_that_last_are_counted_whenever_the_period_ends() {
    let run = all_find_work().journey("support", "30 days").journey("sustained", "60%").run();
    assert_share(run.mean("sustained"), 100.0, 0.6);
}
