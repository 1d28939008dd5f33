//! All processes started from one place, and theirs: marked by a variable that children inherit, found again in /proc.
//!
//! A program's own helpers (a web view's processes, services that the bus starts) are not children of ours, so neither a
//! list of children nor a process group would reach them. Must never end a process that does not carry its own mark.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Carries the mark; each family has a variable of its own, so that one may live within another.
const VARIABLE: &str = "MUSTER_FAMILY";
/// How long a program may take to end by itself.
const GRACE: Duration = Duration::from_secs(3);

/// A mark, and the duty to end whoever carries it.
#[derive(Debug)]
pub struct Family {
    mark: String,
}

impl Default for Family {
    fn default() -> Self {
        Self::new()
    }
}

impl Family {
    /// A family without members.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        Self { mark: format!("{VARIABLE}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)) }
    }

    /// A program that will carry the mark. Should this process be killed, the program is told to end.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        self.adopt(&mut command);
        command
    }

    /// Marks a program that another family starts.
    pub fn adopt(&self, command: &mut Command) {
        command.env(&self.mark, "1");
    }

    /// Process ids of those who live.
    pub fn members(&self) -> Vec<u32> {
        let mark = format!("{}=1", self.mark);
        let Ok(processes) = std::fs::read_dir("/proc") else { return vec![] };
        let ids = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        ids.filter(|id: &u32| carries(*id, &mark)).collect()
    }

    /// Asks all members to end, and ends those that do not.
    pub fn end(&self) {
        for (signal, patience) in [("-TERM", GRACE), ("-KILL", GRACE)] {
            let begun = Instant::now();
            let mut asked = vec![];
            loop {
                let members = self.members();
                if members.is_empty() {
                    return;
                }
                // Who was born meanwhile is asked too.
                let unasked: Vec<u32> = members.into_iter().filter(|id| !asked.contains(id)).collect();
                send(signal, &unasked);
                asked.extend(unasked);
                if begun.elapsed() > patience {
                    break;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        self.end();
    }
}

/// Whether the living process `id` was born with `mark`. The environment of a dead one that nobody awaited is empty.
fn carries(id: u32, mark: &str) -> bool {
    let Ok(environment) = std::fs::read(format!("/proc/{id}/environ")) else { return false };
    environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
}

/// Signals go through the shell's own `kill`: the standard library can only kill children.
fn send(signal: &str, ids: &[u32]) {
    if ids.is_empty() {
        return;
    }
    let list: Vec<String> = ids.iter().map(u32::to_string).collect();
    let line = format!("kill {signal} {}", list.join(" "));
    let _ = Command::new("sh").args(["-c", &line]).stdin(Stdio::null()).stderr(Stdio::null()).status();
}
