//! Subprotocols: what is offered, and which one the server takes.

use hybi_http::{Headers, Request};
use hybi_version::Facts;

use crate::Error;
use crate::error::excerpt;
use crate::fields::Field;
use crate::printable::is_printable;

/// The subprotocols that a request offers: the tokens of a list, or the one text of the two old drafts.
pub(crate) fn offered<'r>(request: &'r Request<'_>, facts: &Facts) -> impl Iterator<Item = &'r str> + Clone {
    let headers = request.headers();
    let many = facts.can.many_subprotocols.then(|| headers.tokens(facts.protocol_header));
    let one = if facts.can.many_subprotocols { None } else { headers.get_str(facts.protocol_header) };
    many.into_iter().flatten().chain(one)
}

/// Checks what is offered and gives the place of the best in it, by the order of what the server `knows`.
pub(crate) fn check(
    field: Field,
    request: &Request<'_>,
    facts: &Facts,
    knows: &[String],
) -> Result<Option<u32>, Error> {
    let Some(first) = field.first(request) else { return Ok(None) };
    if facts.can.many_subprotocols {
        check_list(request.headers(), facts.protocol_header)?;
    } else {
        check_single(field.once(request, facts.protocol_header)?.unwrap_or(first))?;
    }
    let place = |known: &String| (0_u32..).zip(offered(request, facts)).find(|(_, offered)| offered == known);
    Ok(knows.iter().find_map(place).map(|(place, _)| place))
}

/// Tokens, each of them once. `RFC 6455 §4.1`, `§11.3.4`. The grammar wants one at least, but clients that have none to offer send
/// the header all the same, and mean just that.
fn check_list(headers: &Headers<'_>, name: &str) -> Result<(), Error> {
    let mut seen = Seen::default();
    for token in headers.checked_tokens(name) {
        match token {
            Ok(token) if seen.is_new(token) => {}
            Ok(token) => return Err(Error::RepeatedSubprotocol { got: excerpt(token.as_bytes()) }),
            Err(hybi_http::Error::Token { got }) => return Err(Error::Subprotocol { got }),
            Err(error) => return Err(Error::Http(error)),
        }
    }
    Ok(())
}

/// U+0020 to U+007E, one character at least. `hybi-00 §4.1`.
fn check_single(value: &[u8]) -> Result<(), Error> {
    let good = !value.is_empty() && is_printable(value);
    if good { Ok(()) } else { Err(Error::Subprotocol { got: excerpt(value) }) }
}

/// The tokens that came up. A few are compared one by one, which needs no memory; many are put in order.
#[derive(Default)]
struct Seen<'r> {
    few: [&'r str; 8],
    many: std::collections::BTreeSet<&'r str>,
    count: usize,
}

impl<'r> Seen<'r> {
    fn is_new(&mut self, token: &'r str) -> bool {
        let known = self.few.iter().take(self.count).any(|known| *known == token);
        let new = !known
            && match self.few.get_mut(self.count) {
                Some(place) => {
                    *place = token;
                    true
                }
                None => self.many.insert(token),
            };
        self.count = self.count.saturating_add(1);
        new
    }
}
