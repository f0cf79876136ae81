//! What conflicts, their forecast and free slots cost: of one booking among many, during a drag, of
//! half a year of series, of a search.

use std::hint::black_box;
use std::path::Path;

use berth_app::wire::{BookingRef, Move, Scope};
use berth_app::{Berth, Filter, FreeSearch, OpenOptions, forecast_end};
use berth_core::slots::{Daily, Days, Hours, Length, Order};
use berth_core::{EnvironmentId, Kind, TimeRange, Timestamp};
use chrono::{TimeDelta, Weekday};
use chrono_tz::Europe::Berlin;

use crate::figure::{Figure, median_of};
use crate::fill::{self, Plan};
use crate::query::grouped;

/// What can be done with the bookings of the shown week; nothing of it has ended by then.
fn now() -> Timestamp {
    fill::instant(fill::SHOWN)
}

pub(crate) fn measure() -> Vec<Figure> {
    [of_one(), vec![ahead(), turned()], vec![free()]].concat()
}

/// An open folder with bookings; the folder lives as long.
struct Filled {
    _folder: tempfile::TempDir,
    berth: Berth,
}

impl Filled {
    fn with(fill: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fill(folder.path());
        let options = OpenOptions {
            folder: folder.path().to_owned(),
            demo: false,
            who: "bench".into(),
            zone: Berlin,
        };
        let berth = Berth::open(options, now()).expect("a filled database opens");
        Self {
            _folder: folder,
            berth,
        }
    }

    fn of(total: usize) -> Self {
        Self::with(|folder| {
            fill::fill(folder, Plan { total, shown: None }).expect("a database takes bookings");
        })
    }
}

/// What the window, the tray and the loop of reminders ask after each change, where 200 conflicts
/// were told and nobody has answered.
pub(crate) fn told() -> Vec<Figure> {
    let plan = Plan {
        total: 10_000,
        shown: Some(800),
    };
    let mut folder = None;
    let mut filled = Filled::with(|data| {
        fill::fill(data, plan).expect("a database takes bookings");
        folder = Some(data.to_owned());
    });
    let berth = &mut filled.berth;
    berth
        .look_for_news(true, now())
        .expect("what is ahead is known");
    let folder = folder.expect("it was filled");
    fill::collide(&folder, plan).expect("a database takes bookings");
    berth
        .look_for_news(false, now())
        .expect("conflicts are news");
    let waiting = berth.waiting_reminders(now()).expect("they are listed");
    let on = format!(
        "{} conflicts told, 1,800 bookings in two weeks",
        waiting.len()
    );
    let list = median_of(20, || {
        let _ = black_box(berth.waiting_reminders(now()));
    });
    let news = median_of(20, || {
        let _ = black_box(berth.look_for_news(false, now()));
    });
    vec![
        Figure::time("list of reminders that wait", on.as_str(), list).at_most(15.0),
        Figure::time("look for news", on.as_str(), news).at_most(30.0),
    ]
}

/// The conflicts that one booking of a million has when it is edited, and while it is dragged.
fn of_one() -> Vec<Figure> {
    let total = 1_000_000;
    let mut filled = Filled::of(total);
    let week = TimeRange::new(now(), now() + TimeDelta::weeks(1)).expect("a week is a range");
    let all = filled
        .berth
        .slots(week.start(), week.end(), &Filter::default())
        .expect("a week can be read");
    let input = format!("{} bookings, one of them", grouped(total));
    let reference = |at: usize| BookingRef {
        id: all[at % all.len()].booking.id.to_string(),
        recurrence_id: None,
    };
    let mut at = 0;
    let edited = median_of(200, || {
        at += 1;
        let reference = reference(at);
        let detail = filled
            .berth
            .show_booking(&reference, now())
            .expect("it is there");
        let form = detail.input;
        let asked = Some(&reference);
        let preview = filled
            .berth
            .preview_booking(asked, Scope::All, &form, now());
        black_box(preview.expect("the form is sound"));
    });
    let dragged = median_of(200, || {
        at += 1;
        let slot = &all[at % all.len()];
        let by = TimeDelta::minutes(15 * i64::try_from(at % 90).unwrap_or(0));
        let to = Move {
            reference: Some(reference(at)),
            scope: Scope::All,
            environment_id: slot.booking.environment.to_string(),
            team_id: None,
            start: (slot.start + by).millis(),
            end: (slot.end + by).millis(),
        };
        black_box(filled.berth.preview_move(&to, now()).expect("it is there"));
    });
    vec![
        Figure::time("conflicts of an edited booking", input.clone(), edited).at_most(1.0),
        Figure::time("preview of a drag, for each move", input, dragged).at_most(2.0),
    ]
}

const SERIES: usize = 300;

fn series() -> Filled {
    Filled::with(|folder| fill::series(folder, SERIES).expect("a database takes series"))
}

fn ahead() -> Figure {
    let mut filled = series();
    let to = forecast_end(now(), Berlin);
    let mut count = 0;
    let time = median_of(20, || {
        let found = filled
            .berth
            .forecast(now(), to, &Filter::default(), now())
            .expect("it can be read");
        count = found.count;
    });
    let input = format!("{SERIES} weekly series, {count} conflicts");
    Figure::time("forecast of 26 weeks", input, time).at_most(20.0)
}

fn turned() -> Figure {
    let mut filled = series();
    let mut known = filled.berth.outlook(now()).expect("it can be read");
    let time = median_of(20, || {
        let next = filled.berth.outlook(now()).expect("it can be read");
        black_box(known.turn(&next));
        known = next;
    });
    let input = format!("{SERIES} weekly series");
    Figure::time("what a change did to 26 weeks", input, time).at_most(20.0)
}

/// The hardest to find: in working hours, far from what is deployed.
fn free() -> Figure {
    let total = 100_000;
    let mut filled = Filled::of(total);
    let weekdays = vec![Weekday::Mon, Weekday::Wed, Weekday::Fri];
    let wanted = FreeSearch {
        environments: vec![EnvironmentId(1), EnvironmentId(2)],
        teams: Vec::new(),
        kind: Kind::Deploy,
        units: None,
        set_up: None,
        clean_up: None,
        plan: None,
        moved: None,
        length: Length::Time(TimeDelta::minutes(20)),
        range: TimeRange::new(now(), now() + TimeDelta::days(90)).expect("90 days are a range"),
        within: Some(Daily {
            hours: Hours::from_minutes(9 * 60, 18 * 60),
            days: Days::Weekdays(weekdays),
        }),
        apart: TimeDelta::hours(48),
        order: Order::Earliest,
        count: 10,
    };
    let time = median_of(50, || {
        let found = filled.berth.free(&wanted, now());
        drop(black_box(found.expect("it can be read")));
    });
    let input = format!("{} bookings, two environments", grouped(total));
    Figure::time("slots of 90 days", input, time).at_most(10.0)
}
