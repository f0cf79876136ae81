//! A large calendar of our own making: folded lines, two time zones, a tenth of it recurring.

use std::fmt::Write as _;
use std::io;

/// A calendar of so many events, about 0.9 kB each; ten thousand a year, from 2022.
pub(crate) fn calendar(events: usize) -> String {
    let mut bytes = Vec::with_capacity(events * 1000);
    write(&mut bytes, events).expect("memory takes it");
    String::from_utf8(bytes).expect("it is written in UTF-8")
}

/// The same, to a file.
pub(crate) fn write(mut to: impl io::Write, events: usize) -> io::Result<()> {
    to.write_all(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Berth//bench//EN\r\n")?;
    to.write_all(BERLIN.as_bytes())?;
    to.write_all(NEW_YORK.as_bytes())?;
    let mut text = String::new();
    for index in 0..events {
        text.clear();
        event(&mut text, index);
        to.write_all(text.as_bytes())?;
    }
    to.write_all(b"END:VCALENDAR\r\n")?;
    to.flush()
}

fn event(text: &mut String, index: usize) {
    let zone = if index.is_multiple_of(3) {
        "America/New_York"
    } else {
        "Europe/Berlin"
    };
    let environment = if index.is_multiple_of(2) {
        "staging"
    } else {
        "production"
    };
    let (year, month, day) = (
        2022 + index / 10_000,
        1 + index / 840 % 12,
        1 + index / 30 % 28,
    );
    let (hour, minute) = (8 + index % 10, index % 4 * 15);
    let mut line = |content: &str| fold(text, content);
    line("BEGIN:VEVENT");
    line(&format!("UID:event-{index}@bench.example"));
    line("DTSTAMP:20220101T000000Z");
    line(&format!(
        "DTSTART;TZID={zone}:{year}{month:02}{day:02}T{hour:02}{minute:02}00"
    ));
    line(&format!(
        "DTEND;TZID={zone}:{year}{month:02}{day:02}T{:02}{minute:02}00",
        hour + 1
    ));
    if index.is_multiple_of(10) {
        line("RRULE:FREQ=WEEKLY;COUNT=12;BYDAY=MO,TH");
    }
    line(&format!(
        "SUMMARY:Release candidate {index}\\, second attempt: größere Änderungen"
    ));
    line(&format!("LOCATION:{environment}"));
    line(&format!("CATEGORIES:Team {}", index % 8));
    line("STATUS:CONFIRMED");
    line("TRANSP:OPAQUE");
    line(&format!("SEQUENCE:{}", index % 5));
    line(&format!("DESCRIPTION:{}", SENTENCE.repeat(4)));
    line(&format!("X-PIPELINE-URL:https://ci.example/runs/{index}"));
    line("END:VEVENT");
}

const SENTENCE: &str = "Roll out behind the switch\\, watch the error rate for a quarter of an hour\\, \
     then open it for everybody\\; whoever is on call decides.\\n";

/// Lines of at most 75 octets, never cut inside a character (RFC 5545, 3.1).
fn fold(text: &mut String, content: &str) {
    let mut used = 0;
    for character in content.chars() {
        if used + character.len_utf8() > 75 {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(character);
        used += character.len_utf8();
    }
    let _ = text.write_str("\r\n");
}

const BERLIN: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n\
BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n\
TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n\
BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n\
TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

const NEW_YORK: &str = "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n\
BEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n\
TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\nEND:STANDARD\r\n\
BEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n\
TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

#[cfg(test)]
mod tests {
    use super::calendar;

    #[test]
    fn the_calendar_is_folded_and_as_large_as_it_says() {
        let text = calendar(100);
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 100);
        assert_eq!(text.matches("FREQ=WEEKLY").count(), 10);
        assert!(text.lines().all(|line| line.len() <= 75));
        let each = text.len() / 100;
        assert!((850..1050).contains(&each), "{each} bytes an event");
    }
}
