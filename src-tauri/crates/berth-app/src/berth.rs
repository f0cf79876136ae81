//! An open data directory.

use std::path::PathBuf;

use berth_core::time::Tz;
use berth_core::words::Language;
use berth_core::{Environment, Team, Timestamp};
use berth_store::{Access, Check, Done, Reader, Store, StoreError, Writer};

use crate::wire::{Notice, NoticeLevel, Settings};
use crate::{Code, Error, Result, demo};

/// The bookings of one data directory, and who is working with them.
#[derive(Debug)]
pub struct Berth {
    pub(crate) store: Store,
    pub(crate) options: OpenOptions,
    pub(crate) notices: Vec<Notice>,
    /// How it was opened, for the day that it has to be opened again.
    access: Purpose,
    pub(crate) hour12: bool,
    /// That of the person's locale; `None` speaks English, whatever was chosen for the window.
    pub(crate) language: Option<Language>,
    /// The zone that all environments share, where times are to be said in it.
    common_zone: Option<Tz>,
    /// The ledger of reminders while the file cannot be written, and why it cannot.
    pub(crate) beside: Option<(Store, Error)>,
    seen: i64,
}

/// What the data are opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Write,
    Read(Check),
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

/// The name of the user, from the environment or else from the system: a service or a job of cron
/// may have no variable that says it.
fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .or_else(account)
        .unwrap_or_else(|| "unknown".into())
}

/// The name that the system has for the user of this process.
#[cfg(unix)]
fn account() -> Option<String> {
    let user = nix::unistd::User::from_uid(nix::unistd::getuid()).ok()??;
    Some(user.name).filter(|name| !name.is_empty())
}

/// Windows sets `USERNAME` for every process.
#[cfg(not(unix))]
fn account() -> Option<String> {
    None
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
    /// Opens the data directory to work with, creating `staging` and `production` in a new one.
    ///
    /// # Errors
    /// With code `damaged` when it must be mended first, `database` when the file cannot be used for
    /// another reason; each says what to do.
    pub fn open(options: OpenOptions, _now: Timestamp) -> Result<Self> {
        if options.demo {
            let mut berth = Self::in_memory(options)?;
            demo::fill(&mut berth)?;
            return Ok(berth);
        }
        let store = Store::open(&options.folder)?.store;
        let mut berth = Self::over(store, options, Purpose::Write);
        if berth.store.access() == Access::ReadWrite {
            berth.begin()?;
        } else {
            berth.notices.push(can_only_be_read(&berth.store));
        }
        berth.seen = berth.store.data_version()?;
        Ok(berth)
    }

    /// Opens the data directory as the window does when it starts: mended first where that is needed.
    ///
    /// # Errors
    /// With code `database` or `file` when it cannot be mended or used; each says what to do.
    pub fn open_mended(options: OpenOptions, now: Timestamp) -> Result<Self> {
        match Self::open(options.clone(), now) {
            Err(error) if error.code == Code::Damaged => {}
            opened => return opened,
        }
        let mended = crate::repair(&options)?;
        let mut berth = Self::open(options, now)?;
        berth
            .notices
            .extend(mended.as_ref().map(crate::repair::notice));
        Ok(berth)
    }

    /// Opens the data directory to look at, and changes nothing in it, not even where something could
    /// be brought up to date. `None` where there are no data and never were.
    ///
    /// # Errors
    /// As [`Berth::open`].
    pub fn open_to_read(options: OpenOptions, check: Check) -> Result<Option<Self>> {
        if options.demo {
            return Self::open(options, Timestamp::MIN).map(Some);
        }
        match Store::open_to_read(&options.folder, check) {
            Ok(store) => {
                let mut berth = Self::over(store, options, Purpose::Read(check));
                berth.seen = berth.store.data_version()?;
                Ok(Some(berth))
            }
            Err(StoreError::Nothing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What a new data directory would show, kept nowhere.
    ///
    /// # Errors
    /// Only when there is no memory left.
    pub fn of_nothing(options: OpenOptions) -> Result<Self> {
        let mut berth = Self::in_memory(options)?;
        berth.begin()?;
        Ok(berth)
    }

    /// An empty one that is kept nowhere.
    pub(crate) fn in_memory(options: OpenOptions) -> Result<Self> {
        Ok(Self::over(Store::in_memory()?, options, Purpose::Write))
    }

    fn over(store: Store, options: OpenOptions, access: Purpose) -> Self {
        Self {
            store,
            options,
            notices: Vec::new(),
            access,
            hour12: false,
            language: None,
            common_zone: None,
            beside: None,
            seen: 0,
        }
    }

    /// Ends the work of a short-lived program: whoever opens the data next finds nothing that waits.
    pub fn close(self) {
        self.store.close();
    }

    /// The store, opened again where another file has taken the place of the one that was open, or
    /// where what could only be read can be written by now.
    pub(crate) fn current(&mut self) -> Result<&mut Store> {
        if self.store.is_outdated() {
            // A folder that was moved away while it was in use is not begun anew.
            self.store.must_be_there()?;
            self.store = match self.access {
                Purpose::Write => Store::open(&self.options.folder)?.store,
                Purpose::Read(check) => Store::open_to_read(&self.options.folder, check)?,
            };
            self.seen = i64::MIN;
            self.notices
                .retain(|notice| notice.level != NoticeLevel::Warning);
            if self.access == Purpose::Write && self.store.access() != Access::ReadWrite {
                self.notices.push(can_only_be_read(&self.store));
            }
        }
        Ok(&mut self.store)
    }

    /// [`Berth::current`], to be written to.
    pub(crate) fn writable(&mut self) -> Result<&mut Store> {
        let readable_only = self.store.access() != Access::ReadWrite;
        if readable_only && self.access == Purpose::Write && !self.options.demo {
            self.store.must_be_there()?;
            self.store = Store::open(&self.options.folder)?.store;
            self.seen = i64::MIN;
        }
        self.current()
    }

    /// Remembers damage that an answer met, so that nobody answers from the file any more.
    pub(crate) fn noted<T>(&self, result: Result<T>) -> Result<T> {
        result.inspect_err(|error| {
            if error.code == Code::Damaged {
                self.store.note_damage(&error.message);
            }
        })
    }

    /// The rows that could not be read so far and were left out of what was asked for, in words.
    #[must_use]
    pub fn unread(&self) -> Vec<String> {
        self.store
            .unread()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Whether another connection has written since the last call: the other program, or another
    /// thread with a connection of its own.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changed_elsewhere(&mut self) -> Result<bool> {
        let version = self.current()?.data_version();
        let version = self.noted(version.map_err(Into::into))?;
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
        let result = self.current()?.read(read);
        self.noted(result)
    }

    pub(crate) fn write<T>(
        &mut self,
        now: Timestamp,
        write: impl FnOnce(&mut Writer<'_>) -> Result<(T, String)>,
    ) -> Result<Done<T>> {
        let who = self.options.who.clone();
        let result = self.writable()?.write(now, &who, write);
        self.noted(result)
    }

    /// Writes outside the history.
    pub(crate) fn write_unrecorded<T>(
        &mut self,
        write: impl FnOnce(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        let result = self.writable()?.write_unrecorded(write);
        self.noted(result)
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
        self.write_unrecorded(|writer| {
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

fn can_only_be_read(store: &Store) -> Notice {
    Notice {
        level: NoticeLevel::Warning,
        message: format!("{} can only be read.", store.path().display()),
        hint: "You can look at everything; to book, make the file and its folder writable, and see that the disk has space."
            .into(),
    }
}
