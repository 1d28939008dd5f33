//! Declaring: what a line means, what may be the same thing, and the declaration itself.

use super::incidents::{Wish, known_form};
use super::{Answer, InProcess, views};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::declare_line::{self, DeclareLine as Line, Meaning};
use domain::incidents::Incident;
use domain::likeness::{resembles, words};
use domain::{ServiceName, Severity};
use engine::{Act, Declaration};
use std::collections::BTreeSet;
use store::IncidentFilter;

/// Open incidents compared with a new one: more than anybody commands at once.
const COMPARED: usize = 200;
/// Possible duplicates shown.
const DUPLICATES: usize = 3;
impl InProcess {
    pub(super) async fn preview(&self, caller: &Caller, line: &str) -> Answer<DeclarePreview> {
        let read = declare_line::read(line);
        let home = self.engine.home();
        let me = self.entry(caller)?.doer().cloned();
        let commander = read.commander.clone().or(me).unwrap_or_else(|| self.local.machine().me);
        let open = IncidentFilter { open_only: true, severity: None, service: None, since: None, limit: COMPARED };
        let open = self.engine.read(move |reader| reader.incidents(&open)).await?;
        let known_services: BTreeSet<ServiceName> = open.iter().flat_map(|incident| incident.services.iter().cloned()).collect();
        let tokens = tokens(line, &read, |meaning| match meaning {
            Meaning::Severity(_) => false,
            Meaning::Person(handle) => !home.people.contains_key(handle),
            Meaning::Service(service) => !known_services.contains(service),
        });
        Ok(DeclarePreview {
            severity: read.severity.unwrap_or(Severity::UNSURE),
            severity_said: read.severity.is_some(),
            commander_said: read.commander.is_some(),
            commander,
            duplicates: duplicates(&read, &open),
            problem: problem(&read.title),
            services: read.services,
            title: read.title,
            tokens,
        })
    }

    pub(super) async fn declare(&self, caller: &Caller, ask: Declare) -> Answer<IncidentView> {
        let read = ask.line.as_deref().map(declare_line::read).unwrap_or_default();
        let said: Vec<ServiceName> = ask.services.iter().filter_map(|service| ServiceName::parse(&service.0)).collect();
        let declaration = Declaration {
            title: ask.title.unwrap_or(read.title),
            severity: ask.severity.or(read.severity),
            services: [said, read.services].concat(),
            commander: ask.commander.as_ref().map(known_form).transpose()?.or(read.commander),
            groups: self.find_groups(&ask.alerts).await?,
            drill: ask.drill,
            private: ask.private,
        };
        let wish = Wish { at: ask.at, once: ask.once, spoken: Spoken::default(), act: Act::Declare(declaration) };
        let done = self.submit(caller, wish).await?;
        let id = done.incident.ok_or_else(|| ApiError::new(Code::Internal, "The declaration names no incident."))?;
        self.whole(caller, id).await
    }
}

fn problem(title: &str) -> Option<String> {
    let long = title.chars().count();
    let limit = domain::incidents::TITLE_LIMIT;
    match long {
        0 => Some("Say in a few words what is wrong.".into()),
        long if long > limit => Some(format!("The title has {long} characters; {limit} fit.")),
        _ => None,
    }
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

fn tokens(line: &str, read: &Line, is_new: impl Fn(&Meaning) -> bool) -> Vec<TokenView> {
    let view = |token: &declare_line::Token| {
        let (kind, value) = match &token.meaning {
            Meaning::Severity(severity) => ("severity", severity.wire().to_owned()),
            Meaning::Person(handle) => ("person", handle.0.clone()),
            Meaning::Service(service) => ("service", service.0.clone()),
        };
        let start = utf16(&line[..token.start]);
        let end = start + utf16(&line[token.start..token.end]);
        TokenView { start, end, kind: kind.to_owned(), value, new: is_new(&token.meaning) }
    };
    read.tokens.iter().map(view).collect()
}

/// Open incidents that share a service and a word, or two words, with what is being declared; most alike first.
fn duplicates(read: &Line, open: &[Incident]) -> Vec<DuplicateView> {
    let said = words(&read.title);
    let mut alike: Vec<(u32, DuplicateView)> = open.iter().filter_map(|incident| alike(read, &said, incident)).collect();
    alike.sort_by_key(|(score, found)| (std::cmp::Reverse(*score), std::cmp::Reverse(found.incident.declared_at)));
    alike.into_iter().map(|(_, found)| found).take(DUPLICATES).collect()
}

fn alike(read: &Line, said: &BTreeSet<String>, incident: &Incident) -> Option<(u32, DuplicateView)> {
    let like = resembles((said, &read.services), (&words(&incident.title.value), &incident.services))?;
    Some((like.score, DuplicateView { incident: views::summary(incident), why: like.because }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_as_the_window_counts() {
        let line = "🔥 sev1 später @dana";
        let read = declare_line::read(line);
        let found = tokens(line, &read, |_| false);
        let utf16: Vec<u16> = line.encode_utf16().collect();
        let cut = |token: &TokenView| String::from_utf16_lossy(&utf16[token.start..token.end]);
        assert_eq!(found.iter().map(cut).collect::<Vec<_>>(), ["sev1", "@dana"], "each position cuts out its token in UTF-16 units");
    }
}
