//! The loop that shows reminders. It never trusts how long it slept: it reads the wall clock, asks
//! what is due, shows it, and writes down what became of it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use berth_app::wire::{Banner, BannerKind, Notice, NoticeLevel};
use berth_app::{Berth, Error, Language, Round, Telling, Timestamp};
use tauri::{AppHandle, Manager};

use crate::fault;
use crate::notify::{Card, Notifier, Refusal};
use crate::outbox::{self, Message};
use crate::shell::{self, Shell};

/// So long it sleeps at most: a machine that was suspended is caught up with by then.
const LONGEST: Duration = Duration::from_secs(15);

/// A reminder that failed so often is also told in the window and on the tray.
const LOUD: u32 = 2;

/// Starts the loop.
pub(crate) fn start(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        let mut reminders = Reminders::new(app);
        loop {
            // A panic is in the log by then; the next round finds everything as the ledger has it.
            let wait = catch_unwind(AssertUnwindSafe(|| reminders.round())).unwrap_or(LONGEST);
            reminders.rest(wait);
        }
    });
}

struct Reminders {
    app: AppHandle,
    /// This process among all that use the data.
    owner: String,
    heard: u64,
    /// When to ask again, unless the clock goes back or the data change.
    quiet: Option<(Timestamp, Timestamp)>,
    /// Shown, and until when that makes sense.
    shown: HashMap<String, Timestamp>,
    trouble: Option<Error>,
    /// What the person was told of why the desktop did not show what waits.
    undelivered: Option<String>,
    /// Why nothing can be written down; the person was told.
    unwritten: Option<Error>,
    /// The state of the data and the hour in which news were looked for last.
    looked: Option<((i64, i64), i64)>,
}

impl Reminders {
    fn new(app: AppHandle) -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let owner = format!("{}-{}", std::process::id(), since.as_nanos());
        Self {
            app,
            owner,
            heard: 0,
            quiet: None,
            shown: HashMap::new(),
            trouble: None,
            undelivered: None,
            unwritten: None,
            looked: None,
        }
    }

    fn shell(&self) -> tauri::State<'_, Shell> {
        self.app.state::<Shell>()
    }

    fn rest(&mut self, wait: Duration) {
        let mut heard = self.heard;
        let wait = self.shell().clock.real(wait);
        if self.shell().bell.wait(&mut heard, wait) {
            self.quiet = None;
        }
        self.heard = heard;
    }

    /// What others changed since it was looked last. Slots that have come within sight since then
    /// are known from the hour on.
    fn look_for_news(&mut self) {
        let last = self.looked;
        let looked = self.shell().with(|berth, now| {
            let mark = (berth.operations_so_far()?, now.seconds() / 3600);
            if last != Some(mark) {
                berth.look_for_news(false, now)?;
            }
            Ok(mark)
        });
        match looked {
            Ok(mark) => self.looked = Some(mark),
            Err(error) => tracing::debug!("no news: {error}"),
        }
    }

    /// Who travels reads another wall clock from here on, and is told times by it.
    fn follow_machine(&self) {
        let zone = berth_app::zone_here();
        let moved = self.shell().with(|berth, _| Ok(berth.follow_machine(zone)));
        if moved == Ok(true) {
            tracing::info!(%zone, "the machine is in another zone");
            shell::changed(&self.app);
        }
    }

    /// Looks once; returns how long to sleep.
    fn round(&mut self) -> Duration {
        self.follow_machine();
        let now = self.shell().clock.now();
        self.take_down_what_is_over(now);
        let paused = self.shell().paused_until();
        if let Some(until) = paused {
            self.take_down_all();
            self.quiet = Some((now, until));
        } else if self.quiet.is_none() {
            self.look_for_news();
        }
        let quiet = self.quiet.is_some_and(|(from, to)| from <= now && now < to);
        if paused.is_none() && !quiet {
            match self
                .shell()
                .with(|berth, now| berth.reminders(&self.owner, now))
            {
                Ok(round) => self.follow(round, now),
                Err(error) => self.stumble(error),
            }
            self.tell_unwritten();
        }
        self.tell_delivered();
        self.until_next()
    }

    fn follow(&mut self, round: Round, now: Timestamp) {
        self.trouble = None;
        self.quiet = round.next.map(|next| (now, next));
        for tag in &round.withdraw {
            self.withdraw(tag);
        }
        if !round.missed.is_empty() {
            self.tell_missed(&round.missed);
        }
        let told = !(round.tell.is_empty() && round.missed.is_empty());
        for telling in round.tell {
            fault::point("claimed");
            self.tell(telling);
        }
        if told {
            // The window lists it; and whoever waits on the bell has seen that change.
            outbox::tell(&self.app, Message::Reminders);
            self.shell().bell.ring();
        }
    }

    fn tell(&mut self, telling: Telling) {
        let card = Card {
            tag: telling.tag.clone(),
            tags: telling.tags.clone(),
            start: Some(telling.start),
            summary: telling.summary.clone(),
            body: telling.body.clone(),
            booking: telling.booking.clone(),
        };
        let shown = self.app.state::<Notifier>().show(&card);
        fault::point("shown");
        let owner = self.owner.clone();
        let settled = match &shown {
            Ok(number) => self
                .shell()
                .with(|berth, now| berth.reminder_delivered(&telling, &owner, *number, now)),
            Err(reason) => {
                // The ledger keeps it for `berth doctor`.
                let reason = reason.in_words(Language::English.words());
                let next = self
                    .shell()
                    .with(|berth, now| berth.reminder_failed(&telling, &owner, &reason, now));
                next.map(|next| self.again_at(next))
            }
        };
        if let Err(error) = settled {
            self.stumble(error);
        }
        match shown {
            Ok(number) => {
                tracing::info!(number, attempt = telling.attempt, "reminder shown");
                self.shown.insert(telling.tag, telling.until);
            }
            Err(reason) => self.complain(&telling, &reason),
        }
    }

    fn again_at(&mut self, next: Timestamp) {
        if let Some((_, until)) = &mut self.quiet {
            *until = next.min(*until);
        }
    }

    /// The window says why the desktop shows nothing, once for all that waits. How much that is, it
    /// sees in the list.
    fn complain(&mut self, telling: &Telling, reason: &Refusal) {
        tracing::warn!(attempt = telling.attempt, "reminder not shown: {reason:?}");
        if telling.attempt < LOUD {
            return;
        }
        self.shell().set_alert(true);
        let words = self.shell().words();
        let (say, reason) = (&words.trouble, reason.in_words(words));
        let message = (say.undelivered)(&reason);
        if self.undelivered.as_ref() != Some(&message) {
            let kind = BannerKind::Undelivered;
            outbox::warn(&self.app, kind, message.as_str(), say.undelivered_hint);
            self.undelivered = Some(message);
        }
    }

    /// Takes that back once all that waited was shown or answered, or is over.
    fn tell_delivered(&mut self) {
        if self.undelivered.is_none() {
            return;
        }
        let waiting = self.shell().with(Berth::undelivered_reminders);
        if waiting == Ok(0) {
            self.undelivered = None;
            self.shell().set_alert(false);
            outbox::is_over(&self.app, BannerKind::Undelivered);
        }
    }

    fn tell_missed(&self, missed: &[String]) {
        let say = &self.shell().words().trouble;
        let notice = Some(Notice {
            level: NoticeLevel::Info,
            message: (say.missed)(missed),
            hint: say.missed_hint.into(),
        });
        let kind = BannerKind::Missed;
        outbox::tell(&self.app, Message::Banner(Banner { kind, notice }));
    }

    fn take_down_what_is_over(&mut self, now: Timestamp) {
        let over: Vec<String> = self
            .shown
            .iter()
            .filter(|(_, until)| **until <= now)
            .map(|(tag, _)| tag.clone())
            .collect();
        for tag in over {
            self.withdraw(&tag);
        }
    }

    fn take_down_all(&mut self) {
        let all: Vec<String> = self.shown.keys().cloned().collect();
        for tag in all {
            self.withdraw(&tag);
        }
    }

    fn withdraw(&mut self, tag: &str) {
        if self.shown.remove(tag).is_some() {
            self.app.state::<Notifier>().withdraw(tag);
        }
    }

    /// The data cannot be had at the moment: said once in the log, tried again and again.
    fn stumble(&mut self, error: Error) {
        if self.trouble.as_ref() != Some(&error) {
            tracing::warn!(code = ?error.code, "reminders: {error}");
            self.trouble = Some(error);
        }
    }

    /// Answers are kept in memory then: who quits now would be asked again.
    fn tell_unwritten(&mut self) {
        let unwritten = self
            .shell()
            .with(|berth, _| Ok(berth.reminders_unwritten().cloned()));
        let unwritten = unwritten.ok().flatten();
        if let Some(error) = unwritten.as_ref().filter(|_| self.unwritten.is_none()) {
            tracing::warn!(code = ?error.code, "reminders are not written down: {error}");
            let say = &self.shell().words().trouble;
            outbox::warn(
                &self.app,
                BannerKind::Unwritten,
                (say.unwritten)(&error.message),
                say.unwritten_hint,
            );
        } else if unwritten.is_none() && self.unwritten.is_some() {
            outbox::is_over(&self.app, BannerKind::Unwritten);
        }
        self.unwritten = unwritten;
    }

    fn until_next(&self) -> Duration {
        let clock = self.shell().clock;
        let next = self.quiet.map(|(_, next)| clock.until(next));
        next.map_or(LONGEST, |next| next.min(LONGEST))
    }
}
