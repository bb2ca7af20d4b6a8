//! What holds for the headers of every head that was parsed.

use hybi::http::{Headers, Limits, is_token};

/// Limits that small heads reach, and the default ones.
pub(crate) fn limits(choice: u8) -> Limits {
    match choice % 6 {
        0 => Limits::default(),
        1 => Limits::default().head_bytes(64),
        2 => Limits::default().headers(2),
        3 => Limits::default().target_bytes(8),
        // More than the parser has room for on the stack.
        4 => Limits::default().headers(500),
        _ => Limits::default().head_bytes(usize::from(choice)).headers(usize::from(choice % 16)),
    }
}

pub(crate) fn examine(headers: &Headers<'_>, limits: &Limits) {
    let all: Vec<_> = headers.iter().collect();
    assert_eq!(all.len(), headers.len());
    assert!(all.len() <= limits.headers);
    assert!(all.iter().map(|(name, value)| (name.as_bytes(), *value)).eq(headers.iter_bytes()));
    for &(name, value) in &all {
        assert!(is_token(name.as_bytes()), "{name:?} is no token");
        assert!(!value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)), "{}", value.escape_ascii());
        assert!(!value.starts_with(b" ") && !value.ends_with(b"\t"), "{}", value.escape_ascii());
        named(headers, name, &all);
    }
    assert!(!headers.contains("no such header"));
    let _ = headers.content_length();
}

/// The headers are those that another parser found.
pub(crate) fn same_headers(ours: &Headers<'_>, theirs: &[(String, Vec<u8>)]) {
    assert!(ours.iter().eq(theirs.iter().map(|(name, value)| (&**name, &**value))));
}

/// Every way to ask for a header gives the same.
fn named(headers: &Headers<'_>, name: &str, all: &[(&str, &[u8])]) {
    let values: Vec<_> = all.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|pair| pair.1).collect();
    let (lower, upper) = (name.to_ascii_lowercase(), name.to_ascii_uppercase());
    for name in [name, &lower, &upper] {
        assert!(headers.contains(name));
        assert!(headers.get_all(name).eq(values.iter().copied()));
    }
    let first = headers.get(name).expect("it is there");
    assert_eq!(first, values[0]);
    assert_eq!(headers.get_raw(name).expect("it is there").trim_ascii(), first.trim_ascii());
    assert_eq!(headers.get_str(name).map(str::as_bytes), first.is_ascii().then_some(first));
    match headers.only_one(name) {
        Ok(value) => assert_eq!((value, values.len()), (Some(first), 1)),
        Err(_) => assert!(values.len() > 1),
    }
    let tokens: Vec<_> = headers.tokens(name).collect();
    assert!(headers.checked_tokens(name).filter_map(Result::ok).eq(tokens.iter().copied()));
    for token in tokens {
        assert!(is_token(token.as_bytes()));
        assert!(headers.contains_token(name, &token.to_ascii_uppercase()));
    }
    let extensions: Vec<_> = headers.extensions(name).collect();
    assert!(extensions.len() <= Limits::EXTENSIONS + 1);
    assert!(!extensions.iter().rev().skip(1).any(Result::is_err), "behind an error is nothing");
}
