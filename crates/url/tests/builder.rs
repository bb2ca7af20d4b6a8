//! URLs from parts.

#![allow(clippy::unwrap_used, reason = "tests")]

use hybi_url::{Error, Url};

#[test]
fn parts_become_a_url() {
    let built = |builder: hybi_url::UrlBuilder<'_>| builder.build().unwrap().to_string();
    assert_eq!(built(Url::builder("example.com")), "ws://example.com/");
    assert_eq!(built(Url::builder("Example.com").secure(true).port(443)), "wss://example.com/");
    assert_eq!(built(Url::builder("example.com").port(443)), "ws://example.com:443/");
    assert_eq!(built(Url::builder("::1").port(9001)), "ws://[::1]:9001/");
    assert_eq!(built(Url::builder("[::1]")), "ws://[::1]/");
    assert_eq!(built(Url::builder("127.0.0.1").resource_name("/a b?c")), "ws://127.0.0.1/a%20b?c");
    assert_eq!(built(Url::builder("bücher.example").resource_name("")), "ws://xn--bcher-kva.example/");
    assert_eq!(built(Url::builder("h").resource_name("?a=b")), "ws://h/?a=b");
    assert_eq!(built(Url::builder("h").resource_name("//evil/")), "ws://h//evil/");
    assert_eq!(built(Url::builder("h").userinfo("a", None)), "ws://a@h/");
    assert_eq!(built(Url::builder("h").userinfo("", Some("p"))), "ws://:p@h/");
    assert_eq!(built(Url::builder("h").userinfo("", None)), "ws://h/");
    assert_eq!(
        built(Url::builder("h").userinfo("@:/?#%\\", Some("%41\r\n"))),
        "ws://%40%3A%2F%3F%23%25%5C:%2541%0D%0A@h/"
    );
}

#[test]
fn a_part_cannot_become_another_part() {
    for host in
        ["a/b", "a\\b", "a?b", "a#b", "u@h", "h:80", "u:p@h", "[::1]:80", "::1]", "[h]", "a b", "h\n", "\th", "1:2"]
    {
        assert_eq!(Url::builder(host).build(), Err(Error::Host { got: host.into() }), "{host:?}");
    }
    assert_eq!(Url::builder("").port(80).build(), Err(Error::MissingHost));
    for resource_name in ["chat", ":80/", "@evil/", ".evil/", "%2f"] {
        let expected = Error::ResourceName { got: resource_name.into() };
        assert_eq!(Url::builder("h").resource_name(resource_name).build(), Err(expected));
    }
    assert_eq!(Url::builder("h").resource_name("#a").build(), Err(Error::Fragment));
    assert_eq!(Url::builder("h").resource_name("/a#b").build(), Err(Error::Fragment));
    assert_eq!(Url::builder("h").resource_name("/a\\b").build(), Err(Error::Backslash));
    assert_eq!(Url::builder("h").resource_name("/ HTTP/1.1\r\n").build(), Err(Error::Whitespace { got: '\n' }));
}
