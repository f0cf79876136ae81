//! Backups, what going back to one would change, and the trash.

wire! {
    /// A backup that is there.
    #[derive(Eq)]
    pub struct Backup {
        /// Its name, by which it is gone back to: `day-2026-11-30`.
        pub name: String,
        /// What it is of: `of Mon 30 Nov 2026`.
        pub words: String,
        /// When it was made.
        #[ts(type = "number")]
        pub made: i64,
        /// Its size.
        #[ts(type = "number")]
        pub bytes: u64,
    }

    /// What going back to a backup would change. Nothing has been written.
    #[derive(Eq)]
    pub struct GoBack {
        /// What the backup is of.
        pub words: String,
        /// How many bookings would come back.
        pub added: u32,
        /// How many would be gone.
        pub gone: u32,
        /// How many would be changed.
        pub changed: u32,
        /// Those that would come back, at most 500.
        pub back_items: Vec<GoBackItem>,
        /// Those that would be gone, at most 500.
        pub gone_items: Vec<GoBackItem>,
        /// Those that would be changed, at most 500.
        pub changed_items: Vec<GoBackItem>,
        /// What else would change: `2 teams`.
        pub others: Vec<String>,
    }

    /// A booking that going back would change.
    #[derive(Eq)]
    pub struct GoBackItem {
        /// Its id.
        pub id: String,
        /// What it is now, or would be: `“load test” on staging, Thu 17 Sep 09:00–13:00`.
        pub words: String,
        /// What it would become, where it would be changed.
        pub becomes: Option<String>,
    }

    /// A booking in the trash.
    #[derive(Eq)]
    pub struct TrashItem {
        /// Its number in the trash.
        pub id: String,
        /// iCalendar's identifier.
        pub uid: String,
        /// What it was: `“load test” on staging, Thu 17 Sep 09:00–13:00`.
        pub words: String,
        /// Its title alone.
        pub title: String,
        /// Whose it was; empty where the team is gone too.
        pub team: String,
        /// It repeats.
        pub series: bool,
        /// When it was deleted.
        #[ts(type = "number")]
        pub deleted_at: i64,
        /// The same in words.
        pub deleted: String,
        /// By whom.
        pub deleted_by: String,
    }
}

impl GoBack {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added + self.gone + self.changed == 0 && self.others.is_empty()
    }
}
