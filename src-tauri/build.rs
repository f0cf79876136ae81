//! Declares the commands of the window, so that each needs a permission of its own.

/// Every command, as in `src/commands.rs` and `ui/src/lib/backend.ts`; a test compares the three.
const COMMANDS: &[&str] = &[
    "startup",
    "week",
    "now_next",
    "show_booking",
    "preview_booking",
    "preview_move",
    "quick_add",
    "search",
    "save_view",
    "book",
    "edit_booking",
    "move_booking",
    "cancel_booking",
    "delete_booking",
    "forecast",
    "find_slots",
    "proposals",
    "apply_proposal",
    "accept_conflict",
    "undo",
    "redo",
    "history",
    "backups",
    "preview_go_back",
    "go_back",
    "trash",
    "undelete",
    "save_environment",
    "remove_environment",
    "save_team",
    "remove_team",
    "save_window",
    "remove_window",
    "choose_windows",
    "preview_windows",
    "import_windows",
    "save_settings",
    "choose_import",
    "preview_import",
    "apply_import",
    "preview_export",
    "export_bookings",
    "autostart",
    "set_autostart",
    "send_test_reminder",
    "reminders",
    "answer_reminder",
    "snooze_all",
    "follow_booking",
    "open_link",
    "print",
];

fn main() {
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}
