//! What a URL gives to a handshake.

#![allow(clippy::unwrap_used, reason = "tests")]

use hybi_url::Url;

#[test]
fn the_parts_of_a_handshake() {
    // Text, host, port, Host value, resource name, origin.
    let cases: [(&str, &str, u16, &str, &str, &str); 14] = [
        ("ws://example.com", "example.com", 80, "example.com", "/", "http://example.com"),
        ("wss://example.com/", "example.com", 443, "example.com", "/", "https://example.com"),
        ("ws://example.com:80/chat", "example.com", 80, "example.com", "/chat", "http://example.com"),
        ("wss://example.com:443/chat", "example.com", 443, "example.com", "/chat", "https://example.com"),
        ("ws://example.com:443/", "example.com", 443, "example.com:443", "/", "http://example.com:443"),
        ("wss://example.com:80/", "example.com", 80, "example.com:80", "/", "https://example.com:80"),
        ("ws://127.0.0.1:9001/a/b?c=d&e", "127.0.0.1", 9001, "127.0.0.1:9001", "/a/b?c=d&e", "http://127.0.0.1:9001"),
        ("ws://[::1]/", "::1", 80, "[::1]", "/", "http://[::1]"),
        ("wss://[2001:DB8::1]:8443/x", "2001:db8::1", 8443, "[2001:db8::1]:8443", "/x", "https://[2001:db8::1]:8443"),
        ("ws://example.com?a=b", "example.com", 80, "example.com", "/?a=b", "http://example.com"),
        ("ws://example.com/?", "example.com", 80, "example.com", "/?", "http://example.com"),
        ("WSS://EXAMPLE.com/Path", "example.com", 443, "example.com", "/Path", "https://example.com"),
        (
            "ws://bücher.example/ü?ü",
            "xn--bcher-kva.example",
            80,
            "xn--bcher-kva.example",
            "/%C3%BC?%C3%BC",
            "http://xn--bcher-kva.example",
        ),
        ("ws://u:p@example.com:81/a/./b/../c", "example.com", 81, "example.com:81", "/a/c", "http://example.com:81"),
    ];
    for (text, host, port, host_header, resource_name, origin) in cases {
        let url = Url::parse(text).unwrap();
        assert_eq!(url.host(), host, "{text}");
        assert_eq!(url.port(), port, "{text}");
        assert_eq!(url.address(), (host, port), "{text}");
        assert_eq!(url.host_header(), host_header, "{text}");
        assert_eq!(url.resource_name(), resource_name, "{text}");
        assert_eq!(url.origin(), origin, "{text}");
        assert_eq!(url.is_secure(), url.scheme() == "wss", "{text}");
        assert_eq!(url.explicit_port(), (port != url.default_port()).then_some(port), "{text}");
    }
}

#[test]
fn path_and_query() {
    let url = Url::parse("ws://example.com/a%20b c?d=e?f/\\%").unwrap();
    assert_eq!((url.path(), url.query()), ("/a%20b%20c", Some("d=e?f/\\%")));
    assert_eq!(Url::parse("ws://example.com/").unwrap().query(), None);
    assert_eq!(Url::parse("ws://example.com/?").unwrap().query(), Some(""));
    assert_eq!(Url::parse("ws://example.com/a%23b").unwrap().path(), "/a%23b");
}

#[test]
fn user_info_is_decoded_and_stays_out_of_the_request() {
    let cases = [
        ("ws://h/", None, None),
        ("ws://@h/", None, None),
        ("ws://alice@h/", Some("alice"), None),
        ("ws://alice:@h/", Some("alice"), None),
        ("ws://:secret@h/", Some(""), Some("secret")),
        ("ws://al%20ice:s%3ac%2Fr%40t@h/", Some("al ice"), Some("s:c/r@t")),
        ("ws://a@b:c@h/", Some("a@b"), Some("c")),
        ("ws://%C3%BC:ü@h/", Some("ü"), Some("ü")),
        ("ws://100%:%4@h/", Some("100%"), Some("%4")),
        ("ws://a+b:%2B@h/", Some("a+b"), Some("+")),
    ];
    for (text, username, password) in cases {
        let url = Url::parse(text).unwrap();
        assert_eq!((url.username().as_deref(), url.password().as_deref()), (username, password), "{text}");
        assert_eq!((url.resource_name(), url.host_header(), url.origin().as_str()), ("/", "h", "http://h"), "{text}");
    }
}

#[test]
fn a_password_is_shown_by_display_alone() {
    let url = Url::parse("ws://alice:secret@example.com/chat").unwrap();
    assert_eq!(url.to_string(), "ws://alice:secret@example.com/chat");
    assert_eq!(format!("{url:?}"), "Url(ws://alice:***@example.com/chat)");
    assert_eq!(format!("{:?}", Url::parse("ws://alice@h").unwrap()), "Url(ws://alice@h/)");
    assert_eq!(format!("{:?}", Url::parse("ws://:secret@h").unwrap()), "Url(ws://:***@h/)");
    assert!(!format!("{:?}", Url::builder("h").userinfo("alice", Some("secret"))).contains("secret"));
}

#[test]
fn equal_if_the_normal_form_is() {
    let parse = |text: &str| Url::try_from(text).unwrap();
    assert_eq!(parse("ws://EXAMPLE.com:80"), parse("ws://example.com/"));
    assert_ne!(parse("ws://example.com/"), parse("wss://example.com/"));
    assert_ne!(parse("ws://example.com/"), parse("ws://example.com/?"));
    assert!(parse("ws://a/") < parse("ws://b/"));
    assert_eq!(Url::try_from(String::from("ws://a")).unwrap().as_ref(), "ws://a/");
    assert_eq!(format!("{:<9}|", parse("ws://a")), "ws://a/  |");
}
