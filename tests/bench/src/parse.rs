//! Reading a calendar, side by side with other readers on the same file, and going along a series.

use std::hint::black_box;

use berth_core::time::Tz;
use berth_core::{Recurrence, Rule};
use berth_ical::{Context, Limits};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::calendar::calendar;
use crate::figure::{Figure, median_of};
use crate::python;

const EVENTS: usize = 50_000;

pub(crate) fn measure() -> Vec<Figure> {
    let text = calendar(EVENTS);
    let input = format!("{EVENTS} events, {} MB", text.len() / 1_000_000);
    let limits = Limits::raised();
    let tree = median_of(5, || {
        black_box(berth_ical::parse(text.as_str(), &limits).expect("our own calendar is one"));
    });
    let whole = median_of(5, || {
        let document = berth_ical::parse(text.as_str(), &limits).expect("our own calendar is one");
        let zone = Tz::Europe__Berlin;
        assert_eq!(
            berth_ical::read(&document, &Context { zone }).events.len(),
            EVENTS
        );
    });
    let by_calcard = median_of(5, || {
        black_box(
            calcard::icalendar::ICalendar::parse(text.as_str()).expect("our own calendar is one"),
        );
    });
    let by_icalendar = median_of(5, || {
        black_box(
            text.parse::<icalendar::Calendar>()
                .expect("our own calendar is one"),
        );
    });
    let mut others = vec![("calcard", by_calcard), ("icalendar", by_icalendar)];
    let least = by_calcard.min(by_icalendar).as_secs_f64() * 1000.0;
    match python::parse(&text) {
        Ok(time) => others.push(("Python's icalendar", time)),
        Err(reason) => eprintln!("Python's icalendar is left out: {reason}"),
    }
    let mut figures = vec![
        Figure::time("parse: Berth", &input, tree).at_most(least),
        Figure::time("parse and read events: Berth", &input, whole),
    ];
    for (name, time) in others {
        let factor = time.as_secs_f64() / tree.as_secs_f64();
        figures.push(Figure::time(&format!("parse: {name}"), &input, time));
        figures.push(Figure::new(
            &format!("parse: {name}, per time of Berth"),
            &input,
            factor,
            "×",
        ));
    }
    figures.push(week_of_a_series());
    figures
}

/// Every week of the sixteenth year, one after another, so that none is known before.
fn week_of_a_series() -> Figure {
    let recurrence = Recurrence {
        rule: Rule::parse("FREQ=DAILY").ok(),
        ..Recurrence::default()
    };
    let at = |year| -> NaiveDateTime {
        NaiveDate::from_ymd_opt(year, 3, 1)
            .unwrap_or_default()
            .into()
    };
    let (start, end) = (at(2010), at(2026));
    let mut round = 0;
    let time = median_of(1000, || {
        let from = end + TimeDelta::weeks(round % 50);
        round += 1;
        let zone = Tz::Europe__Berlin;
        let week = recurrence.expand(start, zone, from, from + TimeDelta::weeks(1), 2_000);
        assert_eq!(black_box(week).starts.len(), 7);
    });
    let microseconds = time.as_secs_f64() * 1e6;
    let input = "16 years after its start";
    Figure::new("a week of a daily series", input, microseconds, "µs").at_most(50.0)
}
