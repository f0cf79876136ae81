//! How this person reads times, and how bookings are called in toasts and the history.

use berth_core::words::{Language, Phrasing};
use berth_core::{TimeRange, Timestamp};

use crate::wire::Settings;
use crate::{Berth, Result, Slot};

impl Berth {
    /// The zone and clock that times are said in, in English sentences.
    pub(crate) fn phrasing(&mut self, now: Timestamp) -> Result<Phrasing> {
        let settings = self.settings()?;
        Ok(self.phrased(&settings, now, Language::English))
    }

    /// [`Berth::phrasing`] for what is said in the person's language.
    pub(crate) fn phrasing_spoken(&mut self, now: Timestamp) -> Result<Phrasing> {
        let settings = self.settings()?;
        Ok(self.phrased(&settings, now, self.chosen_language(&settings)))
    }

    fn phrased(&self, settings: &Settings, now: Timestamp, language: Language) -> Phrasing {
        Phrasing {
            zone: self.chosen_zone(settings),
            now,
            hour12: settings.hour12.unwrap_or(self.hour12),
            language,
        }
    }

    /// The language in which Berth speaks to the person: the one chosen for the window, else that
    /// of [`Berth::speak`], without which it is English.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn language(&mut self) -> Result<Language> {
        let settings = self.settings()?;
        Ok(self.chosen_language(&settings))
    }

    fn chosen_language(&self, settings: &Settings) -> Language {
        let Some(locale) = self.language else {
            return Language::English;
        };
        settings.language.as_deref().map_or(locale, Language::of)
    }
}

/// When a slot is, for where the day is not known: `Thu 17 Sep 09:00–13:00`, `Thu 17 Sep, all day`.
pub(crate) fn slot_time(phrasing: Phrasing, slot: &Slot) -> String {
    match slot.when {
        berth_core::When::AllDay { start, end } => {
            let last = end.pred_opt().unwrap_or(end);
            let all_day = phrasing.words().time.all_day;
            format!("{}, {all_day}", phrasing.days(start, last))
        }
        berth_core::When::Timed { .. } => range_or_moment(phrasing, slot.start, slot.end),
    }
}

/// `Thu 17 Sep 09:00–13:00`, or the moment alone for what has no length.
pub(crate) fn range_or_moment(phrasing: Phrasing, start: Timestamp, end: Timestamp) -> String {
    TimeRange::new(start, end).map_or_else(|| phrasing.moment(start), |range| phrasing.range(range))
}

/// A title as it stands in a sentence: `“load test”`, or `a booking` when there is none.
pub(crate) fn quoted(title: &str) -> String {
    if title.trim().is_empty() {
        "a booking".into()
    } else {
        format!("“{}”", title.trim())
    }
}
