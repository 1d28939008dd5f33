//! The service catalogue: what there is, whose it is, what rests on what, and who watches it.

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::ServiceName;
use domain::catalog::{Catalog, ServiceCard};
use domain::home::{Home, HomeEvent};
use engine::Act;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::WatchedRow;

impl InProcess {
    pub(super) async fn services(&self) -> Answer<Vec<ServiceView>> {
        let watched = self.engine.read(store::Reader::watched).await?;
        Ok(listed(&self.engine.home(), &watched))
    }

    pub(super) async fn service_describe(&self, caller: &Caller, ask: DescribeService) -> Answer<Receipt> {
        let name = named(&ask.name)?;
        let card = tidy(ask.card)?;
        let was = self.engine.home().services.get(&name).cloned();
        let event = HomeEvent::ServiceDescribed { name: name.clone(), card };
        let mut receipt = self.change(caller, Wish::plain(Act::Home(event))).await?;
        receipt.undo = Some(match was {
            Some(was) => describe_again(&name, &was, "what was known of"),
            None => UndoView { op: "service.remove".into(), params: json!({ "name": name }), label: format!("Undo: no service {name}") },
        });
        Ok(receipt)
    }

    pub(super) async fn service_remove(&self, caller: &Caller, ask: OneService) -> Answer<Receipt> {
        let name = named(&ask.name)?;
        let was = self.engine.home().services.get(&name).cloned();
        let mut receipt = self.change(caller, Wish::plain(Act::Home(HomeEvent::ServiceRemoved { name: name.clone() }))).await?;
        receipt.undo = was.map(|was| describe_again(&name, &was, "in the catalogue again:"));
        Ok(receipt)
    }

    pub(super) async fn service_import(&self, caller: &Caller, ask: ImportServices) -> Answer<ServicesImport> {
        let found = formats::catalog::read(&ask.text)
            .map_err(|unreadable| ApiError::new(Code::InvalidField, unreadable.reason).hint("Nothing was changed.").field("text"))?;
        let home = self.engine.home();
        let mut import = ServicesImport { added: vec![], changed: vec![], same: 0, skipped: found.notes };
        let mut events = vec![];
        for (name, card) in found.services {
            match home.services.get(&name) {
                Some(known) if *known == card => {
                    import.same += 1;
                    continue;
                }
                Some(_) => import.changed.push(name.clone()),
                None => import.added.push(name.clone()),
            }
            events.push(HomeEvent::ServiceDescribed { name, card });
        }
        if !ask.dry_run && !events.is_empty() {
            self.submit(caller, Wish::plain(Act::HomeAll(events))).await?;
        }
        Ok(import)
    }
}

fn describe_again(name: &ServiceName, was: &ServiceCard, label: &str) -> UndoView {
    let params = json!({ "name": name, "card": was });
    UndoView { op: "service.describe".into(), params, label: format!("Undo: {label} {name}") }
}

fn named(typed: &ServiceName) -> Answer<ServiceName> {
    ServiceName::parse(typed.as_str()).ok_or_else(|| {
        ApiError::new(Code::InvalidField, format!("{:?} cannot name a service.", typed.0))
            .hint("Use letters, digits, dots or dashes.")
            .field("name")
    })
}

/// A card as it came, its names in the form that is known, and nothing where nothing is said.
fn tidy(card: ServiceCard) -> Answer<ServiceCard> {
    let said = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let owner = card.owner.map(|owner| super::command::handle(owner.as_str(), "owner")).transpose()?;
    let depends_on = card.depends_on.iter().map(named).collect::<Answer<BTreeSet<_>>>()?;
    Ok(ServiceCard { title: said(card.title), owner, team: said(card.team), depends_on, link: said(card.link) })
}

/// Services of the catalogue, and those that alerts speak of without one.
fn listed(home: &Home, watched: &[WatchedRow]) -> Vec<ServiceView> {
    let mut views: BTreeMap<&ServiceName, ServiceView> =
        home.services.iter().map(|(name, card)| (name, view(name, card, &home.services, true))).collect();
    for row in watched {
        let seen = views.entry(&row.service).or_insert_with(|| view(&row.service, &ServiceCard::default(), &home.services, false));
        seen.watched_by.push(row.source.clone());
        seen.firing += row.firing;
    }
    // Whoever is set to speak of a service watches it, although nothing went wrong yet.
    for (name, source) in &home.sources {
        let seen = source.settings.service.as_ref().and_then(|service| views.get_mut(service));
        if let Some(seen) = seen.filter(|seen| !seen.watched_by.contains(name)) {
            seen.watched_by.push(name.clone());
        }
    }
    views.into_values().collect()
}

fn view(name: &ServiceName, card: &ServiceCard, catalog: &Catalog, in_catalog: bool) -> ServiceView {
    let rests_on = |(_, other): &(&ServiceName, &ServiceCard)| other.depends_on.contains(name);
    ServiceView {
        name: name.clone(),
        card: card.clone(),
        dependents: catalog.iter().filter(rests_on).map(|(other, _)| other.clone()).collect(),
        watched_by: vec![],
        firing: 0,
        in_catalog,
    }
}
