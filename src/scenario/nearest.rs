//! The valid name that someone probably meant.

/// The candidate nearest to a name, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR_ENOUGH: f64 = 0.75;
    let folded = folded(name);
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, &self::folded(candidate)), candidate))
        // The first of equals wins, so that the answer does not depend on anything but the file.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .filter(|(likeness, _)| *likeness >= NEAR_ENOUGH)
        .map(|(_, candidate)| candidate)
}

/// Names that differ in case, dashes or blanks are as good as equal.
fn folded(name: &str) -> String {
    const LONGEST: usize = 200;
    name.chars()
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// `"a", "b" or "c"`, at most twenty of them.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 40;
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> =
        names.iter().take(MOST).map(|name| super::node::shortened(name)).collect();
    match names.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_what_was_meant() {
        let keys = ["attends", "absence", "patience", "starts_per_month"];
        assert_eq!(nearest("attend", keys), Some("attends"));
        assert_eq!(nearest("starts-per-month", keys), Some("starts_per_month"));
        assert_eq!(nearest("Patience", keys), Some("patience"));
    }

    #[test]
    fn a_name_unlike_any_other_gets_no_suggestion() {
        assert_eq!(nearest("zzz", ["attends", "patience"]), None);
        assert_eq!(nearest("x", []), None);
    }
}
