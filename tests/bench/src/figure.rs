//! One measured number with what it was measured on and what it may be at most.

use std::time::{Duration, Instant};

use serde_json::json;

/// A measured number.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// What was measured.
    name: String,
    /// On what: how many, how large.
    input: String,
    value: f64,
    unit: &'static str,
    limit: Option<f64>,
}

impl Figure {
    pub(crate) fn new(
        name: &str,
        input: impl Into<String>,
        value: f64,
        unit: &'static str,
    ) -> Self {
        Self {
            name: name.to_owned(),
            input: input.into(),
            value,
            unit,
            limit: None,
        }
    }

    /// In milliseconds.
    pub(crate) fn time(name: &str, input: impl Into<String>, value: Duration) -> Self {
        Self::new(name, input, value.as_secs_f64() * 1000.0, "ms")
    }

    /// At most this much, in the same unit.
    pub(crate) fn at_most(mut self, limit: f64) -> Self {
        self.limit = Some(limit);
        self
    }

    fn holds(&self) -> bool {
        self.limit.is_none_or(|limit| self.value <= limit)
    }

    fn mark(&self) -> &'static str {
        match self.limit {
            None => "",
            Some(_) if self.holds() => "ok",
            Some(_) => "OVER",
        }
    }
}

/// All figures of a run.
#[derive(Default)]
pub(crate) struct Report {
    figures: Vec<(String, Figure)>,
}

impl Report {
    pub(crate) fn add(&mut self, part: &str, figures: Vec<Figure>) {
        let named = figures.into_iter().map(|figure| (part.to_owned(), figure));
        self.figures.extend(named);
    }

    /// Whether every figure with a limit is within it.
    pub(crate) fn holds(&self) -> bool {
        self.figures.iter().all(|(_, figure)| figure.holds())
    }

    pub(crate) fn table(&self) -> String {
        let head = ["part", "figure", "measured on", "value", "limit", ""].map(str::to_owned);
        let rows = self.figures.iter().map(|(part, figure)| {
            let limit = figure
                .limit
                .map_or(String::new(), |limit| number(limit, figure.unit));
            [
                part.clone(),
                figure.name.clone(),
                figure.input.clone(),
                number(figure.value, figure.unit),
                limit,
                figure.mark().to_owned(),
            ]
        });
        let rows: Vec<[String; 6]> = [head].into_iter().chain(rows).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
        let widths: Vec<usize> = (0..6).map(|column| width(column).unwrap_or(0)).collect();
        rows.iter().map(|row| line(row, &widths)).collect()
    }

    pub(crate) fn json(&self) -> String {
        let figures: Vec<_> = self
            .figures
            .iter()
            .map(|(part, figure)| {
                json!({
                    "part": part, "name": figure.name, "input": figure.input,
                    "value": figure.value, "unit": figure.unit, "limit": figure.limit,
                    "holds": figure.holds(),
                })
            })
            .collect();
        format!(
            "{:#}\n",
            json!({ "machine": machine(), "figures": figures })
        )
    }
}

/// How busy the machine was: with a load above its cores every time is too long.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    format!("measured on {cores} cores at a load of {load}")
}

/// Words to the left, numbers to the right.
fn line(row: &[String; 6], widths: &[usize]) -> String {
    let cell = |column: usize| {
        let (text, width) = (&row[column], widths[column]);
        match column {
            3 | 4 => format!("{text:>width$}"),
            _ => format!("{text:<width$}"),
        }
    };
    let cells: Vec<String> = (0..6).map(cell).collect();
    format!("{}\n", cells.join("  ").trim_end())
}

fn number(value: f64, unit: &str) -> String {
    let digits = if value < 10.0 {
        2
    } else {
        usize::from(value < 100.0)
    };
    format!("{value:.digits$} {unit}")
}

/// The middle of several runs; the first, which warms the caches, is not among them.
pub(crate) fn median_of(runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    median(&mut times)
}

/// The middle one; the upper of two.
pub(crate) fn median<T: PartialOrd + Copy>(values: &mut [T]) -> T {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_over_its_limit_fails_the_report() {
        let mut report = Report::default();
        report.add("a", vec![Figure::new("n", "1", 2.0, "ms").at_most(2.0)]);
        assert!(report.holds());
        report.add("a", vec![Figure::new("n", "1", 2.1, "ms").at_most(2.0)]);
        assert!(!report.holds());
        assert!(report.table().contains("OVER"));
    }

    #[test]
    fn the_middle_is_the_middle() {
        assert_eq!(median(&mut [3, 1, 2]), 2);
        assert_eq!(median(&mut [1, 4, 3, 2]), 3);
    }
}
