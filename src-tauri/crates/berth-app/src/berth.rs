//! An open data directory.

use std::path::PathBuf;

use berth_core::time::Tz;
use berth_core::words::Language;
use berth_core::{Environment, Team, Timestamp};
use berth_store::{Access, Backups, Done, Opened, Reader, Store, Writer};

use crate::wire::{Notice, NoticeLevel, Settings};
use crate::{Error, Result, demo};

/// The bookings of one data directory, and who is working with them.
#[derive(Debug)]
pub struct Berth {
    pub(crate) store: Store,
    pub(crate) options: OpenOptions,
    pub(crate) notices: Vec<Notice>,
    pub(crate) hour12: bool,
    /// That of the person's locale; `None` speaks English, whatever was chosen for the window.
    pub(crate) language: Option<Language>,
    /// The zone that all environments share, where times are to be said in it.
    common_zone: Option<Tz>,
    /// The ledger of reminders while the file cannot be written, and why it cannot.
    pub(crate) beside: Option<(Store, Error)>,
    seen: i64,
}

/// Where the data is, and what the machine says about its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOptions {
    /// The folder of the database; it is created where it does not exist.
    pub folder: PathBuf,
    /// Shows the sample week in memory instead, and keeps nothing.
    pub demo: bool,
    /// Who does what is done, for the history.
    pub who: String,
    /// The zone of this machine.
    pub zone: Tz,
}

impl OpenOptions {
    /// What this machine says: its data folder (`folder` goes before it), user and zone.
    ///
    /// # Errors
    /// When the platform has no data folder for this user.
    pub fn here(folder: Option<PathBuf>) -> Result<Self> {
        let folder = match folder {
            Some(folder) => folder,
            None => directories::ProjectDirs::from("", "", "berth")
                .map(|places| places.data_dir().to_owned())
                .ok_or_else(|| {
                    Error::file(
                        "This user has no home folder.",
                        "Say where: --data-dir DIR.",
                    )
                })?,
        };
        Ok(Self {
            folder,
            demo: false,
            who: user(),
            zone: zone_here(),
        })
    }
}

fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "unknown".into())
}

/// The zone that these environments share; `None` where they differ, or there are none.
pub fn common_zone<'a>(environments: impl IntoIterator<Item = &'a Environment>) -> Option<Tz> {
    let mut zones = environments.into_iter().map(|one| one.zone);
    let first = zones.next()?;
    zones.all(|zone| zone == first).then_some(first)
}

/// The zone of this machine at this moment: `TZ` where it names a zone, else what the system is set
/// to, else UTC.
#[must_use]
pub fn zone_here() -> Tz {
    let from_variable = std::env::var("TZ")
        .ok()
        .and_then(|name| name.trim_start_matches(':').parse().ok());
    let from_system = || {
        iana_time_zone::get_timezone()
            .ok()
            .and_then(|name| name.parse().ok())
    };
    from_variable.or_else(from_system).unwrap_or(Tz::UTC)
}

impl Berth {
    /// Opens the data directory, creating `staging` and `production` in a new one.
    ///
    /// # Errors
    /// With code `database` when the file cannot be used; it says what to do.
    pub fn open(options: OpenOptions, _now: Timestamp) -> Result<Self> {
        let opened = if options.demo {
            Opened {
                store: Store::in_memory()?,
                recovered: None,
                new: true,
            }
        } else {
            Store::open(&options.folder)?
        };
        let notices = notices(&opened);
        let mut berth = Self {
            store: opened.store,
            options,
            notices,
            hour12: false,
            language: None,
            common_zone: None,
            beside: None,
            seen: 0,
        };
        if berth.options.demo {
            demo::fill(&mut berth)?;
        } else if berth.store.access() == Access::ReadWrite {
            berth.begin()?;
        }
        berth.seen = berth.store.data_version()?;
        Ok(berth)
    }

    /// An empty one that is kept nowhere.
    pub(crate) fn in_memory(options: OpenOptions) -> Result<Self> {
        let store = Store::in_memory()?;
        Ok(Self {
            store,
            options,
            notices: Vec::new(),
            hour12: false,
            language: None,
            common_zone: None,
            beside: None,
            seen: 0,
        })
    }

    /// Whether another connection has written since the last call: the other program, or another
    /// thread with a connection of its own.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changed_elsewhere(&mut self) -> Result<bool> {
        let version = self.store.data_version()?;
        Ok(std::mem::replace(&mut self.seen, version) != version)
    }

    /// Writes hours as the person's locale does, where they have not chosen: 1 pm or 13:00.
    pub fn follow_locale(&mut self, hour12: bool) {
        self.hour12 = hour12;
    }

    /// Speaks to the person in the language chosen for the window, else in that of their locale:
    /// reminders, and who is on what now.
    pub fn speak(&mut self, locale: Language) {
        self.language = Some(locale);
    }

    /// Says times in the machine's zone as it is now, where no other was chosen. Returns whether it
    /// is another one than before: the person travels.
    pub fn follow_machine(&mut self, zone: Tz) -> bool {
        std::mem::replace(&mut self.options.zone, zone) != zone
    }

    /// Says times in the zone that all environments share, where no zone was chosen and they share
    /// one: the zone in which the command line reads them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn follow_environments(&mut self) -> Result<()> {
        self.common_zone = common_zone(&self.environments()?);
        Ok(())
    }

    /// Where the data is and who works with it.
    #[must_use]
    pub fn options(&self) -> &OpenOptions {
        &self.options
    }

    /// Copies the database to a new file, while others may be writing.
    ///
    /// # Errors
    /// When the file exists already or cannot be written.
    pub fn backup(&self, to: &std::path::Path) -> Result<()> {
        Ok(self.store.back_up(to)?)
    }

    /// Makes the backups of the day and the week where they are missing, after checking the file.
    /// Meant for a quiet moment: it reads the whole file.
    ///
    /// # Errors
    /// When the file is damaged: the next start recovers it, and the error says so.
    pub fn daily_care(&mut self, now: Timestamp) -> Result<()> {
        if self.options.demo {
            return Ok(());
        }
        let backups = Backups::of(&self.options.folder);
        if let Some(what) = self.store.check()?.into_iter().next() {
            backups.mark_damaged()?;
            return Err(berth_store::StoreError::Corrupt { what }.into());
        }
        Ok(backups.make_daily(&self.store, now.wall(self.options.zone).date())?)
    }

    /// What a check of the whole file complains about; empty is good.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        Ok(self.store.check()?)
    }

    /// The zone that weeks are drawn in and times are read in: the one chosen, else that of the
    /// environments where it was asked for, else this machine's.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn zone(&mut self) -> Result<Tz> {
        let settings = self.settings()?;
        Ok(self.chosen_zone(&settings))
    }

    pub(crate) fn chosen_zone(&self, settings: &Settings) -> Tz {
        let chosen = settings.zone.as_ref().and_then(|name| name.parse().ok());
        chosen.or(self.common_zone).unwrap_or(self.options.zone)
    }

    /// All environments, in the order in which they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn environments(&mut self) -> Result<Vec<Environment>> {
        self.read(|reader| Ok(reader.environments()?))
    }

    /// All teams, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn teams(&mut self) -> Result<Vec<Team>> {
        self.read(|reader| Ok(reader.teams()?))
    }

    /// The choices made at this machine.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settings(&mut self) -> Result<Settings> {
        self.read(|reader| Ok(crate::setup::read_settings(reader)?))
    }

    pub(crate) fn read<T>(&mut self, read: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.store.read(read)
    }

    pub(crate) fn write<T>(
        &mut self,
        now: Timestamp,
        write: impl FnOnce(&mut Writer<'_>) -> Result<(T, String)>,
    ) -> Result<Done<T>> {
        let who = self.options.who.clone();
        self.store.write(now, &who, write)
    }

    /// What every data directory has from its first start, and what a new Berth brings up to date.
    fn begin(&mut self) -> Result<()> {
        let zone = self.options.zone;
        let rules = chrono_tz::IANA_TZDB_VERSION;
        let up_to_date = |reader: &Reader<'_>| -> Result<(bool, bool)> {
            let zone_rules = reader.setting("zone-rules")?;
            Ok((
                reader.setting("begun")?.is_some(),
                zone_rules.as_deref() == Some(rules),
            ))
        };
        if self.read(up_to_date)? == (true, true) {
            return Ok(());
        }
        self.store.write_unrecorded(|writer| {
            // Two programs may start at the same moment; the second finds the work done.
            let (begun, derived) = up_to_date(writer)?;
            if !begun {
                for name in ["staging", "production"] {
                    writer.put_environment(&crate::setup::new_environment(name, zone))?;
                }
                writer.put_setting("begun", env!("CARGO_PKG_VERSION"))?;
            }
            if !derived {
                writer.derive_all()?;
                writer.put_setting("zone-rules", rules)?;
            }
            Ok(())
        })
    }
}

fn notices(opened: &Opened) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some((aside, backup)) = &opened.recovered {
        let kept = format!("The damaged file is kept as {}.", aside.display());
        let (message, hint) = match backup {
            Some(backup) => (
                format!(
                    "The database was damaged. Berth went back to the backup {}.",
                    backup.display()
                ),
                format!("What was booked since that backup is missing: book it again. {kept}"),
            ),
            None => (
                "The database was damaged and there was no good backup, so Berth began a new one."
                    .into(),
                format!("Import your team's calendar to fill it again. {kept}"),
            ),
        };
        notices.push(Notice {
            level: NoticeLevel::Error,
            message,
            hint,
        });
    }
    if opened.store.access() == Access::ReadOnly {
        notices.push(Notice {
            level: NoticeLevel::Warning,
            message: format!("{} can only be read.", opened.store.path().display()),
            hint: "You can look at everything; to book, make the file and its folder writable."
                .into(),
        });
    }
    notices
}
