//! The home at a glance, Watch, upkeep, and what only a desktop can do.

use super::inbox::reading::looked_at;
use super::incidents::hex;
use super::{Answer, InProcess, views};
use crate::backend::{Hotkey, checked_link};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::Handle;
use domain::incidents::Incident;
use domain::roles::Command;
use std::cmp::Reverse;
use std::path::PathBuf;
use store::{GroupFilter, IncidentFilter};

/// Open incidents that Watch shows.
const ACTIVE_SHOWN: usize = 200;
/// Waiting groups that Watch shows; the rest are counted.
const INBOX_SHOWN: usize = 200;
/// Incidents resolved today that Watch shows.
const RESOLVED_SHOWN: usize = 50;
/// "Today" is the last 24 h, for a night shift has two dates.
const TODAY_MS: i64 = 24 * 60 * 60 * 1000;

impl InProcess {
    pub(super) async fn home_view(&self) -> Answer<HomeView> {
        let info = self.local.info();
        let empty = self.engine.read(store::Reader::is_empty).await?;
        let health = self.engine.health();
        let sources = self.sources().await?;
        Ok(HomeView {
            name: info.name,
            path: info.path,
            demo: info.demo,
            me: self.local.machine().me,
            version: info.version,
            seq: self.engine.feed().seq(),
            now: self.engine.now(),
            listener: self.local.listener(),
            ears: self.hearing(&sources),
            sources,
            backup_at: self.local.backups().first().map(|backup| backup.at),
            clock_warning: health.clock,
            not_saving: health.not_saving,
            awake: match &self.desktop.get() {
                Some(desktop) => desktop.awake().await,
                None => None,
            },
            empty,
        })
    }

    pub(super) async fn watch(&self) -> Answer<WatchView> {
        let home = self.home_view().await?;
        let since = self.engine.now().plus_millis(-TODAY_MS);
        let (mut active, resolved, inbox, inbox_total) = self
            .engine
            .read(move |reader| {
                let open = IncidentFilter { open_only: true, severity: None, service: None, since: None, limit: ACTIVE_SHOWN };
                let waiting = GroupFilter { waiting_only: true, incident: None, limit: INBOX_SHOWN };
                let (active, resolved) = (reader.incidents(&open)?, reader.resolved_since(since, RESOLVED_SHOWN)?);
                let (waiting, looked_at) = (reader.groups(&waiting)?, looked_at(reader)?);
                let total = reader.groups_count_waiting()? + looked_at.len() as u64;
                Ok((active, resolved, [waiting, looked_at].concat(), total))
            })
            .await?;
        active.sort_by_cached_key(|incident| need(incident, &home.me));
        let mut inbox: Vec<GroupView> = inbox.iter().map(|row| views::group(row, vec![])).collect();
        inbox.sort_by_key(|group| (group.state == GroupState::Acknowledged, group.suggested, group.first_at));
        Ok(WatchView {
            active: active.iter().map(views::summary).collect(),
            resolved_today: resolved.iter().map(views::summary).collect(),
            quiet: self.quiets().await?,
            inbox,
            inbox_total,
            home,
        })
    }

    pub(super) async fn verify(&self) -> Answer<VerifyView> {
        let found = self.engine.read(|reader| reader.verify(None)).await?;
        Ok(VerifyView {
            ok: found.ok,
            events: found.events,
            first_bad: found.first_bad.map(|bad| FirstBad { seq: bad.seq, id: bad.id, why: bad.why }),
            heads: found
                .heads
                .iter()
                .map(|(device, seq, hash)| DeviceHead { device: device.to_string(), seq: *seq, hash: hex(hash) })
                .collect(),
        })
    }

    pub(super) async fn doctor(&self) -> Answer<Vec<Finding>> {
        let mut findings = self.local.doctor().await;
        let verified = self.verify().await?;
        findings.push(Finding {
            name: "record".into(),
            ok: verified.ok,
            text: match &verified.first_bad {
                None => format!("{} events, every chain intact.", verified.events),
                Some(bad) => format!("Event {} is not as it was recorded: {}.", bad.seq, bad.why),
            },
            hint: (!verified.ok).then(|| "Restore a backup made before it, or export what reads.".into()),
        });
        let health = self.engine.health();
        findings.push(Finding {
            name: "saving".into(),
            ok: health.not_saving.is_none(),
            text: health.not_saving.unwrap_or_else(|| "Nothing stands in the way of writing.".into()),
            hint: None,
        });
        if let Some(clock) = health.clock {
            findings.push(Finding { name: "clock".into(), ok: false, text: clock, hint: Some("Set this machine's clock.".into()) });
        }
        Ok(findings)
    }

    pub(super) async fn backup(&self, path: &str) -> Answer<BackupView> {
        let file = PathBuf::from(path);
        if file.exists() {
            return Err(ApiError::new(Code::Refused, format!("{path} exists already.")).hint("Choose another name.").field("path"));
        }
        let at = self.engine.now();
        let bytes = self.engine.with_writer(move |writer| writer.backup_to(&file)).await?;
        Ok(BackupView { path: path.to_owned(), at, bytes })
    }

    pub(super) async fn rebuild(&self) -> Answer<Receipt> {
        let seq = self.engine.with_writer(|writer| writer.rebuild().map(|()| writer.seq())).await?;
        Ok(Receipt { seq, event: None, incident: None, recorded_at: self.engine.now(), undo: None })
    }

    pub(super) async fn hotkey(&self, which: Option<&str>) -> Answer<HotkeyView> {
        Ok(self.desktop()?.hotkey(Hotkey::parse(which)?).await)
    }

    pub(super) async fn hotkey_set(&self, ask: SetHotkey) -> Answer<HotkeyView> {
        self.desktop()?.set_hotkey(Hotkey::parse(ask.which.as_deref())?, ask.shortcut).await
    }

    pub(super) async fn window_note(&self, incident: Option<String>) -> Answer<Nothing> {
        self.desktop()?.note(self.exact(incident).await?).await.map(|()| Nothing {})
    }

    pub(super) async fn window_hide_note(&self) -> Answer<Nothing> {
        self.desktop()?.hide_note().await.map(|()| Nothing {})
    }

    pub(super) async fn window_strip(&self, incident: Option<String>) -> Answer<Nothing> {
        self.desktop()?.strip(self.exact(incident).await?).await.map(|()| Nothing {})
    }

    pub(super) async fn window_link(&self, url: &str) -> Answer<Nothing> {
        self.desktop()?.link(checked_link(url)?).await.map(|()| Nothing {})
    }

    async fn exact(&self, incident: Option<String>) -> Answer<Option<String>> {
        Ok(match incident {
            Some(typed) => Some(self.find_incident(&typed).await?.to_string()),
            None => None,
        })
    }

    pub(super) async fn window_open(&self, incident: Option<String>) -> Answer<Nothing> {
        if let Some(typed) = &incident {
            self.find_incident(typed).await?;
        }
        self.desktop()?.open(incident).await.map(|()| Nothing {})
    }

    pub(super) async fn window_declare(&self) -> Answer<Nothing> {
        self.desktop()?.declare().await.map(|()| Nothing {})
    }

    pub(super) async fn window_hide_declare(&self) -> Answer<Nothing> {
        self.desktop()?.hide_declare().await.map(|()| Nothing {})
    }

    pub(super) async fn window_demo(&self) -> Answer<Nothing> {
        self.desktop()?.open_demo().await.map(|()| Nothing {})
    }

    pub(super) async fn window_leave_demo(&self) -> Answer<Nothing> {
        self.desktop()?.leave_demo().await.map(|()| Nothing {})
    }
}

/// Mine first, then what needs somebody: unclaimed, unconfirmed, then severity, then the oldest.
fn need(incident: &Incident, me: &Handle) -> (bool, u8, domain::Severity, Reverse<i64>) {
    let (mine, command) = match &incident.command {
        Command::Unclaimed { .. } => (false, 0),
        Command::Acting(held) => (held.person == *me, 1),
        Command::Confirmed(held) => (held.person == *me, 2),
    };
    (!mine, command, incident.severity.value, Reverse(incident.declared_at.0))
}
