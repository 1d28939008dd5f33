//! The noise ledger of this home: what made noise, and what would make less of it.

use super::{Answer, InProcess};
use crate::dto::{AskNoise, NoiseRow, NoiseView, Proposal, RepeatedStep};
use domain::incidents::IncidentEvent;
use domain::noise::{NoiseLedger, Row, Step, repeated};
use domain::{Actor, Event, IncidentId, IncidentRef, Subject, Timestamp};
use std::collections::BTreeMap;
use store::{IncidentFilter, Reader, StoreError, Wanted};

/// Noise is looked at over so long where no time is named (30 days).
const LOOKED_BACK_MS: i64 = 30 * 24 * 60 * 60_000;
/// Kinds of alerts listed: whoever cleans up begins at the top.
const ROWS_SHOWN: usize = 200;
/// Incidents whose steps are compared.
const INCIDENTS_COMPARED: usize = 2_000;

impl InProcess {
    pub(super) async fn noise(&self, ask: AskNoise) -> Answer<NoiseView> {
        let to = self.engine.now();
        let from = ask.from.unwrap_or(to.plus_millis(-LOOKED_BACK_MS));
        let zone = self.local.zone();
        let (rows, steps, from) = self
            .engine
            .read(move |reader| {
                let (ledger, reached) = heard(reader, NoiseLedger::new(zone), from)?;
                Ok((ledger.rows(), steps(reader, from)?, reached))
            })
            .await?;
        let rows = rows.into_iter().take(ROWS_SHOWN).map(row).collect();
        Ok(NoiseView { from, to, rows, repeated: steps.into_iter().map(step).collect() })
    }
}

fn heard(reader: &Reader, mut ledger: NoiseLedger, from: Timestamp) -> Result<(NoiseLedger, Timestamp), StoreError> {
    let reached = reader.history(Wanted::Alerts, from, |recorded| {
        if let (Subject::Group(group), Some(Event::Alert(event))) = (recorded.envelope.subject, &recorded.event) {
            ledger.hear(group, recorded.envelope.recorded_at, event);
        }
    })?;
    for group in reader.attached_groups()? {
        ledger.acted_on(group);
    }
    Ok((ledger, reached))
}

/// Steps of tasks and of people's notes, those of the last incident first.
fn steps(reader: &Reader, from: Timestamp) -> Result<Vec<Step>, StoreError> {
    let filter = IncidentFilter { open_only: false, severity: None, service: None, since: Some(from), limit: INCIDENTS_COMPARED };
    let incidents = reader.incidents(&filter)?;
    let names: BTreeMap<IncidentId, &IncidentRef> = incidents.iter().map(|incident| (incident.id, &incident.reference)).collect();
    let mut notes: Vec<(&IncidentRef, String)> = vec![];
    reader.history(Wanted::Notes, from, |recorded| {
        let (Subject::Incident(id), Some(Event::Incident(IncidentEvent::Noted { text, .. }))) =
            (recorded.envelope.subject, &recorded.event)
        else {
            return;
        };
        let by_person = matches!(recorded.envelope.entry.actor, Actor::Person(_));
        notes.extend(names.get(&id).filter(|_| by_person).map(|name| (*name, text.clone())));
    })?;
    let tasks = incidents.iter().flat_map(|incident| incident.tasks.iter().map(|task| (&incident.reference, task.text.as_str())));
    Ok(repeated(tasks.chain(notes.iter().rev().map(|(name, text)| (*name, text.as_str())))))
}

fn row(row: Row) -> NoiseRow {
    NoiseRow {
        name: row.name,
        source: row.source,
        fired: row.fired,
        notified: row.notified,
        acted_on: row.acted_on,
        quieted: row.quieted,
        flapped: row.flapped,
        at_night: row.at_night,
        proposal: row.proposal.map(|proposal| Proposal {
            kind: proposal.change.wire().to_owned(),
            sentence: proposal.sentence,
            text: proposal.text,
            saves: proposal.saves,
        }),
    }
}

fn step(step: Step) -> RepeatedStep {
    RepeatedStep { text: step.text, times: step.times, incidents: step.incidents }
}
