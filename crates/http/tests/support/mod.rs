//! What the tests of this crate share: a head read from pieces.

use hybi_http::{Error, HeadReader, Limits, Request, Response};

/// What reading one head came to, and the bytes that were left behind it.
pub(crate) type Outcome<T> = (Result<Option<T>, Error>, Vec<u8>);

/// A request or a response, read by a reader.
pub(crate) trait Head: Sized {
    fn receive(reader: &mut HeadReader, input: &mut &mut [u8]) -> Result<Option<Self>, Error>;
}

impl Head for Request<'static> {
    fn receive(reader: &mut HeadReader, input: &mut &mut [u8]) -> Result<Option<Self>, Error> {
        Ok(reader.request(input)?.map(Request::into_owned))
    }
}

impl Head for Response<'static> {
    fn receive(reader: &mut HeadReader, input: &mut &mut [u8]) -> Result<Option<Self>, Error> {
        Ok(reader.response(input)?.map(Response::into_owned))
    }
}

/// Reads one head from pieces.
pub(crate) fn read<T: Head>(pieces: &[Vec<u8>], limits: Limits) -> Outcome<T> {
    let mut reader = HeadReader::new(limits);
    for (nth, piece) in pieces.iter().enumerate() {
        let mut piece = piece.clone();
        let mut input = piece.as_mut_slice();
        match T::receive(&mut reader, &mut input) {
            Ok(None) => assert!(input.is_empty(), "all is taken while the head is not complete"),
            Ok(Some(head)) => {
                assert_eq!(reader.retained_bytes(), 0);
                let mut rest = input.to_vec();
                rest.extend(pieces[nth + 1..].concat());
                return (Ok(Some(head)), rest);
            }
            Err(error) => return (Err(error), Vec::new()),
        }
    }
    (Ok(None), Vec::new())
}
