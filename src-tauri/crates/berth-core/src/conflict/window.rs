//! Who is somewhere when that is not allowed: rules 8 and 9 of the domain.
//!
//! A freeze keeps a kind of booking out, allow windows keep it in. Each booking is judged for
//! itself, so that the conflicts of one booking are found without looking at any other. Who else
//! holds the environment is the business of [`super::conflicts`].
//!
//! What the rules leave open is decided so:
//! - The two rules are looked at one by one. Where a freeze and an allow window meet, the freeze
//!   wins; a booking that is frozen and outside as well has a conflict of each kind.
//! - A tentative booking breaks a rule as a certain one does: there is nobody whom it could yield to.
//! - A booking of no length is nowhere. Set-up and clean-up may lie in a freeze, or outside.
//! - An exception is to one window. Where two freezes meet, both must make it.

use crate::window::{Schedule, touching};
use crate::{Kind, TimeRange, ranges};

use super::{Conflict, ConflictKind, Hold, Severity};

/// A conflict of one booking with windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowConflict {
    /// Of the kind [`ConflictKind::Freeze`] or [`ConflictKind::OutsideWindow`], an error, with one
    /// member. Of an excepted booking as well.
    pub conflict: Conflict,
    /// The windows it is about, by their numbers in the [`Schedule`], in order: the freezes that
    /// the booking meets there and is not excepted from, or the allow windows that it should lie
    /// in. Of an accepted conflict those whose exceptions make it so.
    pub windows: Vec<u32>,
    /// Whether exceptions allow it: who and why is said by [`crate::Window::exception`].
    pub accepted: bool,
}

/// All conflicts of `holds` with the windows of `schedule`, by start, then environment, then kind.
///
/// `kinds` says what each hold is for, at the same index; a hold without one is taken for the
/// default kind. `excepted` says whether the hold with this index may break the window with this
/// number, and is asked only where it does. The schedule must reach over all the holds: what lies
/// outside it is not judged. Takes O(n log n) time.
///
/// One conflict is one maximal stretch: freezes that overlap or touch are one, and so are allow
/// windows. Where an exception begins or ends, so does a conflict.
#[must_use]
pub fn window_conflicts(
    holds: &[Hold],
    kinds: &[Kind],
    schedule: &Schedule,
    excepted: impl Fn(u32, u32) -> bool,
) -> Vec<WindowConflict> {
    let mut found = Vec::new();
    for (index, hold) in (0..).zip(holds) {
        let kind = kinds.get(index as usize).copied().unwrap_or_default();
        let core = TimeRange::new(hold.start, hold.end).and_then(|core| schedule.within(core));
        if let Some(core) = core {
            let mut judge = Judge {
                index,
                hold,
                core,
                kind,
                schedule,
                found: &mut found,
            };
            judge.freezes(|window| excepted(index, window));
            judge.outside(|window| excepted(index, window));
        }
    }
    found.sort_unstable_by_key(|one| {
        let Conflict {
            environment,
            kind,
            range,
            ref members,
            ..
        } = one.conflict;
        (range.start(), environment, kind, members.first().copied())
    });
    found
}

/// One hold before the rules.
struct Judge<'a> {
    index: u32,
    hold: &'a Hold,
    core: TimeRange,
    kind: Kind,
    schedule: &'a Schedule,
    found: &'a mut Vec<WindowConflict>,
}

impl Judge<'_> {
    /// Rule 8. Goes along the stretches with the same freezes, and joins those that touch and are
    /// alike.
    fn freezes(&mut self, excepted: impl Fn(u32) -> bool) {
        let stretches = self.schedule.stretches(self.hold.environment, self.kind);
        let mut open: Option<(TimeRange, Vec<u32>, bool)> = None;
        for stretch in touching(stretches, self.core.start(), self.core.end()) {
            let Some(range) = stretch.range.intersection(self.core) else {
                continue;
            };
            let denying = || {
                stretch
                    .windows
                    .iter()
                    .copied()
                    .filter(|&window| !excepted(window))
            };
            let accepted = denying().next().is_none();
            let windows: Vec<u32> = if accepted {
                stretch.windows.clone()
            } else {
                denying().collect()
            };
            match &mut open {
                Some((whole, all, same)) if whole.end() == range.start() && *same == accepted => {
                    *whole = whole.hull(range);
                    all.extend(windows);
                }
                _ => {
                    if let Some(done) = open.replace((range, windows, accepted)) {
                        self.report(ConflictKind::Freeze, done);
                    }
                }
            }
        }
        if let Some(done) = open {
            self.report(ConflictKind::Freeze, done);
        }
    }

    /// Rule 9.
    fn outside(&mut self, excepted: impl Fn(u32) -> bool) {
        let Some(open) = self.schedule.open(self.hold.environment, self.kind) else {
            return;
        };
        let allowing = self.schedule.allowing(self.hold.environment, self.kind);
        for range in ranges::without(&[self.core], open) {
            let excepting: Vec<u32> = allowing
                .iter()
                .copied()
                .filter(|&window| excepted(window))
                .collect();
            let accepted = !excepting.is_empty();
            let windows = if accepted {
                excepting
            } else {
                allowing.to_vec()
            };
            self.report(ConflictKind::OutsideWindow, (range, windows, accepted));
        }
    }

    fn report(
        &mut self,
        kind: ConflictKind,
        (range, mut windows, accepted): (TimeRange, Vec<u32>, bool),
    ) {
        windows.sort_unstable();
        windows.dedup();
        let environment = self.hold.environment;
        let (severity, members) = (Severity::Error, vec![self.index]);
        let conflict = Conflict {
            environment,
            kind,
            severity,
            range,
            members,
        };
        self.found.push(WindowConflict {
            conflict,
            windows,
            accepted,
        });
    }
}
