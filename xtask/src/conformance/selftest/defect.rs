//! The ways in which a peer of the self-tests can be wrong.

/// One mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    /// No mistake at all.
    None,

    /// Messages of 126 bytes lose their last.
    Cuts126,
    /// A pong has no payload.
    EmptyPong,
    /// Only the last of several pings is answered.
    PongsLast,
    /// Reserved bits are overlooked.
    AnyRsv,
    /// Frames with a reserved opcode are overlooked.
    AnyOpcode,
    /// The first fragment of a message is lost.
    LosesFirstFragment,
    /// A fragmented ping is taken.
    FragmentedPing,
    /// A continuation of nothing is overlooked.
    StrayContinuation,
    /// Text may be anything.
    AnyUtf8,
    /// Text is checked when it is complete.
    LateUtf8,
    /// Invalid close codes come back.
    AnyCloseCode,
    /// A ping behind a close frame is answered.
    PongsAfterClose,
    /// A close frame is answered by the end of TCP.
    NoCloseAnswer,
    /// Messages of more than 200000 bytes are refused.
    SmallLimit,
    /// A message of more than 50 fragments loses its last.
    FiftyFragments,
    /// Text comes back as binary.
    AllBinary,

    /// With compression, messages of 1024 bytes lose their last.
    CutsCompressed,
    /// Compressed messages are decompressed without what came before them.
    ForgetsContext,
    /// A window that was agreed to is not kept to.
    IgnoresWindow,
    /// An unknown parameter is overlooked.
    AnyParameter,
    /// RSV1 is allowed on control frames.
    CompressedControl,

    /// The proof is wrong, or not looked at.
    WrongAccept,
    /// The same, in version 8.
    WrongAccept8,
    /// A request without a key is accepted.
    NoKeyNeeded,
    /// Names of fields must be in their usual case.
    CaseOfNames,
    /// An unknown version is refused without telling the known ones.
    SilentAboutVersions,
    /// Any status is taken for a 101.
    AnyStatus,
    /// An extension that was not offered is taken.
    AnyExtension,

    /// A length of 8 bytes may say anything.
    WaitsForLength,
    /// A length may be in any form.
    AnyForm,
    /// Masks are not looked at.
    AnyMask,
    /// Masks are used the wrong way.
    MasksWrongly,
    /// All masks are the same.
    SameKey,
    /// Lengths are written in 8 bytes.
    LongForms,
    /// Reserved bits are set.
    SetsRsv,

    /// A close frame is answered without its code.
    ForgetsCode,
    /// Errors end the connection without a close frame.
    DropsSilently,
    /// TCP is kept open after the closing handshake.
    KeepsTcp,
    /// What arrives is taken for whole frames.
    WholeFrames,

    /// The checksum of hybi00 is wrong, or not looked at.
    WrongChecksum,
    /// The head is answered only when the eight bytes are there.
    WaitsForKey3,
    /// A key without spaces is accepted.
    AnyKey,
    /// `FF 00` is not answered.
    NoSentinelClose,
    /// The location is wrong, or not looked at.
    WrongLocation,
    /// The status line of hixie75 is that of hybi00.
    WrongPhrase,
    /// Frames of other types are taken for text.
    AnyType,
}
