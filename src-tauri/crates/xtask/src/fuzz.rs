//! Fuzzing of the calendar reader: each target for a minute, where cargo-fuzz and a nightly
//! toolchain are there.

use xshell::{Shell, cmd};

use crate::tally::Tally;

const FOLDER: &str = "src-tauri/crates/berth-ical/fuzz";

const TARGETS: [&str; 4] = ["parse", "rule", "zone", "import_export"];

/// No input may take longer (seconds) or need more memory (MiB).
const BOUNDS: [&str; 3] = ["-max_total_time=60", "-timeout=2", "-rss_limit_mb=256"];

/// Runs every target from its committed seeds; what it finds beside them stays in `target`.
pub(crate) fn fuzz(sh: &Shell, tally: &mut Tally) {
    let there = cmd!(sh, "cargo +nightly fuzz --version")
        .quiet()
        .ignore_stderr();
    if there.read().is_err() {
        tally.left_out(
            "fuzzing: `cargo install cargo-fuzz` and `rustup toolchain install nightly` make it possible",
        );
        return;
    }
    for target in TARGETS {
        let found = sh.current_dir().join("target/fuzz-corpus").join(target);
        let seeds = sh.current_dir().join(FOLDER).join("seeds").join(target);
        let built = sh.current_dir().join("target/fuzz");
        tally.step(&format!("fuzz {target}"), || {
            sh.create_dir(&found)?;
            let run = cmd!(
                sh,
                "cargo +nightly fuzz run --fuzz-dir {FOLDER} --sanitizer none --target-dir {built} {target} {found} {seeds} -- {BOUNDS...} -verbosity=0 -print_final_stats=1"
            );
            Ok(run.run()?)
        });
    }
}
