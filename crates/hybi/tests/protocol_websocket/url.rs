//! URLs.

use hybi::Url;

/// Perl leaves the query out of the resource name when it parses; it belongs to it (RFC 6455 §3).
#[test]
fn parsed() {
    let cases = [
        ("ws://example.com", 80, "/"),
        ("ws://example.com/", 80, "/"),
        ("ws://example.com/demo", 80, "/demo"),
        ("ws://example.com:3000", 3000, "/"),
        ("ws://example.com/demo?foo=bar", 80, "/demo?foo=bar"),
    ];
    for (text, port, resource_name) in cases {
        let url = Url::parse(text).unwrap();
        let found = (url.is_secure(), url.host(), url.port(), url.resource_name());
        assert_eq!(found, (false, "example.com", port, resource_name), "{text}");
    }
}

#[test]
fn built() {
    let url = Url::builder("foo.com");
    assert_eq!(url.clone().secure(true).build().unwrap().as_str(), "wss://foo.com/");
    assert_eq!(url.resource_name("/demo").build().unwrap().as_str(), "ws://foo.com/demo");
}
