//! Where a value stands in the scenario, for people who have not read it.

/// `Bury, referrals, Self-referral: per month` for
/// `locality.Bury.referrals.Self-referral.per_month`: the names without the words that only order them.
pub fn plain_path(path: &str) -> String {
    let mut names = names(path);
    let key = names.pop().unwrap_or_default().replace('_', " ");
    let order = ["locality", "option", "team", "stage"];
    // A place may be called as a table is: only what stands where the table's word does is left out.
    let kept: Vec<String> = (names.iter().enumerate())
        .filter(|(index, name)| !(index % 2 == 0 && order.contains(&name.as_str())))
        .map(|(_, name)| name.clone())
        .collect();
    if kept.is_empty() { key } else { format!("{}: {key}", kept.join(", ")) }
}

/// The names of a path; one that has a dot stands in quotes.
fn names(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    let mut characters = path.chars();
    while let Some(c) = characters.next() {
        let last = names.len() - 1;
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => names[last].extend(characters.next()),
            '.' if !quoted => names.push(String::new()),
            c => names[last].push(c),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_said_without_the_words_that_only_order_it() {
        let said = [
            (
                "locality.Bury.referrals.Self-referral.per_month",
                "Bury, referrals, Self-referral: per month",
            ),
            ("option.Hybrid.team.Live Well.costs.salary", "Hybrid, Live Well, costs: salary"),
            ("pipeline.council.stage.advert.takes", "pipeline, council, advert: takes"),
            ("journey.attends", "journey: attends"),
            ("locality.\"St. Helens\".population", "St. Helens: population"),
            ("title", "title"),
            ("", ""),
        ];
        for (path, plain) in said {
            assert_eq!(plain_path(path), plain);
        }
    }
}
