//! What a user of hybi-frame alone may write: a tool that shows the frames of a client.

use hybi_frame::{Decoder, Error, Header, Opcode, Role, SUPPORTED, Version, encode_frame};

fn main() -> Result<(), Error> {
    let mut wire = Vec::new();
    encode_frame(&Header::new(Opcode::Text, 5).masked([1, 2, 3, 4]), b"Hello", &mut wire);
    encode_frame(&Header::new(Opcode::Ping, 0).masked([5, 6, 7, 8]), b"", &mut wire);

    let mut decoder = Decoder::new(Version::Hybi17, Role::Server)?;
    let mut input = &mut wire[..];
    while let Some(piece) = decoder.decode(&mut input)? {
        println!("{} {:?}", piece.opcode, String::from_utf8_lossy(piece.payload));
    }
    println!("{SUPPORTED}");
    assert_eq!(
        Decoder::new(Version::Hybi00, Role::Server).err(),
        Some(Error::VersionDisabled { version: Version::Hybi00 })
    );
    Ok(())
}
