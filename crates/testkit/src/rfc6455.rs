//! The samples of RFC 6455.

/// The nonce of RFC 6455 §1.3 in base64.
pub const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// The nonce of RFC 6455 §1.3 itself.
pub const NONCE: &[u8; 16] = b"the sample nonce";

/// What a server proves it with (RFC 6455 §1.3).
pub const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// The client's part of the opening handshake (RFC 6455 §1.2).
pub const REQUEST: &str = "GET /chat HTTP/1.1\r\n\
    Host: server.example.com\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Origin: http://example.com\r\n\
    Sec-WebSocket-Protocol: chat, superchat\r\n\
    Sec-WebSocket-Version: 13\r\n\
    \r\n";

/// The server's part of the opening handshake (RFC 6455 §1.2).
pub const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\
    Sec-WebSocket-Protocol: chat\r\n\
    \r\n";

/// The key that masks the masked samples (RFC 6455 §5.7).
pub const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// The payload of the short samples.
pub const HELLO: &[u8; 5] = b"Hello";

/// A text message in one frame, not masked (RFC 6455 §5.7).
pub const TEXT: &[u8] = &[0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

/// A text message in one frame, masked (RFC 6455 §5.7).
pub const TEXT_MASKED: &[u8] = &[0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];

/// A text message in two frames, not masked (RFC 6455 §5.7).
pub const TEXT_FRAGMENTED: [&[u8]; 2] = [&[0x01, 0x03, 0x48, 0x65, 0x6c], &[0x80, 0x02, 0x6c, 0x6f]];

/// A ping, not masked (RFC 6455 §5.7).
pub const PING: &[u8] = &[0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

/// The pong that answers it, masked (RFC 6455 §5.7).
pub const PONG_MASKED: &[u8] = &[0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];

/// The header of a binary message of 256 bytes, not masked (RFC 6455 §5.7).
pub const BINARY_256_HEADER: &[u8] = &[0x82, 0x7e, 0x01, 0x00];

/// The header of a binary message of 64 KiB, not masked (RFC 6455 §5.7).
pub const BINARY_65536_HEADER: &[u8] = &[0x82, 0x7f, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00];
