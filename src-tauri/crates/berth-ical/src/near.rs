//! The part of a calendar that can matter between two days, cut out of the bytes before anything is
//! parsed: who asks about one hour need not read ten years.
//!
//! What is not plainly far away stays: a time that is written in an unusual way, a series without an
//! end. So does everything with the UID of something that stays, since it may be another version or a
//! changed occurrence of it.

use std::collections::HashSet;
use std::ops::Range;

use chrono::{Days, NaiveDate};

/// Zones, set-up and clean-up (at most a week) may bring a booking so many days nearer.
const MARGIN: Days = Days::new(10);

/// Of the events in `text`, only those that can touch the days `[from, to]` or touch one that does,
/// and one for each place that is named; everything else as it is. A text that is not understood
/// here (UTF-16, an old vCalendar) is given back whole.
#[must_use]
pub fn near(text: Vec<u8>, from: NaiveDate, to: NaiveDate) -> Vec<u8> {
    let events = events(&text);
    let (from, to) = reach(&events, before(from), after(to));
    let near = |event: &Scanned| event.span.is_none_or(|span| touches(span, from, to));
    let uids: HashSet<u64> = events
        .iter()
        .filter(|one| near(one))
        .filter_map(|one| one.uid)
        .collect();
    let mut places = HashSet::new();
    let mut kept = Vec::new();
    let mut done = 0;
    for event in &events {
        let known = event.uid.is_some_and(|uid| uids.contains(&uid));
        if places.insert(event.place) || known || near(event) {
            continue;
        }
        kept.extend_from_slice(&text[done..event.bytes.start]);
        done = event.bytes.end;
    }
    if done == 0 {
        return text;
    }
    kept.extend_from_slice(&text[done..]);
    kept
}

/// First and last day.
type Span = (NaiveDate, NaiveDate);

fn touches((first, last): Span, from: NaiveDate, to: NaiveDate) -> bool {
    first <= to && last >= from
}

fn before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(MARGIN).unwrap_or(NaiveDate::MIN)
}

fn after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(MARGIN).unwrap_or(NaiveDate::MAX)
}

/// From the first to the last day of those who touch it: a conflict ends where somebody outside comes
/// or goes, but not beyond those who are inside.
fn reach(events: &[Scanned], from: NaiveDate, to: NaiveDate) -> Span {
    let lengths = events.iter().map(|event| event.length);
    let longest = Days::new(lengths.max().unwrap_or(0));
    let wide = (
        from.checked_sub_days(longest).unwrap_or(NaiveDate::MIN),
        to.checked_add_days(longest).unwrap_or(NaiveDate::MAX),
    );
    // Of a series, one occurrence is inside at a time: that is its length.
    let inside = events
        .iter()
        .filter(|event| event.length == 0)
        .filter_map(|event| event.span)
        .filter(|span| touches(*span, from, to));
    inside.fold(wide, |(first, last), span| {
        (first.min(before(span.0)), last.max(after(span.1)))
    })
}

/// What a look at the lines of an event says.
#[derive(Debug, Default)]
struct Scanned {
    bytes: Range<usize>,
    uid: Option<u64>,
    place: u64,
    /// `None` when it may be at any time.
    span: Option<Span>,
    /// Days of one occurrence, of what is there more than once or at any time; 0 for a single event.
    length: u64,
}

/// The lines of one event, as they come.
#[derive(Debug, Default)]
struct Scan {
    begin: usize,
    depth: usize,
    uid: Option<u64>,
    place: u64,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    last: Last,
    odd: bool,
    on: On,
}

/// When a series starts for the last time.
#[derive(Debug, Default, Clone, Copy)]
enum Last {
    /// It is none.
    #[default]
    Single,
    On(NaiveDate),
    Never,
}

/// The property that a folded line goes on with.
#[derive(Debug, Default, Clone, Copy)]
enum On {
    #[default]
    Other,
    Uid,
    Place,
    Time,
}

fn events(text: &[u8]) -> Vec<Scanned> {
    let mut events = Vec::new();
    let mut scan: Option<Scan> = None;
    let mut at = 0;
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let begin = at;
        at += line.len();
        let line = line.trim_ascii_end();
        match &mut scan {
            None if line.eq_ignore_ascii_case(b"BEGIN:VEVENT") => {
                scan = Some(Scan {
                    begin,
                    ..Scan::default()
                });
            }
            None if line.eq_ignore_ascii_case(b"VERSION:1.0") => return Vec::new(),
            None => {}
            Some(one) if one.depth == 0 && line.eq_ignore_ascii_case(b"END:VEVENT") => {
                events.push(one.scanned(at));
                scan = None;
            }
            // A component that was never ended.
            Some(_) if line.eq_ignore_ascii_case(b"BEGIN:VEVENT") => return Vec::new(),
            Some(one) => one.line(line),
        }
    }
    events
}

impl Scan {
    fn line(&mut self, line: &[u8]) {
        let Some(first) = line.first() else { return };
        match first.to_ascii_uppercase() {
            b' ' | b'\t' => return self.folded(&line[1..]),
            b'B' if name(line).eq_ignore_ascii_case(b"BEGIN") => self.depth += 1,
            b'E' if name(line).eq_ignore_ascii_case(b"END") => {
                self.depth = self.depth.saturating_sub(1);
            }
            b'D' | b'L' | b'R' | b'U' | b'X' if self.depth == 0 => return self.property(line),
            _ => {}
        }
        self.on = On::Other;
    }

    fn folded(&mut self, line: &[u8]) {
        match self.on {
            On::Other => {}
            On::Uid => self.uid = self.uid.map(|hash| digest(hash, line)),
            On::Place => self.place = digest(self.place, line),
            On::Time => self.odd = true,
        }
    }

    fn property(&mut self, line: &[u8]) {
        let is = |what: &[u8]| name(line).eq_ignore_ascii_case(what);
        self.on = On::Other;
        if is(b"DTSTART") {
            self.odd |= self.start.is_some();
            self.start = self.day(line);
        } else if is(b"DTEND") {
            self.odd |= self.end.is_some();
            self.end = self.day(line);
        } else if is(b"RRULE") {
            self.on = On::Time;
            self.last = last_start(value(line), self.start);
        } else if is(b"RDATE") || is(b"DURATION") {
            self.odd = true;
        } else if is(b"UID") {
            self.on = On::Uid;
            self.uid = Some(digest(SEED, value(line)));
        } else if is(b"LOCATION") || is(b"RESOURCES") || is(b"X-BERTH-ENVIRONMENT") {
            self.on = On::Place;
            self.place = digest(self.place, line);
        }
    }

    /// The day of a time; one that is not plainly written makes the event odd.
    fn day(&mut self, line: &[u8]) -> Option<NaiveDate> {
        self.on = On::Time;
        let day = date(value(line));
        self.odd |= day.is_none();
        day
    }

    fn scanned(&self, end: usize) -> Scanned {
        let length = match (self.start, self.end) {
            (Some(start), Some(end)) => u64::try_from((end - start).num_days()).unwrap_or(0),
            _ => 1,
        };
        let plain = !self.odd && self.depth == 0;
        let span = self.start.filter(|_| plain).and_then(|start| {
            let last = match self.last {
                Last::Single => start,
                Last::On(last) => last.max(start),
                Last::Never => return Some((start, NaiveDate::MAX)),
            };
            Some((start, last.checked_add_days(Days::new(length.max(1)))?))
        });
        let often = span.is_none() || !matches!(self.last, Last::Single);
        let length = if often { length.max(1) } else { 0 };
        Scanned {
            bytes: self.begin..end,
            uid: self.uid,
            place: self.place,
            span,
            length,
        }
    }
}

fn name(line: &[u8]) -> &[u8] {
    let end = line.iter().position(|byte| matches!(byte, b':' | b';'));
    &line[..end.unwrap_or(line.len())]
}

/// What stands after the last colon: times, rules and identifiers have one at most, parameters may
/// have more.
fn value(line: &[u8]) -> &[u8] {
    let colon = line.iter().rposition(|&byte| byte == b':');
    colon.map_or(&[], |at| &line[at + 1..])
}

/// The day that `20260917…` begins with.
fn date(text: &[u8]) -> Option<NaiveDate> {
    let digits = text.get(..8)?;
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + u32::from(byte - b'0'))
        })
    };
    let year = i32::try_from(number(&digits[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&digits[4..6])?, number(&digits[6..])?)
}

/// A day that no start of the rule is after, where that is plain: it says UNTIL, or counts days or
/// weeks without leaving any out.
fn last_start(rule: &[u8], start: Option<NaiveDate>) -> Last {
    let (mut count, mut step, mut days, mut plain) = (None, 1, None, true);
    for part in rule.split(|&byte| byte == b';') {
        let (key, value) = part.split_at(part.iter().position(|&byte| byte == b'=').unwrap_or(0));
        let value = value.get(1..).unwrap_or_default();
        let number = || std::str::from_utf8(value).ok()?.parse::<u64>().ok();
        match key.to_ascii_uppercase().as_slice() {
            b"UNTIL" => return date(value).map_or(Last::Never, Last::On),
            b"COUNT" => count = number(),
            b"INTERVAL" => step = number().unwrap_or(u64::MAX),
            b"FREQ" if value.eq_ignore_ascii_case(b"WEEKLY") => days = Some(7),
            b"FREQ" if value.eq_ignore_ascii_case(b"DAILY") => days = Some(1),
            b"BYDAY" | b"WKST" if days == Some(7) => {}
            _ => plain = false,
        }
    }
    let last = || {
        let count = count?.checked_add(2)?;
        start?.checked_add_days(Days::new(count.checked_mul(step)?.checked_mul(days?)?))
    };
    last().filter(|_| plain).map_or(Last::Never, Last::On)
}

/// FNV-1a.
fn digest(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

#[cfg(test)]
mod tests;
