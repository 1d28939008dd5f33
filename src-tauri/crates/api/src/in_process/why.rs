//! Why an alert did or did not make a noise: one sentence, and one on what would change that.

use super::{Answer, InProcess};
use crate::dto::WhyView;
use crate::{ApiError, Code};
use domain::alarms::{Explained, Hush, Noise, Verdict, explain};
use domain::home::Home;
use domain::{AlertSeverity, EventId, GroupId, Timestamp};
use store::{GroupRow, Reader, StoreError};

/// What is asked about: a group, or one alert of it.
struct Asked {
    group: GroupRow,
    /// What is asked about, in one line.
    title: String,
    severity: AlertSeverity,
    /// When it began, as recorded here.
    began_at: Timestamp,
    rules: Vec<String>,
    /// What was judged of the group.
    verdicts: Vec<(Timestamp, Verdict, AlertSeverity)>,
}

impl InProcess {
    pub(super) async fn why(&self, typed: &str) -> Answer<WhyView> {
        let id = self.find_group(typed).await?;
        let key = typed.trim().to_owned();
        let asked = self.engine.read(move |reader| asked(reader, id, &key)).await?;
        let asked = asked.ok_or_else(|| ApiError::new(Code::NotFound, "No such group of alerts."))?;
        let home = self.engine.home();
        let Explained { rang, sentence, change } = explained(&asked, &home);
        let quiet = quiet_of(asked.group.noise.as_ref()).filter(|quiet| home.quiet.contains_key(quiet));
        Ok(WhyView {
            group: asked.group.id,
            title: asked.title,
            rang,
            sentence,
            change,
            rules: asked.rules,
            quiet: quiet.or(asked.group.quiet),
        })
    }
}

fn asked(reader: &Reader, id: GroupId, key: &str) -> Result<Option<Asked>, StoreError> {
    let Some(group) = reader.group(id)? else { return Ok(None) };
    let verdicts = reader.verdicts(id)?;
    if let Some((recorded, opened)) = reader.beginning_of(&group.source, key)? {
        let began_at = recorded.envelope.recorded_at;
        return Ok(Some(Asked { title: opened.title, severity: opened.severity, began_at, rules: opened.rules, verdicts, group }));
    }
    // A group as a whole began with its first alert: what it rang for is what it is asked about.
    let first = reader.alerts_of(id, 1)?;
    let rules = match first.first() {
        Some(alert) => reader.beginning_of(&alert.source, &alert.key)?.map(|(_, opened)| opened.rules).unwrap_or_default(),
        None => vec![],
    };
    Ok(Some(Asked { title: group.title.clone(), severity: group.severity, began_at: group.first_at, rules, verdicts, group }))
}

/// What is over is explained by what held while it fired.
fn explained(asked: &Asked, home: &Home) -> Explained {
    let is_over = |verdict: &Verdict| *verdict == Verdict::Silent(Hush::Over);
    let ended = asked.verdicts.iter().rposition(|(_, verdict, _)| !is_over(verdict));
    let until_then = ended.map_or(&[][..], |last| &asked.verdicts[..=last]);
    let then = until_then.iter().fold(None, |noise, (at, verdict, severity)| Some(Noise::evolve(noise, verdict, *severity, *at)));
    let explained = explain(then.as_ref().or(asked.group.noise.as_ref()), asked.began_at, asked.severity, home);
    let is_over_now = asked.verdicts.last().is_some_and(|(_, verdict, _)| is_over(verdict));
    if is_over_now { Explained { change: "It is over. It is judged anew when it begins again.".into(), ..explained } } else { explained }
}

/// The order that keeps a group quiet, by its verdict.
pub(super) fn quiet_of(noise: Option<&Noise>) -> Option<EventId> {
    match &noise?.verdict {
        Verdict::Silent(Hush::Quiet { quiet, .. }) => Some(*quiet),
        Verdict::Silent(_) | Verdict::Rings(_) => None,
    }
}
