//! Stands in for compression where the build leaves it out: values that can't exist.

use crate::Error;

#[derive(Debug)]
pub(crate) enum Inflate {}

#[derive(Debug)]
pub(crate) enum Deflate {}

impl Inflate {
    pub(crate) const fn inflate(
        &mut self,
        _piece: &[u8],
        _last: bool,
        _limit: u64,
        _output: &mut Vec<u8>,
    ) -> Result<(), Error> {
        match *self {}
    }

    pub(crate) const fn retained_bytes(&self) -> usize {
        match *self {}
    }
}

impl Deflate {
    pub(crate) const fn whole(&mut self, _message: &[u8], _output: &mut Vec<u8>) -> bool {
        match *self {}
    }

    pub(crate) const fn begin(&self) -> bool {
        match *self {}
    }

    pub(crate) const fn part(&mut self, _data: &[u8], _last: bool, _output: &mut Vec<u8>) {
        match *self {}
    }

    pub(crate) const fn switch(&mut self, _on: bool) {
        match *self {}
    }

    pub(crate) const fn retained_bytes(&self) -> usize {
        match *self {}
    }
}
