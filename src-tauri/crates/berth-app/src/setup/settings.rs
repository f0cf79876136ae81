//! The choices of the person at this machine: not part of the history, not exported.

use berth_store::{Reader, StoreError};

use crate::wire::{Settings, Theme, ViewState};
use crate::{Berth, Error, Result};

const KEY: &str = "settings";
const VIEW: &str = "view";

/// What is chosen; what is not, or cannot be read any more, is the default.
pub(crate) fn read_settings(reader: &Reader<'_>) -> std::result::Result<Settings, StoreError> {
    let text = reader.setting(KEY)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: None,
            zone: None,
            second_zone: None,
            compact: false,
            first_day: None,
            hour12: None,
            weekend: true,
            work_start: 9,
            work_end: 18,
            reminders: true,
            single_keys: true,
        }
    }
}

impl Berth {
    /// Keeps the choices made at this machine.
    ///
    /// # Errors
    /// With code `input` when the zone is not one.
    pub fn save_settings(&mut self, settings: &Settings) -> Result<()> {
        let zones = settings.zone.iter().chain(&settings.second_zone);
        if let Some(zone) = zones
            .into_iter()
            .find(|zone| zone.parse::<chrono_tz::Tz>().is_err())
        {
            let message = format!("“{zone}” is not a time zone.");
            return Err(Error::input(
                message,
                "Choose one such as Europe/Berlin, or follow the system.",
            ));
        }
        let hours = settings.work_start <= 24 && settings.work_end <= 24;
        if !hours || settings.first_day.is_some_and(|day| day > 6) {
            return Err(Error::input(
                "Hours are 0 to 24, days 0 to 6.",
                "Choose from the lists.",
            ));
        }
        let text = serde_json::to_string(settings)
            .map_err(|error| Error::input(error.to_string(), "Choose from the lists."))?;
        self.write_unrecorded(|writer| Ok(writer.put_setting(KEY, &text)?))
    }

    /// How the window was left; as new where nobody left it, or it cannot be read any more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn view(&mut self) -> Result<ViewState> {
        let text = self.read(|reader| Ok(reader.setting(VIEW)?))?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// Keeps how the window is left. It is outside the settings, so that scrolling changes none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_view(&mut self, view: &ViewState) -> Result<()> {
        let text = serde_json::to_string(view)
            .map_err(|error| Error::input(error.to_string(), "Choose another view."))?;
        self.write_unrecorded(|writer| Ok(writer.put_setting(VIEW, &text)?))
    }
}
