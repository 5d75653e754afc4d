//! What a generated scenario is drawn with: a stream, read on and on.

use jiff::ToSpan;
use jiff::civil::Date;
use workcast::quantity::{Key, Stream};

/// A scenario in the making: TOML lines `path = value`, and the luck that makes them.
pub struct Draft {
    pub lines: Vec<String>,
    luck: Stream,
    next: u64,
    leanings: Key,
    /// The programme's first and last day.
    pub starts: Date,
    pub ends: Date,
    /// Days on which more than one thing may fall.
    notable: Vec<Date>,
}

impl Draft {
    pub fn new(seed: u64) -> Self {
        let luck = Key::name("generated scenario").with(seed).stream();
        let mut draft = Draft {
            lines: Vec::new(),
            luck,
            next: 0,
            leanings: Key::name("leanings").with(seed),
            starts: Date::MIN,
            ends: Date::MIN,
            notable: Vec::new(),
        };
        let month = i8::try_from(draft.whole(1, 12)).expect("it is a month");
        let first = Date::new(2024, month, 1).expect("it is a date");
        draft.starts = if draft.chance(0.3) { draft.after(first, 0, 27) } else { first };
        let days = if draft.chance(0.2) { draft.whole(1, 40) } else { draft.whole(60, 420) };
        draft.ends = draft.starts.checked_add(days.days()).expect("it is a date");
        if draft.chance(0.5) {
            draft.ends = draft.ends.last_of_month();
        }
        draft.notable = (0..3).map(|_| draft.within()).collect();
        draft
    }

    fn uniform(&mut self) -> f64 {
        self.next += 1;
        self.luck.uniform(self.next)
    }

    pub fn chance(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    /// A whole number, both ends included.
    pub fn whole(&mut self, least: i64, most: i64) -> i64 {
        least + (self.uniform() * (most - least + 1) as f64) as i64
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.whole(0, of.len() as i64 - 1) as usize].clone()
    }

    /// A date so many days after another.
    pub fn after(&mut self, from: Date, least: i64, most: i64) -> Date {
        let days = self.whole(least, most);
        from.checked_add(days.days()).expect("it is a date")
    }

    /// A date within the programme, or a little outside it.
    pub fn about(&mut self) -> Date {
        let days = self.days();
        if self.chance(0.1) {
            self.after(self.starts, -40, -1)
        } else {
            self.after(self.starts, 0, days + 5)
        }
    }

    /// A date within the programme.
    pub fn within(&mut self) -> Date {
        if !self.notable.is_empty() && self.chance(0.25) {
            return self.pick(&self.notable.clone());
        }
        let days = self.days();
        self.after(self.starts, 0, days)
    }

    /// Days from the programme's first to its last.
    pub fn days(&self) -> i64 {
        i64::from(self.starts.until(self.ends).expect("it is a span").get_days())
    }

    /// Says something.
    pub fn say(&mut self, path: &str, value: impl std::fmt::Display) {
        self.lines.push(format!("{path} = {value}"));
    }

    /// Whether this scenario has something, in so many of a hundred. Every scenario leans towards one
    /// thing in six and away from another, so that rare things meet each other.
    pub fn has(&mut self, what: &str, of_a_hundred: i64) -> bool {
        let chance = match (self.leanings.named(Key::name(what)).uniform() * 6.0) as u32 {
            0 => 95,
            1 => 3,
            _ => of_a_hundred,
        };
        self.whole(1, 100) <= chance
    }

    /// Says something in so many scenarios of a hundred.
    pub fn may(&mut self, of_a_hundred: i64, path: &str, value: impl Fn(&mut Self) -> String) {
        let name = path.rsplit('.').next().unwrap_or(path);
        if self.has(name, of_a_hundred) {
            let value = value(self);
            self.say(path, value);
        }
    }

    /// A share, fixed or not known.
    pub fn share(&mut self) -> String {
        match self.whole(0, 9) {
            0 => "\"100%\"".to_owned(),
            1 => "\"0%\"".to_owned(),
            2 => r#"{ nine_in_ten = ["20%", "70%"] }"#.to_owned(),
            3 => r#"{ p10_p50_p90 = ["10%", "40%", "60%"] }"#.to_owned(),
            4 => r#"{ beta = { mean = "60%", sd = "15%" } }"#.to_owned(),
            5 => r#"{ triangular = { least = "5%", likely = "50%", most = "95%" } }"#.to_owned(),
            _ => format!("\"{}%\"", self.whole(1, 99)),
        }
    }

    /// A small share.
    pub fn few(&mut self) -> String {
        let percent = self.whole(1, 30);
        if self.chance(0.3) {
            return format!(r#"{{ uniform = {{ least = "0%", most = "{percent}%" }} }}"#);
        }
        format!("\"{percent}%\"")
    }

    /// A hazard.
    pub fn hazard(&mut self) -> String {
        let (percent, per) = (self.whole(2, 45), self.pick(&["month", "year"]));
        if self.chance(0.3) {
            return format!(r#"{{ nine_in_ten = ["1%", "{}%"], per = "{per}" }}"#, percent + 1);
        }
        format!(r#"{{ is = "{percent}%", per = "{per}" }}"#)
    }

    /// One time for a whole world, known or not, of about `days`.
    pub fn time(&mut self, days: i64) -> String {
        let most = days.max(2);
        match self.whole(0, 5) {
            0 => format!(r#"{{ nine_in_ten = ["{} days", "{} days"] }}"#, 1 + most / 4, 1 + most),
            1 => format!(
                r#"{{ least = "0 days", likely = "{} days", most = "{most} days" }}"#,
                most / 3
            ),
            2 => "\"0 days\"".to_owned(),
            _ => format!("\"{} days\"", self.whole(0, most)),
        }
    }

    /// A time that differs between people, of about `days`.
    pub fn varying(&mut self, days: i64) -> String {
        let mean = days.max(2);
        match self.whole(0, 6) {
            0 => format!(r#"{{ exponential = {{ mean = "{mean} days" }} }}"#),
            1 => format!(
                r#"{{ lognormal = {{ mean = "{mean} days", sd = "{} days" }} }}"#,
                1 + mean / 2
            ),
            2 => {
                format!(r#"{{ gamma = {{ mean = "{mean} days", sd = "{} days" }} }}"#, 1 + mean / 3)
            }
            3 => format!(
                r#"{{ exponential = {{ mean = {{ nine_in_ten = ["{} days", "{} days"] }} }} }}"#,
                1 + mean / 3,
                2 + 2 * mean
            ),
            4 => format!(
                r#"{{ empirical = {{ values = ["0 days", "{mean} days", "{} days"], weights = [1, 3, 2] }} }}"#,
                2 * mean
            ),
            5 => format!("\"{} days\"", self.whole(0, mean)),
            _ => format!(
                r#"{{ least = "{} days", likely = "{mean} days", most = "{} days" }}"#,
                mean / 3,
                2 * mean + 1
            ),
        }
    }

    /// Pounds up to `most`, with odd pence.
    pub fn pounds(&mut self, most: i64) -> String {
        let (pounds, pence) = (self.whole(0, most), self.whole(0, 99));
        match self.whole(0, 5) {
            0 => format!(
                r#"{{ uniform = {{ least = "£{}", most = "£{}" }} }}"#,
                pounds / 2,
                pounds + 1
            ),
            1 => format!("\"£{pounds}\""),
            _ => format!("\"£{pounds}.{pence:02}\""),
        }
    }

    /// Shares of so many things that make the whole, in tenths of a per cent.
    pub fn whole_of(&mut self, count: usize) -> Vec<String> {
        let mut left = 1_000;
        let mut parts = Vec::new();
        for rest in (1..count).rev() {
            let part = self.whole(1, left - rest as i64);
            parts.push(part);
            left -= part;
        }
        parts.push(left);
        parts.iter().map(|part| format!("\"{}.{}%\"", part / 10, part % 10)).collect()
    }
}
