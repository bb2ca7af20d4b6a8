//! Extension lists, RFC 6455 §9.1. Others read them with expressions that backtrack (CVE-2020-7662, CVE-2020-7663).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use core::time::Duration;
use std::time::Instant;

use hybi_http::{Error, Extension, Limits, Request, extensions};
use proptest::collection::vec;
use proptest::prelude::*;

fn list(value: &str) -> Result<Vec<Extension<'_>>, Error> {
    extensions([value.as_bytes()]).collect()
}

fn written(value: &str) -> Result<Vec<String>, Error> {
    Ok(list(value)?.iter().map(Extension::to_string).collect())
}

#[test]
fn good_lists() {
    for (value, expected) in [
        ("", &[][..]),
        (" , ,\t", &[]),
        ("a", &["a"]),
        ("permessage-deflate", &["permessage-deflate"]),
        ("a;b", &["a; b"]),
        ("a; b=c", &["a; b=c"]),
        ("a; b=\"c\"", &["a; b=c"]),
        ("a; b=\"\\c\\d\"", &["a; b=cd"]),
        ("a \t;\tb = c ; d", &["a; b=c; d"]),
        ("a,b,,a;x;x=1;x=2", &["a", "b", "a; x; x=1; x=2"]),
        (
            "permessage-deflate; client_max_window_bits, permessage-deflate; server_max_window_bits=10",
            &["permessage-deflate; client_max_window_bits", "permessage-deflate; server_max_window_bits=10"],
        ),
    ] {
        let expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(written(value), Ok(expected), "{value}");
    }
}

#[test]
fn bad_lists() {
    let fault = |got: &str| Error::Extension { got: got.escape_default().to_string().into() };
    let quote = |got: &str| Error::QuotedString { got: got.escape_default().to_string().into() };
    for (value, error) in [
        (";", fault(";")),
        ("a;", fault("")),
        ("a; ;b", fault(";b")),
        ("a;,b", fault(",b")),
        ("a b", fault("b")),
        ("a; b c", fault("c")),
        ("a=b", fault("=b")),
        ("a; b=", fault("")),
        ("a; b=,", fault(",")),
        ("a; b==c", fault("=c")),
        ("a; =b", fault("=b")),
        ("a; b=\"\"", fault("\"\"")),
        ("a; b=\"c d\"", fault("\"c d\"")),
        ("a; b=\"c\" d", fault("d")),
        ("a; b=\"c\"d", fault("d")),
        ("a; b=\"c", quote("\"c")),
        ("a; b=\"", quote("\"")),
        ("a; b=\"c\\", quote("\"c\\")),
        ("a; b=\"c\\\"", quote("\"c\\\"")),
        ("\"a\"", fault("\"a\"")),
        ("a/b", fault("/b")),
        ("a, b, (", fault("(")),
    ] {
        assert_eq!(list(value), Err(error), "{value}");
    }
    assert_eq!(extensions([&b"a\xff"[..]]).next(), Some(Err(Error::Extension { got: r"a\xff".into() })));
}

#[test]
fn what_stands_before_a_fault_comes_out_and_nothing_behind_it() {
    let mut list = extensions([&b"a, b;, c"[..], b"d"]);
    assert_eq!(list.next().unwrap().unwrap().name(), "a");
    assert!(list.next().unwrap().is_err());
    assert_eq!((list.next(), list.next()), (None, None));
}

#[test]
fn a_list_goes_on_in_further_headers() {
    let mut request = Request::new("GET", "/").unwrap();
    request.push_header("Sec-WebSocket-Extensions", "a; x=1, b").unwrap();
    request.push_header("Other", "y").unwrap();
    request.push_header("sec-websocket-extensions", "c").unwrap();
    let list: Result<Vec<_>, _> = request.headers().extensions("Sec-WebSocket-Extensions").collect();
    let list = list.unwrap();
    assert_eq!(list.iter().map(Extension::name).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(list[0].params()[0].name(), "x");
    assert_eq!(list[0].params()[0].value(), Some("1"));
    assert_eq!((list[0].get("x"), list[0].get("y"), list[1].get("x")), (Some(Some("1")), None, None));
}

#[test]
fn a_quoted_string_does_not_go_on_in_the_next_header() {
    let values = [&b"a; b=\"c"[..], b"d\""];
    assert!(matches!(extensions(values).next(), Some(Err(Error::QuotedString { .. }))));
}

#[test]
fn one_extension_alone() {
    assert_eq!(Extension::parse(" a; b ").unwrap().to_string(), "a; b");
    assert_eq!("a; b=1".parse::<Extension<'static>>().unwrap().get("b"), Some(Some("1")));
    for text in ["", "a, b", "a,, b;", ",", "a;"] {
        assert!(Extension::parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_built_is_checked() {
    let token = |got: &str| Error::Token { got: got.into() };
    assert_eq!(Extension::new("a b"), Err(token("a b")));
    assert_eq!(Extension::new(""), Err(token("")));
    let a = Extension::new("a").unwrap();
    assert_eq!(a.clone().with_flag("b, c"), Err(token("b, c")));
    assert_eq!(a.clone().with_param("b", ""), Err(token("")));
    assert_eq!(a.clone().with_param("b", "c\r\n"), Err(token(r"c\r\n")));
    assert_eq!(a.with_param("b", "15").unwrap().with_flag("c").unwrap().to_string(), "a; b=15; c");
}

#[test]
fn the_number_of_extensions_and_of_parameters_is_bounded() {
    let many = |count: usize| vec!["a"; count].join(",");
    assert_eq!(list(&many(Limits::EXTENSIONS)).unwrap().len(), Limits::EXTENSIONS);
    let error = Error::TooManyExtensions { limit: Limits::EXTENSIONS };
    assert_eq!(list(&many(Limits::EXTENSIONS + 1)), Err(error));
    let many = |count: usize| format!("a{}", ";b".repeat(count));
    assert_eq!(list(&many(Limits::PARAMS)).unwrap()[0].params().len(), Limits::PARAMS);
    let error = Error::TooManyParams { limit: Limits::PARAMS };
    assert_eq!(list(&many(Limits::PARAMS + 1)), Err(error.clone()));
    let full = Extension::parse(&many(Limits::PARAMS)).unwrap().into_owned();
    assert_eq!(full.with_flag("c"), Err(error));
}

#[test]
fn hostile_lists_take_one_pass() {
    let start = Instant::now();
    let backslashes = format!("a; b=\"{}", "\\c".repeat(500_000));
    let unclosed = format!("a; b=\"{}", "c".repeat(1_000_000));
    for value in [backslashes, unclosed, ",".repeat(1_000_000), " ".repeat(1_000_000), ";".repeat(1_000_000)] {
        let _ = list(&value);
    }
    assert!(start.elapsed() < Duration::from_secs(5), "a megabyte is a matter of milliseconds");
}

fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_.+-]{1,12}"
}

fn extension() -> impl Strategy<Value = Extension<'static>> {
    (token(), vec((token(), proptest::option::of(token())), 0..6)).prop_map(|(name, params)| {
        params.into_iter().fold(Extension::new(name).unwrap(), |extension, (name, value)| match value {
            Some(value) => extension.with_param(name, value).unwrap(),
            None => extension.with_flag(name).unwrap(),
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(written in vec(extension(), 0..8), quoted: bool, spaces in "[ \t]{0,2}") {
        let mut value = written.iter().map(Extension::to_string).collect::<Vec<_>>().join(&format!("{spaces},{spaces}"));
        if quoted {
            value = written.iter().map(|extension| {
                extension.params().iter().fold(extension.name().to_owned(), |text, param| match param.value() {
                    Some(value) => format!("{text}{spaces};{}=\"\\{value}\"", param.name()),
                    None => format!("{text}{spaces};{spaces}{}", param.name()),
                })
            }).collect::<Vec<_>>().join(",");
        }
        prop_assert_eq!(list(&value), Ok(written));
    }

    #[test]
    fn what_is_read_is_read_again_the_same(value in r#"[ab0 ;,="\\\t]{0,40}"#) {
        if let Ok(read) = list(&value) {
            let again = read.iter().map(Extension::to_string).collect::<Vec<_>>().join(", ");
            prop_assert_eq!(list(&again), Ok(read));
        }
    }

    #[test]
    fn any_bytes(values in vec(vec(any::<u8>(), 0..40), 0..4)) {
        let count = extensions(values.iter().map(Vec::as_slice)).count();
        prop_assert!(count <= Limits::EXTENSIONS + 1);
    }
}
