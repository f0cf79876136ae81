//! The last start of a series, found from its end backwards instead of by listing it.

use chrono::{NaiveDateTime, TimeDelta};

use super::pattern::{Pattern, end_of_time};
use super::walk::Walk;

/// The search was given up: the rule has no end, or none that could be found with bounded work.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OutOfReach;

/// The last start of the rule that is not in `excluded` (sorted), of which at most `limit` may lie
/// after it; `None` where the rule has no start at all.
pub(super) fn last(
    pattern: &Pattern,
    excluded: &[NaiveDateTime],
    limit: usize,
) -> Result<Option<NaiveDateTime>, OutOfReach> {
    if !pattern.rule.ends() {
        return Err(OutOfReach);
    }
    let mut walk = Walk::new(pattern, end_of_time());
    to_end(&mut walk)?;
    let mut passed = 0;
    while let Some(at) = back(&mut walk)? {
        if excluded.binary_search(&at).is_err() {
            return Ok(Some(at));
        }
        passed += 1;
        if passed > limit {
            return Err(OutOfReach);
        }
    }
    Ok(None)
}

/// Stands after the last start that COUNT and UNTIL allow.
fn to_end(walk: &mut Walk<'_>) -> Result<(), OutOfReach> {
    if walk.pattern.rule.count.is_some() {
        walk.count_to(walk.last_period);
    }
    if walk.truncated {
        return Err(OutOfReach);
    }
    if walk.pattern.rule.count.is_some() && !walk.ended {
        walk.index += usize::try_from(walk.left.min(walk.here())).unwrap_or_default();
    } else {
        load(
            walk,
            walk.pattern
                .at_or_before(walk.last_period.max(walk.pattern.origin)),
        );
    }
    // The last period may go on after the last moment, as does the week in which time ends.
    let after = walk
        .last
        .checked_add_signed(TimeDelta::seconds(1))
        .unwrap_or(walk.last);
    walk.index = walk.index.min(walk.instances.before(after));
    Ok(())
}

/// Steps to the start before, which UNTIL allows and which is not before that of the series.
fn back(walk: &mut Walk<'_>) -> Result<Option<NaiveDateTime>, OutOfReach> {
    loop {
        while walk.index > 0 {
            walk.index -= 1;
            match walk.instances.get(walk.index) {
                Some(at) if at < walk.pattern.start => return Ok(None),
                Some(at) if walk.pattern.admits(at) => return Ok(Some(at)),
                _ => {}
            }
        }
        let Some(period) = previous(walk)? else {
            return Ok(None);
        };
        load(walk, period);
        if walk.barren > walk.pattern.rule.frequency.cycle() {
            return Ok(None);
        }
    }
}

/// The period before, past those below a day that lie on days the rule leaves out.
fn previous(walk: &mut Walk<'_>) -> Result<Option<i64>, OutOfReach> {
    let mut period = walk.period - walk.pattern.interval();
    while period >= walk.pattern.origin {
        if !walk.step() {
            return Err(OutOfReach);
        }
        let Some(open) = walk.pattern.previous_open(period) else {
            return Ok(Some(period));
        };
        let open = walk.pattern.period(open);
        period = if open < walk.pattern.origin {
            open
        } else {
            walk.pattern.at_or_before(open)
        };
    }
    Ok(None)
}

/// Enters a period from its end.
fn load(walk: &mut Walk<'_>, period: i64) {
    walk.period = period;
    let looked = walk.pattern.load(period, &mut walk.instances);
    walk.spend(looked);
    walk.index = walk.instances.len();
    walk.barren = if walk.index > 0 { 0 } else { walk.barren + 1 };
}
