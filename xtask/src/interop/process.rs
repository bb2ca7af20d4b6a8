//! Programs that run beside us: their lines, their end, and never one left behind.

use core::time::Duration;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use crate::Result;

/// A running program. Dropping it ends it: a driver by the end of its standard input, whoever does not heed that by its pid.
pub(crate) struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    errors: Arc<Mutex<String>>,
    patience: Duration,
}

/// What a program did next.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    Line(String),
    /// Its output ended.
    Ended,
    /// The deadline passed.
    Late,
}

impl Process {
    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Starts a driver: it ends by itself when its standard input does.
    pub(crate) fn driver(command: Command) -> Result<Self> {
        Self::start(command, Duration::from_secs(3))
    }

    /// Starts a program of ours, which takes no notice of its standard input.
    pub(crate) fn ours(command: Command) -> Result<Self> {
        Self::start(command, Duration::ZERO)
    }

    fn start(mut command: Command, patience: Duration) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
        let (sender, lines) = channel();
        let stdout = child.stdout.take().ok_or("no stdout")?;
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(core::result::Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let errors = Arc::new(Mutex::new(String::new()));
        let mut stderr = child.stderr.take().ok_or("no stderr")?;
        let sink = Arc::clone(&errors);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = stderr.read(&mut bytes) {
                let text = String::from_utf8_lossy(bytes.get(..n).unwrap_or_default()).into_owned();
                sink.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
            }
        });
        let stdin = child.stdin.take();
        Ok(Self { child, stdin, lines, errors, patience })
    }

    /// Its next line of output.
    pub(crate) fn next(&self, deadline: Instant) -> Next {
        match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => Next::Line(line),
            Err(RecvTimeoutError::Timeout) => Next::Late,
            Err(RecvTimeoutError::Disconnected) => Next::Ended,
        }
    }

    /// Hands over its standard input to be written to and closed.
    pub(crate) fn take_stdin(&mut self) -> Option<ChildStdin> {
        self.stdin.take()
    }

    /// Whether it ends with success by then.
    pub(crate) fn succeeds(&mut self, deadline: Instant) -> bool {
        matches!(self.wait(deadline), Some(true))
    }

    /// The end of what it wrote to its standard error, on one line.
    pub(crate) fn last_errors(&self) -> String {
        let text = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let skip = words.chars().count().saturating_sub(400);
        words.chars().skip(skip).collect()
    }

    fn wait(&mut self, deadline: Instant) -> Option<bool> {
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status.success());
            }
            if Instant::now() >= deadline {
                return None;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.stdin.take());
        if self.wait(Instant::now() + self.patience).is_none() {
            // What fails here has ended already.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn gives_lines_then_the_end() {
        let mut process = Process::driver(shell("echo READY 1; echo oh no >&2; read line; exit 3")).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        assert_eq!(process.next(deadline), Next::Line("READY 1".to_owned()));
        drop(process.take_stdin());
        assert_eq!(process.next(deadline), Next::Ended);
        assert!(!process.succeeds(deadline));
        assert_eq!(process.last_errors(), "oh no");
    }

    #[test]
    fn ends_what_does_not_end_by_itself() {
        let process = Process::ours(shell("echo $$; exec sleep 100")).unwrap();
        let Next::Line(pid) = process.next(Instant::now() + Duration::from_secs(10)) else { panic!("no pid") };
        assert_eq!(process.next(Instant::now()), Next::Late);
        drop(process);
        assert!(!shell(&format!("kill -0 {pid} 2>/dev/null")).status().unwrap().success());
    }
}
