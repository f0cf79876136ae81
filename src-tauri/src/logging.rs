//! The log: a file a day in the data directory, seven of them. No titles or names at info level.

use std::panic;
use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;

/// So many days are kept.
const DAYS: usize = 7;

/// What is written when `BERTH_LOG` does not say otherwise.
const FILTER: &str = "warn,berth_desktop=info,berth_app=info,berth_store=info";

/// Starts the log in `folder`; without one, or where it cannot be written, on standard error.
/// The log is complete once the guard is dropped.
pub(crate) fn start(folder: Option<&Path>) -> Option<WorkerGuard> {
    let file = folder.and_then(|folder| {
        create_private(folder).ok()?;
        RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("berth")
            .filename_suffix("log")
            .max_log_files(DAYS)
            .build(folder)
            .ok()
    });
    let (writer, guard) = match file {
        Some(file) => {
            let (writer, guard) = tracing_appender::non_blocking(file);
            (BoxMakeWriter::new(writer), Some(guard))
        }
        None => (BoxMakeWriter::new(std::io::stderr), None),
    };
    let filter = EnvFilter::try_from_env("BERTH_LOG").unwrap_or_else(|_| EnvFilter::new(FILTER));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(writer)
        .init();
    log_panics();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    guard
}

/// Bookings say who does what when, and the log is beside them: nobody else's business.
fn create_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// A panic is written down wherever it happens; what it means for the person is decided by who
/// catches it.
fn log_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        tracing::error!(location = ?info.location().map(ToString::to_string), "panic: {}", info);
        print(info);
    }));
}
