//! Python's `icalendar`, as another reader of the same file.

use std::process::Command;
use std::time::Duration;

use berth_tests::place;

const SCRIPT: &str = "import sys, time, icalendar\n\
    text = open(sys.argv[1], 'rb').read()\n\
    start = time.monotonic()\n\
    icalendar.Calendar.from_ical(text)\n\
    print(time.monotonic() - start)";

/// How long it takes for a calendar, once; or why it cannot be asked.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let python = environment()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("calendar.ics");
    std::fs::write(&path, text).map_err(|error| error.to_string())?;
    let mut command = Command::new(python);
    let seconds = output(command.args(["-c", SCRIPT]).arg(&path))?;
    let seconds: f64 = seconds.trim().parse().map_err(|_| seconds)?;
    Ok(Duration::from_secs_f64(seconds))
}

/// A Python that has it, in a folder of its own under `target`, made when there is none.
fn environment() -> Result<std::path::PathBuf, String> {
    let folder = place::top().join("target/bench-python");
    let python = folder.join("bin/python");
    let has_it = |python: &std::path::Path| {
        output(Command::new(python).args(["-c", "import icalendar"])).is_ok()
    };
    if !has_it(&python) {
        output(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(&python);
        output(pip.args(["-m", "pip", "install", "--quiet", "icalendar"]))?;
    }
    Ok(python)
}

/// What a command prints; or the last line of what it complains about.
fn output(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    Err(format!("{program}: {}", last.unwrap_or("it failed")))
}
