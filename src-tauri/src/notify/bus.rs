//! The notification service of a Linux desktop, over one connection that is ours.
//!
//! Its match rules stand before anything is shown, so that no answer is missed. When the service
//! ends while it shows cards, they are shown again by the next one; when the bus ends, the next
//! card looks for it anew.

use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use berth_app::wire::{BannerKind, DesktopReport};
use berth_app::{Finding, Language, NotificationDaemon, tray_finding};
use futures_lite::StreamExt;
use tauri::{AppHandle, Manager};
use zbus::message::Type;
use zbus::{Connection, MatchRule, Message, MessageStream, Variant};

use super::{Card, Job, Refusal, Shown, answer, describe};
use crate::shell::Shell;
use crate::{outbox, session_bus, tray};

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// How long the service has for one call; a little less than who asked waits.
const LIMIT: Duration = Duration::from_millis(4500);

/// How long a service may take to appear before the person is told that there is none.
const GRACE: Duration = Duration::from_secs(10);

/// Cards that are shown again by a new service; the others wait in the window.
const AGAIN: usize = 3;

/// The reason of `NotificationClosed` when the person closed it.
const BY_PERSON: u32 = 2;

/// Shows cards.
pub(super) struct Daemon {
    listener: Listener,
    connection: Option<Connection>,
    capabilities: Capabilities,
}

/// What the service can do, while it is the same service.
type Capabilities = Arc<Mutex<Option<Vec<String>>>>;

#[derive(Clone)]
struct Listener {
    app: AppHandle,
    shown: Shown,
    jobs: Sender<Job>,
    capabilities: Capabilities,
    /// Cards of a service that ended.
    lost: Arc<Mutex<Vec<Card>>>,
}

impl Daemon {
    pub(super) fn new(app: &AppHandle, shown: Shown, jobs: Sender<Job>) -> Self {
        look_for_service(app.clone());
        let capabilities = Capabilities::default();
        Self {
            listener: Listener {
                app: app.clone(),
                shown,
                jobs,
                capabilities: Arc::clone(&capabilities),
                lost: Arc::default(),
            },
            connection: None,
            capabilities,
        }
    }

    /// Shows a card in the place of `before`.
    pub(super) fn show(&mut self, card: &Card, before: Option<u32>) -> Result<u32, Refusal> {
        let shell = self.listener.app.state::<Shell>();
        let buttons = answer::buttons(card, shell.clock.now(), shell.words());
        self.say(async |bus, capabilities| notify(bus, capabilities, card, &buttons, before).await)
    }

    /// Takes a card away.
    pub(super) fn close(&mut self, number: u32) {
        let closed = self.say(async |bus, _| {
            bus.call_method(
                Some(SERVICE),
                PATH,
                Some(SERVICE),
                "CloseNotification",
                &number,
            )
            .await
            .map(drop)
        });
        if let Err(reason) = closed {
            tracing::debug!("not closed: {reason:?}");
        }
    }

    fn say<T>(
        &mut self,
        what: impl AsyncFnOnce(&Connection, &Capabilities) -> zbus::Result<T>,
    ) -> Result<T, Refusal> {
        let connection = self.connected()?;
        let said = zbus::block_on(what(&connection, &self.capabilities));
        if matches!(said, Err(zbus::Error::InputOutput(_))) && !session_bus::is_there() {
            self.connection = None;
        }
        said.map_err(|error| reason(&error))
    }

    /// The connection, with somebody listening to it.
    fn connected(&mut self) -> Result<Connection, Refusal> {
        if let Some(connection) = &self.connection {
            return Ok(connection.clone());
        }
        let (connection, signals) = zbus::block_on(listen()).map_err(|_| Refusal::NoBus)?;
        let listener = self.listener.clone();
        thread::spawn(move || zbus::block_on(listener.run(signals)));
        Ok(self.connection.insert(connection).clone())
    }
}

/// A connection whose match rules stand.
async fn listen() -> zbus::Result<(Connection, MessageStream)> {
    let connection = zbus::connection::Builder::session()
        .method_timeout(LIMIT)
        .build()
        .await?;
    let bus = zbus::fdo::DBusProxy::new(&connection).await?;
    let service = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(SERVICE)
        .build()?;
    let owner = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface("org.freedesktop.DBus")
        .member("NameOwnerChanged")
        .arg(0, SERVICE)
        .build()?;
    let signals = MessageStream::from(&connection);
    bus.add_match_rule(service).await?;
    bus.add_match_rule(owner).await?;
    Ok((connection, signals))
}

async fn notify(
    bus: &Connection,
    capabilities: &Capabilities,
    card: &Card,
    buttons: &[(&'static str, String)],
    before: Option<u32>,
) -> zbus::Result<u32> {
    let can = capabilities_of(bus, capabilities).await?;
    let can = |what: &str| can.iter().any(|one| one == what);
    let mut description = describe(card, can("body-markup"));
    if can("actions") {
        for (key, label) in buttons {
            description.action(key, label);
        }
    }
    let hints: HashMap<&str, Variant<'_>> = HashMap::from([
        ("category", Variant::from("x-berth.reminder")),
        ("desktop-entry", Variant::from("Berth")),
        // What was answered is written down before the card goes; then it is closed from here.
        ("resident", Variant::from(true)),
        ("x-dunst-stack-tag", Variant::from(card.tag.as_str())),
    ]);
    let call = (
        description.appname.as_str(),
        before.unwrap_or(0),
        description.icon.as_str(),
        description.summary.as_str(),
        description.body.as_str(),
        &description.actions,
        hints,
        i32::from(description.timeout),
    );
    let answer = bus
        .call_method(Some(SERVICE), PATH, Some(SERVICE), "Notify", &call)
        .await?;
    answer.body().deserialize()
}

async fn capabilities_of(bus: &Connection, known: &Capabilities) -> zbus::Result<Vec<String>> {
    let there = known.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(there) = there {
        return Ok(there);
    }
    let answer = bus
        .call_method(Some(SERVICE), PATH, Some(SERVICE), "GetCapabilities", &())
        .await?;
    let found: Vec<String> = answer.body().deserialize()?;
    *known.lock().unwrap_or_else(PoisonError::into_inner) = Some(found.clone());
    Ok(found)
}

impl Listener {
    async fn run(self, mut signals: MessageStream) {
        while let Some(Ok(message)) = signals.next().await {
            if message.message_type() == Type::Signal
                && let Err(error) = self.hear(&message)
            {
                tracing::debug!("a signal that is not understood: {error}");
            }
        }
        tracing::info!("the session bus is gone");
    }

    fn hear(&self, message: &Message) -> zbus::Result<()> {
        let header = message.header();
        match header.member().map_or("", |name| name.as_str()) {
            "ActionInvoked" => {
                let (number, button): (u32, String) = message.body().deserialize()?;
                if let Some(card) = self.shown.take(number) {
                    answer::pressed(&self.app, &card, &button);
                    let _ = self.jobs.send(Job::Close(number));
                }
            }
            "NotificationClosed" => {
                let (number, why): (u32, u32) = message.body().deserialize()?;
                if why == BY_PERSON
                    && let Some(card) = self.shown.take(number)
                {
                    answer::closed(&self.app, &card);
                }
            }
            "NameOwnerChanged" => {
                let (_, _, owner): (String, String, String) = message.body().deserialize()?;
                self.owner_changed(!owner.is_empty());
            }
            _ => {}
        }
        Ok(())
    }

    /// A new service knows nothing of what the old one showed.
    fn owner_changed(&self, there: bool) {
        *self
            .capabilities
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if !there {
            lost.extend(self.shown.lock().drain(..).map(|(_, card)| card));
            return;
        }
        outbox::is_over(&self.app, BannerKind::OnlyHere);
        let superfluous = lost.len().saturating_sub(AGAIN);
        lost.drain(..superfluous);
        let cards: Vec<Card> = lost.drain(..).filter(|card| self.waits(card)).collect();
        if !cards.is_empty() {
            let _ = self.jobs.send(Job::ShowAgain(cards));
        }
    }

    /// Whether the slot of a card is not over, and nobody answered.
    fn waits(&self, card: &Card) -> bool {
        use berth_app::wire::ReminderState::{Failed, Shown};
        let waiting = self
            .app
            .state::<Shell>()
            .with(berth_app::Berth::waiting_reminders);
        waiting.is_ok_and(|all| {
            all.iter()
                .any(|one| matches!(one.state, Shown | Failed) && card.tags.contains(&one.tag))
        })
    }
}

fn reason(error: &zbus::Error) -> Refusal {
    match (what_is_missing(), error.to_string()) {
        (Some(missing), _) => missing,
        (None, error) if error.contains("timed out") => Refusal::NoAnswer,
        (None, error) => Refusal::Says(error),
    }
}

fn what_is_missing() -> Option<Refusal> {
    match () {
        () if !session_bus::is_there() => Some(Refusal::NoBus),
        () if !session_bus::can_be_had(SERVICE) => Some(Refusal::NoService),
        () => None,
    }
}

/// Says so where nothing on this desktop shows notifications, before a reminder is due.
fn look_for_service(app: AppHandle) {
    thread::spawn(move || {
        if what_is_missing().is_none() {
            return;
        }
        // At the start of a session it may come a little later than Berth does.
        thread::sleep(GRACE);
        if let Some(reason) = what_is_missing() {
            let words = app.state::<Shell>().words();
            let (say, reason) = (&words.trouble, reason.in_words(words));
            let message = (say.only_here)(&reason);
            outbox::warn(&app, BannerKind::OnlyHere, message, say.only_here_hint);
        }
    });
}

/// What this desktop does with notifications, in the words of `berth doctor`.
pub(crate) fn report(language: Language) -> DesktopReport {
    let say = &language.words().desktop;
    let (by, mut findings) = match zbus::block_on(ask()) {
        Ok(service) => (service.name.clone(), service.findings(language)),
        Err(error) => ((say.nameless)(&error.to_string()), Vec::new()),
    };
    // Who shows them is in the message already.
    findings.retain(|one| one.name != "notifications");
    findings.push(tray_finding(tray::is_shown(), language));
    DesktopReport {
        message: (say.sent)(&by),
        details: findings.iter().map(Finding::sentences).collect(),
    }
}

/// What the service says of itself; dunst says whether it is paused.
async fn ask() -> zbus::Result<NotificationDaemon> {
    let bus = session_bus::connect().await?;
    let answer = bus
        .call_method(
            Some(SERVICE),
            PATH,
            Some(SERVICE),
            "GetServerInformation",
            &(),
        )
        .await?;
    let (name, _, version, _): (String, String, String, String) = answer.body().deserialize()?;
    let capabilities = capabilities_of(&bus, &Capabilities::default()).await?;
    let properties = zbus::fdo::PropertiesProxy::builder(&bus)
        .destination(SERVICE)
        .path(PATH)
        .build()
        .await?;
    let dunst = "org.dunstproject.cmd0".try_into()?;
    let paused = properties.get(dunst, "paused").await;
    let paused = paused.ok().and_then(|value| bool::try_from(value).ok());
    Ok(NotificationDaemon {
        name: format!("{name} {version}"),
        capabilities,
        paused,
    })
}
