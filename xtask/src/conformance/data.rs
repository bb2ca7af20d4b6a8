//! The data of the throughput and compression cases: made up here, and the same in every run.

use std::sync::OnceLock;

use crate::conformance::random::Random;

/// A kind of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Data {
    /// The same byte over and over.
    Same(u8),
    /// Sentences.
    Prose,
    /// A picture: slopes with a little noise.
    Picture,
    /// What is compressed already.
    Packed,
    Json,
    Html,
}

impl Data {
    /// The next `size` bytes from `at` on, round and round.
    pub(crate) fn slice(self, at: &mut usize, size: usize) -> Vec<u8> {
        let whole = match self {
            Self::Same(byte) => return vec![byte; size],
            _ => self.whole(),
        };
        let mut out = Vec::with_capacity(size);
        while out.len() < size {
            let rest = whole.get(*at..).unwrap_or_default();
            let piece = rest.get(..size - out.len()).unwrap_or(rest);
            out.extend_from_slice(piece);
            *at = (*at + piece.len()) % whole.len().max(1);
        }
        out
    }

    fn whole(self) -> &'static [u8] {
        static KEPT: [OnceLock<Vec<u8>>; 5] = [const { OnceLock::new() }; 5];
        let make: (usize, fn() -> Vec<u8>) = match self {
            Self::Same(_) | Self::Prose => (0, prose),
            Self::Picture => (1, picture),
            Self::Packed => (2, packed),
            Self::Json => (3, json),
            Self::Html => (4, html),
        };
        KEPT.get(make.0).map_or(&[], |kept| kept.get_or_init(make.1))
    }
}

const SIZE: usize = 240_000;

/// Words of made-up syllables, few of them often.
fn word(random: &mut Random) -> String {
    const SYLLABLES: [&str; 24] = [
        "an", "ber", "cha", "den", "er", "fel", "ge", "hin", "in", "ka", "len", "mon", "nach", "or", "pre", "qui",
        "ren", "sta", "ten", "und", "ver", "wo", "xa", "zu",
    ];
    let rank = random.below(40) * random.below(40);
    let mut word = Random::new(&format!("word {rank}"));
    let count = 1 + word.below(3);
    (0..count).filter_map(|_| word.pick(&SYLLABLES).copied()).collect()
}

fn prose() -> Vec<u8> {
    let mut random = Random::new("prose");
    let mut text = String::new();
    while text.len() < SIZE {
        let count = 4 + random.below(14);
        for at in 0..count {
            let word = word(&mut random);
            match (at, word.get(..1), word.get(1..)) {
                (0, Some(first), Some(rest)) => text.extend([&first.to_uppercase(), rest]),
                _ => text.extend([" ", &word]),
            }
        }
        text.push_str(if random.below(8) == 0 { ".\n\n" } else { ". " });
    }
    text.into_bytes()
}

fn picture() -> Vec<u8> {
    let mut random = Random::new("picture");
    let pixel = |at: usize| {
        let (x, y) = (at % 512, at / 512);
        let slope = (x * 3 + y * 2) / 16 + (x / 64 + y / 48) % 3 * 40;
        let noise = random.below(6);
        u8::try_from((slope + noise) % 256).unwrap_or(0)
    };
    (0..512 * 512).map(pixel).collect()
}

fn packed() -> Vec<u8> {
    let mut random = Random::new("packed");
    (0..SIZE).map(|_| random.byte()).collect()
}

fn json() -> Vec<u8> {
    let mut random = Random::new("json");
    let mut text = String::from("[");
    while text.len() < SIZE {
        let (id, age, score) = (random.below(1_000_000), random.below(90), random.below(10_000));
        let (name, city, tag) = (word(&mut random), word(&mut random), word(&mut random));
        let active = random.below(2) == 0;
        text.push_str(&format!(
            "{{\"id\": {id}, \"name\": \"{name}\", \"city\": \"{city}\", \"age\": {age}, \"active\": \
             {active}, \"tags\": [\"{tag}\", \"new\"], \"score\": {}.{:02}}},\n ",
            score / 100,
            score % 100
        ));
    }
    text.push_str("{}]");
    text.into_bytes()
}

fn html() -> Vec<u8> {
    let mut random = Random::new("html");
    let mut text = String::from("<!DOCTYPE html>\n<html><head><title>Rows</title></head><body>\n");
    while text.len() < SIZE {
        let (class, row) = (random.below(5), random.below(100_000));
        let (link, first, second) = (word(&mut random), word(&mut random), word(&mut random));
        text.push_str(&format!(
            "<div class=\"row c{class}\" id=\"r{row}\"><a href=\"/list/{link}?page={class}\">{first}</a>\
             <span class=\"note\">{second}</span></div>\n"
        ));
    }
    text.push_str("</body></html>\n");
    text.into_bytes()
}
