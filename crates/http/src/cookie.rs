//! The cookies of a request.

use crate::Request;
use crate::grammar::trim;

impl Request<'_> {
    /// Name and value of each cookie that the request carries, in their order. `RFC 6265 §5.4`.
    ///
    /// What stands between the semicolons without an equals sign is passed over, and so is what is not UTF-8. Quotes
    /// around a value are a part of it.
    ///
    /// ```
    /// use hybi_http::Request;
    ///
    /// let mut request = Request::new("GET", "/")?;
    /// request.push_header("Cookie", "session=31d4; theme=dark")?;
    /// assert_eq!(request.cookies().collect::<Vec<_>>(), [("session", "31d4"), ("theme", "dark")]);
    /// assert_eq!(request.cookie("theme"), Some("dark"));
    /// # Ok::<(), hybi_http::Error>(())
    /// ```
    pub fn cookies(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.headers().get_all("Cookie").flat_map(|value| value.split(|byte| *byte == b';')).filter_map(pair)
    }

    /// The value of the first cookie of this name. The case counts. `RFC 6265 §5.4`.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies().find(|cookie| cookie.0 == name).map(|cookie| cookie.1)
    }
}

fn pair(text: &[u8]) -> Option<(&str, &str)> {
    let equals = memchr::memchr(b'=', text)?;
    let (name, value) = text.split_at_checked(equals)?;
    let value = value.strip_prefix(b"=")?;
    Some((core::str::from_utf8(trim(name)).ok()?, core::str::from_utf8(trim(value)).ok()?))
}
