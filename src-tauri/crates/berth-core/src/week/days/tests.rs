use chrono_tz::Europe::Berlin;
use chrono_tz::{Africa, America, Antarctica, Australia, Pacific};

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn lengths(from: &str, count: u32, zone: Tz) -> Vec<(String, u32)> {
    days(date(from), count, zone)
        .iter()
        .map(|day| (day.date.to_string(), day.minutes))
        .collect()
}

/// Hours as `0@0 1@60 …`.
fn marks(text: &str, zone: Tz) -> String {
    let day = &days(date(text), 1, zone)[0];
    let marks: Vec<_> = day
        .hours
        .iter()
        .map(|mark| format!("{}@{}", mark.hour, mark.minute))
        .collect();
    marks.join(" ")
}

#[test]
fn an_ordinary_week() {
    let week = days(date("2026-09-14"), 7, Berlin);
    assert_eq!(week.len(), 7);
    for (n, day) in week.iter().enumerate() {
        assert_eq!(day.date, date("2026-09-14") + Days::new(n as u64));
        assert_eq!(day.minutes, 1440);
        let expected: Vec<_> = (0..24)
            .map(|hour| HourMark {
                minute: hour * 60,
                hour: hour as u8,
            })
            .collect();
        assert_eq!(day.hours, expected);
    }
    assert!(
        week.windows(2)
            .all(|pair| pair[0].range.end() == pair[1].range.start())
    );
}

#[test]
fn lengths_when_clocks_change() {
    for (day, zone, minutes) in [
        ("2026-03-29", Berlin, 1380),
        ("2026-10-25", Berlin, 1500),
        ("2026-03-08", America::New_York, 1380),
        ("2026-11-01", America::New_York, 1500),
        ("2026-10-04", Australia::Lord_Howe, 1410),
        ("2026-04-05", Australia::Lord_Howe, 1470),
        ("2018-11-04", America::Sao_Paulo, 1380),
        ("2026-11-01", America::Havana, 1500),
        ("1919-03-30", America::Toronto, 1410),
        ("1919-03-31", America::Toronto, 1410),
        // Local mean time ended at a second: 1893-04-01 in Berlin, six minutes and some.
        ("1893-04-01", Berlin, 1434),
    ] {
        assert_eq!(lengths(day, 1, zone), [(day.to_owned(), minutes)], "{zone}");
    }
}

#[test]
fn a_day_that_never_was() {
    let expected = [("2011-12-29", 1440), ("2011-12-31", 1440)].map(|(day, n)| (day.to_owned(), n));
    assert_eq!(lengths("2011-12-29", 3, Pacific::Apia), expected);
    assert_eq!(
        days(NaiveDate::MAX, 3, Berlin),
        [],
        "no calendar goes on for ever"
    );
}

#[test]
fn hours_when_clocks_change() {
    let spring = "0@0 1@60 3@120 4@180";
    let autumn = "0@0 1@60 2@120 2@180 3@240";
    for (day, zone, begins, marks_in_all) in [
        ("2026-03-29", Berlin, spring, 23),
        ("2026-10-25", Berlin, autumn, 25),
        (
            "2026-10-04",
            Australia::Lord_Howe,
            "0@0 1@60 3@150 4@210",
            23,
        ),
        (
            "2026-04-05",
            Australia::Lord_Howe,
            "0@0 1@60 2@150 3@210",
            24,
        ),
        ("2018-11-04", America::Sao_Paulo, "1@0 2@60", 23),
        ("2026-11-01", America::Havana, "0@0 0@60 1@120", 25),
        ("1919-03-31", America::Toronto, "1@30 2@90", 23),
        // The half hour from 02:30 is skipped, so three stands half an hour after two.
        ("2016-05-01", America::Caracas, "0@0 1@60 2@120 3@150", 24),
        ("2010-03-14", America::St_Johns, "0@0 2@60 3@120", 23),
        ("2010-11-07", America::St_Johns, "0@0 0@60 1@120", 25),
    ] {
        let marks = marks(day, zone);
        assert!(marks.starts_with(begins), "{zone} {day}: {marks}");
        assert_eq!(
            marks.split(' ').count(),
            marks_in_all,
            "{zone} {day}: {marks}"
        );
    }
}

/// Zone, day, minute of the jump, and by how much.
#[test]
fn where_the_clock_jumps() {
    for (zone, day, jump) in [
        (Berlin, "2026-03-28", None),
        (Berlin, "2026-03-29", Some((120, 60))),
        (Berlin, "2026-10-25", Some((180, -60))),
        (Australia::Lord_Howe, "2026-10-04", Some((120, 30))),
        (Australia::Lord_Howe, "2026-04-05", Some((120, -30))),
        (Antarctica::Troll, "2026-03-29", Some((60, 120))),
        (Antarctica::Troll, "2026-10-25", Some((180, -120))),
        // Midnight is skipped, comes twice, or the hour before it is skipped or comes twice.
        (Africa::Cairo, "2026-04-23", None),
        (Africa::Cairo, "2026-04-24", Some((0, 60))),
        (Africa::Cairo, "2026-10-29", Some((1440, -60))),
        (Africa::Cairo, "2026-10-30", None),
        (America::Havana, "2026-11-01", Some((60, -60))),
        (America::Nuuk, "2026-03-28", Some((1380, 60))),
        (America::Nuuk, "2026-03-29", None),
        (America::Nuuk, "2026-10-24", Some((1440, -60))),
        (Africa::Casablanca, "2026-02-15", Some((180, -60))),
        (Africa::Casablanca, "2026-03-22", Some((120, 60))),
    ] {
        let found = days(date(day), 1, zone)[0].change;
        assert_eq!(found.map(|one| (one.minute, one.by)), jump, "{zone} {day}");
    }
}

/// At each mark the wall shows a full hour, and between the marks it never does.
#[test]
fn marks_are_where_the_wall_shows_a_full_hour() {
    for zone in [
        Berlin,
        Australia::Lord_Howe,
        America::St_Johns,
        chrono_tz::Africa::Casablanca,
    ] {
        for day in days(date("2009-12-28"), 400, zone) {
            let shown = (0..day.minutes).filter_map(|minute| {
                let wall = (day.range.start() + TimeDelta::minutes(minute.into())).wall(zone);
                (wall.minute() == 0).then(|| HourMark {
                    minute,
                    hour: wall.hour() as u8,
                })
            });
            assert_eq!(day.hours, shown.collect::<Vec<_>>(), "{zone} {}", day.date);
        }
    }
}

#[test]
fn weeks_begin_on_any_day() {
    use Weekday::{Fri, Mon, Sat, Sun, Thu};
    for (day, first, expected) in [
        ("2026-09-17", Mon, "2026-09-14"),
        ("2026-09-14", Mon, "2026-09-14"),
        ("2026-09-20", Mon, "2026-09-14"),
        ("2026-09-20", Sun, "2026-09-20"),
        ("2026-09-19", Sun, "2026-09-13"),
        ("2026-09-17", Sat, "2026-09-12"),
        ("2026-09-17", Fri, "2026-09-11"),
        ("2027-01-01", Mon, "2026-12-28"),
        ("2024-03-01", Thu, "2024-02-29"),
    ] {
        assert_eq!(
            week_start(date(day), first),
            date(expected),
            "{day} {first}"
        );
    }
    assert_eq!(
        week_start(NaiveDate::MIN, NaiveDate::MIN.weekday().succ()),
        NaiveDate::MIN
    );
}

#[test]
fn iso_weeks() {
    for (from, count, year, week) in [
        ("2026-09-14", 7, 2026, 38),
        ("2026-09-13", 7, 2026, 38),
        ("2026-09-12", 7, 2026, 38),
        ("2026-12-28", 7, 2026, 53),
        ("2026-12-27", 7, 2026, 53),
        ("2027-01-03", 7, 2027, 1),
        ("2027-01-03", 1, 2026, 53),
        ("2027-01-04", 7, 2027, 1),
        ("2024-12-30", 7, 2025, 1),
        ("2021-01-01", 1, 2020, 53),
        ("2025-12-29", 3, 2026, 1),
        // Friday alone, and Friday with the next Thursday.
        ("2026-09-18", 6, 2026, 38),
        ("2026-09-18", 7, 2026, 39),
    ] {
        let found = iso_week(date(from), count);
        assert_eq!((found.year(), found.week()), (year, week), "{from} {count}");
    }
}
