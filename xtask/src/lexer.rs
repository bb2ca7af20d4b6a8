//! Parts a Rust file into its code and its comments, so that a rule looks at the one that it means.

/// Two texts of the same shape as the file: what is not of the layer is blank, line ends stand in both.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Code; of string and character literals only the quotes are left.
    pub(crate) code: String,
    /// Comments and doc comments, with their slashes.
    pub(crate) comments: String,
}

impl Layers {
    pub(crate) fn of(text: &str) -> Self {
        let mut scanner = Scanner { rest: text, last: ' ', layers: Self::default() };
        while scanner.step() {}
        scanner.layers
    }
}

/// Where a piece of text goes.
#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Code,
    Comment,
    /// Into none: the inside of a literal.
    Literal,
}

struct Scanner<'a> {
    rest: &'a str,
    /// The last character of code: tells a prefix like `r` from the end of a name.
    last: char,
    layers: Layers,
}

impl Scanner<'_> {
    /// Takes one comment, literal or character; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest;
        let Some(first) = rest.chars().next() else {
            return false;
        };
        if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()), Layer::Comment);
        } else if rest.starts_with("/*") {
            self.take(block_comment(rest), Layer::Comment);
        } else if let Some((open, inside)) = self.string() {
            self.literal(open, inside);
        } else if let Some(inside) = character(rest) {
            self.literal(1, inside);
        } else {
            self.take(first.len_utf8(), Layer::Code);
        }
        true
    }

    /// The length of the opening and of the inside of a string literal that begins here.
    fn string(&self) -> Option<(usize, usize)> {
        if is_name(self.last) {
            return None;
        }
        let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
            let behind = self.rest.strip_prefix(prefix).unwrap_or_default();
            let raw = prefix.ends_with('r');
            behind.starts_with('"') || raw && behind.trim_start_matches('#').starts_with('"')
        })?;
        let behind = self.rest.get(prefix.len()..)?;
        let hashes = behind.len() - behind.trim_start_matches('#').len();
        let open = prefix.len() + hashes + 1;
        if !prefix.ends_with('r') {
            return (hashes == 0).then(|| (open, escaped(self.rest.get(open..).unwrap_or_default(), '"')));
        }
        let close = format!("\"{}", "#".repeat(hashes));
        let inside = self.rest.get(open..)?;
        Some((open, inside.find(&close).unwrap_or(inside.len())))
    }

    /// Takes a literal: the opening and the closing quote are code, the inside is not.
    fn literal(&mut self, open: usize, inside: usize) {
        self.take(open, Layer::Code);
        self.take(inside, Layer::Literal);
        let quote = self.rest.chars().next().map_or(0, char::len_utf8);
        self.take(quote, Layer::Code);
        // What follows is a new word, also behind a quote.
        self.last = ' ';
    }

    fn take(&mut self, length: usize, layer: Layer) {
        let (piece, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        for c in piece.chars() {
            let blank = if c == '\n' { c } else { ' ' };
            let pick = |wanted| if layer == wanted { c } else { blank };
            self.layers.code.push(pick(Layer::Code));
            self.layers.comments.push(pick(Layer::Comment));
            self.last = pick(Layer::Code);
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a block comment, with those inside of it.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth = depth.saturating_sub(1);
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of the inside of a character literal that begins here; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let mut chars = inside.chars();
    match chars.next()? {
        '\\' => Some(escaped(inside, '\'')),
        c => (chars.next() == Some('\'')).then(|| c.len_utf8()),
    }
}

/// The length up to the quote that is not escaped.
fn escaped(text: &str, quote: char) -> usize {
    let mut escape = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escape => escape = false,
            '\\' => escape = true,
            c if c == quote => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn code(text: &str, expected: &str) {
        assert_eq!(Layers::of(text).code, expected);
    }

    #[test]
    fn blanks_comments_and_literals() {
        code("a // b\nc", "a     \nc");
        code("a /* b /* c */ d */ e", "a                   e");
        code(r#"f("x \" y", 'z', '\'')"#, r#"f("      ", ' ', '  ')"#);
        code(r###"r#"a"b"# br"x" b"y""###, r###"r#"   "# br" " b" ""###);
        code("fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)");
        code("bar\"x\"", "bar\"x\"");
        code("r#type = 1", "r#type = 1");
        code("\"// no comment\" x", "\"             \" x");
        code("'ä' 'b'", "' ' ' '");
    }

    #[test]
    fn keeps_comments_apart() {
        let layers = Layers::of("let x = \"//\"; /// Ä\n//! b");
        assert_eq!(layers.comments, "              /// Ä\n//! b");
        assert_eq!(layers.code, "let x = \"  \";      \n     ");
    }

    #[test]
    fn goes_through_its_own_file() {
        let text = include_str!("lexer.rs");
        let layers = Layers::of(text);
        let opened = layers.code.matches('{').count();
        assert_eq!(opened, layers.code.matches('}').count());
        assert_eq!(text.lines().count(), layers.code.lines().count());
    }
}
