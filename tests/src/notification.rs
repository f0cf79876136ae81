//! What reaches the notification daemon, overheard on the bus, and what the daemon shows.

use std::sync::{Arc, Mutex, PoisonError};

use zbus::message::Type;
use zbus::zvariant::OwnedValue;
use zbus::{MatchRule, Message};

use crate::{desktop, wait};

const INTERFACE: &str = "org.freedesktop.Notifications";

/// One call of `Notify`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The first, bold line.
    pub summary: String,
    /// The text below it.
    pub body: String,
    /// Key and label, one after the other, as they were sent.
    pub actions: Vec<String>,
}

/// Everything that was sent since the desktop started.
#[derive(Debug)]
pub struct Notifications {
    address: String,
    sent: Arc<Mutex<Vec<Notification>>>,
}

impl Notifications {
    /// Listens from now on.
    pub(crate) fn watch(address: &str) -> Self {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let monitor = desktop::connect(address);
        listen(&monitor);
        let heard = Arc::clone(&sent);
        // Ends with the bus.
        std::thread::spawn(move || {
            for message in zbus::blocking::MessageIterator::from(monitor).flatten() {
                if let Some(notification) = read(&message) {
                    heard
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(notification);
                }
            }
        });
        Self {
            address: address.to_owned(),
            sent,
        }
    }

    /// Those sent so far, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Notification> {
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits for one whose summary or body has the text.
    ///
    /// # Panics
    /// When none comes in time.
    #[track_caller]
    pub fn wait_for(&self, text: &str, patience: std::time::Duration) -> Notification {
        let what = format!("no notification says {text:?}");
        wait::until_within(patience, &what, || {
            self.sent()
                .into_iter()
                .find(|one| one.summary.contains(text) || one.body.contains(text))
        })
    }

    /// How many the daemon shows at this moment.
    ///
    /// # Panics
    /// When the daemon does not answer.
    #[must_use]
    pub fn displayed(&self) -> u32 {
        let connection = desktop::connect(&self.address);
        let dunst = zbus::blocking::Proxy::new(
            &connection,
            INTERFACE,
            "/org/freedesktop/Notifications",
            "org.dunstproject.cmd0",
        );
        dunst
            .and_then(|proxy| proxy.get_property("displayedLength"))
            .expect("the daemon says how many it shows")
    }
}

fn listen(connection: &zbus::blocking::Connection) {
    let rule = MatchRule::builder()
        .msg_type(Type::MethodCall)
        .interface(INTERFACE)
        .and_then(|rule| rule.member("Notify"))
        .expect("the rule's names are valid")
        .build();
    zbus::blocking::fdo::MonitoringProxy::new(connection)
        .expect("a bus can be monitored")
        .become_monitor(&[rule], 0)
        .expect("a session bus lets its own user listen");
}

type Call = (
    String,
    u32,
    String,
    String,
    String,
    Vec<String>,
    std::collections::HashMap<String, OwnedValue>,
    i32,
);

fn read(message: &Message) -> Option<Notification> {
    if message.header().member()?.as_str() != "Notify" {
        return None;
    }
    let (_, _, _, summary, body, actions, _, _): Call = message.body().deserialize().ok()?;
    Some(Notification {
        summary,
        body,
        actions,
    })
}
