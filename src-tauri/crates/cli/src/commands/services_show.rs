//! Services as they read in a terminal.

use super::Stop;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{count, names};
use api::dto::{ServiceView, ServicesImport};

fn owner(service: &ServiceView) -> String {
    let person = service.card.owner.as_ref().map(|owner| format!("@{owner}"));
    person.or_else(|| service.card.team.clone()).unwrap_or_default()
}

/// Who watches it, or that nobody does.
fn watched(service: &ServiceView) -> Cell {
    if service.watched_by.is_empty() {
        return painted(Paint::Amber, "nobody watches it");
    }
    let sources: Vec<&str> = service.watched_by.iter().map(|source| source.0.as_str()).collect();
    cell(format!("watched by {}", sources.join(", ")))
}

/// One line for each service.
pub fn show_services(services: &[ServiceView], out: &mut Out) -> Result<(), Stop> {
    if services.is_empty() {
        out.line("No services yet: muster service import FILE, or muster service set NAME --owner @dana")?;
    }
    let row = |service: &ServiceView| {
        let name = format!("#{}", service.name);
        let firing = if service.firing == 0 { cell("") } else { painted(Paint::Red, format!("{} firing", service.firing)) };
        let rests = names('#', &service.card.depends_on.iter().collect::<Vec<_>>());
        let known = if service.in_catalog { rests } else { "not in the catalogue".to_owned() };
        vec![cell(name), firing, cell(owner(service)), watched(service), cell(known)]
    };
    Ok(out.table(&services.iter().map(row).collect::<Vec<_>>())?)
}

/// One service, whole.
pub fn show_service(service: &ServiceView, out: &mut Out) -> Result<(), Stop> {
    let title = service.card.title.as_deref().map_or_else(|| format!("#{}", service.name), |title| format!("{title}, #{}", service.name));
    out.heading(true, &title)?;
    let fact = |name: &str, text: String| vec![painted(Paint::Faint, name), cell(text)];
    let some = |text: String| if text.is_empty() { "nothing known".to_owned() } else { text };
    out.table(&[
        fact("Owner", some(owner(service))),
        fact("Rests on", some(names('#', &service.card.depends_on.iter().collect::<Vec<_>>()))),
        fact("Under", some(names('#', &service.dependents))),
        vec![painted(Paint::Faint, "Alerts"), watched(service)],
        fact("Firing", count(service.firing, "alert", "alerts")),
        fact("Read", some(service.card.link.clone().unwrap_or_default())),
    ])?;
    Ok(())
}

/// What an import does.
pub fn show_import(import: &ServicesImport, dry_run: bool, out: &mut Out) -> Result<(), Stop> {
    let rows = [("new", &import.added), ("changed", &import.changed)];
    for (what, services) in rows {
        out.table(&services.iter().map(|name| vec![painted(Paint::Faint, what), cell(format!("#{name}"))]).collect::<Vec<_>>())?;
    }
    for skipped in &import.skipped {
        out.line(format!("Left out. {skipped}"))?;
    }
    let verb = if dry_run { "would be" } else { "are" };
    let sentence = format!("{} {verb} new, {} changed, {} the same.", import.added.len(), import.changed.len(), import.same);
    Ok(out.done(sentence)?)
}
