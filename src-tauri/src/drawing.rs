//! How the webview draws on a machine without a graphics card: in a virtual machine, a container, or
//! over the network. Knows nothing of Berth.

use std::path::Path;

/// `WebKitGTK` draws through OpenGL where it can, and takes a software renderer for it where there is
/// no card. That loads a compiler into each process, and the next week is on the screen three times
/// later than when the processor draws it without that detour. Told so before the webview begins.
const NO_OPENGL: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Has the webview draw with the processor where nothing else is there. What the environment says
/// already stays.
pub(crate) fn suit_the_machine() {
    if std::env::var_os(NO_OPENGL).is_some() || has_card(Path::new("/dev")) {
        return;
    }
    // Nothing else runs yet that could read the environment at the same time.
    if let Err(error) = glib::setenv(NO_OPENGL, "1", false) {
        eprintln!("warning: the webview draws through OpenGL: {error}");
    }
}

/// Whether the kernel offers a card to draw with: a render node, or one of `NVIDIA`'s own devices.
fn has_card(devices: &Path) -> bool {
    let any = |folder: &Path, start: &str| {
        std::fs::read_dir(folder).is_ok_and(|entries| {
            entries
                .flatten()
                .any(|entry| entry.file_name().to_string_lossy().starts_with(start))
        })
    };
    any(&devices.join("dri"), "renderD") || any(devices, "nvidia0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(files: &[&str]) -> bool {
        let devices = tempfile::tempdir().expect("a folder");
        for file in files {
            let file = devices.path().join(file);
            std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            std::fs::write(file, "").expect("a file");
        }
        has_card(devices.path())
    }

    #[test]
    fn a_card_is_a_render_node_or_a_device_of_its_own() {
        assert!(with(&["dri/card0", "dri/renderD128"]));
        assert!(with(&["nvidia0", "nvidiactl"]));
    }

    #[test]
    fn a_screen_alone_draws_nothing() {
        assert!(!with(&[]));
        assert!(!with(&["dri/card0", "null", "tty0"]));
    }
}
