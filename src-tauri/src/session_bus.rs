//! Questions to the session bus of a Linux desktop. Every answer comes within two seconds, and "no
//! bus" is an answer.

use std::time::Duration;

use zbus::connection::{Builder, Connection};
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

const LIMIT: Duration = Duration::from_secs(2);

/// A connection whose calls give up in time.
pub(crate) async fn connect() -> zbus::Result<Connection> {
    Builder::session().method_timeout(LIMIT).build().await
}

/// Whether there is a session bus at all.
pub(crate) fn is_there() -> bool {
    zbus::block_on(connect()).is_ok()
}

/// Whether some program offers `name` at this moment.
pub(crate) fn is_running(name: &str) -> bool {
    ask(async |bus| bus.name_has_owner(BusName::try_from(name)?).await)
}

/// Whether some program offers `name`, or would be started to do so.
pub(crate) fn can_be_had(name: &'static str) -> bool {
    let startable = async |bus: &DBusProxy<'_>| {
        let names = bus.list_activatable_names().await?;
        Ok(names.iter().any(|offered| offered.as_str() == name))
    };
    is_running(name) || ask(startable)
}

fn ask(question: impl AsyncFnOnce(&DBusProxy<'_>) -> zbus::fdo::Result<bool>) -> bool {
    let answer = zbus::block_on(async {
        let connection = connect().await?;
        question(&DBusProxy::new(&connection).await?).await
    });
    answer.unwrap_or_else(|error| {
        tracing::info!("the session bus does not answer: {error}");
        false
    })
}
