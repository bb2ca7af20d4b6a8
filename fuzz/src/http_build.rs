//! Heads from any texts: what can be built is parsed to the same, and nothing slips in.

use hybi::http::{Request, Response, SameSite, SetCookie, write_header};

use crate::http_request;
use crate::http_response;
use crate::input::Input;

/// A kind of head, its first line, and headers.
pub fn check_http_build(data: &[u8]) {
    let mut input = Input::new(data);
    match input.below(3) {
        0 => request(input),
        1 => response(input),
        _ => gateway(input),
    }
}

fn request(mut input: Input<'_>) {
    let (method, target) = (input.text(), input.text());
    let Ok(mut request) = Request::new(method, target) else { return };
    let mut pushed = Vec::new();
    while !input.is_empty() {
        let (name, value) = (input.text(), input.text());
        let before = request.as_bytes().to_vec();
        match request.push_header(name, value) {
            Ok(()) => pushed.push((name, value)),
            Err(_) => assert_eq!(request.as_bytes(), before, "nothing has changed"),
        }
    }
    assert_eq!((request.method(), request.target()), (method, target));
    assert!(request.headers().iter().eq(pushed.iter().map(|(name, value)| (*name, sent(value)))));
    http_request::same_when_parsed(&request);
}

fn response(mut input: Input<'_>) {
    let status = u16::from_be_bytes([input.byte() & 3, input.byte()]);
    let reason = input.text();
    let Ok(mut response) = Response::with_reason(status, reason) else { return };
    let mut count = 0;
    while !input.is_empty() {
        let (name, value) = (input.text(), input.text());
        if input.flag() {
            let cookie = cookie(name, value, &mut input);
            if response.push_cookie(&cookie).is_ok() {
                count += 1;
                let last = response.set_cookies().last().expect("it is there").expect("a cookie");
                assert_eq!((last.name(), last.value()), (name, value));
            }
        } else {
            let mut line = Vec::new();
            let written = write_header(&mut line, name, value);
            assert_eq!(response.push_header(name, value).is_ok(), written.is_ok());
            assert_eq!(written.is_err(), line.is_empty());
            count += usize::from(written.is_ok());
        }
    }
    assert_eq!(response.headers().len(), count);
    http_response::same_when_parsed(&response);
}

fn cookie<'a>(name: &'a str, value: &'a str, input: &mut Input<'a>) -> SetCookie<'a> {
    let cookie = SetCookie::new(name, value);
    let cookie = match input.below(4) {
        0 => cookie,
        1 => cookie.with_path(input.text()).with_http_only(),
        2 => cookie.with_domain(input.text()).with_secure().with_same_site(SameSite::None),
        _ => cookie.with_expires(input.text()).with_max_age(i64::from(input.byte()) - 100),
    };
    assert_eq!(cookie, cookie.clone().into_owned());
    cookie
}

/// The variables of a gateway.
fn gateway(mut input: Input<'_>) {
    const NAMES: [&str; 8] = [
        "REQUEST_METHOD",
        "REQUEST_URI",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "SERVER_PROTOCOL",
        "CONTENT_LENGTH",
        "HTTP_HOST",
    ];
    let mut variables = vec![("REQUEST_METHOD".to_owned(), "GET".to_owned())];
    while !input.is_empty() {
        let name = match input.byte() {
            choice @ 0x80.. => NAMES[usize::from(choice) % NAMES.len()].to_owned(),
            _ => format!("HTTP_{}", input.text()),
        };
        variables.push((name, input.text().to_owned()));
    }
    if let Ok(request) = Request::from_env(variables) {
        http_request::same_when_parsed(&request);
    }
}

/// A value as it goes out.
fn sent(value: &str) -> &[u8] {
    value.trim_matches([' ', '\t']).as_bytes()
}
