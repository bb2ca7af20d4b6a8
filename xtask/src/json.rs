//! Reads JSON: as much as the output of `cargo metadata` and test reports need.

use crate::Result;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Self>),
    /// Members in the order of the text.
    Object(Vec<(String, Self)>),
}

impl Json {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value()?;
        match reader.peek() {
            None => Ok(value),
            Some(_) => Err(reader.unexpected()),
        }
    }

    /// The member of that name, if this is an object that has one.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let members = self.members();
        members.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// Name and value of each member; none if this is no object.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements; none if this is no array.
    pub(crate) fn elements(&self) -> &[Self] {
        match self {
            Self::Array(elements) => elements,
            _ => &[],
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// A place in a text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// The first byte of the next token.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.get(self.at..)?;
        self.at += rest.len() - rest.trim_ascii_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.peek().is_some() && self.text.get(self.at..).is_some_and(|rest| rest.starts_with(token));
        if found {
            self.at += token.len();
        }
        found
    }

    fn value(&mut self) -> Result<Json> {
        for (token, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))] {
            if self.take(token) {
                return Ok(value);
            }
        }
        match self.peek() {
            Some(b'"') => Ok(Json::String(self.string()?)),
            Some(b'[') => self.array(),
            Some(b'{') => self.object(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.unexpected()),
        }
    }

    fn array(&mut self) -> Result<Json> {
        let mut elements = Vec::new();
        self.take("[");
        while !self.take("]") {
            if !elements.is_empty() && !self.take(",") {
                return Err(self.unexpected());
            }
            elements.push(self.value()?);
        }
        Ok(Json::Array(elements))
    }

    fn object(&mut self) -> Result<Json> {
        let mut members = Vec::new();
        self.take("{");
        while !self.take("}") {
            if !members.is_empty() && !self.take(",") {
                return Err(self.unexpected());
            }
            let name = self.string()?;
            if !self.take(":") {
                return Err(self.unexpected());
            }
            members.push((name, self.value()?));
        }
        Ok(Json::Object(members))
    }

    fn number(&mut self) -> Result<Json> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|c: char| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9')).unwrap_or(rest.len());
        let digits = rest.get(..length).unwrap_or_default();
        let number = digits.parse().map_err(|_| self.unexpected())?;
        self.at += length;
        Ok(Json::Number(number))
    }

    fn string(&mut self) -> Result<String> {
        if !self.take("\"") {
            return Err(self.unexpected());
        }
        let mut string = String::new();
        while let Some(c) = self.next_char() {
            match c {
                '"' => return Ok(string),
                '\\' => string.push(self.escape()?),
                c => string.push(c),
            }
        }
        Err(self.unexpected())
    }

    fn escape(&mut self) -> Result<char> {
        Ok(match self.next_char() {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('u') => {
                let first = self.unit()?;
                let pair = (0xD800..0xDC00).contains(&first) && self.take("\\u");
                let second = if pair { self.unit()? } else { 0 };
                let units = [first, second];
                let units = units.iter().copied().take(if pair { 2 } else { 1 });
                char::decode_utf16(units).next().and_then(|c| c.ok()).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return Err(self.unexpected()),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u16> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        let unit = u16::from_str_radix(digits, 16).map_err(|_| self.unexpected())?;
        self.at += 4;
        Ok(unit)
    }

    fn next_char(&mut self) -> Option<char> {
        let c = self.text.get(self.at..)?.chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn unexpected(&self) -> Box<dyn core::error::Error> {
        format!("not JSON: unexpected text at byte {}", self.at).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_kinds_of_values() {
        let json = Json::parse(r#" {"a": [1, -2.5e1, "x\n\u00e9\ud83d\ude00\"", null, true]} "#);
        let json = json.unwrap();
        let elements = json.get("a").unwrap().elements();
        assert_eq!(elements[0], Json::Number(1.0));
        assert_eq!(elements[1], Json::Number(-25.0));
        assert_eq!(elements[2].as_str(), Some("x\né😀\""));
        assert_eq!(elements[3..], [Json::Null, Json::Bool(true)]);
        assert_eq!(json.get("b"), None);
        assert_eq!(Json::parse("[]").unwrap(), Json::Array(Vec::new()));
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in ["", "{", "[1 2]", "{\"a\" 1}", "\"", "\"\\u12\"", "1 2", "nul"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }
}
