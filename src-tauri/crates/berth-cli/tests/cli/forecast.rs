//! Looking ahead from the command line.

use crate::berth::Berth;
use crate::golden::{golden, golden_json};

/// Perf's half of V24, in New York.
const STANDBY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//test//EN\r\n\
    BEGIN:VEVENT\r\nUID:standby\r\nDTSTAMP:20260101T000000Z\r\n\
    DTSTART;TZID=America/New_York:20260106T090000\r\nDTEND;TZID=America/New_York:20260106T110000\r\n\
    RRULE:FREQ=WEEKLY\r\nLOCATION:staging\r\nCATEGORIES:Perf\r\nSUMMARY:standby\r\n\
    END:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn series_are_told_once_with_their_dates() {
    let berth = Berth::begun();
    berth.book("--env staging --team Infra --from 2026-01-06T13:00 --for 2h --title sync --repeat FREQ=WEEKLY");
    berth.fed(&["import", "-"], STANDBY).exits(0);
    berth.book("--env production --team QA --from 2026-09-17T09:00 --for 4h --tentative");
    berth.book("--env production --team Perf --from 2026-09-17T12:00 --for 4h --title load");
    golden("forecast.txt", &berth.line("forecast").exits(1).stdout);
    let year = "--from 2026-01-01 --to 2026-12-31 --env staging";
    let said = berth.line(&format!("forecast {year}")).exits(1).stdout;
    golden("forecast-year.txt", &said);
    let short = "--json forecast --from 2026-10-19 --to 2026-11-01";
    golden_json("forecast.json", &berth.line(short).exits(1).stdout);
    assert_eq!(
        berth.ok("forecast --env integration"),
        "No conflicts from Tue 1 Sep 02:00 to Mon 1 Mar 2027 00:00.\n"
    );
    // A warning alone is no reason to stop.
    berth.ok("forecast --env production");
    berth
        .line("forecast --from 2026-09-14 --to 2026-09-01")
        .fails(3, "not after it begins", "--to");
}
