//! How large what is shipped is.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use berth_tests::place;

use crate::figure::Figure;

pub(crate) fn measure() -> Vec<Figure> {
    let dist = place::top().join("ui/dist");
    let mut figures = vec![
        sum("interface: scripts", &dist, "js"),
        sum("interface: styles", &dist, "css"),
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

/// All files of a kind, each compressed by itself as a server would.
fn sum(name: &str, folder: &Path, ending: &str) -> Figure {
    let files = files(folder, ending);
    let raw: usize = files.iter().map(Vec::len).sum();
    let packed: usize = files.iter().map(|file| gzip(file)).sum();
    let input = format!("{:.1} kB before gzip", raw as f64 / 1000.0);
    Figure::new(name, input, packed as f64 / 1000.0, "kB")
}

fn files(folder: &Path, ending: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let (folders, files): (Vec<_>, Vec<_>) = entries
        .map(|entry| entry.path())
        .partition(|path| path.is_dir());
    let wanted = files
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == ending));
    let here = wanted.filter_map(|path| std::fs::read(path).ok());
    let below = folders
        .iter()
        .flat_map(|folder| self::files(folder, ending));
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
