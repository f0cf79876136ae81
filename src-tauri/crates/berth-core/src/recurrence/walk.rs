//! Going along a pattern from start to start, with a jump to where the caller wants to begin and a
//! bound on the work, so that every rule answers at once, also one made to be slow.

use chrono::NaiveDateTime;

use super::instances::Instances;
use super::pattern::{Pattern, end_of_time};

/// How much one question may look at, in days: enough for a whole cycle of the calendar day by day,
/// each entered and left; some milliseconds.
const BUDGET: u32 = 450_000;
/// What a step below a day costs, measured in days.
const STEP: u32 = 5;

/// A position in the starts of a pattern.
#[derive(Debug)]
pub(super) struct Walk<'p> {
    pub(super) pattern: &'p Pattern,
    /// The period it is in; always one of the series.
    pub(super) period: i64,
    /// The last moment that is visited.
    pub(super) last: NaiveDateTime,
    pub(super) last_period: i64,
    /// The starts of that period.
    pub(super) instances: Instances,
    /// The next of them.
    pub(super) index: usize,
    /// How many COUNT still allows, this one included.
    pub(super) left: u64,
    /// Periods in a row that had none.
    pub(super) barren: u32,
    budget: u32,
    pub(super) ended: bool,
    /// Whether it stopped because the budget was used up.
    pub(super) truncated: bool,
}

impl<'p> Walk<'p> {
    /// Stands before the first period of the pattern. Nothing after `last` will be visited.
    pub(super) fn new(pattern: &'p Pattern, last: NaiveDateTime) -> Self {
        let last = pattern
            .until
            .map_or(last, |until| last.min(until.last))
            .min(end_of_time());
        Self {
            pattern,
            period: pattern.origin,
            last,
            last_period: pattern.period(last),
            instances: Instances::default(),
            index: 0,
            left: pattern.rule.count.map_or(u64::MAX, u64::from),
            barren: 0,
            budget: BUDGET,
            ended: false,
            truncated: false,
        }
    }

    /// Goes to the first start that is not before `from`. Only COUNT needs to know what lies before.
    pub(super) fn skip_to(&mut self, from: NaiveDateTime) {
        let period = self.pattern.at_or_after(self.pattern.period(from));
        if self.pattern.rule.count.is_some() {
            self.count_to(period);
        } else {
            self.enter(period);
            self.pass(self.pattern.start);
        }
        let passed = self.pass(from);
        self.left = self.left.saturating_sub(passed);
    }

    /// Goes from the first start to `period`, or to the earlier one in which COUNT is reached.
    pub(super) fn count_to(&mut self, period: i64) {
        self.enter(self.pattern.origin);
        self.pass(self.pattern.start);
        while !self.ended && self.period < period && self.here() < self.left {
            self.left -= self.here();
            let leap = if self.pattern.is_steady() {
                self.leap(period)
            } else {
                0
            };
            self.enter(self.period + (leap + 1) * self.pattern.interval());
        }
    }

    /// Counts as many whole periods as it may of those before `period`, without visiting them, and
    /// says how many.
    fn leap(&mut self, period: i64) -> i64 {
        let each = self.instances.len() as u64;
        let until_count = (self.left - 1).checked_div(each).unwrap_or(u64::MAX);
        let until_period = (period - self.period) / self.pattern.interval() - 1;
        let leap = until_period
            .min(i64::try_from(until_count).unwrap_or(i64::MAX))
            .max(0);
        self.left -= leap.unsigned_abs() * each;
        leap
    }

    /// How many starts of this period are still to come.
    pub(super) fn here(&self) -> u64 {
        (self.instances.len() - self.index) as u64
    }

    /// Goes past the starts of this period that lie before `from`, and says how many they were.
    fn pass(&mut self, from: NaiveDateTime) -> u64 {
        let passed = self.instances.before(from).saturating_sub(self.index);
        self.index += passed;
        passed as u64
    }

    /// Goes to `period`, or, where the rule leaves that out altogether, to the next it does not.
    fn enter(&mut self, period: i64) {
        self.index = 0;
        self.instances.days.clear();
        match self.seek(period) {
            Some(period) => {
                self.period = period;
                let looked = self.pattern.load(period, &mut self.instances);
                self.spend(if self.pattern.rule.sub_daily() {
                    STEP
                } else {
                    looked
                });
                self.barren = if self.instances.len() > 0 {
                    0
                } else {
                    self.barren + 1
                };
                self.ended |= self.barren > self.pattern.rule.frequency.cycle();
            }
            None => self.end(),
        }
    }

    fn seek(&mut self, mut period: i64) -> Option<i64> {
        while period <= self.last_period && self.step() {
            let Some(open) = self.pattern.next_open(period) else {
                return Some(period);
            };
            period = self.pattern.at_or_after(self.pattern.period(open));
        }
        None
    }

    /// Whether one more period may be tried.
    pub(super) fn step(&mut self) -> bool {
        self.spend(if self.pattern.rule.sub_daily() {
            STEP
        } else {
            1
        })
    }

    /// Whether so much more work may be done.
    pub(super) fn spend(&mut self, work: u32) -> bool {
        self.truncated |= self.budget < work;
        self.budget = self.budget.saturating_sub(work);
        !self.truncated
    }

    fn end(&mut self) {
        self.ended = true;
        self.instances = Instances::default();
    }
}

impl Iterator for Walk<'_> {
    type Item = NaiveDateTime;

    fn next(&mut self) -> Option<NaiveDateTime> {
        while self.left > 0 {
            let Some(at) = self.instances.get(self.index) else {
                if self.ended {
                    return None;
                }
                self.enter(self.period + self.pattern.interval());
                continue;
            };
            if at > self.last {
                return None;
            }
            self.index += 1;
            if self.pattern.admits(at) {
                self.left -= 1;
                return Some(at);
            }
        }
        None
    }
}
