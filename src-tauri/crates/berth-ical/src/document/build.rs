//! From logical lines to the tree: which BEGIN belongs to which END, and what to do where they do
//! not match.

use super::property::{self, Heads};
use super::{COMPONENT, Document, Entry, Node};
use crate::head;
use crate::issue::{IssueKind, Issues, quote};
use crate::limits::{Limits, Refusal};
use crate::text::Lines;

/// Builds the tree.
///
/// # Errors
/// [`Refusal::TooManyComponents`].
pub(super) fn build(lines: Lines, limits: &Limits, issues: Issues) -> Result<Document, Refusal> {
    let mut builder = Builder::new(limits, issues, lines.starts.len());
    for (number, offset, line) in lines.iter() {
        builder.line(&Line {
            number,
            offset,
            text: line,
        })?;
    }
    builder.finish(lines.text.len());
    let Builder {
        heads,
        entries,
        nodes,
        issues,
        ..
    } = builder;
    let heads = heads.into_list();
    Ok(Document {
        text: lines.text,
        heads,
        entries,
        nodes,
        issues,
    })
}

/// A logical line.
pub(super) struct Line<'t> {
    /// Its number in the file.
    pub(super) number: u32,
    /// Where it begins in the text.
    pub(super) offset: u32,
    pub(super) text: &'t str,
}

struct Builder<'t, 'l> {
    limits: &'l Limits,
    heads: Heads<'t>,
    entries: Vec<Entry>,
    nodes: Vec<Node>,
    /// Names and indices of the components that are open, the file itself first.
    open: Vec<(&'t str, u32)>,
    /// How many components are open that lie too deep to be kept.
    too_deep: u32,
    issues: Issues,
}

impl<'t, 'l> Builder<'t, 'l> {
    fn new(limits: &'l Limits, issues: Issues, lines: usize) -> Self {
        Self {
            limits,
            heads: Heads::default(),
            entries: Vec::with_capacity(lines),
            nodes: vec![Node::default()],
            open: vec![("", 0)],
            too_deep: 0,
            issues,
        }
    }

    fn line(&mut self, line: &Line<'t>) -> Result<(), Refusal> {
        let Some(start) = head::value_start(line.text) else {
            self.leave_out(line);
            return Ok(());
        };
        let (head, value) = (&line.text[..start - 1], &line.text[start..]);
        // A mark stays in the middle where files were put one after another.
        // What is left out of a head does not make a property of it either: parameters that are empty,
        // and controls behind the name, which windows-1252 has more of.
        let empty = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ';' | '"');
        let bare = head.trim_start_matches('\u{feff}').trim_start();
        let bare = bare.trim_end_matches(empty);
        if bare.eq_ignore_ascii_case("BEGIN") {
            return self.begin(line, value.trim());
        }
        if bare.eq_ignore_ascii_case("END") {
            self.end(line, value.trim());
        } else if self.too_deep == 0 {
            self.property(line, head, start);
        }
        Ok(())
    }

    fn begin(&mut self, line: &Line<'t>, name: &'t str) -> Result<(), Refusal> {
        self.close_for(name, line);
        if self.open.len() > self.limits.depth {
            self.too_deep += 1;
            self.damage();
            let depth = self.limits.depth;
            self.issues.add(line.number, IssueKind::Limit, || {
                format!(
                    "{} lies deeper than {depth} levels and was left out",
                    quote(name)
                )
            });
            return Ok(());
        }
        if self.nodes.len() > self.limits.components {
            return Err(Refusal::TooManyComponents {
                limit: self.limits.components,
            });
        }
        let index = narrow(self.nodes.len());
        let end = line.offset + narrow(line.text.len());
        let from = end - narrow(line.text.len() - line.text.rfind(name).unwrap_or(0));
        self.entries.push(Entry {
            head: COMPONENT,
            start: index,
            end: 0,
            line: line.number,
        });
        let first = narrow(self.entries.len());
        self.nodes.push(Node {
            name: (from, from + narrow(name.len())),
            line: line.number,
            entries: (first, first),
            text: (line.offset, end),
            whole: true,
        });
        self.open.push((name, index));
        Ok(())
    }

    /// Closes what cannot hold a component of that name, as no event holds an event and nothing with
    /// an event in it holds a calendar: an END is missing there. Only a BEGIN that was doubled, with
    /// nothing between the two, makes a calendar in a calendar.
    fn close_for(&mut self, name: &str, line: &Line<'t>) {
        let rank = rank(name);
        if rank == CALENDAR
            && self
                .entries
                .last()
                .is_some_and(|entry| entry.head == COMPONENT)
        {
            return;
        }
        let in_the_way = |open: &str| (1..=rank).contains(&self::rank(open));
        let Some(keep) = self.open.iter().position(|(open, _)| in_the_way(open)) else {
            return;
        };
        self.too_deep = 0;
        while self.open.len() > keep {
            self.close_unended(line.offset.saturating_sub(1), line.number);
        }
    }

    fn end(&mut self, line: &Line<'t>, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let found = self
            .open
            .iter()
            .skip(1)
            .rposition(|(open, _)| open.eq_ignore_ascii_case(name));
        let Some(found) = found.map(|index| index + 1) else {
            self.damage();
            self.issues.add(line.number, IssueKind::Structure, || {
                format!("END:{} has no BEGIN and was ignored", quote(name))
            });
            return;
        };
        while self.open.len() > found + 1 {
            self.close_unended(line.offset.saturating_sub(1), line.number);
        }
        self.close(line.offset + narrow(line.text.len()));
    }

    fn close(&mut self, text_end: u32) -> Option<(&'t str, u32)> {
        let last = narrow(self.entries.len());
        let (name, index) = self.open.pop()?;
        let node = self.nodes.get_mut(index as usize)?;
        node.entries.1 = last;
        node.text.1 = text_end;
        Some((name, index))
    }

    fn close_unended(&mut self, text_end: u32, at: u32) {
        self.damage();
        let Some((name, index)) = self.close(text_end) else {
            return;
        };
        let line = self.nodes.get(index as usize).map_or(0, |node| node.line);
        self.issues.add(line, IssueKind::Structure, || {
            format!("{} has no END and was closed before line {at}", quote(name))
        });
    }

    fn property(&mut self, line: &Line<'t>, head: &'t str, start: usize) {
        let kept = property::keep(line, head, self.limits, &mut self.heads, &mut self.issues);
        if !kept.as_ref().is_some_and(|kept| kept.whole) {
            self.damage();
        }
        let Some(kept) = kept else { return };
        if self.open.len() == 1 {
            self.issues.add(line.number, IssueKind::Structure, || {
                format!("{} stands outside any component", quote(line.text))
            });
        }
        let (start, end) = (
            line.offset + narrow(start),
            line.offset + narrow(kept.end.max(start)),
        );
        self.entries.push(Entry {
            head: kept.head,
            start,
            end,
            line: line.number,
        });
    }

    fn leave_out(&mut self, line: &Line<'t>) {
        if self.too_deep > 0 || line.text.trim().is_empty() {
            return;
        }
        self.damage();
        self.issues.add(line.number, IssueKind::Line, || {
            format!("{} is not a property and was left out", quote(line.text))
        });
    }

    /// Notes that the text of the components that are open is not what was understood of it.
    fn damage(&mut self) {
        for (_, index) in &self.open {
            if let Some(node) = self.nodes.get_mut(*index as usize) {
                node.whole = false;
            }
        }
    }

    fn finish(&mut self, text_end: usize) {
        let lines = self.entries.last().map_or(0, |entry| entry.line + 1);
        while self.open.len() > 1 {
            self.close_unended(narrow(text_end), lines);
        }
        self.close(narrow(text_end));
    }
}

const CALENDAR: u8 = 2;

/// How far out a component belongs: a calendar holds events and the like, and they hold the rest.
fn rank(name: &str) -> u8 {
    const ENTRIES: [&str; 6] = [
        "VEVENT",
        "VTODO",
        "VJOURNAL",
        "VFREEBUSY",
        "VTIMEZONE",
        "VAVAILABILITY",
    ];
    if name.eq_ignore_ascii_case("VCALENDAR") {
        CALENDAR
    } else {
        u8::from(ENTRIES.iter().any(|entry| name.eq_ignore_ascii_case(entry)))
    }
}

pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
