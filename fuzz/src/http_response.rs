//! Heads of responses: one parser and one reader, in any cuts.

use hybi::http::{Error, HeadReader, Limits, Response};
use hybi_testkit::same_for_random_cuts;

use crate::headers::{examine, limits, same_headers};
use crate::input::Input;

/// Limits, a seed for cuts, and then a head.
pub fn check_http_response(data: &[u8]) {
    let mut input = Input::new(data);
    let (limits, seed) = (limits(input.byte()), input.byte());
    let bytes = input.rest();
    let read = same_for_random_cuts(bytes, seed.into(), 4, |reads| read(reads, limits));
    assert_eq!(Response::parse(bytes, &limits), read);
    if limits == Limits::default() {
        same_as_httparse(bytes, &read);
    }
    if let Ok(Some((response, length))) = read {
        assert_eq!(&bytes[..length], response.as_bytes(), "nothing stands before a response");
        assert!(response.status() < 1000 && response.reason().is_ascii());
        examine(response.headers(), &limits);
        assert_eq!(response.set_cookies().count(), response.headers().get_all("Set-Cookie").count());
        rebuilt(&response);
    }
}

/// Another parser has the same verdict on what is complete. It passes over empty lines before it, and knows no limits.
fn same_as_httparse(bytes: &[u8], ours: &Result<Option<(Response<'_>, usize)>, Error>) {
    let theirs = hybi_testkit::head::response(bytes);
    match (ours, theirs) {
        (Ok(Some((response, length))), Some(theirs)) => {
            let (status, reason) = (response.status().to_string(), response.reason());
            assert_eq!((&*status, reason, *length), (&*theirs.first.0, &*theirs.first.1, theirs.length));
            same_headers(response.headers(), &theirs.headers);
        }
        (Ok(Some(_)), None) => panic!("httparse takes it not"),
        (Ok(None) | Err(_), None) => {}
        (Ok(None), Some(_)) => panic!("httparse takes it"),
        (Err(error), Some(_)) => {
            let limited = error.status() == 431;
            assert!(limited || matches!(error, Error::FirstByte { .. }), "{error}, but httparse takes it");
        }
    }
}

/// What a reader makes of the pieces: a head and how many bytes it took.
fn read(reads: &[Vec<u8>], limits: Limits) -> Result<Option<(Response<'static>, usize)>, Error> {
    let (mut reader, mut taken) = (HeadReader::new(limits), 0);
    for read in reads {
        let mut read = read.clone();
        let mut input = &mut read[..];
        let before = input.len();
        let head = reader.response(&mut input)?.map(Response::into_owned);
        taken += before - input.len();
        assert!(reader.retained_bytes() <= (2 * taken).max(64));
        if let Some(head) = head {
            return Ok(Some((head, taken)));
        }
        assert!(input.is_empty(), "all of it is a part of the head");
    }
    Ok(None)
}

/// The same head can be built, unless it has what can be received but not sent.
fn rebuilt(response: &Response<'_>) {
    let Ok(mut built) = Response::with_reason(response.status(), response.reason()) else {
        assert!(!(100..600).contains(&response.status()));
        return;
    };
    for (name, value) in response.headers().iter() {
        let Ok(value) = core::str::from_utf8(value) else { return };
        if built.push_header(name, value).is_err() {
            assert!(!value.is_ascii(), "{value:?}");
            return;
        }
    }
    same_when_parsed(&built);
}

/// A head that we made is parsed to itself.
pub(crate) fn same_when_parsed(response: &Response<'_>) {
    let wide = Limits::default().head_bytes(1 << 20).headers(1000);
    let (parsed, length) = Response::parse(response.as_bytes(), &wide).expect("a head").expect("a whole one");
    assert_eq!((&parsed, length), (response, response.as_bytes().len()));
}
