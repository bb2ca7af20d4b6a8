//! Which version a request asks for: the order in which the headers are looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_handshake_server::{Error, detect};
use hybi_http::Request;
use hybi_testkit::Transcript;
use hybi_version::Version::{self, Hixie75, Hybi00, Hybi10, Hybi17};

fn version_of(headers: &[(&str, &str)]) -> Result<Option<Version>, Error> {
    let mut request = Request::new("GET", "/").unwrap();
    for (name, value) in headers {
        request.push_header(name, value).unwrap();
    }
    detect(&request)
}

const VERSION: &str = "Sec-WebSocket-Version";
const KEY: (&str, &str) = ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
const KEY1: (&str, &str) = ("Sec-WebSocket-Key1", "1 2");
const KEY2: (&str, &str) = ("Sec-WebSocket-Key2", "1 2");
const UPGRADE: (&str, &str) = ("Upgrade", "WebSocket");

#[test]
fn a_number_or_a_key_goes_first() {
    assert_eq!(version_of(&[(VERSION, "13"), KEY1, KEY2, UPGRADE]), Ok(Some(Hybi17)));
    assert_eq!(version_of(&[(VERSION, "8")]), Ok(Some(Hybi10)));
    assert_eq!(version_of(&[(VERSION, "7"), KEY]), Ok(Some(Hybi10)));
    assert_eq!(version_of(&[KEY, KEY1, KEY2, UPGRADE]), Err(Error::MissingVersion));
}

#[test]
fn one_of_two_keys_is_enough_for_hybi00() {
    for keys in [&[KEY1][..], &[KEY2], &[KEY1, KEY2]] {
        assert_eq!(version_of(keys), Ok(Some(Hybi00)));
        assert_eq!(version_of(&[keys, &[UPGRADE]].concat()), Ok(Some(Hybi00)));
    }
}

#[test]
fn upgrade_alone_is_hixie75() {
    assert_eq!(version_of(&[UPGRADE]), Ok(Some(Hixie75)));
    assert_eq!(version_of(&[("upgrade", "h2c, websocket")]), Ok(Some(Hixie75)));
}

#[test]
fn all_else_is_http() {
    assert_eq!(version_of(&[]), Ok(None));
    let other = [("Upgrade", "h2c"), ("Connection", "Upgrade"), ("Sec-WebSocket-Protocol", "a"), ("Origin", "null")];
    assert_eq!(version_of(&other), Ok(None));
}

#[test]
fn other_numbers() {
    for got in ["", "0", "1", "6", "9", "12", "14", "113", "255", "256", "1000", "07", "013", "13,8", "8 ", "x"] {
        let known = got.trim() == "8";
        let expected = if known { Ok(Some(Hybi10)) } else { Err(Error::VersionUnknown { got: got.into() }) };
        assert_eq!(version_of(&[(VERSION, got), KEY]), expected, "{got}");
    }
    assert_eq!(version_of(&[(VERSION, "13"), (VERSION, "13")]), Err(Error::Repeated { name: VERSION }));
}

#[test]
fn clients_that_were_recorded() {
    for transcript in Transcript::all() {
        let bytes = transcript.client_bytes();
        let (request, _) = Request::parse(&bytes, &hybi_http::Limits::default()).unwrap().unwrap();
        let version = detect(&request).unwrap().unwrap();
        assert_eq!(version.feature(), transcript.version, "{}", transcript.name());
    }
}
