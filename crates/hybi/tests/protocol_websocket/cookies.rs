//! Cookies. Perl has those of RFC 2965; ours are those of RFC 6265, which replaced it.

use hybi::http::{Request, SetCookie};

fn cookies(value: &str) -> Vec<(String, String)> {
    let mut request = Request::new("GET", "/").unwrap();
    request.push_header("Cookie", value).unwrap();
    request.cookies().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn of_a_request() {
    let cases: [(&str, &[(&str, &str)]); 8] = [
        ("", &[]),
        // A value with quotes keeps them and ends at a semicolon all the same; a name alone is no cookie (RFC 6265 §5.2).
        (r#"foo=bar; baz = zab; hello= "the;re"; here"#, &[("foo", "bar"), ("baz", "zab"), ("hello", r#""the"#)]),
        (r#"$Foo="bar""#, &[("$Foo", r#""bar""#)]),
        ("foo=bar=123=xyz", &[("foo", "bar=123=xyz")]),
        // What begins with a dollar sign was about the cookie before it. Now it is a cookie like others.
        (
            "$Version=1; foo=bar; $Path=/; $Domain=.example.com",
            &[("$Version", "1"), ("foo", "bar"), ("$Path", "/"), ("$Domain", ".example.com")],
        ),
        ("$Version=1; foo=bar", &[("$Version", "1"), ("foo", "bar")]),
        // A backslash means nothing.
        (r#"$Version=1; foo="hello\"there""#, &[("$Version", "1"), ("foo", r#""hello\"there""#)]),
        (
            r#"$Version=1; foo="bar"; $Path=/; bar=baz; $Domain=.example.com"#,
            &[("$Version", "1"), ("foo", r#""bar""#), ("$Path", "/"), ("bar", "baz"), ("$Domain", ".example.com")],
        ),
    ];
    for (value, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(cookies(value), expected, "{value}");
    }
}

/// `Version`, `Discard` and `Port` are gone: we never write them, and pass over them.
#[test]
fn of_a_response() {
    let cookie = SetCookie::new("foo", "bar");
    assert_eq!(cookie.header_value().unwrap(), "foo=bar");
    assert_eq!(cookie.clone().with_max_age(0).header_value().unwrap(), "foo=bar; Max-Age=0");
    for attributes in ["Version=1", r#"Port="80"; Version=1"#, r#"Port="80 443"; Version=1"#] {
        assert_eq!(SetCookie::parse(format!("foo=bar; {attributes}").as_bytes()).unwrap(), cookie, "{attributes}");
    }
    let gone = SetCookie::parse(b"foo=bar; Discard; Max-Age=0; Version=1").unwrap();
    assert_eq!(gone, cookie.with_max_age(0));
}
