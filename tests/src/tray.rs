//! The tray, as its host sees it: the items that registered, their tooltip and their menu.

use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedValue, Value};

use crate::{desktop, wait};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";
const NO_REPLY: &str = "org.freedesktop.DBus.Error.NoReply";

/// The one item in the tray.
#[derive(Debug)]
pub struct TrayItem {
    connection: Connection,
    owner: String,
    path: String,
}

/// A line of its menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuLine {
    /// The number by which it is pressed.
    pub id: i32,
    /// What it says, without the mark of its shortcut.
    pub label: String,
    /// Whether it can be pressed.
    pub enabled: bool,
}

impl TrayItem {
    /// Waits until an item is there.
    ///
    /// # Panics
    /// When none comes.
    #[must_use]
    #[track_caller]
    pub fn wait(desktop: &desktop::Desktop) -> Self {
        let connection = desktop::connect(desktop.bus_address());
        let name = wait::until("no item in the tray", || {
            items(&connection).into_iter().next()
        });
        // `:1.7/org/…` or, by the older habit, only `:1.7`.
        let (owner, path) = match name.find('/') {
            Some(at) => (name[..at].to_owned(), name[at..].to_owned()),
            None => (name, "/StatusNotifierItem".to_owned()),
        };
        Self {
            connection,
            owner,
            path,
        }
    }

    /// The items that the tray of this desktop knows.
    #[must_use]
    pub fn registered(desktop: &desktop::Desktop) -> Vec<String> {
        items(&desktop::connect(desktop.bus_address()))
    }

    /// What it says when the pointer rests on it: the next booking.
    ///
    /// # Panics
    /// When the item has no tooltip.
    #[must_use]
    pub fn tooltip(&self) -> String {
        // Icon, pictures, title, text.
        type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);
        let value: OwnedValue = self
            .proxy(ITEM, &self.path)
            .get_property("ToolTip")
            .expect("the tray item has a tooltip");
        let structure =
            zbus::zvariant::Structure::try_from(value).expect("a tooltip is a structure");
        let (_, _, title, text) = ToolTip::try_from(structure).expect("a tooltip has four parts");
        format!("{title} {text}")
    }

    /// The lines of the menu from top to bottom, without separators.
    ///
    /// # Panics
    /// When the item has no menu.
    #[must_use]
    pub fn menu(&self) -> Vec<MenuLine> {
        let menu = self.proxy(MENU, &self.menu_path());
        let none: Vec<String> = Vec::new();
        let (_, root): (u32, Node) = menu
            .call("GetLayout", &(0_i32, -1_i32, none))
            .expect("the menu has a layout");
        let mut lines = Vec::new();
        collect(&root.2, &mut lines);
        lines
    }

    /// Presses the line whose label has the text. What that line ends may be gone before it
    /// answers.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn press(&self, text: &str) {
        let lines = self.menu();
        let line = lines.iter().find(|line| line.label.contains(text));
        let line = line.unwrap_or_else(|| panic!("no {text:?} in the tray's menu {lines:?}"));
        let event = (line.id, "clicked", Value::from(0_i32), 0_u32);
        let pressed = self
            .proxy(MENU, &self.menu_path())
            .call_method("Event", &event);
        match pressed {
            Err(zbus::Error::MethodError(name, ..)) if name == NO_REPLY => {}
            other => drop(other.expect("the menu takes the press")),
        }
    }

    fn menu_path(&self) -> String {
        let path: zbus::zvariant::OwnedObjectPath = self
            .proxy(ITEM, &self.path)
            .get_property("Menu")
            .expect("the tray item has a menu");
        path.to_string()
    }

    fn proxy(&self, interface: &str, path: &str) -> Proxy<'static> {
        proxy(&self.connection, &self.owner, path, interface)
    }
}

type Node = (
    i32,
    std::collections::HashMap<String, OwnedValue>,
    Vec<OwnedValue>,
);

fn collect(children: &[OwnedValue], lines: &mut Vec<MenuLine>) {
    for child in children {
        let Ok((id, properties, below)) = node(child) else {
            continue;
        };
        if let Some(label) = text(&properties, "label") {
            let label = label.replace('_', "");
            let enabled = flag(&properties, "enabled");
            lines.push(MenuLine { id, label, enabled });
        }
        collect(&below, lines);
    }
}

fn node(value: &OwnedValue) -> zbus::zvariant::Result<Node> {
    let structure = zbus::zvariant::Structure::try_from(value.try_clone()?)?;
    Node::try_from(structure)
}

fn text(properties: &std::collections::HashMap<String, OwnedValue>, key: &str) -> Option<String> {
    String::try_from(properties.get(key)?.try_clone().ok()?).ok()
}

/// True unless it says otherwise, as the menu protocol has it.
fn flag(properties: &std::collections::HashMap<String, OwnedValue>, key: &str) -> bool {
    properties
        .get(key)
        .and_then(|value| bool::try_from(value).ok())
        .unwrap_or(true)
}

fn items(connection: &Connection) -> Vec<String> {
    proxy(connection, WATCHER, "/StatusNotifierWatcher", WATCHER)
        .get_property("RegisteredStatusNotifierItems")
        .unwrap_or_default()
}

fn proxy(connection: &Connection, owner: &str, path: &str, interface: &str) -> Proxy<'static> {
    zbus::blocking::proxy::Builder::new(connection)
        .destination(owner.to_owned())
        .and_then(|builder| builder.path(path.to_owned()))
        .and_then(|builder| builder.interface(interface.to_owned()))
        .map(|builder| builder.cache_properties(zbus::proxy::CacheProperties::No))
        .and_then(zbus::blocking::proxy::Builder::build)
        .expect("a proxy of valid names")
}
