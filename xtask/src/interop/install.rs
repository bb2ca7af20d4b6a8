//! Gets the peers from the registries: Debian's packages, pip, npm, cargo.

use std::fs;
use std::path::Path;
use std::thread;

use super::tools::{driver, installed, python2, runs, rust_peer};
use crate::Result;
use crate::sh::Cmd;

/// Installs what is missing. A second call finds everything there and is done at once.
pub(crate) fn install() -> Result {
    fs::create_dir_all(installed(""))?;
    debian()?;
    // One waits for the network while another compiles.
    let tasks: [fn() -> Result; 4] = [rust, python, node, old_python];
    let done = thread::scope(|scope| {
        let threads = tasks.map(|task| scope.spawn(move || task().map_err(|error| error.to_string())));
        threads.map(|thread| thread.join().unwrap_or_else(|_| Err("an installation panicked".to_owned())))
    });
    Ok(done.into_iter().collect::<core::result::Result<(), String>>()?)
}

/// A package of Debian, and a command that succeeds if what it brings is there.
const PACKAGES: &[(&str, &str)] = &[
    ("libprotocol-websocket-perl", "perl -MProtocol::WebSocket -e1"),
    ("haproxy", "PATH=$PATH:/usr/sbin command -v haproxy"),
    ("nginx-light", "PATH=$PATH:/usr/sbin command -v nginx"),
    ("chromium", "command -v chromium || command -v chromium-browser || command -v google-chrome"),
    ("nodejs", "command -v node"),
    ("npm", "command -v npm"),
    ("python3", "command -v python3"),
    ("python3-venv", "python3 -c 'import ensurepip, venv'"),
];

fn debian() -> Result {
    let there = |test: &str| Cmd::new("sh").args(["-c", test]).output().is_ok_and(|output| output.status.success());
    let missing: Vec<_> = PACKAGES.iter().filter(|(_, test)| !there(test)).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !runs("apt-get") {
        eprintln!("interop: no apt-get here, so these stay away: {}", missing.join(", "));
        return Ok(());
    }
    let root = Cmd::new("id").args(["-u"]).read()?.trim() == "0";
    let apt = |arguments: &[&str]| {
        let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"];
        let sudo = (!root).then_some("sudo");
        let mut words = sudo.into_iter().chain(words).chain(arguments.iter().copied());
        Cmd::new(words.next().unwrap_or_default()).args(words)
    };
    eprintln!("interop: installing {}", missing.join(", "));
    apt(&["update"]).run()?;
    apt(&[&["install", "--yes", "--no-install-recommends"], missing.as_slice()].concat()).read().map(drop)
}

fn python() -> Result {
    let wanted = fs::read_to_string(driver("python", "requirements.txt"))?;
    let stamp = installed("venv/requirements.txt");
    if !is_new(&stamp, &wanted) {
        return Ok(());
    }
    eprintln!("interop: installing the Python peers");
    let folder = installed("venv").display().to_string();
    Cmd::new("python3").args(["-m", "venv", &folder]).run()?;
    let requirements = driver("python", "requirements.txt").display().to_string();
    Cmd::new(&format!("{folder}/bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check", "-r", &requirements])
        .run()?;
    Ok(fs::write(stamp, wanted)?)
}

fn node() -> Result {
    let wanted = fs::read_to_string(driver("node", "package-lock.json"))?;
    let stamp = installed("node/installed.json");
    if !is_new(&stamp, &wanted) {
        return Ok(());
    }
    eprintln!("interop: installing the Node peers");
    fs::create_dir_all(installed("node"))?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(driver("node", file), installed("node").join(file))?;
    }
    // npm loses its way through a symbolic link.
    let folder = fs::canonicalize(installed("node"))?.display().to_string();
    Cmd::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", &folder])
        .run()?;
    Ok(fs::write(stamp, wanted)?)
}

/// The program with the Rust peers is built with what its lock file names, in a target folder of its own. Where nothing has
/// changed, cargo finds that at once.
fn rust() -> Result {
    if !rust_peer().exists() {
        eprintln!("interop: building the Rust peers");
    }
    let (manifest, target) =
        (driver("rust", "Cargo.toml").display().to_string(), installed("rust").display().to_string());
    Cmd::cargo("build --release --locked --quiet --manifest-path").args([&manifest, "--target-dir", &target]).run()
}

/// Python 2.7 is on few machines, and not in Debian any more: its peers are a welcome, not a must.
fn old_python() -> Result {
    let requirements = driver("python", "requirements-2.7.txt");
    let wanted = fs::read_to_string(&requirements)?;
    let stamp = installed("python2.7/requirements.txt");
    let Some(python) = python2().filter(|_| is_new(&stamp, &wanted)) else { return Ok(()) };
    eprintln!("interop: installing the Python 2.7 peers");
    let folder = installed("python2.7").display().to_string();
    let pip = Cmd::new(&python.display().to_string())
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "-t", &folder, "-r"])
        .args([requirements.display().to_string()]);
    match pip.read() {
        Ok(_) => Ok(fs::write(stamp, wanted)?),
        Err(error) => {
            eprintln!("interop: Python 2.7 brings no peers: {error}");
            Ok(())
        }
    }
}

fn is_new(stamp: &Path, wanted: &str) -> bool {
    fs::read_to_string(stamp).ok().as_deref() != Some(wanted)
}
