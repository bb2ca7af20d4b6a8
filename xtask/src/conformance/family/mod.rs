//! The families of cases.

mod answers;
mod asked;
mod bad_answers;
mod closing;
mod cuts;
mod deflate_answers;
mod deflate_messages;
mod deflate_offers;
mod f01_framing;
mod f02_pings;
mod f03_rsv;
mod f04_opcodes;
mod f05_fragmentation;
mod f06_utf8;
mod f07_closing;
mod f09_limits;
mod f12_deflate;
mod hixie75;
mod hybi00;
mod hybi10;
mod lengths;
mod limits;
mod masks;
mod old_answers;
mod requests;
mod rules;
mod sentinel;
mod utf8_table;
mod writes;

use crate::conformance::case::Case;
use crate::conformance::talk::Chop;

/// A family: the first part of its ids, and what it is about.
pub(crate) struct Family {
    pub(crate) id: &'static str,
    pub(crate) about: &'static str,
}

/// All families, in the order of the reports. The first nine have Autobahn's ids.
pub(crate) const FAMILIES: &[Family] = &[
    Family { id: "1", about: "framing" },
    Family { id: "2", about: "pings and pongs" },
    Family { id: "3", about: "reserved bits" },
    Family { id: "4", about: "reserved opcodes" },
    Family { id: "5", about: "fragmentation" },
    Family { id: "6", about: "UTF-8" },
    Family { id: "7", about: "closing handshake" },
    Family { id: "9", about: "limits and throughput" },
    Family { id: "10", about: "many fragments" },
    Family { id: "12", about: "permessage-deflate: data" },
    Family { id: "13", about: "permessage-deflate: parameters" },
    Family { id: "H", about: "opening handshake: requests" },
    Family { id: "A", about: "opening handshake: answers" },
    Family { id: "L", about: "lengths" },
    Family { id: "M", about: "masks" },
    Family { id: "W", about: "what the peer writes" },
    Family { id: "K", about: "closing, in detail" },
    Family { id: "C", about: "cuts" },
    Family { id: "Z", about: "permessage-deflate, in detail" },
    Family { id: "hybi10", about: "version 8" },
    Family { id: "hybi00", about: "keys, proxies, 00 … FF" },
    Family { id: "hixie75", about: "no keys, 00 … FF" },
];

/// All cases, in the order of the reports and of the numbers of `/runCase`.
pub(crate) fn all() -> Vec<Case> {
    [
        f01_framing::cases,
        f02_pings::cases,
        f03_rsv::cases,
        f04_opcodes::cases,
        f05_fragmentation::cases,
        f06_utf8::cases,
        f07_closing::cases,
        f09_limits::cases,
        f12_deflate::cases,
        requests::cases,
        lengths::cases,
        masks::cases,
        writes::cases,
        closing::cases,
        cuts::cases,
        deflate_offers::cases,
        deflate_messages::cases,
        hybi10::cases,
        hybi00::cases,
        hixie75::cases,
        // What a client is to refuse comes last.
        deflate_answers::cases,
        answers::cases,
        old_answers::cases,
    ]
    .into_iter()
    .flat_map(|cases| cases())
    .collect()
}

/// The three ways in which a case is often sent.
const CHOPS: [(Chop, &str); 3] =
    [(Chop::Whole, ""), (Chop::Frames, ", frame by frame,"), (Chop::Every(1), ", byte by byte,")];

const LATE_ECHO: &str = "the connection failed before the message in front of the error came back";

#[cfg(test)]
mod tests {
    use super::*;

    /// How many cases Autobahn has in each of its families.
    #[test]
    fn autobahn_is_complete() {
        let cases = all();
        let count = |family: &str| cases.iter().filter(|case| case.family() == family).count();
        let counts = ["1", "2", "3", "4", "5", "6", "7", "9", "10", "12", "13"].map(count);
        assert_eq!(counts, [16, 11, 7, 10, 20, 145, 37, 54, 1, 90, 126]);
    }

    #[test]
    fn ids_are_unique_and_families_known() {
        let cases = all();
        let mut ids: Vec<_> = cases.iter().map(|case| &case.id).collect();
        ids.sort();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for case in &cases {
            assert!(FAMILIES.iter().any(|family| family.id == case.family()), "{}", case.id);
        }
    }
}
