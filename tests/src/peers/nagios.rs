//! The real Nagios, with one service on one host whose state a test tells it, as a passive check does.

use crate::app::Home;
use crate::{programs, wait};
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use xtask::desktop::{Family, Folders};

/// All objects but the commands that notify.
const OBJECTS: &str = "
define command {
  command_name  none
  command_line  /bin/true
}
define timeperiod {
  timeperiod_name  always
  alias            always
  sunday           00:00-24:00
  monday           00:00-24:00
  tuesday          00:00-24:00
  wednesday        00:00-24:00
  thursday         00:00-24:00
  friday           00:00-24:00
  saturday         00:00-24:00
}
define contact {
  contact_name                   dana
  service_notification_commands  notify-service-by-muster
  host_notification_commands     notify-host-by-muster
  service_notification_period    always
  host_notification_period       always
  service_notification_options   w,u,c,r
  host_notification_options      d,u,r
}
define host {
  host_name            web1
  address              192.0.2.10
  check_command        none
  max_check_attempts   1
  contacts             dana
  notification_period  always
}
define service {
  host_name            web1
  service_description  Disk
  check_command        none
  max_check_attempts   1
  contacts             dana
  notification_period  always
}
";

/// A running Nagios; it ends with the value.
#[derive(Debug)]
pub struct Nagios {
    child: Child,
    family: Family,
    folders: Folders,
}

impl Nagios {
    /// Starts one beside a home; `commands` defines its notification commands, which find `muster` on the PATH.
    pub async fn start(home: &Home, commands: &str) -> Result<Self> {
        let folders = Folders::create()?;
        std::fs::create_dir(folders.path("results"))?;
        std::fs::write(folders.path("objects.cfg"), format!("{commands}\n{OBJECTS}"))?;
        std::fs::write(folders.path("nagios.cfg"), settings(&folders)?)?;
        let family = Family::new();
        let mut command = family.command(programs::tool("nagios/usr/sbin/nagios4")?);
        home.adopt(&mut command);
        let muster = programs::muster()?;
        let beside = muster.parent().context("a program lies in a folder")?;
        command.env("PATH", format!("{}:/usr/bin:/bin", beside.display())).arg(folders.path("nagios.cfg"));
        let log = File::create(folders.path("log"))?;
        let child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().context("start Nagios")?;
        let mut nagios = Self { child, family, folders };
        let ready = nagios.ready().await;
        ready.with_context(|| nagios.said())?;
        Ok(nagios)
    }

    /// Tells it how the disk is: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, as plugins say it.
    pub fn disk(&self, state: u8, output: &str) -> Result<()> {
        self.order(&format!("PROCESS_SERVICE_CHECK_RESULT;web1;Disk;{state};{output}"))
    }

    /// Acknowledges the disk's problem, which notifies of it.
    pub fn acknowledge_disk(&self, by: &str, comment: &str) -> Result<()> {
        self.order(&format!("ACKNOWLEDGE_SVC_PROBLEM;web1;Disk;1;1;0;{by};{comment}"))
    }

    /// What it wrote so far.
    pub fn said(&self) -> String {
        let read = |name| std::fs::read_to_string(self.folders.path(name)).unwrap_or_default();
        format!("Nagios said: {}{}", read("log"), read("nagios.log"))
    }

    fn order(&self, order: &str) -> Result<()> {
        // It stamps nothing itself; what a check says must not be older than what it knows.
        let now = Command::new("date").arg("+%s").output().context("ask the clock")?;
        let now = String::from_utf8(now.stdout)?;
        let mut pipe = OpenOptions::new().write(true).open(self.pipe()).context("Nagios takes orders by its pipe")?;
        Ok(pipe.write_all(format!("[{}] {order}\n", now.trim()).as_bytes())?)
    }

    fn pipe(&self) -> PathBuf {
        self.folders.path("nagios.cmd")
    }

    async fn ready(&mut self) -> Result<()> {
        wait::until("Nagios is ready", wait::SOON, async || {
            if let Some(end) = self.child.try_wait()? {
                bail!("it ended ({end})");
            }
            Ok((self.pipe().exists() && self.folders.path("status.dat").exists()).then_some(()))
        })
        .await
    }
}

impl Drop for Nagios {
    fn drop(&mut self) {
        self.family.end();
        let _ = self.child.wait();
    }
}

fn settings(folders: &Folders) -> Result<String> {
    let mut text = String::new();
    for (name, file) in [
        ("cfg_file", "objects.cfg"),
        ("log_file", "nagios.log"),
        ("object_cache_file", "objects.cache"),
        ("precached_object_file", "objects.precache"),
        ("status_file", "status.dat"),
        ("state_retention_file", "retention.dat"),
        ("command_file", "nagios.cmd"),
        ("lock_file", "nagios.lock"),
        ("query_socket", "nagios.qh"),
        ("temp_file", "nagios.tmp"),
        ("temp_path", "cache"),
        ("check_result_path", "results"),
    ] {
        writeln!(text, "{name}={}", folders.path(file).display())?;
    }
    for (name, flag) in [("nagios_user", "-un"), ("nagios_group", "-gn")] {
        let own = Command::new("id").arg(flag).output().context("start id")?;
        writeln!(text, "{name}={}", String::from_utf8(own.stdout)?.trim())?;
    }
    text += "enable_environment_macros=1\nenable_notifications=1\ncheck_external_commands=1\nexecute_service_checks=0\n\
             execute_host_checks=0\naccept_passive_service_checks=1\nuse_syslog=0\ncheck_for_updates=0\nretain_state_information=0\n\
             check_workers=1\nevent_broker_options=0\n";
    Ok(text)
}
