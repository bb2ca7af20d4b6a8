//! Frames in the plainest way: what the engines are checked against.

/// Appends a frame.
pub fn frame(first: u8, payload: &[u8], key: Option<[u8; 4]>, output: &mut Vec<u8>) {
    output.push(first);
    let mask_bit = if key.is_some() { 0x80 } else { 0 };
    match payload.len() {
        short @ ..126 => output.push(mask_bit | short as u8),
        medium @ ..0x1_0000 => {
            output.push(mask_bit | 126);
            output.extend((medium as u16).to_be_bytes());
        }
        long => {
            output.push(mask_bit | 127);
            output.extend((long as u64).to_be_bytes());
        }
    }
    let key = key.inspect(|key| output.extend(key)).unwrap_or_default();
    output.extend(payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key));
}

/// Takes a frame from the front: its first byte, its key if it has one, and its payload without the mask.
///
/// # Panics
/// If it is not complete.
#[must_use]
pub fn take(input: &mut &[u8]) -> (u8, Option<[u8; 4]>, Vec<u8>) {
    let first = bytes::<1>(input)[0];
    let second = bytes::<1>(input)[0];
    let length = match second & 0x7F {
        126 => u64::from(u16::from_be_bytes(bytes(input))),
        127 => u64::from_be_bytes(bytes(input)),
        short => u64::from(short),
    };
    let key = (second & 0x80 != 0).then(|| bytes::<4>(input));
    let (payload, rest) = input.split_at(length as usize);
    *input = rest;
    let payload = payload.iter().zip(key.unwrap_or_default().iter().cycle()).map(|(byte, key)| byte ^ key).collect();
    (first, key, payload)
}

fn bytes<const N: usize>(input: &mut &[u8]) -> [u8; N] {
    let (front, rest) = input.split_first_chunk().expect("a whole frame");
    *input = rest;
    *front
}
