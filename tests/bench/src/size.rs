//! How large what is shipped is.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use berth_tests::place;

use crate::figure::Figure;

pub(crate) fn measure() -> Vec<Figure> {
    let packed = |wanted: fn(&str) -> bool| sum(&dist(), wanted);
    let mut figures = vec![
        packed(is_first)
            .figure("interface: what the first week needs")
            .at_most(60.0),
        packed(|name| !is_first(name)).figure("interface: what comes after it"),
        packed(|_| true)
            .figure("interface: all of it, in both languages")
            .at_most(60.0),
    ];
    for name in ["berth-desktop", "berth"] {
        let bytes = place::program(name).metadata().map_or(0, |meta| meta.len());
        figures.push(Figure::new(
            name,
            "release, stripped",
            bytes as f64 / 1e6,
            "MB",
        ));
    }
    figures
}

/// Packed kilobytes of what the page loads before it shows its first week.
pub(crate) fn first_week() -> f64 {
    sum(&dist(), is_first).packed as f64 / 1000.0
}

/// Packed kilobytes of a file.
pub(crate) fn packed(path: &Path) -> f64 {
    let bytes = std::fs::read(path);
    let bytes = bytes.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    gzip(&bytes) as f64 / 1000.0
}

fn dist() -> PathBuf {
    place::top().join("ui/dist")
}

/// The page, which carries the styles of the first week and its script.
fn is_first(name: &str) -> bool {
    name.ends_with(".html")
}

/// Bytes as they are, and packed.
struct Bytes {
    raw: usize,
    packed: usize,
}

impl Bytes {
    fn figure(self, name: &str) -> Figure {
        let input = format!("{:.1} kB before gzip", self.raw as f64 / 1000.0);
        Figure::new(name, input, self.packed as f64 / 1000.0, "kB")
    }
}

/// The files with such names, each compressed by itself as a server would.
fn sum(folder: &Path, wanted: fn(&str) -> bool) -> Bytes {
    let files = files(folder, wanted);
    Bytes {
        raw: files.iter().map(Vec::len).sum(),
        packed: files.iter().map(|file| gzip(file)).sum(),
    }
}

fn files(folder: &Path, wanted: fn(&str) -> bool) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let (folders, files): (Vec<_>, Vec<_>) = entries
        .map(|entry| entry.path())
        .partition(|path| path.is_dir());
    let named = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(wanted)
    };
    let here = files.iter().filter(|path| named(path));
    let here = here.filter_map(|path| std::fs::read(path).ok());
    let below = folders
        .iter()
        .flat_map(|folder| self::files(folder, wanted));
    here.chain(below).collect()
}

fn gzip(bytes: &[u8]) -> usize {
    let child = Command::new("gzip")
        .args(["-9", "--no-name"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = child.expect("gzip is on every system");
    let mut input = child.stdin.take().expect("standard input was piped");
    let bytes = bytes.to_vec();
    let feeding = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("gzip ends");
    feeding
        .join()
        .expect("the feeding thread ends")
        .expect("gzip reads all");
    output.stdout.len()
}
