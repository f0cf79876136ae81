//! The tray icon: who holds what now and next, the window, a pause for reminders, and the way out.

use std::thread;
use std::time::Duration;

use berth_app::wire::{BannerKind, BookingRef, ReminderState};
use berth_app::{Berth, Result, Timestamp};
use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::outbox::{self, Message};
use crate::shell::Shell;
use crate::window;

const ICON: Image<'_> = tauri::include_image!("../icons/tray.png");
const ALERT: Image<'_> = tauri::include_image!("../icons/tray-alert.png");
#[cfg(target_os = "macos")]
const TEMPLATE: Image<'_> = tauri::include_image!("../icons/tray-template.png");

/// While there is no tray, one is looked for so often.
const LOOK: Duration = Duration::from_secs(5);

const OPEN: &str = "open";
const WAITING: &str = "waiting";
const PAUSE: &str = "pause";
const QUIT: &str = "quit";

/// Text, and what a click opens.
type Line = (String, Option<BookingRef>);

/// What the tray says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Content {
    tooltip: String,
    lines: Vec<Line>,
    /// How many reminders wait, in words; `None` where none does.
    waiting: Option<String>,
    open: &'static str,
    pause: String,
    quit: &'static str,
    alert: bool,
}

/// Shows the icon if there is a place for it, and keeps it true.
pub(crate) fn start(app: &AppHandle) {
    let mut tray = Tray {
        app: app.clone(),
        icon: None,
        content: Content::default(),
        heard: 0,
    };
    thread::spawn(move || {
        loop {
            tray.refresh();
            tray.rest();
        }
    });
}

/// Whether the icon can be seen at this moment: a panel may have gone away.
#[cfg(target_os = "linux")]
pub(crate) fn is_shown() -> bool {
    crate::session_bus::is_running("org.kde.StatusNotifierWatcher")
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_shown() -> bool {
    true
}

struct Tray {
    app: AppHandle,
    icon: Option<TrayIcon>,
    content: Content,
    heard: u64,
}

impl Tray {
    fn refresh(&mut self) {
        let app = self.app.clone();
        let shell = app.state::<Shell>();
        let content = content(&shell);
        let updated = match &self.icon {
            None => self.show(&content),
            Some(_) if content == self.content => Ok(()),
            Some(icon) => update(&app, icon, &content),
        };
        match updated {
            Ok(()) => self.content = content,
            Err(error) => tracing::debug!("no tray: {error}"),
        }
        shell.set_tray(self.icon.is_some());
    }

    fn show(&mut self, content: &Content) -> tauri::Result<()> {
        let builder = TrayIconBuilder::with_id("berth")
            .title("Berth")
            .tooltip(&content.tooltip)
            .menu(&menu(&self.app, content)?)
            .show_menu_on_left_click(false);
        #[cfg(target_os = "macos")]
        let builder = builder.icon(TEMPLATE).icon_as_template(true);
        #[cfg(not(target_os = "macos"))]
        let builder = builder.icon(if content.alert { ALERT } else { ICON });
        self.icon = Some(builder.build(&self.app)?);
        tracing::info!("the tray icon is there");
        Ok(())
    }

    /// Waits for a change, or the next full minute, for countdowns are in minutes.
    fn rest(&mut self) {
        let shell = self.app.state::<Shell>();
        let to_full_minute = 60 - shell.clock.now().seconds().rem_euclid(60);
        let limit = match self.icon {
            Some(_) => Duration::from_secs(to_full_minute.unsigned_abs()),
            None => LOOK,
        };
        shell.bell.wait(&mut self.heard, limit);
    }
}

fn update(app: &AppHandle, icon: &TrayIcon, content: &Content) -> tauri::Result<()> {
    icon.set_menu(Some(menu(app, content)?))?;
    icon.set_tooltip(Some(&content.tooltip))?;
    if cfg!(not(target_os = "macos")) {
        icon.set_icon(Some(if content.alert { ALERT } else { ICON }))?;
    }
    Ok(())
}

fn menu(app: &AppHandle, content: &Content) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for (index, (text, booking)) in content.lines.iter().enumerate() {
        let id = booking
            .as_ref()
            .map_or_else(|| format!("line {index}"), id_of);
        // An ampersand would underline the letter after it.
        menu.append(&MenuItem::with_id(
            app,
            id,
            text.replace('&', "&&"),
            true,
            None::<&str>,
        )?)?;
    }
    menu.append(&PredefinedMenuItem::separator(app)?)?;
    let waiting = content.waiting.as_deref().map(|text| (WAITING, text));
    for (id, text) in waiting.into_iter().chain([
        (OPEN, content.open),
        (PAUSE, content.pause.as_str()),
        (QUIT, content.quit),
    ]) {
        menu.append(&MenuItem::with_id(app, id, text, true, None::<&str>)?)?;
    }
    Ok(menu)
}

fn content(shell: &Shell) -> Content {
    let (now, say) = (shell.clock.now(), &shell.words().tray);
    let (next, lines) = shell
        .with(read)
        .unwrap_or_else(|error| (format!("{} {}", error.message, error.hint), Vec::new()));
    let (waiting, failed) = shell.with(waiting).unwrap_or((0, 0));
    let waiting = (waiting > 0).then(|| (say.waiting)(waiting));
    let pause = match shell.paused_until() {
        Some(until) => (say.resume)(((until - now).num_seconds() + 59) / 60),
        None => say.pause.to_owned(),
    };
    let alert = shell.has_alert() && failed > 0;
    let tooltip = match &waiting {
        _ if alert => format!("{} {next}", (say.not_shown)(failed)),
        Some(line) => format!("{line}. {next}"),
        None => next,
    };
    Content {
        tooltip,
        lines,
        alert: alert || waiting.is_some(),
        waiting,
        open: say.open,
        pause,
        quit: say.quit,
    }
}

/// How many reminders wait for an answer, without those that come again by themselves; and how many
/// of them the desktop could not show.
fn waiting(berth: &mut Berth, now: Timestamp) -> Result<(usize, usize)> {
    let all = berth.waiting_reminders(now)?;
    let count =
        |wanted: fn(ReminderState) -> bool| all.iter().filter(|one| wanted(one.state)).count();
    Ok((
        count(|state| state != ReminderState::Snoozed),
        count(|state| state == ReminderState::Failed),
    ))
}

/// The next slot of my teams, for the tooltip; then it and a line for each environment, for the menu.
fn read(berth: &mut Berth, now: Timestamp) -> Result<(String, Vec<Line>)> {
    let say = &berth.language()?.words().tray;
    let next = berth.next_of_mine(now)?;
    let tooltip = next
        .as_ref()
        .map_or(say.nothing, |next| next.text.as_str())
        .to_owned();
    let first = next.map(|next| ((say.next)(&next.text), Some(next.booking)));
    let mut lines: Vec<Line> = first.into_iter().collect();
    for environment in berth.now_next(now)? {
        let slot = environment.now.into_iter().next().or(environment.next);
        lines.push((environment.text, slot.map(|slot| slot.reference)));
    }
    Ok((tooltip, lines))
}

/// A press in the menu. It is heard from the start of the program: an icon can be pressed before
/// its builder has returned, and what only the builder knows would come too late for that.
pub(crate) fn on_menu(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        PAUSE => return toggle_pause(app),
        QUIT => return window::quit(app),
        WAITING => outbox::tell(app, Message::OpenReminders),
        id => {
            if let Some(booking) = booking_of(id) {
                outbox::tell(app, Message::OpenBooking(booking));
            }
        }
    }
    window::open(app);
}

fn toggle_pause(app: &AppHandle) {
    if let Err(error) = app.state::<Shell>().toggle_pause() {
        outbox::warn(app, BannerKind::Refused, error.message, error.hint);
    }
}

/// A click on the icon opens the window; heard as early as [`on_menu`].
pub(crate) fn on_click(app: &AppHandle, event: TrayIconEvent) {
    if let TrayIconEvent::Click {
        button: MouseButton::Left,
        button_state: MouseButtonState::Up,
        ..
    } = event
    {
        window::open(app);
    }
}

/// A menu line's id that says which booking it opens.
fn id_of(booking: &BookingRef) -> String {
    match booking.recurrence_id {
        Some(at) => format!("booking {} {at}", booking.id),
        None => format!("booking {}", booking.id),
    }
}

fn booking_of(id: &str) -> Option<BookingRef> {
    let mut words = id.strip_prefix("booking ")?.split(' ');
    let id = words.next()?.to_owned();
    Some(BookingRef {
        id,
        recurrence_id: words.next().and_then(|at| at.parse().ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Arguments;
    use berth_app::Language;

    #[test]
    fn a_line_knows_its_booking() {
        for booking in [
            BookingRef {
                id: "12".into(),
                recurrence_id: None,
            },
            BookingRef {
                id: "12".into(),
                recurrence_id: Some(1_789_635_000_000),
            },
            BookingRef {
                id: "12".into(),
                recurrence_id: Some(-1_000),
            },
        ] {
            assert_eq!(booking_of(&id_of(&booking)), Some(booking));
        }
        assert_eq!(booking_of("line 1"), None);
        assert_eq!(booking_of(OPEN), None);
    }

    #[test]
    fn the_sample_week_at_eight_on_thursday() {
        let now = Some("2026-09-17T06:00:00Z".to_owned());
        let shell = Shell::open(&Arguments {
            demo: true,
            now,
            ..Arguments::default()
        });
        let set = |language| {
            shell
                .with(|berth, _| {
                    berth.follow_locale(false);
                    berth.speak(language);
                    Ok(())
                })
                .unwrap();
        };
        set(Language::English);
        let shown = content(&shell);
        assert_eq!(
            shown.tooltip,
            "production in 12 h 45 min: services release: infrastructure"
        );
        let lines: Vec<&str> = shown.lines.iter().map(|line| line.0.as_str()).collect();
        assert_eq!(
            lines,
            [
                "Next: production in 12 h 45 min: services release: infrastructure",
                "staging: QA until 17:00, then Perf",
                "production: free until 20:00, then DB",
            ]
        );
        assert!(shown.lines.iter().all(|line| line.1.is_some()));
        assert_eq!(shown.pause, "Snooze all for 1 h");
        assert_eq!((shown.waiting, shown.alert), (None, false));
        shell.toggle_pause().unwrap();
        assert_eq!(content(&shell).pause, "Resume reminders (60 min left)");
        shell.set_alert(true);
        assert!(!content(&shell).alert, "nothing waits");
        set(Language::German);
        let shown = content(&shell);
        let lines: Vec<&str> = shown.lines.iter().map(|line| line.0.as_str()).collect();
        assert_eq!(
            lines,
            [
                "Als Nächstes: production in 12 h 45 min: services release: infrastructure",
                "staging: QA bis 17:00, dann Perf",
                "production: frei bis 20:00, dann DB",
            ]
        );
        assert_eq!((shown.open, shown.quit), ("Berth öffnen", "Beenden"));
        assert_eq!(shown.pause, "Wieder erinnern (sonst in 60 min)");
    }
}
