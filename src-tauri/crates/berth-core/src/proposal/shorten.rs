//! The longest part of a booking that is in nobody's way.

use chrono::{Days as DayCount, TimeDelta};

use super::moves::{place, without};
use super::{Action, Change, Draft, Question};
use crate::slots::{Length, Order, Search, Surroundings, free_stretches};
use crate::{TimeRange, ranges, time};

/// A rest shorter than this is of no use.
const SHORTEST: TimeDelta = TimeDelta::minutes(30);

/// Mine, as short as it must be; `None` where less than half of it would be left. What has begun
/// already can only end earlier.
pub(super) fn shorten(question: &Question) -> Option<Draft> {
    let core = question.core(question.mine)?;
    let hold = question.hold(question.mine);
    let (holds, kinds) = without(question, question.mine);
    let search = Search {
        places: &[place(question, question.mine)],
        range: core,
        length: Length::Time(SHORTEST),
        team: hold.team,
        kind: question.kind(question.mine),
        plan: hold.plan,
        busy: &[],
        zone: question.zone,
        within: None,
        preferred: None,
        apart: TimeDelta::zero(),
        order: Order::Earliest,
        count: 1,
    };
    let around = Surroundings {
        holds: &holds,
        kinds: &kinds,
        schedule: question.schedule,
    };
    let begun = core.start() < question.now;
    let possible =
        |rest: &TimeRange| !begun || rest.start() == core.start() && rest.end() > question.now;
    let stretches = free_stretches(&search, &around).into_iter();
    let rests: Vec<TimeRange> = stretches
        .filter_map(|rest| cut(question, rest))
        .filter(possible)
        .collect();
    let range = ranges::longest(&rests).filter(|rest| rest.length() * 2 >= core.length())?;
    let change = Change {
        hold: question.mine,
        range,
        units: hold.units,
    };
    Some(Draft {
        action: Action::Shorten,
        changes: vec![change],
        notes: Vec::new(),
    })
}

/// Of whole days, whole days are left.
fn cut(question: &Question, rest: TimeRange) -> Option<TimeRange> {
    if !(question.whole_days)(question.mine) {
        return Some(rest);
    }
    let date = rest.start().wall(question.zone).date();
    let first = time::midnight(date, question.zone);
    let next = || time::midnight(date + DayCount::new(1), question.zone);
    let from = if first == rest.start() { first } else { next() };
    TimeRange::new(
        from,
        time::midnight(rest.end().wall(question.zone).date(), question.zone),
    )
}
