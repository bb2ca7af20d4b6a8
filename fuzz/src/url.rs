//! URLs, parsed and put together.

use hybi::Offer;
use hybi::http::Request;
use hybi_url::Url;

use crate::input::Input;

/// A URL; or, behind a zero byte, the parts of one.
pub fn check_url(data: &[u8]) {
    match data.split_first() {
        Some((0, parts)) => built(Input::new(parts)),
        _ => {
            if let Ok(text) = core::str::from_utf8(Input::new(data).rest())
                && let Ok(url) = Url::parse(text)
            {
                examine(&url);
            }
        }
    }
}

fn built(mut input: Input<'_>) {
    let choice = input.byte();
    let (host, resource_name) = (input.text(), input.text());
    let (username, password) = (input.text(), input.text());
    let mut builder = Url::builder(host).secure(choice & 1 == 1).resource_name(resource_name);
    if choice & 2 == 2 {
        builder = builder.port(u16::from_be_bytes([choice, input.byte()]));
    }
    let other = builder.clone().userinfo(username, Some("another"));
    if choice & 4 == 4 {
        builder = builder.userinfo(username, (choice & 8 == 8).then_some(password));
    }
    let Ok(url) = builder.build() else { return };
    if choice & 12 == 12 && !password.is_empty() {
        let other = other.build().expect("it differs in the password alone");
        assert_eq!(format!("{other:?}"), format!("{url:?}"), "a password in a log");
    }
    examine(&url);
    assert_eq!(url.is_secure(), choice & 1 == 1);
    let (mut expected_name, mut expected_password) = (None, None);
    if choice & 4 == 4 {
        expected_password = (choice & 8 == 8 && !password.is_empty()).then_some(password);
        expected_name = (!username.is_empty() || expected_password.is_some()).then_some(username);
    }
    assert_eq!(url.username().as_deref(), expected_name);
    assert_eq!(url.password().as_deref(), expected_password);
}

/// What holds for every URL.
fn examine(url: &Url) {
    assert_eq!(Url::parse(url.as_str()).as_ref(), Ok(url));
    assert_eq!(url.to_string(), url.as_str());
    assert_eq!(url.is_secure(), url.as_str().starts_with("wss://"));
    assert!(!url.host().is_empty() && url.host().is_ascii());
    assert!(url.host_header().contains(url.host()));
    assert_eq!(url.address(), (url.host(), url.port()));
    assert!(url.resource_name().starts_with('/') && !url.resource_name().contains('#'));
    assert!(url.origin().ends_with(url.host_header()));
    // Its parts can stand in a request, and do so alone.
    let mut request = Request::new("GET", url.resource_name()).expect("a target");
    request.push_header("Host", url.host_header()).expect("a value");
    let request = Offer::new(url.clone()).start().expect("all that is needed");
    let request = request.request();
    assert_eq!(request.target(), url.resource_name());
    assert_eq!(request.headers().get_str("Host"), Some(url.host_header()));
    assert!(!request.headers().contains("Authorization"));
}
