//! The number of files that a process may open, which sockets are counted as.

use std::fs;
use std::process::Command;

use crate::Result;

/// Says how many files can be open, if that is enough or all there can be. Else starts this very task again, by a shell that
/// raises the limit, and gives nothing: all is done then.
pub(crate) fn raise(wanted: usize, arguments: &[String]) -> Result<Option<usize>> {
    let (soft, hard) = limits()?;
    let target = wanted.min(hard);
    if soft >= target {
        return Ok(Some(soft));
    }
    let status = Command::new("sh")
        .args(["-c", "ulimit -n \"$1\" && shift && exec \"$@\"", "sh", &target.to_string()])
        .arg(std::env::current_exe()?)
        .arg("load")
        .args(arguments)
        .status()?;
    if status.success() { Ok(None) } else { Err(format!("{status}").into()) }
}

/// The limit that holds, and that to which it can be raised.
fn limits() -> Result<(usize, usize)> {
    let text = fs::read_to_string("/proc/self/limits")?;
    let line = text.lines().find_map(|line| line.strip_prefix("Max open files")).ok_or("no limit of open files")?;
    let mut numbers = line.split_whitespace().map(|word| word.parse().unwrap_or(usize::MAX));
    Ok((numbers.next().ok_or("no soft limit")?, numbers.next().ok_or("no hard limit")?))
}
