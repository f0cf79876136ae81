//! What the cases begin with: a desktop, data with a team of one's own, Berth in the tray.

use std::path::PathBuf;
use std::process::Command;

use berth_tests::berth::Berth;
use berth_tests::desktop::{Desktop, Parts};
use berth_tests::process::Process;
use berth_tests::{place, wait};

/// A slot from 09:00 to 13:00 in Berlin on that Monday is due ten minutes before.
pub(crate) const SLOT: &str =
    "book --env staging --team Perf --from 2026-09-14T09:00 --for 4h --title";

/// Two seconds before it is due.
pub(crate) const DUE: &str = "2026-09-14T06:49:58Z";

/// The day before.
pub(crate) const EARLIER: &str = "2026-09-13T08:00:00Z";

/// A desktop without a notification daemon, which the case brings itself.
pub(crate) const NO_DAEMON: Parts = Parts {
    notifications: false,
    ..Parts::ALL
};

/// One desktop and one data folder.
pub(crate) struct Scene {
    pub(crate) desktop: Desktop,
    pub(crate) data: PathBuf,
}

impl Scene {
    pub(crate) fn with(parts: Parts) -> Self {
        let desktop = Desktop::with(parts);
        let data = desktop.home().join("data");
        let scene = Self { desktop, data };
        scene.berth(EARLIER).ok("team add Perf --mine");
        scene.berth(EARLIER).ok("team add QA");
        scene
    }

    /// The command line at a time.
    pub(crate) fn berth(&self, now: &str) -> Berth {
        Berth::at(&self.data).now(now)
    }

    /// Berth in the tray, at a time.
    pub(crate) fn start(&self, now: &str) -> Process {
        let mut command = self.command("berth-desktop");
        Process::start(command.args(["--hidden", "--now", now]))
    }

    /// A program of Berth over these data.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = self.desktop.command(place::program(program));
        command.env("BERTH_DATA_DIR", &self.data);
        command
    }

    /// `state about attempt next` of each row of the ledger, by start.
    pub(crate) fn ledger(&self) -> Vec<String> {
        let query = "SELECT state || ' ' || about || ' ' || attempt || ' ' || next FROM reminder ORDER BY start, uid, about, lead";
        self.rows(query)
    }

    /// The first column of a query, read as another program would.
    pub(crate) fn rows(&self, query: &str) -> Vec<String> {
        let script = "import sqlite3, sys
for row in sqlite3.connect(f'file:{sys.argv[1]}/berth.db?mode=ro', uri=True, timeout=20).execute(sys.argv[2]): print(row[0])";
        let output = Command::new("/usr/bin/python3")
            .args(["-c", script])
            .arg(&self.data)
            .arg(query)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Waits until the ledger has this as its only row.
    #[track_caller]
    pub(crate) fn wait_for_ledger(&self, start: &str) {
        let what = format!("the ledger is not {start:?}");
        wait::until_true(&what, || {
            let ledger = self.ledger();
            ledger.len() == 1 && ledger[0].starts_with(start)
        });
    }

    /// Waits until reminders were looked after at a clock that shows `from` or up to a minute
    /// later: what was due by then is in the ledger.
    #[track_caller]
    pub(crate) fn wait_until_looked(&self, patience: std::time::Duration, from: &str) {
        let from = chrono::DateTime::parse_from_rfc3339(from)
            .unwrap()
            .timestamp();
        let what = format!("nobody looked at {from}");
        wait::until_within(patience, &what, || {
            let looked = self.rows("SELECT value FROM setting WHERE key = 'reminders.looked'");
            let looked: i64 = looked.first()?.parse().ok()?;
            (from..from + 60).contains(&looked).then_some(())
        });
    }
}
