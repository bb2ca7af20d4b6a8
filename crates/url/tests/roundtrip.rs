//! Display and parse are inverse, and so are parts and views; no input makes a panic.

#![allow(clippy::unwrap_used, reason = "tests")]

use hybi_url::Url;
use proptest::prelude::*;

/// Texts that are often URLs: pieces of one, with odd characters strewn in.
fn near_url() -> impl Strategy<Value = String> {
    let host = "([a-zA-Z0-9.-]{1,12}|\\[[0-9a-f:.]{2,12}\\]|[0-9.]{1,12}|\\PC{1,6}|[ -~]{1,6})";
    let text = "(ws|wss|WS|http|[a-z]{0,3}):?/{0,3}";
    (text, "([ -~]{0,6}@)?", host, "(:[0-9]{0,6})?", "(/[ -~]{0,12}|/\\PC{0,6})?", "(\\?[ -~]{0,12}|\\?\\PC{0,6})?")
        .prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f].concat())
}

fn check(url: &Url) {
    assert_eq!(&Url::parse(&format!("{url}")).unwrap(), url);
    assert!(url.resource_name().starts_with('/'));
    for view in [url.as_str(), url.resource_name(), url.host_header(), &url.origin(), url.host()] {
        assert!(!view.is_empty() && view.bytes().all(|byte| byte.is_ascii_graphic()), "{view:?}");
        assert!(!view.contains('#'));
    }
    assert!(!url.host_header().contains(['@', '/', '?', '\\']));
    let (username, password) = (url.username(), url.password());
    assert_eq!(format!("{url:?}").contains(":***@"), password.is_some());
    let builder = Url::builder(url.host()).secure(url.is_secure()).port(url.port()).resource_name(url.resource_name());
    let built = builder.userinfo(username.as_deref().unwrap_or_default(), password.as_deref()).build().unwrap();
    assert_eq!((built.username(), built.password()), (username.clone(), password.clone()));
    assert_eq!(built.host_header(), url.host_header());
    assert_eq!(built.resource_name(), url.resource_name());
    if username.is_none() {
        assert_eq!(&built, url);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn display_and_parse(text in near_url()) {
        if let Ok(url) = Url::parse(&text) {
            check(&url);
        }
    }

    #[test]
    fn any_text(text in "\\PC*|(?s:.*)") {
        if let Ok(url) = Url::parse(&text) {
            check(&url);
        }
    }

    #[test]
    fn parts_and_views(
        host in "[a-z][a-z0-9]{0,8}(\\.[a-z][a-z0-9]{0,8}){0,2}",
        secure: bool,
        port: u16,
        path in "(/[A-Za-z0-9._~!$&'()*+,;=:@-]{1,8}x){0,3}",
        query in proptest::option::of("[A-Za-z0-9/?:@%-]{0,10}"),
        username in "(?s:.{0,8})",
        password in proptest::option::of("(?s:.{1,8})"),
    ) {
        let path = if path.is_empty() { "/" } else { path.as_str() };
        let resource_name = query.as_ref().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
        let builder = Url::builder(&host).secure(secure).port(port).resource_name(&resource_name);
        let url = builder.userinfo(&username, password.as_deref()).build().unwrap();
        prop_assert_eq!(url.address(), (host.as_str(), port));
        prop_assert_eq!(url.is_secure(), secure);
        prop_assert_eq!(url.resource_name(), resource_name);
        prop_assert_eq!(url.username().unwrap_or_default(), username);
        prop_assert_eq!(url.password().map(String::from), password);
        check(&url);
    }

    #[test]
    fn any_host_and_resource_name(host in "\\PC{1,8}", resource_name in "[/?]\\PC{0,8}") {
        if let Ok(url) = Url::builder(&host).resource_name(&resource_name).build() {
            check(&url);
            prop_assert!(url.username().is_none());
            prop_assert_eq!(url.port(), 80);
        }
    }
}
