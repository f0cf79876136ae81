//! A database that was damaged: the window mends it when it starts, and says what it did.

use std::fs;
use std::path::{Path, PathBuf};

use berth_tests::app::{App, Options};
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;

use crate::scene::{NOW, book, card, options, with_teams};

/// The file, with everything in it: whoever closes it last puts the log away.
fn closed(data: &Path) -> PathBuf {
    Berth::at(data).now(NOW).ok("team add QA");
    data.join("berth.db")
}

#[test]
fn a_damaged_database_is_mended_at_the_start() {
    let desktop = Desktop::start();
    let data = desktop.home().join("data");
    {
        let app = with_teams(&desktop);
        book(&app, "Infra", "load test", "2026-09-15", 9.0, 13.0);
        book(&app, "Infra", "soak test", "2026-09-16", 9.0, 13.0);
    }
    let file = closed(&data);
    let mut bytes = fs::read(&file).unwrap();
    let at = |bytes: &[u8], text: &str| {
        let found = bytes
            .windows(text.len())
            .position(|window| window == text.as_bytes());
        found.unwrap()
    };
    // One letter, which no check of SQLite sees, and the mark that somebody who met it leaves.
    let letter = at(&bytes, "soak test");
    bytes[letter] = b'x';
    fs::write(&file, &bytes).unwrap();
    fs::write(
        data.join("berth.db.damaged-mark"),
        "booking 2 cannot be read",
    )
    .unwrap();
    let options = Options {
        data: Some(data.clone()),
        ..options()
    };
    let app = App::start(&desktop, &options);
    app.wait_for_text("The database was damaged");
    app.wait_for_text("the backup of Mon 14 Sep 2026 stands in for the rest");
    app.wait_for_text("booking 2 “soak test” on staging, Wed 16 Sep 2026 07:00 UTC");
    app.wait_for_text("berth.damaged-1.db");
    let _ = (card(&app, "load test"), card(&app, "soak test"));
    app.picture("60-mended");
    drop(app);
    let app = App::start(&desktop, &options);
    let _ = card(&app, "load test");
    let said = app.text(&app.find("body"));
    assert!(!said.contains("was damaged"), "it is said once");
    assert!(
        fs::read(data.join("berth.damaged-1.db")).unwrap() == bytes,
        "it is kept"
    );
}

#[test]
fn a_database_that_cannot_be_mended_is_said_and_tried_again() {
    let desktop = Desktop::start();
    let data = desktop.home().join("data");
    {
        let app = with_teams(&desktop);
        book(&app, "Infra", "load test", "2026-09-15", 9.0, 13.0);
    }
    let file = closed(&data);
    let kept = fs::read(&file).unwrap();
    let mut newer = kept.clone();
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    fs::write(&file, newer).unwrap();
    let options = Options {
        data: Some(data),
        ..options()
    };
    let app = App::start(&desktop, &options);
    app.wait_for_text("newer version of Berth");
    app.picture("61-newer");
    fs::write(&file, kept).unwrap();
    app.click("@try-again");
    let _ = card(&app, "load test");
}
