//! Which lines are kept as properties, and how much of them.

use std::collections::HashMap;

use super::build::{Line, narrow};
use crate::head::{self, Head};
use crate::issue::{IssueKind, Issues, quote};
use crate::limits::Limits;
use crate::text::character_before;

/// Every different head of a file, once.
#[derive(Default)]
pub(super) struct Heads<'t> {
    list: Vec<Head>,
    /// Their places in the list, and whether they have all their parameters.
    known: HashMap<&'t str, (u32, bool)>,
}

/// A line that is kept as a property.
pub(super) struct Kept {
    /// The place of its head in the list.
    pub(super) head: u32,
    /// Up to where the line is kept.
    pub(super) end: usize,
    /// Whether nothing of it was left out.
    pub(super) whole: bool,
}

/// Decides what of a line is kept; `None` where all of it has to go. What goes is in the issues.
pub(super) fn keep<'t>(
    line: &Line<'t>,
    head: &'t str,
    limits: &Limits,
    heads: &mut Heads<'t>,
    issues: &mut Issues,
) -> Option<Kept> {
    let end = fits(line, head, limits.property, issues)?;
    let (head, has_all_params) = heads.find(line, head, limits, issues)?;
    Some(Kept {
        head,
        end,
        whole: end == line.text.len() && has_all_params,
    })
}

/// Properties that are text for people: the beginning of one is better than none of it.
const TEXTS: [&str; 4] = ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT"];

/// Up to where a property may be kept; `None` where it has to go.
fn fits(line: &Line<'_>, head: &str, limit: usize, issues: &mut Issues) -> Option<usize> {
    if line.text.len() <= limit {
        return Some(line.text.len());
    }
    let name = head.split(';').next().unwrap_or_default();
    let is_text = TEXTS.iter().any(|text| name.eq_ignore_ascii_case(text));
    let can_be_cut = is_text && head.len() < limit;
    issues.add(line.number, IssueKind::Limit, || {
        let (name, size) = (quote(name), line.text.len());
        let done = if can_be_cut { "cut" } else { "left out" };
        format!("{name} has {size} bytes and was {done}: {limit} are read")
    });
    can_be_cut.then(|| cut(line.text, limit))
}

/// The longest part of `text` within `limit` bytes that ends on a character and not inside an
/// escape.
fn cut(text: &str, limit: usize) -> usize {
    let end = character_before(text, limit);
    let backslashes = text[..end]
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count();
    end - backslashes % 2
}

impl<'t> Heads<'t> {
    pub(super) fn into_list(self) -> Vec<Head> {
        self.list
    }

    fn find(
        &mut self,
        line: &Line<'t>,
        head: &'t str,
        limits: &Limits,
        issues: &mut Issues,
    ) -> Option<(u32, bool)> {
        if let Some(known) = self.known.get(head) {
            return Some(*known);
        }
        if self.list.len() >= limits.heads {
            let limit = limits.heads;
            issues.add(line.number, IssueKind::Limit, || {
                let text = quote(line.text);
                format!("{text} was left out: the file has more than {limit} different properties")
            });
            return None;
        }
        let trimmed = head.trim_start_matches('\u{feff}').trim();
        let parsed = head::parse(trimmed, limits.parameters);
        let all = report(line, trimmed, &parsed, limits, issues)?;
        let place = narrow(self.list.len());
        self.list.push(parsed);
        self.known.insert(head, (place, all));
        Some((place, all))
    }
}

/// Says what is wrong with a head when it is first met, and answers whether it has all its
/// parameters; `None` where it is no head at all.
fn report(
    line: &Line<'_>,
    head: &str,
    parsed: &Head,
    limits: &Limits,
    issues: &mut Issues,
) -> Option<bool> {
    if !parsed.might_be_name() {
        issues.add(line.number, IssueKind::Line, || {
            format!("{} is not a property and was left out", quote(line.text))
        });
        return None;
    }
    if !head::is_name(&parsed.name) {
        issues.add(line.number, IssueKind::Line, || {
            let text = quote(line.text);
            format!("{text} does not begin with the name of a property and was not understood")
        });
    }
    let (params, limit) = (head::count_params(head), limits.parameters);
    if params > limit {
        issues.add(line.number, IssueKind::Limit, || {
            format!(
                "{} has {params} parameters; the first {limit} were read",
                quote(head)
            )
        });
    }
    report_quotes(line, head, issues);
    Some(params <= limit)
}

fn report_quotes(line: &Line<'_>, head: &str, issues: &mut Issues) {
    if head.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        issues.add(line.number, IssueKind::Parameter, || {
            format!("a quote in {} does not close", quote(head))
        });
    }
    if head::has_empty_param(head) {
        issues.add(line.number, IssueKind::Parameter, || {
            format!(
                "{} has a parameter that is empty; it was left out",
                quote(head)
            )
        });
    }
}
