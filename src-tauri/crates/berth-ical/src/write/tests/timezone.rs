//! VTIMEZONEs say of each zone what the zone database says.

use berth_core::time::localise;
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::document::parse;
use crate::limits::Limits;
use crate::write::timezone::vtimezone;
use crate::zone::Zones;

#[test]
fn berlin() {
    assert_eq!(
        vtimezone("Europe/Berlin", Tz::Europe__Berlin, 2026).replace("\r\n", "\n"),
        "\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
X-LIC-LOCATION:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"
    );
}

fn rules(zone: Tz, year: i32) -> Vec<String> {
    let text = vtimezone(zone.name(), zone, year);
    text.lines()
        .filter_map(|line| line.strip_prefix("RRULE:FREQ=YEARLY;"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn rules_of_the_year() {
    assert_eq!(
        rules(Tz::America__New_York, 2026),
        ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]
    );
    assert_eq!(
        rules(Tz::America__New_York, 1995),
        ["BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=-1SU"]
    );
    assert_eq!(
        rules(Tz::Australia__Sydney, 2026),
        ["BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"]
    );
    assert_eq!(rules(Tz::Asia__Tokyo, 2026), [""; 0]);
    assert_eq!(rules(Tz::Africa__Casablanca, 2026), [""; 0]);
}

/// Of every zone, the observances give the right offset all through the year; those few are left
/// out whose law no rule of one weekday can say.
#[test]
fn every_zone() {
    let mut wrong = Vec::new();
    for zone in TZ_VARIANTS {
        let file = format!(
            "BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n",
            vtimezone(zone.name(), zone, 2026).replace(zone.name(), "Own")
        );
        let document = parse(file, &Limits::default()).unwrap();
        let noon = NaiveDate::from_ymd_opt(2026, 1, 1)
            .unwrap()
            .and_hms_opt(12, 0, 0)
            .unwrap();
        let calendar = document.root().children().next().unwrap();
        let own = calendar.children().next().unwrap();
        let rules = crate::zone::Observances::read(own).unwrap();
        let differs = (0..365).any(|day| {
            let wall = noon + TimeDelta::days(day);
            rules.offset(wall) != localise(wall, zone).offset(zone)
        });
        if differs {
            wrong.push(zone.name());
        }
        assert!(
            Zones::new(&document, Tz::UTC)
                .find("Own", noon)
                .clock
                .is_some()
        );
    }
    // Their clocks follow the moon.
    assert_eq!(
        wrong,
        [
            "Africa/Casablanca",
            "Africa/El_Aaiun",
            "Asia/Gaza",
            "Asia/Hebron"
        ]
    );
}
