//! A scenario as an ordered list of `path = value` lines, which is TOML as it stands.

use std::{fmt::Write, fs, path::Path};

use super::{Run, workcast};

/// A scenario file in the making.
#[derive(Clone)]
pub struct Scenario {
    lines: Vec<(String, String)>,
}

impl Scenario {
    /// The six months from 1 October 2024 (day 0) to 31 March 2025 (day 181), in two quarters that
    /// end on days 91 and 181; one funding year, one locality with 100 agreed participants at £800
    /// (allocation £80,000: basic £48,000, participant £32,000), one option, one team without limits.
    ///
    /// The one source sends about 985 people on day 0 and nobody later: more than any capacity the
    /// tests set, so that who is served does not depend on the Poisson draw. Support outlasts the
    /// programme; nothing costs anything.
    pub fn half_year() -> Self {
        Self { lines: Vec::new() }
            .set("title", "A test")
            .set("programme.name", "A test")
            .set("programme.starts", "2024-10-01")
            .set("programme.ends", "2025-03-31")
            .set("funding.claims", "quarterly")
            .set("funding.basic.share", "60%")
            .set("funding.participant.share", "40%")
            .set(r#"funding.year."2024/25".ends"#, "2025-03-31")
            .set(r#"funding.year."2024/25".share"#, "100%")
            .set(r#"funding.year."2024/25".tariff"#, "£800")
            .set("locality.Bury.agreed_participants", "100")
            .source("per_month", "30_000")
            .source("starts", "2024-10-01")
            .source("ends", "2024-10-01")
            .journey("support", "5000 days")
            .set("cohort.everyone", "{}")
            .team("posts", "1")
    }

    /// October 2024 alone: 31 days, 0 to 30.
    pub fn october() -> Self {
        Self::half_year().set("programme.ends", "2024-10-31")
    }

    /// The eighteen months to 31 March 2026 (day 546) in two funding years. With 100 agreed
    /// participants: 2024/25 is 30% at £800 = £24,000 (basic £14,400, participant £9,600),
    /// 2025/26 is 70% at £811 = £56,770 (basic £34,062, participant £22,708), together £80,770
    /// (basic £48,462, participant £32,308). 1 April 2025 is day 182.
    pub fn two_years() -> Self {
        Self::half_year()
            .set("programme.ends", "2026-03-31")
            .set(r#"funding.year."2024/25".share"#, "30%")
            .set(r#"funding.year."2025/26".ends"#, "2026-03-31")
            .set(r#"funding.year."2025/26".share"#, "70%")
            .set(r#"funding.year."2025/26".tariff"#, "£811")
    }

    /// Sets or replaces one value. What is not a TOML value as it stands becomes a string, so that
    /// `12 weeks` and `£5` need no second pair of quotation marks.
    pub fn set(mut self, path: &str, value: &str) -> Self {
        let is_toml = format!("value = {value}").parse::<toml::Table>().is_ok();
        let value = if is_toml { value.to_owned() } else { format!("\"{value}\"") };
        match self.lines.iter_mut().find(|(existing, _)| existing == path) {
            Some((_, existing)) => *existing = value,
            None => self.lines.push((path.to_owned(), value)),
        }
        self
    }

    /// Removes a value, or a table with all that is in it.
    pub fn without(mut self, path: &str) -> Self {
        let below = format!("{path}.");
        self.lines.retain(|(existing, _)| existing != path && !existing.starts_with(&below));
        self
    }

    /// Puts the lines of the table `path` before those of every other.
    pub fn first(mut self, path: &str) -> Self {
        let below = format!("{path}.");
        self.lines.sort_by_key(|(existing, _)| !existing.starts_with(&below));
        self
    }

    /// A value of the locality Bury.
    pub fn locality(self, key: &str, value: &str) -> Self {
        self.set(&format!("locality.Bury.{key}"), value)
    }

    /// A value of Bury's source of referrals.
    pub fn source(self, key: &str, value: &str) -> Self {
        self.locality(&format!("referrals.GP.{key}"), value)
    }

    /// A value of every person's way through.
    pub fn journey(self, key: &str, value: &str) -> Self {
        self.set(&format!("journey.{key}"), value)
    }

    /// A value of the option's one team.
    pub fn team(self, key: &str, value: &str) -> Self {
        self.set(&format!("option.In-house.team.Coaches.{key}"), value)
    }

    /// A value of another team of the option.
    pub fn other_team(self, team: &str, key: &str, value: &str) -> Self {
        self.set(&format!("option.In-house.team.{team}.{key}"), value)
    }

    /// A stage of a pipeline that takes so long.
    pub fn stage(self, pipeline: &str, stage: &str, takes: &str) -> Self {
        self.set(&format!("pipeline.{pipeline}.stage.{stage}.takes"), takes)
    }

    /// Referrals at a steady rate through the whole programme instead of all on day 0.
    pub fn steady(self, per_month: &str) -> Self {
        self.without("locality.Bury.referrals.GP").source("per_month", per_month)
    }

    /// A cost of the locality, due once.
    pub fn cost_once(self, name: &str, amount: &str, on: &str) -> Self {
        self.locality(&format!("costs.{name}.once"), amount)
            .locality(&format!("costs.{name}.from"), on)
    }

    /// Exactly so many plans on each of these days: for each batch a team that begins on the day
    /// and serves that many of the people who wait since day 0, whoever is there to see them.
    pub fn plans_on(self, batches: &[(&str, u32)]) -> Self {
        let mut scenario =
            self.without("option.In-house.team.Coaches").set("programme.opens", "2024-10-01");
        for (number, (day, plans)) in batches.iter().enumerate() {
            let team = format!("Batch{number}");
            let plans = plans.to_string();
            scenario = scenario.other_team(&team, "begins", day);
            scenario = scenario.other_team(&team, "participants_max", &plans);
        }
        scenario
    }

    /// Hardly anyone is referred, where people do not matter and replicates are many.
    pub fn quiet(self) -> Self {
        self.source("per_month", "1")
    }

    /// Nobody agrees a plan, so that only expenditure can be claimed.
    pub fn without_plans(self) -> Self {
        self.quiet().journey("plan_agreed", "0%").journey("to_plan", "1000 days")
    }

    /// A locality Bolton like Bury, with a team of its own; Bury's team serves Bury alone.
    pub fn with_bolton(mut self) -> Self {
        let bolton: Vec<_> = self
            .lines
            .iter()
            .filter(|(path, _)| path.starts_with("locality.Bury."))
            .map(|(path, value)| (path.replacen("Bury", "Bolton", 1), value.clone()))
            .collect();
        self.lines.extend(bolton);
        self.team("serves", r#"["Bury"]"#).other_team("Bolton", "posts", "1").other_team(
            "Bolton",
            "serves",
            r#"["Bolton"]"#,
        )
    }

    /// The file's text.
    pub fn text(&self) -> String {
        self.lines.iter().fold(String::new(), |mut text, (path, value)| {
            let _ = writeln!(text, "{path} = {value}");
            text
        })
    }

    /// Writes the file into a folder and returns its path.
    pub fn write(&self, folder: &Path) -> String {
        let text = self.text();
        assert!(text.parse::<toml::Table>().is_ok(), "the test's own file is not TOML: {text}");
        let file = folder.join("scenario.toml");
        fs::write(&file, text).expect("the temporary folder is writable");
        file.display().to_string()
    }

    /// Sixteen replicates, enough where nothing is left to chance.
    #[track_caller]
    pub fn run(&self) -> Run {
        self.run_with(16, &[])
    }

    /// So many replicates of seed 1, with further arguments.
    #[track_caller]
    pub fn run_with(&self, replicates: u32, more: &[&str]) -> Run {
        let run = Run::new(self.json("run", &["--replicates", &replicates.to_string()], more));
        run.assert_conserved();
        run
    }

    /// What a command that takes the file prints as JSON at seed 1, unless `more` says another.
    #[track_caller]
    pub fn json(&self, command: &str, arguments: &[&str], more: &[&str]) -> serde_json::Value {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = self.write(folder.path());
        let seedless = command == "check" || more.contains(&"--seed");
        let seed: &[&str] = if seedless { &[] } else { &["--seed", "1"] };
        let output = workcast()
            .current_dir(folder.path())
            .args([command, &file, "--json", "--quiet", "--db", "test.redb"])
            .args(arguments)
            .args(seed)
            .args(more)
            .output()
            .expect("the program starts");
        assert!(
            output.status.success(),
            "{command} ended with {:?}\n{}\n{}",
            output.status.code(),
            String::from_utf8_lossy(&output.stderr),
            self.text()
        );
        serde_json::from_slice(&output.stdout).expect("stdout is one JSON value")
    }
}
