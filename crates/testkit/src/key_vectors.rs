//! Key pairs of hybi-00 with their answers, as published with several implementations, and keys that must be refused.

/// A pair of keys and what a server answers to it (hybi-00 §5.2).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeyVector {
    /// `Sec-WebSocket-Key1` and `Sec-WebSocket-Key2`. `None` for the example that is known by its parts only.
    pub keys: Option<[&'static str; 2]>,
    /// The number of each key, divided by its count of spaces.
    pub parts: [u32; 2],
    /// The eight bytes behind the head.
    pub key3: [u8; 8],
    /// The sixteen bytes of the answer.
    pub answer: [u8; 16],
}

/// The vectors.
pub const KEY_VECTORS: [KeyVector; 7] = [
    KeyVector {
        keys: Some(["4 @1  46546xW%0l 1 5", "12998 5 Y3 1  .P00"]),
        parts: [829_309_203, 259_970_620],
        key3: *b"^n:ds[4U",
        answer: *b"8jKS'y:G*Co,Wxa-",
    },
    KeyVector {
        keys: Some(["18x 6]8vM;54 *(5:  {   U1]8  z [  8", "1_ tx7X d  <  nw  334J702) 7]o}` 0"]),
        parts: [155_712_099, 173_347_027],
        key3: *b"Tm[K T2u",
        answer: *b"fQJ,fN/4F4!~K~MH",
    },
    KeyVector {
        keys: Some(["3e6b263  4 17 80", "17  9 G`ZD9   2 2b 7X 3 /r90"]),
        parts: [906_585_445, 179_922_739],
        key3: *b"WjN}|M(6",
        answer: *b"n`9eBk9z$R8pOtVb",
    },
    KeyVector {
        keys: None,
        parts: [777_007_543, 114_997_259],
        key3: [0x47, 0x30, 0x22, 0x2d, 0x5a, 0x3f, 0x47, 0x58],
        answer: *b"0st3Rl&q-2ZU^weu",
    },
    KeyVector {
        keys: Some(["36 7   74 i  92 2'm 9 0G", "y  R2 48 Q1O4  e|BV3 i5 1  u- 65"]),
        parts: [367_749_229, 225_585_015],
        key3: [0x01, 0xd1, 0xdd, 0x3b, 0xd1, 0x56, 0x63, 0xff],
        answer: 0x0b99_fa55_bd01_237b_45a2_f1d0_878a_eeeb_u128.to_be_bytes(),
    },
    KeyVector {
        keys: Some(["Y\" 4 1Lj!957b8@0H756!i", "1711 M;4\\74  80<6"]),
        parts: [2_097_890_378, 570_491_602],
        key3: [0x0f, 0xf5, 0x08, 0x12, 0x02, 0xcc, 0x85, 0x21],
        answer: 0xa9f4_bf67_9221_953b_4a68_4305_6376_abec_u128.to_be_bytes(),
    },
    KeyVector {
        keys: Some(["55 997", "3  3  64  98"]),
        parts: [55_997, 56_083],
        key3: [0x00, 0x09, 0x68, 0x32, 0x00, 0x78, 0xc7, 0x10],
        answer: 0xc415_c2c8_295c_948a_95b9_4dec_5b1d_33ce_u128.to_be_bytes(),
    },
];

/// Keys without a space. The division is not defined, so a server fails the connection (hybi-00 §5.2).
pub const KEYS_WITHOUT_SPACE: [&str; 2] = ["3e6b6341780", "4294967295"];

/// Keys without a digit.
pub const KEYS_WITHOUT_DIGIT: [&str; 3] = ["", "a b c", "! !"];

/// Keys whose number is no multiple of their count of spaces, so a server fails the connection (hybi-00 §5.2).
pub const KEYS_NOT_A_MULTIPLE: [&str; 3] = ["3e6b263 4 17 80", "17  9 G`ZD9   2 2b 7X 3 /r91", "1 x x"];

/// Keys whose number, divided by the count of spaces, does not fit 32 bits.
pub const KEYS_TOO_LARGE: [&str; 3] = ["4294967296 x", "8589934592 x y", "99999999999999999999999999 x"];
