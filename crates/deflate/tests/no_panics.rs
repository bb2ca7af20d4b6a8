//! Whatever a peer sends, and however a caller takes it, nothing panics and every limit holds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Config, Decompressor, Pool};
use hybi_http::extensions;
use proptest::prelude::*;
use support::{bits, compress, direction, json};

/// Bytes in which blocks begin more often than in random ones.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        (0..8_u8, any::<u8>()).prop_map(|(header, byte)| vec![byte << 3 | header]),
        (0..500_usize, any::<u64>())
            .prop_map(|(length, seed)| { compress(&mut direction(bits(15), false).0, &json(seed, length)) }),
        (0..20_u8).prop_map(|length| [&[0, length, 0, !length, 0xff][..], &vec![b'x'; length.into()]].concat()),
        Just(vec![0x03, 0x00]),
        Just(vec![0x00, 0x00, 0x00, 0xff, 0xff]),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(support::cases(1000))]

    #[test]
    fn any_stream(
        pieces in prop::collection::vec((stream(), any::<bool>(), 0..3000_usize, any::<bool>()), 1..8),
        window in 8..=15_u8,
        context_takeover: bool,
        reserved in 0..2000_usize,
    ) {
        let pool = Pool::new(1);
        let mut decompressor = Decompressor::new(bits(window), context_takeover, &pool);
        let (mut output, mut of_message) = (Vec::with_capacity(reserved), 0);
        for (piece, fin, limit, some) in &pieces {
            let start = output.len();
            let result = if *some {
                let mut rest = &piece[..];
                let result = decompressor.decompress_some(&mut rest, *fin, *limit, &mut output);
                prop_assert!(piece.ends_with(rest));
                prop_assert!(output.len() - start <= *limit);
                result
            } else {
                let result = decompressor.decompress(piece, *fin, *limit, &mut output).map(|()| *fin);
                prop_assert!(output.len() - start <= limit.saturating_sub(of_message));
                result
            };
            of_message += output.len() - start;
            match result {
                Ok(true) => of_message = 0,
                Ok(false) => {}
                Err(error) => {
                    let again = decompressor.decompress(&[], true, usize::MAX, &mut output);
                    prop_assert_eq!(again, Err(error));
                    break;
                }
            }
        }
    }

    #[test]
    fn any_extension(value in "[a-z_0-9=;\", ]{0,60}", bits in "[0-9]{0,4}") {
        let values = [
            value.clone(),
            format!("permessage-deflate; {value}"),
            format!("permessage-deflate; client_max_window_bits={bits}; server_max_window_bits={bits}{value}"),
        ];
        for value in values {
            for extension in extensions([value.as_bytes()]).map_while(Result::ok) {
                let agreed = Config::new().accept([&extension]);
                prop_assert!(agreed.is_none() || extension.name() == Config::NAME);
                if let Some((params, answer)) = agreed {
                    // What a server answers suits the client that made the offer.
                    let all = Config::low_memory().server_max_window_bits(params.server_max_window_bits());
                    prop_assert!(answer.params().len() <= 4);
                    prop_assert!(params.client_max_window_bits() <= hybi_deflate::WindowBits::MAX);
                    let _ = all.check_answer(&answer);
                }
                let _ = Config::low_memory().check_answer(&extension);
            }
        }
    }
}
