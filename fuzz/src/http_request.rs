//! Heads of requests: one parser and one reader, in any cuts.

use hybi::http::{Error, HeadReader, HttpVersion, Limits, Request};
use hybi_testkit::same_for_random_cuts;

use crate::headers::{examine, limits, same_headers};
use crate::input::Input;

/// Limits, a seed for cuts, and then a head.
pub fn check_http_request(data: &[u8]) {
    let mut input = Input::new(data);
    let (limits, seed) = (limits(input.byte()), input.byte());
    let bytes = input.rest();
    let read = same_for_random_cuts(bytes, seed.into(), 4, |reads| read(reads, limits));
    assert_eq!(Request::parse(bytes, &limits), read);
    if limits == Limits::default() {
        same_as_httparse(bytes, &read);
    }
    if let Ok(Some((request, length))) = read {
        assert!(length <= bytes.len() && length <= limits.head_bytes);
        assert!(bytes[..length].ends_with(request.as_bytes()), "the head is its own text");
        assert!(request.target().len() <= limits.target_bytes);
        examine(request.headers(), &limits);
        for (name, value) in request.cookies() {
            assert!(!value.contains(';') && !name.contains(['=', ';']));
            assert!(request.cookie(name).is_some());
        }
        edited(&request);
        rebuilt(&request);
    }
}

/// Another parser has the same verdict on what is complete. It takes targets that are not ASCII, and knows no limits.
fn same_as_httparse(bytes: &[u8], ours: &Result<Option<(Request<'_>, usize)>, Error>) {
    let theirs = hybi_testkit::head::request(bytes);
    match (ours, theirs) {
        (Ok(Some((request, length))), Some(theirs)) => {
            assert_eq!(
                (request.method(), request.target(), *length),
                (&*theirs.first.0, &*theirs.first.1, theirs.length)
            );
            assert_eq!(request.http_version() == HttpVersion::Http11, theirs.is_http11);
            same_headers(request.headers(), &theirs.headers);
        }
        (Ok(Some(_)), None) => panic!("httparse takes it not"),
        (Ok(None) | Err(_), None) => {}
        (Ok(None), Some(_)) => panic!("httparse takes it"),
        (Err(error), Some(theirs)) => {
            let target = &theirs.first.1;
            let limited = error.status() == 431 || target.len() > Limits::default().target_bytes;
            assert!(limited || !target.is_ascii(), "{error}, but httparse takes it");
        }
    }
}

/// What a reader makes of the pieces: a head and how many bytes it took.
fn read(reads: &[Vec<u8>], limits: Limits) -> Result<Option<(Request<'static>, usize)>, Error> {
    let (mut reader, mut taken) = (HeadReader::new(limits), 0);
    for read in reads {
        let mut read = read.clone();
        let mut input = &mut read[..];
        let before = input.len();
        let head = match reader.request(&mut input) {
            Ok(head) => head.map(Request::into_owned),
            Err(error) => {
                assert_eq!(reader.request(&mut &mut b"GET / HTTP/1.1\r\n\r\n".to_owned()[..]), Err(error.clone()));
                assert_eq!(reader.retained_bytes(), 0);
                return Err(error);
            }
        };
        taken += before - input.len();
        // A vector doubles.
        assert!(reader.retained_bytes() <= (2 * taken).max(64));
        if let Some(head) = head {
            assert_eq!(reader.retained_bytes(), 0);
            return Ok(Some((head, taken)));
        }
        assert!(input.is_empty(), "all of it is a part of the head");
    }
    Ok(None)
}

/// Headers can be replaced and taken out, and the others stay as they are.
fn edited(request: &Request<'_>) {
    let Some((name, _)) = request.headers().iter().next() else { return };
    let others = |request: &Request<'_>| -> Vec<(String, Vec<u8>)> {
        let headers = request.headers().iter().filter(|(other, _)| !other.eq_ignore_ascii_case(name));
        headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let before = others(request);
    let mut set = request.clone().into_owned();
    set.set_header(name, "another value").expect("it can be sent");
    assert_eq!((set.headers().get_str(name), others(&set)), (Some("another value"), before.clone()));
    same_when_parsed(&set);
    let mut removed = request.clone().into_owned();
    assert!(removed.remove_header(name));
    assert!(!removed.remove_header(name));
    assert_eq!(others(&removed), before);
    same_when_parsed(&removed);
}

/// The same head can be built, unless it has what can be received but not sent.
fn rebuilt(request: &Request<'_>) {
    let mut built = Request::new(request.method(), request.target()).expect("both were parsed");
    for (name, value) in request.headers().iter() {
        let Ok(value) = core::str::from_utf8(value) else { return };
        if built.push_header(name, value).is_err() {
            assert!(!value.is_ascii(), "{value:?}");
            return;
        }
    }
    assert!(built.headers().iter().eq(request.headers().iter()));
    assert_eq!((built.method(), built.target()), (request.method(), request.target()));
    if request.http_version() == HttpVersion::Http11 {
        same_when_parsed(&built);
    }
}

/// A head that we made or changed is parsed to itself.
pub(crate) fn same_when_parsed(request: &Request<'_>) {
    let wide = Limits::default().head_bytes(1 << 20).headers(1000).target_bytes(1 << 20);
    let mut bytes = Vec::new();
    request.build(&mut bytes);
    assert_eq!(bytes, request.as_bytes());
    let (parsed, length) = Request::parse(&bytes, &wide).expect("a head").expect("a whole one");
    assert_eq!((&parsed, length), (request, bytes.len()));
}
