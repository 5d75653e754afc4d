//! A scenario that two implementations do not agree on, made as small as it can be.

/// The fewest and plainest lines of a scenario on which `fails` still holds: groups of lines that
/// share a table are left out first, then lines one by one, then values are made plainer, until
/// nothing more can go. `fails` is false of what is no valid scenario.
pub fn smallest(text: &str, fails: impl Fn(&str) -> bool) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let still = |lines: &[String]| fails(&(lines.join("\n") + "\n"));
    loop {
        let before = lines.clone();
        for depth in 2..=6 {
            for table in tables(&lines, depth) {
                let mut fewer = lines.clone();
                fewer.retain(|line| !line.starts_with(&table));
                if fewer.len() < lines.len() && still(&fewer) {
                    lines = fewer;
                }
            }
        }
        let mut at = 0;
        while at < lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(at);
            if still(&fewer) {
                lines = fewer;
            } else {
                at += 1;
            }
        }
        for at in 0..lines.len() {
            for value in plainer(&lines[at]) {
                let mut other = lines.clone();
                other[at] = value;
                if other[at] != lines[at] && still(&other) {
                    lines = other;
                    break;
                }
            }
        }
        if lines == before {
            return lines.join("\n") + "\n";
        }
    }
}

/// The tables that lines stand in, to so many names.
fn tables(lines: &[String], depth: usize) -> Vec<String> {
    let table = |line: &String| {
        let path = line.split(" = ").next()?;
        let names: Vec<&str> = path.split('.').collect();
        (names.len() > depth).then(|| names[..depth].join(".") + ".")
    };
    let mut tables: Vec<String> = lines.iter().filter_map(table).collect();
    tables.sort();
    tables.dedup();
    tables
}

/// Plainer values in the place of a line's own, the plainest first.
fn plainer(line: &str) -> Vec<String> {
    let Some((path, value)) = line.split_once(" = ") else { return Vec::new() };
    let values: &[&str] = match value {
        value if value.starts_with('{') => {
            &["\"0 days\"", "\"5 days\"", "\"0%\"", "\"50%\"", "\"100%\"", "\"£100\"", "1", "5"]
        }
        value if value.ends_with("%\"") => &["\"0%\"", "\"100%\"", "\"50%\""],
        value if value.ends_with(" days\"") => &["\"0 days\"", "\"1 day\"", "\"10 days\""],
        value if value.starts_with("\"£") => &["\"£0\"", "\"£1\"", "\"£100\"", "\"£1000\""],
        value if value.parse::<f64>().is_ok() => &["1", "2", "5", "10"],
        _ => &[],
    };
    // One that is as plain already stays, so that this comes to an end.
    let own = values.iter().position(|&plain| plain == value).unwrap_or(values.len());
    values[..own].iter().map(|value| format!("{path} = {value}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_left_out_and_what_does_is_made_plain() {
        let text = "a.b.c = 7\na.b.d = \"40%\"\ne = { nine_in_ten = [1, 2] }\nf.g.h = \"£38.22\"\n";
        let fails = |text: &str| text.contains("a.b.d") && text.contains("f.g.h = \"£");
        assert_eq!(smallest(text, fails), "a.b.d = \"0%\"\nf.g.h = \"£0\"\n");
    }

    #[test]
    fn what_cannot_be_smaller_stays() {
        assert_eq!(smallest("a = 1\nb = 2\n", |text| text.lines().count() == 2), "a = 1\nb = 1\n");
    }
}
