//! Durations (RFC 5545, 3.3.6): days and weeks are nominal, hours and less are exact.

use chrono::TimeDelta;

/// A duration as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    /// Days on the wall calendar; negative where it runs backwards.
    pub(crate) days: i64,
    /// Exact seconds, of the same sign.
    pub(crate) seconds: i64,
}

impl Span {
    /// Its length where every day has 24 hours.
    pub(crate) fn exact(self) -> TimeDelta {
        TimeDelta::seconds(
            self.days
                .saturating_mul(86_400)
                .saturating_add(self.seconds),
        )
    }
}

/// No duration in a calendar is longer than this.
const LONGEST_DAYS: i64 = 366 * 1000;

/// Reads `P1W`, `P1DT2H`, `-PT15M`. Also accepts parts in any order and weeks beside days.
pub(crate) fn parse(value: &str) -> Option<Span> {
    let value = value.trim();
    let (sign, rest) = match value.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    let mut rest = rest.strip_prefix(['P', 'p'])?;
    let (mut span, mut time) = (Span::default(), false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['T', 't']) {
            (time, rest) = (true, after);
            continue;
        }
        let unit_at = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..unit_at].parse().ok()?;
        let unit = rest[unit_at..].chars().next()?;
        add(
            &mut span,
            sign * number.min(LONGEST_DAYS * 86_400),
            unit,
            time,
        )?;
        rest = &rest[unit_at + unit.len_utf8()..];
    }
    (span.days.abs() <= LONGEST_DAYS && span.seconds.abs() <= LONGEST_DAYS * 86_400).then_some(span)
}

fn add(span: &mut Span, number: i64, unit: char, time: bool) -> Option<()> {
    match (unit.to_ascii_uppercase(), time) {
        ('W', _) => span.days += number * 7,
        ('D', _) => span.days += number,
        ('H', _) => span.seconds += number * 3600,
        ('M', true) => span.seconds += number * 60,
        ('S', _) => span.seconds += number,
        _ => return None,
    }
    Some(())
}

/// `PT1H30M`, `P1D` for 24 hours: the shortest form of an exact duration that is not negative.
pub(crate) fn format(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let mut text = if days > 0 {
        format!("P{days}D")
    } else {
        "P".into()
    };
    if rest > 0 || days == 0 {
        text.push('T');
    }
    for (number, unit) in [(rest / 3600, 'H'), (rest / 60 % 60, 'M'), (rest % 60, 'S')] {
        if number > 0 || (unit == 'S' && seconds == 0) {
            text.push_str(&format!("{number}{unit}"));
        }
    }
    text
}
