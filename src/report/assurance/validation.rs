//! Verification and validation: what the program's own tests saw last, and what is left to people.

use super::{Block, Section};
use crate::report::grid::Row;

/// The page that the tests write; it is part of the program, so that a record made years later says
/// what was known of the version that made it.
const PAGE: &str = include_str!("../../../VALIDATION.md");

pub fn sections() -> Vec<Section> {
    let mut sections = vec![Section::new(
        "Verification and validation",
        vec![Block::text(
            "Of the program, from the page that comes with this version of it: each claim, the \
                 test that would break if it were false, and what that test saw last.",
        )],
    )];
    sections.extend(claims(PAGE));
    sections.push(Section::inner(
        "Of this scenario",
        vec![Block::to_fill_in(&[
            "Who read the scenario with the people who deliver the service, and what they said",
            "Which past figures the forecast was held against, and how far off it was",
            "What was tried by hand (a quarter's claim, a coach's caseload) and agreed",
            "Peer review: by whom, what was found, what was done",
        ])],
    ));
    sections
}

/// The tables of the page under their headings.
fn claims(page: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut heading = "";
    for line in page.lines() {
        if let Some(text) = line.strip_prefix("## ") {
            heading = text;
        }
        let cells: Vec<String> = cells(line);
        let [claim, test, figure] = &cells[..] else { continue };
        if !is_of_a_test(test) {
            continue;
        }
        let row = [claim.clone(), figure.clone(), test.clone()];
        let known = sections.last_mut().filter(|section| section.heading == heading);
        match known.and_then(|section| section.blocks.last_mut()) {
            Some(Block::Table(grid)) => grid.rows.push(Row::of(row)),
            _ => {
                let header = ["Claim", "Latest figure", "Test"];
                sections.push(Section::inner(heading, vec![Block::table(header, vec![row])]));
            }
        }
    }
    sections
}

/// Whether a cell names what breaks where its claim is false.
fn is_of_a_test(cell: &str) -> bool {
    ["tests/", "src/", "validation/"].iter().any(|folder| cell.starts_with(folder))
}

/// A line of a Markdown table as plain text.
fn cells(line: &str) -> Vec<String> {
    let Some(inner) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
        return Vec::new();
    };
    inner.split(" | ").map(|cell| cell.replace('`', "").replace("**", "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_of_the_page_is_in_the_record() {
        let rows = |section: &Section| match &section.blocks[..] {
            [Block::Table(grid)] => grid.rows.len(),
            _ => 0,
        };
        let found: usize = claims(PAGE).iter().map(rows).sum();
        let folders = ["| `tests/", "| `src/", "| `validation/"];
        let on_page =
            PAGE.lines().filter(|line| folders.iter().any(|folder| line.contains(folder)));
        assert_eq!(found, on_page.count());
        assert!(found > 30, "{found}");
    }
}
