//! The next slot of the person's own teams: what the tray says first.

use berth_core::Timestamp;
use berth_core::reminder::{Message, Tell, message};
use chrono::TimeDelta;

use crate::schedule::{Filter, slots};
use crate::wire::BookingRef;
use crate::{Berth, Result};

/// Further ahead than this nothing counts as next.
const AHEAD: TimeDelta = TimeDelta::weeks(4);

/// The next slot of my teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextSlot {
    /// Which booking.
    pub booking: BookingRef,
    /// `staging in 10 min: load test`.
    pub text: String,
    /// When it begins.
    pub start: Timestamp,
}

impl Berth {
    /// The first slot of my teams that has not begun; `None` when there is none in four weeks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_of_mine(&mut self, now: Timestamp) -> Result<Option<NextSlot>> {
        let phrasing = self.phrasing_spoken(now)?;
        self.read(|reader| {
            let teams = reader.teams()?;
            let mine: Vec<_> = teams
                .iter()
                .filter(|team| team.mine)
                .map(|team| team.id)
                .collect();
            if mine.is_empty() {
                return Ok(None);
            }
            let environments = reader.environments()?;
            let filter = Filter {
                teams: mine,
                ..Filter::default()
            };
            let found = slots(reader, &environments, now, now + AHEAD, &filter)?;
            Ok(found.iter().find(|slot| slot.start > now).map(|slot| {
                let environment = environments
                    .iter()
                    .find(|one| one.id == slot.booking.environment);
                let about = Message {
                    environment: environment.map_or("", |one| one.name.as_str()),
                    team: "",
                    title: &slot.booking.title,
                    when: slot.when,
                    start: slot.start,
                    end: slot.end,
                };
                NextSlot {
                    booking: BookingRef::new(slot.booking.id, slot.recurrence_id),
                    text: message(&about, Tell::Start, phrasing).0,
                    start: slot.start,
                }
            }))
        })
    }
}
