//! Who a name that stands in another tool's text is.

use domain::Handle;
use domain::home::{Home, Person};
use std::collections::{BTreeMap, HashMap};

/// The people of a home by what other tools call them.
pub struct Speakers {
    /// As the person who pastes says.
    said: BTreeMap<String, String>,
    handles: Only,
    chats: Only,
    names: Only,
    first_names: Only,
}

/// People by a text that is one's only; `None` where several bear it.
#[derive(Default)]
struct Only(HashMap<String, Option<Handle>>);

impl Only {
    fn add(&mut self, text: String, handle: &Handle) {
        self.0.entry(text).and_modify(|known| *known = None).or_insert_with(|| Some(handle.clone()));
    }

    fn get(&self, text: &str) -> Option<Handle> {
        self.0.get(text).cloned().flatten()
    }
}

impl Speakers {
    /// The people of `home`, and what is `said` of written names.
    pub fn of(home: &Home, said: BTreeMap<String, String>) -> Self {
        let mut speakers =
            Self { said, handles: Only::default(), chats: Only::default(), names: Only::default(), first_names: Only::default() };
        for (handle, person) in &home.people {
            speakers.add(handle, person);
        }
        speakers
    }

    fn add(&mut self, handle: &Handle, person: &Person) {
        self.handles.add(handle.as_str().to_owned(), handle);
        if let Some(chat) = &person.card.chat {
            self.chats.add(plain(chat), handle);
        }
        if let Some(name) = &person.name {
            self.names.add(plain(name), handle);
            let name = name.to_lowercase();
            self.first_names.add(name.split(' ').next().unwrap_or_default().to_owned(), handle);
        }
    }

    /// Who a written name is: as the paster says, else by handle, chat handle, full name, or the only person of that first
    /// name.
    pub fn person(&self, who: &str) -> Option<Handle> {
        if let Some(typed) = self.said.get(who) {
            return Handle::parse(typed);
        }
        let who = plain(who);
        [&self.handles, &self.chats, &self.names, &self.first_names].iter().find_map(|known| known.get(&who))
    }
}

fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}
