//! A large calendar into an empty database, by the command line: time, and memory at its peak.

use std::time::Instant;

use berth_tests::berth::Berth;

use crate::calendar;
use crate::figure::Figure;

const EVENTS: usize = 50_000;

pub(crate) fn measure() -> Vec<Figure> {
    let berth = Berth::new().now("2022-01-01T08:00:00Z");
    berth.ok("env list");
    let file = berth.folder().with_extension("ics");
    let text = calendar::calendar(EVENTS);
    std::fs::write(&file, &text).expect("a calendar can be written");
    let megabytes = text.len() as f64 / 1e6;
    drop(text);
    let start = Instant::now();
    let path = file.to_string_lossy().into_owned();
    let mut command = berth.command(["import", "--large", &path]);
    let printed = file.with_extension("txt");
    let answer = std::fs::File::create(&printed).expect("a file can be written");
    let mut child = command.stdout(answer).spawn().expect("berth starts");
    let mut peak = 0.0_f64;
    let status = loop {
        peak = peak.max(crate::memory::peak_of(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    let time = start.elapsed();
    assert!(
        status.success(),
        "the import failed: run `berth import {path}` to see why"
    );
    let answer = std::fs::read_to_string(printed).expect("berth has printed");
    assert!(
        answer.contains(&format!("{EVENTS} added")),
        "not all were imported: {answer}"
    );
    let input = format!("50,000 events, {megabytes:.0} MB, a tenth recurring");
    vec![
        Figure::time("import into an empty database", &input, time).at_most(3000.0),
        Figure::new(
            "its memory at the peak, per size of the file",
            &input,
            peak / megabytes,
            "×",
        )
        .at_most(4.0),
    ]
}
