//! Which cases are asked for.

/// Patterns of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    only: Vec<String>,
    not: Vec<String>,
}

impl Selection {
    /// Adds a list of patterns of which a case must fit one.
    pub(crate) fn include(&mut self, list: &str) {
        self.only.extend(patterns(list));
    }

    /// Adds a list of patterns of which a case must fit none.
    pub(crate) fn exclude(&mut self, list: &str) {
        self.not.extend(patterns(list));
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        let fits = |pattern: &String| fits(pattern, id);
        (self.only.is_empty() || self.only.iter().any(fits)) && !self.not.iter().any(fits)
    }
}

fn patterns(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(|pattern| pattern.trim().to_owned()).filter(|pattern| !pattern.is_empty())
}

/// Whether an id fits a pattern: with `*` for anything, or the beginning of an id.
fn fits(pattern: &str, id: &str) -> bool {
    match pattern.split_once('*') {
        None => id.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        Some((start, "")) => id.starts_with(start),
        Some((start, rest)) => id
            .strip_prefix(start)
            .is_some_and(|id| (0..=id.len()).any(|at| id.get(at..).is_some_and(|tail| fits_whole(rest, tail)))),
    }
}

fn fits_whole(pattern: &str, text: &str) -> bool {
    if pattern.contains('*') { fits(pattern, text) } else { pattern == text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_ids() {
        for (pattern, yes, no) in [
            ("6.*", "6.1.1", "7.1.1"),
            ("7.1", "7.1.1", "7.13.1"),
            ("7.1.1", "7.1.1", "7.1.10"),
            ("*.1", "2.1", "2.10"),
            ("9.*.1", "9.3.1", "9.3.2"),
            ("H", "H.1.2", "hybi00.1"),
        ] {
            assert!(fits(pattern, yes), "{pattern} {yes}");
            assert!(!fits(pattern, no), "{pattern} {no}");
        }
    }
}
