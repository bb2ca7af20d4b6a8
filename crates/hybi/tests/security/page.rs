//! `docs/security.md` says what is so.

use hybi::{Limits, Timeouts, http};

use crate::counting::alone;

const PAGE: &str = include_str!("../../../../docs/security.md");

fn row(name: &str) -> &'static str {
    PAGE.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{name}`"))).unwrap()
}

#[test]
fn the_page_tells_the_defaults() {
    let _alone = alone();
    let (head, limits) = (http::Limits::new(), Limits::new());
    let size =
        |bytes: u64| if bytes < 1 << 20 { format!("{} KiB", bytes >> 10) } else { format!("{} MiB", bytes >> 20) };
    for (name, default) in [
        ("head_bytes", size(head.head_bytes as u64)),
        ("headers", head.headers.to_string()),
        ("target_bytes", size(head.target_bytes as u64)),
        ("EXTENSIONS", http::Limits::EXTENSIONS.to_string()),
        ("PARAMS", http::Limits::PARAMS.to_string()),
        ("frame_bytes", size(limits.frame_bytes)),
        ("message_bytes", size(limits.message_bytes)),
        ("fragments", if limits.fragments == u32::MAX { "no limit".to_owned() } else { limits.fragments.to_string() }),
        ("output_bytes", size(limits.output_bytes as u64)),
        ("pings", if limits.pings == u32::MAX { "no limit".to_owned() } else { limits.pings.to_string() }),
    ] {
        assert!(row(name).contains(&format!("| {default} |")), "{name}: {default}");
    }
    let timeouts = Timeouts::new();
    for (timeout, text) in [
        (timeouts.handshake, "(NUMBER seconds by default)"),
        (timeouts.ping, "a ping after NUMBER seconds"),
        (timeouts.pong, "the end NUMBER seconds after it"),
        (timeouts.close, "the close (NUMBER seconds)"),
    ] {
        let text = text.replace("NUMBER", &timeout.unwrap().as_secs().to_string());
        assert!(PAGE.contains(&text), "{text}");
    }
}

#[test]
fn the_page_names_the_tests() {
    let _alone = alone();
    let tests = [
        include_str!("compression.rs"),
        include_str!("frames.rs"),
        include_str!("heads.rs"),
        include_str!("offers.rs"),
        include_str!("trust.rs"),
    ];
    let names = |text: &'static str| text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next());
    let names: Vec<_> = tests.into_iter().flat_map(names).collect();
    assert!(names.len() >= 23);
    for name in names {
        row(name);
    }
}
