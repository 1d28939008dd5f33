//! The service catalogue.

use super::services_show::{show_import, show_service, show_services};
use super::{Ask, Stop, confirm, read};
use crate::context::{Context, person, service};
use crate::out::Out;
use api::dto::{DescribeService, ImportServices, Nothing, OneService, ServiceView};
use api::{ApiError, Code, Request};
use clap::{ArgGroup, Args, Subcommand};
use domain::catalog::ServiceCard;
use domain::{Handle, ServiceName};
use serde_json::Value;

/// Services: whose they are, what they rest on, and who watches them.
#[derive(Args, Debug)]
pub struct Service {
    #[command(subcommand)]
    act: ServiceAct,
}

#[derive(Subcommand, Debug)]
enum ServiceAct {
    /// All services, and those that nobody watches
    List,
    /// One service
    Show {
        /// Which
        #[arg(value_parser = service)]
        name: ServiceName,
    },
    /// Say more of a service; what is not named stays, an empty text is cleared
    Set(Set),
    /// Take a service out of the catalogue
    Remove {
        /// Which
        #[arg(value_parser = service)]
        name: ServiceName,
    },
    /// Services from a file: our own YAML, or Backstage's catalog-info.yaml
    Import {
        /// The file; `-` reads standard input
        file: String,
        /// Say what would change; change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// What can be said of a service.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("known").required(true).multiple(true).args(["title", "owner", "team", "rests_on", "link"]))]
struct Set {
    /// Which
    #[arg(value_parser = service)]
    name: ServiceName,
    /// Its name for people
    #[arg(long)]
    title: Option<String>,
    /// The person who owns it
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// The team that owns it
    #[arg(long)]
    team: Option<String>,
    /// Services it rests on, such as payments,db
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    rests_on: Option<Vec<String>>,
    /// Where to read about it
    #[arg(long, value_name = "URL")]
    link: Option<String>,
}

impl Set {
    fn card(&self, known: ServiceCard) -> Result<ServiceCard, ApiError> {
        let text = |said: &Option<String>, was: Option<String>| match said {
            None => was,
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let bad = |field: &str, typed: &str, what: String| {
            ApiError::new(Code::InvalidField, format!("{typed:?} cannot be used: {what}.")).field(field)
        };
        let owner: Option<Handle> = match self.owner.as_deref().map(str::trim) {
            None => known.owner,
            Some("") => None,
            Some(typed) => Some(person(typed).map_err(|what| bad("owner", typed, what))?),
        };
        let depends_on = match &self.rests_on {
            None => known.depends_on,
            Some(all) => {
                let all = all.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
                all.map(|name| service(name).map_err(|what| bad("rests_on", name, what))).collect::<Result<_, _>>()?
            }
        };
        Ok(ServiceCard {
            title: text(&self.title, known.title),
            owner,
            team: text(&self.team, known.team),
            depends_on,
            link: text(&self.link, known.link),
        })
    }
}

impl Ask for Service {
    fn before(&self) -> Option<Request> {
        matches!(self.act, ServiceAct::Set(_)).then_some(Request::ServiceList(Nothing {}))
    }

    fn request(&self, context: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            ServiceAct::List | ServiceAct::Show { .. } => Request::ServiceList(Nothing {}),
            ServiceAct::Set(set) => {
                let known = before.map(read::<Vec<ServiceView>>).transpose()?.unwrap_or_default();
                let known = known.into_iter().find(|one| one.name == set.name).map(|one| one.card).unwrap_or_default();
                Request::ServiceDescribe(DescribeService { name: set.name.clone(), card: set.card(known)? })
            }
            ServiceAct::Remove { name } => Request::ServiceRemove(OneService { name: name.clone() }),
            ServiceAct::Import { file, dry_run } => Request::ServiceImport(ImportServices { text: context.file(file)?, dry_run: *dry_run }),
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        let ServiceAct::Show { name } = &self.act else { return Ok(answer) };
        let place = read::<Vec<ServiceView>>(answer.clone())?.iter().position(|one| one.name == *name);
        place.map(|place| answer[place].clone()).ok_or_else(|| unknown(name))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            ServiceAct::List => show_services(&read::<Vec<ServiceView>>(answer)?, out),
            ServiceAct::Show { name } => {
                let services: Vec<ServiceView> = read(answer)?;
                show_service(services.iter().find(|one| one.name == *name).ok_or_else(|| unknown(name))?, out)
            }
            ServiceAct::Set(set) => confirm(answer, out, &format!("#{} is described.", set.name)),
            ServiceAct::Remove { name } => confirm(answer, out, &format!("#{name} is out of the catalogue.")),
            ServiceAct::Import { dry_run, .. } => show_import(&read(answer)?, *dry_run, out),
        }
    }
}

fn unknown(name: &ServiceName) -> ApiError {
    ApiError::new(Code::NotFound, format!("No service is named {name}.")).hint("See `muster service list`.")
}
