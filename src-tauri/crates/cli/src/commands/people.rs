//! The people book.

use super::people_show::{show_code, show_import, show_people, show_person};
use super::{Ask, Stop, confirm, read};
use crate::context::{Context, person};
use crate::out::Out;
use api::dto::{AddPerson, AskCode, DescribePerson, ImportPagerDuty, ImportPeople, Nothing, OnePerson, PersonView};
use api::{ApiError, Code, Request};
use clap::{ArgGroup, Args, Subcommand};
use domain::Handle;
use serde_json::Value;
use std::path::Path;

/// People. Whoever is named in a command is added by that; how to reach them comes from here.
#[derive(Args, Debug)]
pub struct Person {
    #[command(subcommand)]
    act: PersonAct,
}

#[derive(Subcommand, Debug)]
enum PersonAct {
    /// Add a person, or give one a name in full
    Add {
        /// Short name, as in @dana
        #[arg(value_parser = person)]
        handle: Handle,
        /// Name in full
        #[arg(long)]
        name: Option<String>,
    },
    /// Everybody known
    List,
    /// One person: roles, shift, how to reach them, what they do now
    Show {
        /// Who
        #[arg(value_parser = person)]
        handle: Handle,
    },
    /// Say more of a person; what is not named stays, an empty text is cleared
    Describe(Describe),
    /// People from a file: CSV, vCard, or PagerDuty's JSON
    Import {
        /// The file; `-` reads standard input
        file: String,
        /// Say what would change; change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// People from a PagerDuty account with a token of your own, which is not kept
    #[command(name = "import-pagerduty")]
    ImportPagerDuty {
        /// An API token that may read. Better `-`, which reads it from standard input: others on this machine can see a command line
        #[arg(long)]
        token: String,
        /// Where the account is [default: https://api.pagerduty.com]
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Say what would change; change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Take a person out of the book; what they did stays
    Remove {
        /// Who
        #[arg(value_parser = person)]
        handle: Handle,
    },
    /// A code to scan with the phone in your hand
    Code {
        /// Who
        #[arg(value_parser = person)]
        handle: Handle,
        /// tel, sms, mail, or card
        #[arg(default_value = "tel", value_parser = ["tel", "sms", "mail", "card"])]
        road: String,
        /// Words of a text message or mail
        #[arg(long)]
        text: Option<String>,
    },
}

/// What can be said of a person.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("known").required(true).multiple(true).args(["name", "roles", "zone", "shift", "phone", "mail", "chat"]))]
struct Describe {
    /// Who
    #[arg(value_parser = person)]
    handle: Handle,
    /// Name in full
    #[arg(long)]
    name: Option<String>,
    /// Roles they can take, such as scribe,deputy
    #[arg(long, value_delimiter = ',', value_name = "ROLES")]
    roles: Option<Vec<String>>,
    /// Time zone, such as Europe/Berlin
    #[arg(long)]
    zone: Option<String>,
    /// When they work, such as "mon-fri 09:00-17:00"
    #[arg(long)]
    shift: Option<String>,
    /// Phone number
    #[arg(long)]
    phone: Option<String>,
    /// Mail address
    #[arg(long)]
    mail: Option<String>,
    /// Handle in the team's chat
    #[arg(long)]
    chat: Option<String>,
}

impl Describe {
    fn request(&self) -> Request {
        let without_blanks = |roles: &Vec<String>| roles.iter().filter(|role| !role.trim().is_empty()).cloned().collect();
        Request::PersonDescribe(DescribePerson {
            handle: self.handle.0.clone(),
            name: self.name.clone(),
            roles: self.roles.as_ref().map(without_blanks),
            zone: self.zone.clone(),
            shift: self.shift.clone(),
            phone: self.phone.clone(),
            mail: self.mail.clone(),
            chat: self.chat.clone(),
        })
    }
}

impl Ask for Person {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            PersonAct::Add { handle, name } => Request::PersonAdd(AddPerson { handle: handle.clone(), name: name.clone() }),
            PersonAct::List | PersonAct::Show { .. } => Request::PersonList(Nothing {}),
            PersonAct::Describe(describe) => describe.request(),
            PersonAct::Import { file, dry_run } => {
                let file_name = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "-");
                Request::PersonImport(ImportPeople { text: context.file(file)?, file_name, dry_run: *dry_run })
            }
            PersonAct::ImportPagerDuty { token, base_url, dry_run } => {
                let token = context.text(std::slice::from_ref(token))?.trim().to_owned();
                Request::PersonImportPagerDuty(ImportPagerDuty { token, base_url: base_url.clone(), dry_run: *dry_run })
            }
            PersonAct::Remove { handle } => Request::PersonRemove(OnePerson { handle: handle.0.clone() }),
            PersonAct::Code { handle, road, text } => {
                Request::PersonCode(AskCode { handle: handle.0.clone(), road: road.clone(), text: text.clone() })
            }
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        let PersonAct::Show { handle } = &self.act else { return Ok(answer) };
        let place = read::<Vec<PersonView>>(answer.clone())?.iter().position(|one| one.handle == *handle);
        place.map(|place| answer[place].clone()).ok_or_else(|| unknown(handle))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            PersonAct::Add { handle, .. } => confirm(answer, out, &format!("@{handle} is known.")),
            PersonAct::List => show_people(&read::<Vec<PersonView>>(answer)?, out),
            PersonAct::Show { handle } => {
                let people: Vec<PersonView> = read(answer)?;
                let person = people.iter().find(|one| one.handle == *handle).ok_or_else(|| unknown(handle))?;
                show_person(person, out)
            }
            PersonAct::Describe(describe) => confirm(answer, out, &format!("@{} is described.", describe.handle)),
            PersonAct::Import { .. } | PersonAct::ImportPagerDuty { .. } => show_import(&read(answer)?, out),
            PersonAct::Remove { handle } => confirm(answer, out, &format!("@{handle} is out of the book. What they did stays.")),
            PersonAct::Code { .. } => show_code(&read(answer)?, out),
        }
    }
}

fn unknown(handle: &Handle) -> ApiError {
    ApiError::new(Code::NotFound, format!("@{handle} is not in the people book.")).hint("See `muster person list`.")
}
