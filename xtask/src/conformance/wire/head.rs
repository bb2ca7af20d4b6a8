//! The text of requests and answers: built line by line, wrong where a case wants it, and read with tolerance.

/// A head to send: one line after another.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    first: String,
    fields: Vec<(String, String)>,
    /// What goes between a name and its value.
    colon: &'static str,
}

impl Lines {
    /// Starts with a request line or a status line.
    pub(crate) fn new(first: impl Into<String>) -> Self {
        Self { first: first.into(), fields: Vec::new(), colon: ": " }
    }

    /// Another first line.
    pub(crate) fn first(mut self, first: impl Into<String>) -> Self {
        self.first = first.into();
        self
    }

    /// One more field at the end.
    pub(crate) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// A line that is taken as it is.
    pub(crate) fn raw(self, line: impl Into<String>) -> Self {
        self.with("", line)
    }

    /// Another value for a field that is there.
    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        for field in &mut self.fields {
            if field.0.eq_ignore_ascii_case(name) {
                field.1.clone_from(&value);
            }
        }
        self
    }

    /// Without a field.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|field| !field.0.eq_ignore_ascii_case(name));
        self
    }

    /// With the names as this function writes them.
    pub(crate) fn names(mut self, change: impl Fn(&str) -> String) -> Self {
        for field in &mut self.fields {
            field.0 = change(&field.0);
        }
        self
    }

    /// With this between names and values.
    pub(crate) fn colon(mut self, colon: &'static str) -> Self {
        self.colon = colon;
        self
    }

    /// The fields in the opposite order.
    pub(crate) fn reversed(mut self) -> Self {
        self.fields.reverse();
        self
    }

    /// The bytes, with the blank line.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes_with("\r\n")
    }

    /// The bytes, with another end of line.
    pub(crate) fn bytes_with(&self, end: &str) -> Vec<u8> {
        let mut text = format!("{}{end}", self.first);
        for (name, value) in &self.fields {
            if name.is_empty() {
                text.push_str(value);
            } else {
                text.push_str(&format!("{name}{}{value}", self.colon));
            }
            text.push_str(end);
        }
        text.push_str(end);
        text.into_bytes()
    }
}

/// A head that the peer sent.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Head {
    pub(crate) first: String,
    pub(crate) fields: Vec<(String, String)>,
    /// Lines that are neither a field nor the continuation of one.
    pub(crate) stray: usize,
}

impl Head {
    /// Reads a head and tells how many bytes it has; `None` if its blank line is not there yet.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").map(|at| at + 4);
        let bare = bytes.windows(2).position(|w| w == b"\n\n").map(|at| at + 2);
        let size = match (end, bare) {
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        let text = latin1(bytes.get(..size)?);
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        let (mut fields, mut stray) = (Vec::new(), 0);
        for line in lines.filter(|line| !line.is_empty()) {
            match line.split_once(':') {
                Some((name, value)) => {
                    let value = value.strip_prefix(' ').unwrap_or(value);
                    fields.push((name.to_owned(), value.to_owned()));
                }
                None if line.starts_with([' ', '\t']) => {}
                None => stray += 1,
            }
        }
        Some((Self { first, fields, stray }, size))
    }

    /// The values of all fields of that name, trimmed.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |field| field.0.eq_ignore_ascii_case(name)).map(|field| field.1.trim())
    }

    /// The first value of that name, trimmed.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.exact(name).map(str::trim)
    }

    /// The first value of that name, with the spaces that it has.
    pub(crate) fn exact(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let field = fields.find(|field| field.0.eq_ignore_ascii_case(name))?;
        Some(&field.1)
    }

    /// Whether a list field has this token, in any case.
    pub(crate) fn has_token(&self, name: &str, token: &str) -> bool {
        self.all(name).flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(token))
    }

    /// The status of an answer.
    pub(crate) fn status(&self) -> Option<u16> {
        let mut words = self.first.split(' ');
        let version = words.next()?;
        version.starts_with("HTTP/").then_some(())?;
        words.next()?.parse().ok()
    }

    /// The target of a request.
    pub(crate) fn target(&self) -> Option<&str> {
        self.first.split(' ').nth(1)
    }
}

/// Bytes as characters of the same number.
pub(crate) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let lines = Lines::new("HTTP/1.1 101 Ok").with("Connection", "keep-alive, Upgrade").with("K", " a  b");
        let bytes = [lines.bytes(), b"rest".to_vec()].concat();
        let (head, size) = Head::read(&bytes).unwrap();
        assert_eq!(bytes.get(size..), Some(&b"rest"[..]));
        assert_eq!(head.status(), Some(101));
        assert!(head.has_token("connection", "upgrade"));
        assert_eq!((head.get("k"), head.exact("k")), (Some("a  b"), Some(" a  b")));
        assert_eq!(Head::read(b"HTTP/1.1 101 Ok\r\n"), None);
    }
}
