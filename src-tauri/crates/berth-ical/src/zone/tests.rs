use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::{Clock, Zones, by_name, fixed, windows};
use crate::document::{Document, parse};
use crate::limits::Limits;

#[test]
fn names() {
    for (name, expected) in [
        ("Europe/Berlin", Some(Tz::Europe__Berlin)),
        ("europe/berlin", Some(Tz::Europe__Berlin)),
        (" \"Europe/Berlin\" ", Some(Tz::Europe__Berlin)),
        ("America/New York", Some(Tz::America__New_York)),
        ("UTC", Some(Tz::UTC)),
        ("Z", Some(Tz::UTC)),
        (
            "/mozilla.org/20050126_1/Europe/Paris",
            Some(Tz::Europe__Paris),
        ),
        (
            "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
            Some(Tz::America__Argentina__Buenos_Aires),
        ),
        ("/Europe/Stockholm", Some(Tz::Europe__Stockholm)),
        ("W. Europe Standard Time", Some(Tz::Europe__Berlin)),
        ("w. europe standard time", Some(Tz::Europe__Berlin)),
        ("W. Europe Daylight Time", Some(Tz::Europe__Berlin)),
        ("Eastern Standard Time 1", Some(Tz::America__New_York)),
        ("UTC+12", Some(Tz::Etc__GMTMinus12)),
        (
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
            Some(Tz::Europe__Berlin),
        ),
        (
            "(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna",
            Some(Tz::Europe__Berlin),
        ),
        (
            "(GMT+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
            Some(Tz::Europe__Berlin),
        ),
        (
            "(UTC-05:00) Eastern Time (US and Canada)",
            Some(Tz::America__New_York),
        ),
        (
            "Kolkata\\, Chennai\\, Mumbai\\, New Delhi",
            Some(Tz::Asia__Kolkata),
        ),
        ("UTC+01:00", Some(Tz::Etc__GMTMinus1)),
        ("GMT-5", Some(Tz::Etc__GMTPlus5)),
        ("+02:00", Some(Tz::Etc__GMTMinus2)),
        ("-0500", Some(Tz::Etc__GMTPlus5)),
        ("02:00", None),
        ("+", None),
        ("UTC+05:30", None),
        ("Customized Time Zone", None),
        ("tzone://Microsoft/Custom", None),
        ("Nowhere/Middle", None),
        ("1", None),
        ("", None),
    ] {
        assert_eq!(by_name(name), expected, "{name:?}");
    }
}

#[test]
fn every_number_of_outlook_is_a_zone() {
    let known = (0..77).filter(|number| windows::by_cdo_number(&number.to_string()).is_some());
    assert_eq!(known.count(), 76);
    assert_eq!(windows::by_cdo_number("4"), Some(Tz::Europe__Berlin));
    assert_eq!(windows::by_cdo_number("77"), None);
}

#[test]
fn fixed_offsets() {
    for (seconds, zone) in [
        (0, Tz::UTC),
        (7200, Tz::Etc__GMTMinus2),
        (-18_000, Tz::Etc__GMTPlus5),
        (19_800, Tz::UTC),
        (86_000, Tz::UTC),
    ] {
        assert_eq!(fixed(seconds), zone, "{seconds}");
    }
}

fn at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, month, day)
        .unwrap()
        .and_hms_opt(hour, 30, 0)
        .unwrap()
}

fn file(lines: &[&str]) -> Document {
    let zone = [
        &["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Own"],
        lines,
        &["END:VTIMEZONE", "END:VCALENDAR"],
    ]
    .concat();
    parse(zone.join("\n"), &Limits::default()).unwrap()
}

const SUMMER: [&str; 5] = [
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
];
const WINTER: [&str; 6] = [
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
];

fn zone_of(lines: &[&str], home: Tz) -> Option<Clock> {
    let document = file(lines);
    Zones::new(&document, home).find("Own", at(9, 17, 9)).clock
}

#[test]
fn own_rules_are_recognised() {
    let rules = [&SUMMER[..], &WINTER, &["END:STANDARD"]].concat();
    for (home, expected) in [
        (Tz::Europe__Vienna, Tz::Europe__Vienna),
        (Tz::Asia__Tokyo, Tz::Europe__Berlin),
    ] {
        assert!(
            matches!(zone_of(&rules, home), Some(Clock::Zone(zone)) if zone == expected),
            "{home}"
        );
    }
    let no_summer = [
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "END:STANDARD",
    ];
    assert!(matches!(
        zone_of(&no_summer, Tz::UTC),
        Some(Clock::Zone(Tz::Asia__Kolkata))
    ));
    let aliased = ["X-LIC-LOCATION:Asia/Tokyo"];
    assert!(matches!(
        zone_of(&aliased, Tz::UTC),
        Some(Clock::Zone(Tz::Asia__Tokyo))
    ));
    assert!(matches!(
        zone_of(&["X-MICROSOFT-CDO-TZID:13"], Tz::UTC),
        Some(Clock::Zone(Tz::America__Los_Angeles))
    ));
    assert!(zone_of(&[], Tz::UTC).is_none());
}

/// A zone that changes its clock as Berlin does, but by half an hour: there is none.
#[test]
fn rules_of_no_zone_are_followed() {
    let rules = [
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000",
        "TZOFFSETFROM:+0107",
        "TZOFFSETTO:+0137",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:16010101T030000",
        "TZOFFSETFROM:+0137",
        "TZOFFSETTO:+0107",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
    ];
    let Some(Clock::Own(rules, None)) = zone_of(&rules, Tz::UTC) else {
        panic!("not its own clock")
    };
    let minutes = |wall| rules.offset(wall) / 60;
    assert_eq!(
        [
            minutes(at(1, 15, 9)),
            minutes(at(9, 17, 9)),
            minutes(at(12, 1, 9))
        ],
        [67, 97, 67]
    );
    // On 29 March the clock goes from 02:00 to 02:30: what lies between is read before the change.
    let march = |hour, minute| {
        NaiveDate::from_ymd_opt(2026, 3, 29)
            .unwrap()
            .and_hms_opt(hour, minute, 0)
            .unwrap()
    };
    assert_eq!(
        [(1, 59), (2, 15), (2, 30)].map(|(hour, minute)| minutes(march(hour, minute))),
        [67, 67, 97]
    );
    // On 25 October from 03:00 back to 02:30: what comes twice is the first of the two.
    let october = |hour, minute| {
        NaiveDate::from_ymd_opt(2026, 10, 25)
            .unwrap()
            .and_hms_opt(hour, minute, 0)
            .unwrap()
    };
    assert_eq!(
        [(2, 45), (3, 0)].map(|(hour, minute)| minutes(october(hour, minute))),
        [97, 67]
    );
}

#[test]
fn what_is_known_is_said_once() {
    let document = file(&[&SUMMER[..], &WINTER, &["END:STANDARD"]].concat());
    let mut zones = Zones::new(&document, Tz::UTC);
    assert_eq!(
        zones.find("Own", at(9, 17, 9)).remark.unwrap(),
        "its own rules are those of Europe/Berlin, which was taken"
    );
    assert_eq!(zones.find("Own", at(9, 17, 9)).remark, None);
    assert_eq!(
        zones.find("Other", at(9, 17, 9)).remark.unwrap(),
        "it is not known"
    );
}
