//! The command line: the options of every command, and the list of commands.

use std::path::PathBuf;

use berth_core::Timestamp;
use clap::{Parser, Subcommand};

use crate::answer::Ended;
use crate::session::{Nothing, Session};
use crate::style::Colour;
use crate::verb::{
    accept, backup, book, cancel, completions, conflicts, delete, doctor, edit, env, export,
    forecast, free, freeze, history, ical as calendar_file, import, list, man, may, move_to, redo,
    restore, show, team, undelete, undo, week, window,
};

/// Book shared environments, and see who else wants them.
///
/// The same data as the Berth window. Times such as 2026-09-17T09:00 are in the environment's zone;
/// "tomorrow 9:00", "thu 14:00", "+2h", "now" and times with an offset are understood too. A day
/// alone starts at midnight, and as an end includes the day. A weekday or a time alone as an end is
/// the next after the start: --from "wed 18:00" --to "mon 8:00".
#[derive(Debug, Parser)]
#[command(name = "berth", version, max_term_width = 100, after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER: &str = "Exit codes: 0 done or yes, 1 the answer is no, 2 the command line is wrong, \
3 the input is wrong, 4 the database is not usable.";

/// What every command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    /// Where the data is, instead of this user's own folder.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "BERTH_DATA_DIR",
        hide_env_values = true
    )]
    pub(crate) data_dir: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Pretend that it is this time.
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
    /// Work on a sample week that is kept nowhere.
    #[arg(long, global = true, hide = true)]
    pub(crate) demo: bool,
}

/// What can be done; one file per verb.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Environments: list, add, edit, remove.
    #[command(subcommand)]
    Env(env::Env),
    /// Teams: list, add, edit, remove.
    #[command(subcommand)]
    Team(team::Team),
    /// Book an environment, and say what that conflicts with.
    Book(book::Book),
    /// List what is booked, this week if nothing else is said.
    List(list::List),
    /// Show a booking in full.
    Show(show::Show),
    /// Move a booking to another time or environment.
    Move(move_to::Move),
    /// Change a booking.
    Edit(edit::Edit),
    /// Call a booking off; it stays on record.
    Cancel(cancel::Cancel),
    /// Remove a booking; for 30 days it can be brought back.
    Delete(delete::Delete),
    /// Bring a deleted booking back.
    Undelete(undelete::Undelete),
    /// Show a week, to be read by a person.
    Week(week::Week),
    /// List conflicts and explain them; exit 1 if any is an error.
    Conflicts(conflicts::Conflicts),
    /// Look ahead: conflicts by week and by series.
    Forecast(forecast::Forecast),
    /// Find free slots; exit 1 if there is none.
    Free(free::Free),
    /// Ask whether a team may use an environment now: exit 0 is yes, 1 is no.
    May(may::May),
    /// Accept a conflict, with a reason.
    Accept(accept::Accept),
    /// Add a time in which environments must not be used for something.
    Freeze(freeze::Freeze),
    /// Add a time in which deployments are allowed; then only in such times.
    Allow(freeze::Allow),
    /// Freeze and allow windows: list, remove.
    #[command(subcommand)]
    Window(window::Window),
    /// Import an iCalendar file.
    Import(import::Import),
    /// Look at a calendar file, mend it, or list its occurrences, without the database.
    #[command(subcommand)]
    Ical(calendar_file::Ical),
    /// Export bookings as iCalendar.
    Export(export::Export),
    /// Take the last change back.
    Undo(undo::Undo),
    /// Bring back what was undone last.
    Redo(redo::Redo),
    /// List what was done, newest first.
    History(history::History),
    /// Copy the database to a new file, consistently.
    Backup(backup::Backup),
    /// Go back to a backup, in one change that undo takes back.
    Restore(restore::Restore),
    /// Say what works on this machine and what does not.
    Doctor(doctor::Doctor),
    /// Write completions for a shell.
    Completions(completions::Completions),
    /// Write the manual page.
    Man(man::Man),
}

/// How a command ends, and what is to be looked after once that is printed.
type Finished = (Ended, Option<Session>);

impl Command {
    /// Does it. Only commands that need the data open it, and those that only read change nothing.
    pub(crate) fn run(&self, global: &Global, clock: Timestamp) -> Finished {
        let to_read = |nothing: Nothing, run: &dyn Fn(&mut Session) -> Ended| {
            let read = || Session::open_to_read(global, clock, nothing)?.answer_from(nothing, run);
            (read(), None)
        };
        let to_write = |run: &dyn Fn(&mut Session) -> Ended| match Session::open(global, clock) {
            Ok(mut session) => (run(&mut session), Some(session)),
            Err(failure) => (Err(failure), None),
        };
        let (shown, refused) = (Nothing::IsAnAnswer, Nothing::IsRefused);
        match self {
            Self::Completions(verb) => (verb.run(), None),
            Self::Man(verb) => (verb.run(), None),
            Self::Doctor(verb) => (verb.run(global, clock), None),
            Self::Ical(verb) => (verb.run(global, clock), None),
            Self::May(verb) => (verb.run(global, clock), None),

            Self::List(verb) => to_read(shown, &|session| verb.run(session)),
            Self::Show(verb) => to_read(shown, &|session| verb.run(session)),
            Self::Week(verb) => to_read(shown, &|session| verb.run(session)),
            Self::History(verb) => to_read(shown, &|session| verb.run(session)),
            Self::Env(verb @ env::Env::List) => to_read(shown, &|session| verb.run(session)),
            Self::Team(verb @ team::Team::List) => to_read(shown, &|session| verb.run(session)),
            Self::Window(verb @ window::Window::List { .. }) => {
                to_read(shown, &|session| verb.run(session))
            }
            Self::Book(verb) if verb.dry_run => to_read(shown, &|session| verb.run(session)),
            Self::Import(verb) if verb.dry_run => to_read(shown, &|session| verb.run(session)),
            Self::Conflicts(verb) => to_read(refused, &|session| verb.run(session)),
            Self::Forecast(verb) => to_read(refused, &|session| verb.run(session)),
            Self::Free(verb) => to_read(refused, &|session| verb.run(session)),
            Self::Export(verb) => to_read(refused, &|session| verb.run(session)),
            Self::Backup(verb) => to_read(refused, &|session| verb.run(session)),
            Self::Restore(verb) if verb.only_reads() => {
                to_read(refused, &|session| verb.run(session))
            }

            Self::Env(verb) => to_write(&|session| verb.run(session)),
            Self::Team(verb) => to_write(&|session| verb.run(session)),
            Self::Book(verb) => to_write(&|session| verb.run(session)),
            Self::Move(verb) => to_write(&|session| verb.run(session)),
            Self::Edit(verb) => to_write(&|session| verb.run(session)),
            Self::Cancel(verb) => to_write(&|session| verb.run(session)),
            Self::Delete(verb) => to_write(&|session| verb.run(session)),
            Self::Undelete(verb) => to_write(&|session| verb.run(session)),
            Self::Accept(verb) => to_write(&|session| verb.run(session)),
            Self::Freeze(verb) => to_write(&|session| verb.run(session)),
            Self::Allow(verb) => to_write(&|session| verb.run(session)),
            Self::Window(verb) => to_write(&|session| verb.run(session)),
            Self::Import(verb) => to_write(&|session| verb.run(session)),
            Self::Undo(verb) => to_write(&|session| verb.run(session)),
            Self::Redo(verb) => to_write(&|session| verb.run(session)),
            Self::Restore(verb) => to_write(&|session| verb.run(session)),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn options_do_not_collide() {
        super::Arguments::command().debug_assert();
    }
}
