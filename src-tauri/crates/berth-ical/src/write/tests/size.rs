//! Folding, and files that may not be too large.

use super::*;
use crate::write::page::Page;

fn folded(line: &str) -> String {
    let mut page = Page::folded();
    page.line(line);
    page.finish()
}

#[test]
fn lines_are_folded_on_characters_and_off_spaces() {
    assert_eq!(folded("short"), "short\r\n");
    assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
    assert_eq!(
        folded(&"x".repeat(76)),
        format!("{}\r\n x\r\n", "x".repeat(75))
    );
    assert_eq!(
        folded(&"x".repeat(150)),
        format!("{}\r\n {}\r\n x\r\n", "x".repeat(75), "x".repeat(74))
    );
    // Two octets each: the 38th does not fit.
    assert_eq!(
        folded(&"ü".repeat(38)),
        format!("{}\r\n ü\r\n", "ü".repeat(37))
    );
    let words = format!("{} {}", "a".repeat(74), "b".repeat(9));
    assert_eq!(
        folded(&words),
        format!("{}\r\n a {}\r\n", "a".repeat(73), "b".repeat(9))
    );
    let spaces = " ".repeat(100);
    assert_eq!(
        folded(&spaces),
        format!("{}\r\n {}\r\n", " ".repeat(75), " ".repeat(25))
    );
}

fn many() -> Vec<Booking> {
    let mut bookings = Vec::new();
    for number in 0..40 {
        let zone = [
            Tz::Europe__Berlin,
            Tz::America__New_York,
            Tz::Asia__Tokyo,
            Tz::UTC,
        ][number % 4];
        let mut series = booking(
            &format!("{number}"),
            timed(at(9, 1, 9, 0), at(9, 1, 10, 0), zone),
        );
        series.title = "ü".repeat(number);
        series.recurrence = weekly("FREQ=DAILY");
        let mut change = series.clone();
        (change.recurrence, change.recurrence_id) = (None, Some(at(9, 2, 9, 0)));
        bookings.extend([series, change]);
    }
    bookings
}

/// One booking after another, a series with its change.
fn write_split(
    bookings: &[Exported<'_>],
    options: &WriteOptions<'_>,
    max_bytes: usize,
) -> Vec<String> {
    let mut files = Files::new(options.clone(), Some(max_bytes));
    bookings.chunks(2).for_each(|pair| files.add(pair));
    let files = files.finish();
    let sizes_are_right = files.iter().all(|file| file.size() == file.text().len());
    assert!(sizes_are_right);
    files.iter().map(File::text).collect()
}

#[test]
fn files_stay_below_the_limit_and_series_together() {
    let bookings = many();
    let all: Vec<_> = bookings.iter().map(exported).collect();
    let options = WriteOptions {
        name: Some("Staging"),
        ..WriteOptions::default()
    };
    for limit in [3_000, 8_000, 20_000, 1_000_000] {
        let files = write_split(&all, &options, limit);
        assert!(files.iter().all(|file| file.len() <= limit), "{limit}");
        // Any two neighbours would not have fitted into one.
        assert!(
            files
                .windows(2)
                .all(|pair| pair[0].len() + pair[1].len() > limit),
            "{limit}"
        );
        let back: Vec<Booking> = files
            .iter()
            .flat_map(|file| imported(file))
            .map(bare)
            .collect();
        assert_eq!(back, bookings, "{limit}");
        for file in &files {
            assert_eq!(file.matches("BEGIN:VEVENT").count() % 2, 0);
        }
    }
    assert_eq!(
        write_split(&all, &options, usize::MAX),
        [write(&all, &options)]
    );
}

#[test]
fn what_cannot_be_split() {
    let bookings = &many()[..4];
    let all: Vec<_> = bookings.iter().map(exported).collect();
    assert_eq!(write_split(&all, &WriteOptions::default(), 10).len(), 2);
    assert_eq!(
        write_split(&[], &WriteOptions::default(), 10),
        [write(&[], &WriteOptions::default())]
    );
}
