//! What the cases begin with: a desktop, data with a team of one's own, Berth in the tray.

use std::path::PathBuf;
use std::process::Command;

use berth_tests::berth::Berth;
use berth_tests::desktop::{Desktop, Parts};
use berth_tests::place;
use berth_tests::process::Process;

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

/// A page without a driver cannot say when it is painted: so long it takes on a busy machine.
pub(crate) const PAINTED: std::time::Duration = std::time::Duration::from_secs(10);

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
        let mut last = Vec::new();
        let start_of = |row: &String| row.starts_with(start);
        let found = (0..100).any(|_| {
            last = self.ledger();
            let there = last.len() == 1 && last.iter().all(start_of);
            if !there {
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
            there
        });
        assert!(found, "the ledger is {last:?}, not {start:?}");
    }
}
