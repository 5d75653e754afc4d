//! Paths: `locality."St. Helens".population`, `option.*.team.Provider.fails`.

use std::fmt;

/// Where something stands in a scenario: the names from the top down.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<String>);

/// One segment of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Exactly this name.
    Name(String),
    /// Any one name: `*`.
    Any,
}

impl Path {
    /// This path with one more name.
    pub fn with(&self, name: &str) -> Path {
        let mut names = self.0.clone();
        names.push(name.to_owned());
        Path(names)
    }

    /// A path from names.
    pub fn of(names: &[&str]) -> Path {
        Path(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Whether the other path is this one or stands inside it.
    pub fn contains(&self, other: &Path) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl fmt::Display for Path {
    /// A name that has a dot, or could be taken for a pattern, is quoted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            if name.contains(['.', '"']) || name == "*" || name.trim() != name || name.is_empty() {
                let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
                write!(f, "{dot}\"{quoted}\"")?;
            } else {
                write!(f, "{dot}{name}")?;
            }
        }
        Ok(())
    }
}

/// A pattern's segments. Dots separate them; a name that has a dot is quoted; `*` stands for one
/// whole name.
///
/// # Errors
///
/// In words: an empty segment, a quote that does not close, or a `*` that is part of a name.
pub fn pattern(text: &str) -> Result<Vec<Segment>, String> {
    let mut segments = Vec::new();
    let mut rest = text.trim();
    loop {
        let (segment, after) = segment(rest)?;
        segments.push(segment);
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(segments),
            None => return Err("after a closing quote comes a dot or the path's end".to_owned()),
        }
    }
}

fn segment(text: &str) -> Result<(Segment, &str), String> {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut name = String::new();
        let mut chars = quoted.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => return Ok((Segment::Name(name), &quoted[at + 1..])),
                '\\' => name.extend(chars.next().map(|(_, escaped)| escaped)),
                c => name.push(c),
            }
        }
        return Err("a quoted name in this path does not end with a quote".to_owned());
    }
    let end = text.find('.').unwrap_or(text.len());
    let (name, after) = (text[..end].trim(), &text[end..]);
    match name {
        "" => {
            Err("a name is missing in this path: two dots in a row, or one at its end".to_owned())
        }
        "*" => Ok((Segment::Any, after)),
        name if name.contains('*') => {
            Err("* stands for one whole name, not for a part of one".to_owned())
        }
        name => Ok((Segment::Name(name.to_owned()), after)),
    }
}

/// Whether a path is one that a pattern describes.
pub fn matches(pattern: &[Segment], path: &Path) -> bool {
    pattern.len() == path.0.len()
        && pattern.iter().zip(&path.0).all(|(segment, name)| segment.fits(name))
}

impl Segment {
    /// Whether a name fits.
    pub fn fits(&self, name: &str) -> bool {
        match self {
            Segment::Name(wanted) => wanted == name,
            Segment::Any => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Segment {
        Segment::Name(text.to_owned())
    }

    #[test]
    fn a_path_is_split_at_its_dots() {
        assert_eq!(
            pattern("pipeline.below-threshold quotes.stage.*.fails").unwrap(),
            [
                name("pipeline"),
                name("below-threshold quotes"),
                name("stage"),
                Segment::Any,
                name("fails")
            ]
        );
    }

    #[test]
    fn a_name_that_has_a_dot_is_quoted_and_comes_out_as_it_went_in() {
        let path = Path::of(&["locality", "St. Helens", "a \"b\"", "*", "population"]);
        let segments = pattern(&path.to_string()).unwrap();
        assert_eq!(segments[1], name("St. Helens"));
        assert_eq!(segments[3], name("*"));
        assert!(matches(&segments, &path));
    }

    #[test]
    fn a_star_is_one_whole_name() {
        assert!(pattern("locality.B*.population").unwrap_err().contains("one whole name"));
        let segments = pattern("locality.*").unwrap();
        assert!(matches(&segments, &Path::of(&["locality", "Bury"])));
        assert!(!matches(&segments, &Path::of(&["locality", "Bury", "population"])));
    }

    #[test]
    fn a_path_with_a_gap_or_an_open_quote_is_refused() {
        assert!(pattern("a..b").is_err());
        assert!(pattern("").is_err());
        assert!(pattern("a.\"b").is_err());
        assert!(pattern("\"a\"b").is_err());
    }
}
