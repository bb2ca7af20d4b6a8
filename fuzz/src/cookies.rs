//! Cookies of requests and of responses.

use hybi::http::{Limits, Request, SetCookie};

use crate::input::Input;

/// The value of a `Cookie` and of a `Set-Cookie` header.
pub fn check_cookies(data: &[u8]) {
    let value = Input::new(data).rest();
    received(value);
    set(value);
}

fn received(value: &[u8]) {
    let head = [b"GET / HTTP/1.1\r\nCookie: ", value, b"\r\n\r\n"].concat();
    let limits = Limits::default().head_bytes(1 << 20);
    let Ok(Some((request, _))) = Request::parse(&head, &limits) else { return };
    let cookies: Vec<_> = request.cookies().collect();
    for (name, value) in &cookies {
        assert!(!name.contains([';', '=', '\r', '\n']) && !value.contains([';', '\r', '\n']));
        assert_eq!((name.trim_matches(' '), value.trim_matches(' ')), (*name, *value));
        let first = cookies.iter().find(|(other, _)| other == name).map(|(_, value)| *value);
        assert_eq!(request.cookie(name), first);
    }
    // They are at most as many as there are parts, unless the value has a line end and then a header of its own.
    let parts = value.split(|byte| *byte == b';').count();
    assert!(cookies.len() <= parts || request.headers().len() > 1);
}

fn set(value: &[u8]) {
    let Ok(cookie) = SetCookie::parse(value) else { return };
    assert!(!cookie.name().is_empty());
    assert_eq!(cookie, cookie.clone().into_owned());
    // What can be sent is received as the same.
    if let Ok(text) = cookie.header_value() {
        assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{text:?}");
        assert_eq!(SetCookie::parse(text.as_bytes()).as_ref(), Ok(&cookie), "{text:?}");
    }
}
