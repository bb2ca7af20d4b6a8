//! What the tests of the hybi crates share: all cuts of an input, slow twins, and bytes that real peers sent.
