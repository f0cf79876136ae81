//! R6, R7: killed at any point, and three at a time.

use std::collections::HashMap;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use berth_tests::process::Process;

use crate::many::import;
use crate::mock::{Mock, PROMPT, Sent};
use crate::scene::{NO_DAEMON, Scene};

/// A day with three environments, each with a slot of its own every second.
struct Day {
    scene: Scene,
    mock: Mock,
    /// So much faster than the machine's the clock runs.
    rate: i64,
    /// The machine's clock when the day begins.
    begin: f64,
    count: usize,
    /// Seconds of the day from its begin to the last due time.
    length: i64,
}

impl Day {
    fn of(rate: i64, count: usize) -> Self {
        let scene = Scene::with(NO_DAEMON);
        let mock = Mock::start(&scene.desktop, PROMPT);
        let begin = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
            + 20;
        let start = i64::try_from(begin).unwrap();
        let now = chrono::DateTime::from_timestamp(start, 0).unwrap();
        let now = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        scene.berth(&now).ok("env add integration");
        for (index, env) in ["staging", "production", "integration"].iter().enumerate() {
            let mine = (0..count).filter(|n| n % 3 == index);
            // Due from ten seconds on: ten minutes before.
            let at = |n: usize| start + 610 + 10 * rate + i64::try_from(n / 3).unwrap();
            import(
                &scene,
                env,
                &now,
                mine.map(|n| (format!("uid{n:05}"), at(n))),
            );
        }
        let length = 10 * rate + i64::try_from(count / 3).unwrap();
        Self {
            scene,
            mock,
            rate,
            begin: start as f64,
            count,
            length,
        }
    }

    /// One of several over the same data: by another name of the folder it is another program to
    /// the desktop, as on two machines.
    fn start(&self, name: &str, faults: &str) -> Process {
        let folder = self.scene.desktop.home().join(name);
        if !folder.exists() {
            symlink(&self.scene.data, &folder).unwrap();
        }
        let mut command = self.scene.command("berth-desktop-faults");
        command
            .arg("--hidden")
            .env("BERTH_DATA_DIR", &folder)
            .env("BERTH_CLOCK", format!("{},{}", self.rate, self.begin))
            .env("BERTH_FAULTS", faults);
        Process::start(&mut command)
    }

    /// Keeps all running until everything is delivered; how often one was killed.
    fn run(&self, names: &[&str], faults: &str) -> usize {
        let mut running: Vec<_> = names.iter().map(|name| self.start(name, faults)).collect();
        let mut crashes = 0;
        let patience = Duration::from_secs(u64::try_from(self.length / self.rate).unwrap() + 90);
        let began = Instant::now();
        while self.delivered() < self.count {
            assert!(
                began.elapsed() < patience,
                "{} of {} delivered",
                self.delivered(),
                self.count
            );
            std::thread::sleep(Duration::from_millis(200));
            for (name, process) in names.iter().zip(&mut running) {
                if !process.runs() {
                    crashes += 1;
                    *process = self.start(name, faults);
                }
            }
        }
        crashes
    }

    fn delivered(&self) -> usize {
        let query = "SELECT count(*) FROM reminder WHERE state IN ('delivered', 'expired') AND about = 'start'";
        self.scene.rows(query)[0].parse().unwrap()
    }

    /// How often each was sent, one of a digest not counted; and what could not be told apart.
    fn told(&self) -> HashMap<String, Vec<Sent>> {
        let mut told: HashMap<String, Vec<Sent>> = HashMap::new();
        for one in self.mock.sent() {
            told.entry(one.tag.clone()).or_default().push(one);
        }
        told
    }
}

#[test]
fn r06_r07_2000_with_three_instances_and_5_percent_crashes() {
    let day = Day::of(10, 2000);
    let crashes = day.run(&["one", "two", "three"], "claimed=0.04,shown=0.04");
    let told = day.told();
    let singles = told.keys().filter(|tag| tag.starts_with("uid")).count();
    let twice: usize = told
        .iter()
        .filter(|(tag, _)| tag.starts_with("uid"))
        .map(|(_, sent)| sent.len() - 1)
        .sum();
    println!(
        "R6 R7: 2000 reminders, 3 instances, {crashes} crashes: {} of {} delivered, {singles} by themselves and {} in digests; {twice} shown twice, each after a kill between reply and commit, by the same tag",
        day.delivered(),
        day.count,
        day.count - singles
    );
    assert_eq!(day.delivered(), day.count);
    assert!(crashes >= 10, "{crashes} crashes prove little");
    assert!(twice <= crashes, "{twice} duplicates in {crashes} crashes");
    let expired = "SELECT count(*) FROM reminder WHERE state = 'expired'";
    assert_eq!(
        day.scene.rows(expired),
        ["0"],
        "nothing was only listed as missed"
    );
}

#[test]
fn r07_three_instances_show_each_once() {
    // Slower than the other: what one of them claims, the others leave to it for twenty seconds of
    // this clock, and a loaded machine may halt it for two.
    let day = Day::of(4, 300);
    let crashes = day.run(&["one", "two", "three"], "");
    let told = day.told();
    let alone = told.iter().filter(|(tag, _)| tag.starts_with("uid"));
    let twice: Vec<_> = alone.filter(|(_, sent)| sent.len() > 1).collect();
    // Nobody took over what another was about to show.
    let again = "SELECT uid FROM reminder WHERE attempt > 1";
    assert_eq!(day.scene.rows(again), [""; 0]);
    println!(
        "R7: 300 reminders, 3 instances: {} delivered, {} notifications, {} twice",
        day.delivered(),
        told.len(),
        twice.len()
    );
    assert_eq!(crashes, 0);
    assert!(twice.is_empty(), "{:?}", twice[0]);
}
