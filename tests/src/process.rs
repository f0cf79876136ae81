//! Programs that live as long as the value that holds them, with all that they start.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{place, wait};

/// A program started in a process group of its own; dropping it ends the whole group.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts a program; what it says goes to `target/artefacts/<test>-<program>.log`.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let log = log_of(command);
        let error = log.try_clone().expect("a log can be shared");
        command.stdout(log).stderr(error);
        Self::spawn(command)
    }

    /// As [`Process::start`], but standard output is a pipe for the caller.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start_piped(command: &mut Command) -> Self {
        let log = log_of(command);
        command.stdout(Stdio::piped()).stderr(log);
        Self::spawn(command)
    }

    fn spawn(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        let child = child.unwrap_or_else(|error| {
            panic!("`{name}` does not start ({error}): run `cargo xtask setup --tests`")
        });
        Self { child, name }
    }

    /// The child, for its pipes and its exit.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the group at once, as a crash would.
    pub fn kill(&mut self) {
        self.signal("KILL");
        let _ = self.child.wait();
        let patience = std::time::Instant::now() + wait::PATIENCE;
        while !members_of(self.id()).is_empty() && std::time::Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn signal(&self, signal: &str) {
        // The name of a group is the id of its first process with a minus.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill")
            .args(["-s", signal, "--", &group])
            .stderr(Stdio::null())
            .status();
    }

    fn ends_within(&mut self, time: Duration) -> bool {
        let start = std::time::Instant::now();
        while start.elapsed() < time {
            if !self.runs() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal("TERM");
        self.ends_within(Duration::from_secs(2));
        // Its children may outlive it.
        self.kill();
        if std::thread::panicking() {
            eprintln!("see target/artefacts for what {} said", self.name);
        }
    }
}

/// The running processes of a group.
#[must_use]
pub fn members_of(group: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|process| group_of_running(*process) == Some(group))
        .collect()
}

fn group_of_running(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may hold anything; after it come state, parent and group.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_whitespace();
    let state = words.next()?;
    let group = words.nth(1)?.parse().ok()?;
    (state != "Z").then_some(group)
}

fn log_of(command: &Command) -> File {
    let test = std::thread::current()
        .name()
        .unwrap_or("main")
        .replace("::", "-");
    let program = command.get_program().to_string_lossy().into_owned();
    let program = program.rsplit('/').next().unwrap_or("program").to_owned();
    let path = place::artefacts().join(format!("{test}-{program}.log"));
    File::options()
        .create(true)
        .append(true)
        .open(path)
        .expect("a log can be written")
}

/// Runs a short program to its end and returns what it printed, trimmed; none if it failed.
#[must_use]
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// A TCP port of this machine that is free now.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener
        .local_addr()
        .expect("a bound port has a number")
        .port()
}

/// Waits until something answers on a port.
///
/// # Panics
/// When nothing does.
pub fn wait_for_port(port: u16) {
    wait::until_true("nothing answers on the port", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
}
