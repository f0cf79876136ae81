//! A screen reader's view: the tree of what is on the desktop, read over AT-SPI from outside.
//!
//! A window joins the tree, and its webview with it, only where the bus for it runs and somebody says
//! that they listen: so a [`Reader`] begins before the app starts.

use zbus::blocking::{Connection, Proxy};
use zbus::names::OwnedBusName;
use zbus::zvariant::{OwnedObjectPath, Value};

use crate::desktop::{self, Desktop};

/// What is pressed.
pub const BUTTON: u32 = 43;

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";
const NOTHING: &str = "/org/a11y/atspi/null";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const TEXT: &str = "org.a11y.atspi.Text";

/// Somebody who reads the tree.
#[derive(Debug)]
pub struct Reader {
    tree: Connection,
}

/// A thing in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What it is, by the numbers of AT-SPI: [`BUTTON`] and others. WebKit has no words for them.
    pub role: u32,
    /// Its complete name.
    pub name: String,
    /// The text that it shows itself; what is in it stands as a placeholder each.
    pub text: String,
}

/// Whose it is, and which.
type Address = (OwnedBusName, OwnedObjectPath);

impl Reader {
    /// Says to a desktop that a screen reader runs, for programs that start from now on.
    ///
    /// # Panics
    /// When the desktop has no bus for it (package `at-spi2-core`).
    #[must_use]
    #[track_caller]
    pub fn begin(desktop: &mut Desktop) -> Self {
        desktop.be_read();
        let session = desktop::connect(desktop.bus_address());
        let launcher = |interface: &'static str| {
            Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", interface)
                .expect("a name of a service")
        };
        let address: String = launcher("org.a11y.Bus")
            .call("GetAddress", &())
            .unwrap_or_else(|error| panic!("no AT-SPI ({error}): run `cargo xtask setup --tests`"));
        for status in ["IsEnabled", "ScreenReaderEnabled"] {
            launcher("org.freedesktop.DBus.Properties")
                .call::<_, _, ()>("Set", &("org.a11y.Status", status, Value::from(true)))
                .unwrap_or_else(|error| panic!("{status} cannot be said: {error}"));
        }
        Self {
            tree: desktop::connect(&address),
        }
    }

    /// Everything that is in the tree now, each before what is in it. Things that went while it was
    /// read are left out.
    #[must_use]
    pub fn things(&self) -> Vec<Thing> {
        let mut things = Vec::new();
        for child in self.children(REGISTRY, ROOT) {
            self.collect(&child, &mut things);
        }
        things
    }

    fn collect(&self, (owner, path): &Address, things: &mut Vec<Thing>) {
        let ask = |interface: &'static str| {
            Proxy::new(&self.tree, owner.clone(), path.clone(), interface).ok()
        };
        let thing = ask(ACCESSIBLE).and_then(|it| {
            Some(Thing {
                role: it.call("GetRole", &()).ok()?,
                name: it.get_property("Name").ok()?,
                text: ask(TEXT)?.call("GetText", &(0, -1)).unwrap_or_default(),
            })
        });
        let Some(thing) = thing else { return };
        things.push(thing);
        for child in self.children(owner.as_str(), path.as_str()) {
            self.collect(&child, things);
        }
    }

    /// One by one, since a list of them leaves out what the webview plugs into its window.
    fn children(&self, owner: &str, path: &str) -> Vec<Address> {
        let Ok(parent) = Proxy::new(&self.tree, owner, path, ACCESSIBLE) else {
            return Vec::new();
        };
        (0_i32..)
            .map_while(|index| parent.call("GetChildAtIndex", &index).ok())
            .take_while(|(_, path): &Address| path.as_str() != NOTHING)
            .collect()
    }
}
