//! What the asynchronous libraries need: the transports as they want them, which are always ready, and one poll instead of a
//! runtime.
//!
//! A pass is one future that is polled once, so that what this adds is a function call a pass, and for each read or write the
//! layers that the library itself puts over `poll_read` and `poll_write`.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use crate::Pipe;
use crate::handshake::Line;

/// Runs a future that never has to wait.
///
/// # Panics
/// If it waits after all.
pub(super) fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the transport is always ready"),
    }
}

macro_rules! transport {
    ($type:ty) => {
        impl tokio::io::AsyncRead for $type {
            #[inline]
            fn poll_read(
                self: Pin<&mut Self>,
                _: &mut Context<'_>,
                buffer: &mut tokio::io::ReadBuf<'_>,
            ) -> Poll<io::Result<()>> {
                let count = self.get_mut().next(buffer.initialize_unfilled());
                buffer.advance(count);
                Poll::Ready(Ok(()))
            }
        }

        impl tokio::io::AsyncWrite for $type {
            #[inline]
            fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
                self.get_mut().put(bytes);
                Poll::Ready(Ok(bytes.len()))
            }

            #[inline]
            fn poll_write_vectored(
                self: Pin<&mut Self>,
                _: &mut Context<'_>,
                pieces: &[io::IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                let this = self.get_mut();
                pieces.iter().for_each(|piece| this.put(piece));
                Poll::Ready(Ok(pieces.iter().map(|piece| piece.len()).sum()))
            }

            fn is_write_vectored(&self) -> bool {
                true
            }

            #[inline]
            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }

            fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }
        }

        impl futures_util::AsyncRead for $type {
            #[inline]
            fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
                Poll::Ready(Ok(self.get_mut().next(buffer)))
            }
        }

        impl futures_util::AsyncWrite for $type {
            #[inline]
            fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
                self.get_mut().put(bytes);
                Poll::Ready(Ok(bytes.len()))
            }

            #[inline]
            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }

            fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }
        }

        impl wtx::stream::StreamReader for $type {
            #[inline]
            async fn read(&mut self, buffer: &mut [u8]) -> wtx::Result<usize> {
                Ok(self.next(buffer))
            }
        }

        impl wtx::stream::StreamWriter for $type {
            #[inline]
            async fn write_all(&mut self, bytes: &[u8]) -> wtx::Result<()> {
                self.put(bytes);
                Ok(())
            }

            #[inline]
            async fn write_all_vectored(&mut self, pieces: &[&[u8]]) -> wtx::Result<()> {
                pieces.iter().for_each(|piece| self.put(piece));
                Ok(())
            }
        }
    };
}

transport!(Pipe);
transport!(Line);
