//! Standard input, read by a thread of its own: there is no portable way to wait for it together with a socket.

use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use mio::Waker;

/// The lines of standard input.
pub(crate) struct Lines {
    receiver: Receiver<io::Result<Vec<u8>>>,
    /// A waker that is gone wakes nobody, not even for what it had told before.
    _waker: Arc<Waker>,
}

/// What there is of it.
pub(crate) enum Next {
    /// A line, without its end.
    Line(Vec<u8>),
    /// Nothing now. The waker tells when there is.
    Later,
    /// Nothing any more.
    End,
}

impl Lines {
    /// Begins to read. Each line, and the end, is told to the waker.
    pub(crate) fn new(waker: Waker) -> Self {
        let waker = Arc::new(waker);
        let (sender, receiver) = sync_channel(WAITING);
        let lines = Self { receiver, _waker: Arc::clone(&waker) };
        thread::spawn(move || {
            read(&sender, &waker);
            drop(sender);
            // The end is told as well; who would hear it may be gone.
            let _ = waker.wake();
        });
        lines
    }

    pub(crate) fn next(&self) -> io::Result<Next> {
        match self.receiver.try_recv() {
            Ok(line) => line.map(Next::Line),
            Err(TryRecvError::Empty) => Ok(Next::Later),
            Err(TryRecvError::Disconnected) => Ok(Next::End),
        }
    }
}

/// The thread: it ends with the input, or when nobody wants its lines any more.
fn read(sender: &SyncSender<io::Result<Vec<u8>>>, waker: &Waker) {
    let mut stdin = io::stdin().lock();
    while let Some(line) = read_line(&mut stdin).transpose() {
        let failed = line.is_err();
        if sender.send(line).is_err() || waker.wake().is_err() || failed {
            break;
        }
    }
}

fn read_line(stdin: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if stdin.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|byte| *byte == b'\n').is_some() {
        line.pop_if(|byte| *byte == b'\r');
    }
    Ok(Some(line))
}

/// So many lines may wait to be sent; then the thread waits. A large file is not read into memory.
const WAITING: usize = 64;
