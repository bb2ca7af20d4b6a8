//! Lists of extensions, tokens and quoted strings.

use hybi::http::{Extension, Limits, extensions, is_token, quote, tokens, unquote};

use crate::input::Input;

/// Values of one header, a line each.
pub fn check_extension_list(data: &[u8]) {
    let bytes = Input::new(data).rest();
    let values: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let list: Vec<_> = extensions(values.iter().copied()).collect();
    let good: Vec<&Extension<'_>> = list.iter().map_while(|extension| extension.as_ref().ok()).collect();
    assert!(good.len() + 1 >= list.len(), "behind an error is nothing");
    assert!(good.len() <= Limits::EXTENSIONS);
    for &extension in &good {
        assert!(is_token(extension.name().as_bytes()) && extension.params().len() <= Limits::PARAMS);
        for param in extension.params() {
            assert!(is_token(param.name().as_bytes()));
            assert!(param.value().is_none_or(|value| is_token(value.as_bytes())));
            assert!(extension.get(param.name()).is_some());
        }
        let text = extension.to_string();
        assert_eq!(Extension::parse(&text).as_ref(), Ok(extension), "{text}");
        assert_eq!(&extension.clone().into_owned(), extension);
    }
    // Joined in one value they are the same.
    let joined = good.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let again: Result<Vec<_>, _> = extensions([joined.as_bytes()]).collect();
    assert_eq!(again.expect("all were good").iter().collect::<Vec<_>>(), good);

    assert!(tokens(bytes).all(|token| is_token(token.as_bytes())));
    if let Ok(text) = core::str::from_utf8(bytes) {
        quoted(text);
    }
}

/// What is put into quotes comes out of them.
fn quoted(text: &str) {
    let _ = unquote(text);
    let plain = text.bytes().all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7F));
    let quoted = quote(text);
    assert_eq!(unquote(&quoted).ok().as_deref(), plain.then_some(text), "{quoted}");
}
