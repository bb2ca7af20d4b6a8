//! Offers and answers (RFC 7692 §7.1), as tables.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Config, Error, Params, WindowBits};
use hybi_http::{Extension, extensions};
use support::bits;

const NEW: Config = Config::new();

fn accept(config: Config, offers: &str) -> Option<(Params, String)> {
    let offers: Vec<_> = extensions([offers.as_bytes()]).map(Result::unwrap).collect();
    config.accept(&offers).map(|(params, answer)| (params, answer.to_string()))
}

fn check(config: Config, answer: &str) -> Result<Params, Error> {
    config.check_answer(&Extension::parse(answer).unwrap())
}

/// `s`, `c` for no context takeover of the server, the client; and the bits of both.
fn shown(params: &Params) -> String {
    let flag = |on, letter| if on { letter } else { "" };
    let (server, client) = (params.server_max_window_bits(), params.client_max_window_bits());
    format!(
        "{}{} {server} {client}",
        flag(params.server_no_context_takeover(), "s"),
        flag(params.client_no_context_takeover(), "c")
    )
}

#[test]
fn offers() {
    let rows = [
        (NEW, "; client_max_window_bits"),
        (NEW.client_max_window_bits(None), ""),
        (NEW.client_max_window_bits(bits(8)), "; client_max_window_bits=8"),
        (NEW.client_max_window_bits(bits(15)), "; client_max_window_bits"),
        (NEW.server_max_window_bits(bits(9)), "; server_max_window_bits=9; client_max_window_bits"),
        (NEW.server_no_context_takeover(true), "; server_no_context_takeover; client_max_window_bits"),
        (NEW.client_no_context_takeover(true), "; client_no_context_takeover; client_max_window_bits"),
        (Config::no_context(), "; server_no_context_takeover; client_no_context_takeover; client_max_window_bits"),
        (Config::low_memory(), "; server_max_window_bits=12; client_max_window_bits=12"),
    ];
    for (config, expected) in rows {
        assert_eq!(config.offer().to_string(), format!("permessage-deflate{expected}"));
    }
}

#[test]
fn answers() {
    let small = NEW.server_max_window_bits(bits(10)).client_max_window_bits(bits(11));
    let rows = [
        // The server asks for nothing.
        (NEW, "", "", " 15 15"),
        (NEW, "; client_max_window_bits", "", " 15 15"),
        (NEW, "; client_max_window_bits=15", "", " 15 15"),
        (NEW, "; client_max_window_bits=10", "; client_max_window_bits=10", " 15 10"),
        (NEW, "; client_max_window_bits=\"10\"", "; client_max_window_bits=10", " 15 10"),
        (NEW, "; client_max_window_bits=8", "; client_max_window_bits=8", " 15 8"),
        (NEW, "; server_max_window_bits=15", "; server_max_window_bits=15", " 15 15"),
        (NEW, "; server_max_window_bits=8", "; server_max_window_bits=8", " 8 15"),
        (NEW, "; server_max_window_bits=\"9\"", "; server_max_window_bits=9", " 9 15"),
        (NEW, "; server_no_context_takeover", "; server_no_context_takeover", "s 15 15"),
        (NEW, "; client_no_context_takeover", "; client_no_context_takeover", "c 15 15"),
        (
            NEW,
            "; client_max_window_bits; server_max_window_bits=12; client_no_context_takeover; server_no_context_takeover",
            "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12",
            "sc 12 15",
        ),
        // The server wants small windows.
        (small, "", "; server_max_window_bits=10", " 10 15"),
        (small, "; client_max_window_bits", "; server_max_window_bits=10; client_max_window_bits=11", " 10 11"),
        (small, "; client_max_window_bits=15", "; server_max_window_bits=10; client_max_window_bits=11", " 10 11"),
        (small, "; client_max_window_bits=9", "; server_max_window_bits=10; client_max_window_bits=9", " 10 9"),
        (small, "; server_max_window_bits=9", "; server_max_window_bits=9", " 9 15"),
        (small, "; server_max_window_bits=11", "; server_max_window_bits=10", " 10 15"),
        // `None` asks for no limit.
        (NEW.client_max_window_bits(None), "; client_max_window_bits", "", " 15 15"),
        (NEW.client_max_window_bits(None), "; client_max_window_bits=9", "; client_max_window_bits=9", " 15 9"),
        // The server wants no context.
        (Config::no_context(), "", "; server_no_context_takeover; client_no_context_takeover", "sc 15 15"),
        (NEW.server_no_context_takeover(true), "", "; server_no_context_takeover", "s 15 15"),
        (NEW.client_no_context_takeover(true), "", "; client_no_context_takeover", "c 15 15"),
    ];
    for (config, offer, expected, params) in rows {
        let (agreed, answer) = accept(config, &format!("permessage-deflate{offer}")).expect(offer);
        assert_eq!(answer, format!("permessage-deflate{expected}"), "{offer}");
        assert_eq!(shown(&agreed), params, "{offer}");
    }
}

/// Every one of these is not valid (RFC 7692 §7), in an offer as well as in an answer.
const INVALID: [&str; 33] = [
    "foo",
    "foo=1",
    "server_max_windowbits=10",
    "Server_no_context_takeover",
    "server_no_context_takeover=1",
    "server_no_context_takeover=true",
    "server_no_context_takeover=\"x\"",
    "client_no_context_takeover=1",
    "client_no_context_takeover=false",
    "server_no_context_takeover; server_no_context_takeover",
    "client_no_context_takeover; client_no_context_takeover",
    "server_max_window_bits",
    "server_max_window_bits=0",
    "server_max_window_bits=7",
    "server_max_window_bits=16",
    "server_max_window_bits=08",
    "server_max_window_bits=010",
    "server_max_window_bits=+9",
    "server_max_window_bits=-9",
    "server_max_window_bits=9.5",
    "server_max_window_bits=0x9",
    "server_max_window_bits=9a",
    "server_max_window_bits=264",
    "server_max_window_bits=99999999999999999999999",
    "server_max_window_bits=10; server_max_window_bits=10",
    "server_max_window_bits=10; server_max_window_bits=11",
    "client_max_window_bits=0",
    "client_max_window_bits=7",
    "client_max_window_bits=16",
    "client_max_window_bits=015",
    "client_max_window_bits=\"16\"",
    "client_max_window_bits=10; client_max_window_bits=10",
    "client_max_window_bits=10; client_no_context_takeover; foo",
];

#[test]
fn invalid_offers_are_declined() {
    for parameters in INVALID.into_iter().chain(["client_max_window_bits; client_max_window_bits"]) {
        for offer in [parameters.to_owned(), format!("client_no_context_takeover; {parameters}")] {
            let offer = format!("permessage-deflate; {offer}");
            assert_eq!(accept(NEW, &offer), None, "{offer}");
            // The next offer gets its chance.
            let offers = format!("{offer}, permessage-deflate; server_max_window_bits=9");
            assert_eq!(accept(NEW, &offers).unwrap().1, "permessage-deflate; server_max_window_bits=9");
        }
    }
}

#[test]
fn the_first_offer_that_is_valid_is_accepted() {
    let rows = [
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", Some(" 10 15")),
        ("permessage-deflate, permessage-deflate; server_max_window_bits=10", Some(" 15 15")),
        ("x-webkit-deflate-frame, permessage-deflate; client_max_window_bits=9", Some(" 15 9")),
        (
            "permessage-deflate; a, permessage-deflate; b=2, permessage-deflate; client_no_context_takeover",
            Some("c 15 15"),
        ),
        ("permessage-deflate; a, permessage-deflate; b=2", None),
        ("x-webkit-deflate-frame", None),
        ("permessage-bzip2; server_max_window_bits=10", None),
        ("Permessage-Deflate", None),
        ("", None),
    ];
    for (offers, expected) in rows {
        assert_eq!(accept(NEW, offers).map(|(params, _)| shown(&params)).as_deref(), expected, "{offers}");
    }
}

#[test]
fn valid_answers() {
    let rows = [
        (NEW, "", " 15 15"),
        (NEW, "; server_no_context_takeover", "s 15 15"),
        (NEW, "; client_no_context_takeover", "c 15 15"),
        (NEW, "; server_max_window_bits=8", " 8 15"),
        (NEW, "; server_max_window_bits=15", " 15 15"),
        (NEW, "; client_max_window_bits=8", " 15 8"),
        (NEW, "; client_max_window_bits=\"12\"; server_max_window_bits=\"11\"", " 11 12"),
        (NEW, "; client_max_window_bits=9; client_no_context_takeover; server_no_context_takeover", "sc 15 9"),
        (NEW.client_max_window_bits(None), "", " 15 15"),
        (NEW.client_max_window_bits(None), "; server_max_window_bits=9", " 9 15"),
        (NEW.client_max_window_bits(bits(10)), "; client_max_window_bits=10", " 15 10"),
        (NEW.client_max_window_bits(bits(10)), "; client_max_window_bits=8", " 15 8"),
        // What the client announced holds.
        (NEW.client_max_window_bits(bits(10)), "", " 15 10"),
        (NEW.client_no_context_takeover(true), "", "c 15 15"),
        (NEW.server_max_window_bits(bits(10)), "; server_max_window_bits=10", " 10 15"),
        (NEW.server_max_window_bits(bits(10)), "; server_max_window_bits=9", " 9 15"),
        (NEW.server_no_context_takeover(true), "; server_no_context_takeover", "s 15 15"),
        (Config::no_context(), "; server_no_context_takeover; client_no_context_takeover", "sc 15 15"),
        (Config::no_context(), "; server_no_context_takeover", "sc 15 15"),
    ];
    for (config, answer, expected) in rows {
        assert_eq!(shown(&check(config, &format!("permessage-deflate{answer}")).expect(answer)), expected, "{answer}");
    }
}

#[test]
fn invalid_answers_fail_the_connection() {
    for parameters in INVALID.into_iter().chain(["client_max_window_bits"]) {
        for answer in [parameters.to_owned(), format!("client_no_context_takeover; {parameters}")] {
            let error = check(NEW, &format!("permessage-deflate; {answer}")).expect_err(&answer);
            assert_eq!(error.close_code(), 1002, "{answer}");
        }
    }
}

#[test]
fn answers_that_do_not_fit_the_offer_fail_the_connection() {
    let (server, client) = ("server_max_window_bits", "client_max_window_bits");
    let too_large =
        |name, offered, answered| Error::WindowTooLarge { name, offered: bits(offered), answered: bits(answered) };
    let rows = [
        (NEW, "permessage-bzip2", Error::OtherExtension("permessage-bzip2".to_owned())),
        (NEW, "permessage-deflate; foo", Error::UnknownParameter("foo".to_owned())),
        (NEW, "permessage-deflate; client_max_window_bits", Error::InvalidValue { name: client, value: None }),
        (
            NEW,
            "permessage-deflate; server_max_window_bits=7",
            Error::InvalidValue { name: server, value: Some("7".to_owned()) },
        ),
        (
            NEW,
            "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
            Error::RepeatedParameter("client_no_context_takeover"),
        ),
        (
            NEW.client_max_window_bits(None),
            "permessage-deflate; client_max_window_bits=10",
            Error::NotOffered("client_max_window_bits"),
        ),
        (
            NEW.client_max_window_bits(bits(10)),
            "permessage-deflate; client_max_window_bits=11",
            too_large(client, 10, 11),
        ),
        (
            NEW.server_max_window_bits(bits(10)),
            "permessage-deflate; server_max_window_bits=11",
            too_large(server, 10, 11),
        ),
        (NEW.server_max_window_bits(bits(10)), "permessage-deflate", Error::MissingParameter(server)),
        (
            NEW.server_no_context_takeover(true),
            "permessage-deflate",
            Error::MissingParameter("server_no_context_takeover"),
        ),
        (Config::low_memory(), "permessage-deflate; client_max_window_bits=12", Error::MissingParameter(server)),
    ];
    for (config, answer, expected) in rows {
        let error = check(config, answer).expect_err(answer);
        assert_eq!(error, expected, "{answer}");
        assert_eq!(error.close_code(), 1002);
        assert!(!error.to_string().is_empty());
    }
}

/// Whatever one end offers and the other has, they agree, and in what.
#[test]
fn every_pair_of_configurations_agrees() {
    let mut configs = Vec::new();
    for flags in 0..4 {
        for server in [8, 12, 15] {
            for client in [None, Some(8), Some(11), Some(15)] {
                configs.push(
                    NEW.server_no_context_takeover(flags & 1 != 0)
                        .client_no_context_takeover(flags & 2 != 0)
                        .server_max_window_bits(bits(server))
                        .client_max_window_bits(client.map(bits)),
                );
            }
        }
    }
    for client in &configs {
        for server in &configs {
            let (clients, servers) = support::agree(client, server);
            assert_eq!(shown(&clients), shown(&servers));
            assert!(clients.server_max_window_bits() <= WindowBits::MAX);
            let pool = hybi_deflate::Pool::new(1);
            let payload = support::compress(&mut clients.compressor(&pool), b"to the server");
            assert_eq!(support::decompress(&mut servers.decompressor(&pool), &payload).unwrap(), b"to the server");
        }
    }
}
