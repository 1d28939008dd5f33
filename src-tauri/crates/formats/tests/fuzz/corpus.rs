//! What there is to damage: what real tools sent, chats that people pasted, lists of people and of services, mappings.

use crate::dice::Dice;
use domain::home::SourceKind;
use formats::mapping::shipped_text;
use serde_json::Value;
use std::path::Path;

/// How often a sample is of another tool than the one it is given to: 1 in so many.
const STRANGERS: usize = 5;
/// A list of services in our own form, and one of Backstage's, with what YAML has beside them.
const SERVICES: [&str; 2] = [
    "services:\n  - &shop\n    name: shop\n    tier: 1\n    owner: dana\n    depends_on: [db, 'mail']\n  - name: db\n    runbook: >-\n      \
     https://a.example/db\n  - <<: *shop\n    name: till\n",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n  links: [{url: 'https://a.example', title: \"Runbook\"}]\n\
     spec:\n  owner: group:default/team\n  dependsOn: ['component:default/db', resource:mail]\n---\nkind: System\nmetadata: {name: s}\n",
];

/// A sample, and the folder it lies in: the name of its tool.
struct Sample {
    tool: String,
    bytes: Vec<u8>,
}

/// All samples.
pub struct Corpus(Vec<Sample>);

impl Corpus {
    /// Reads them.
    pub fn gather() -> Self {
        let mut found = Self(vec![]);
        found.folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures"));
        for text in SERVICES {
            found.add("services", text.into());
        }
        for kind in SourceKind::ALL {
            found.0.extend(shipped_text(*kind).map(|text| Sample { tool: "mapping".into(), bytes: text.into() }));
        }
        found.0.sort_by(|one, other| (&one.tool, &one.bytes).cmp(&(&other.tool, &other.bytes)));
        found
    }

    fn folder(&mut self, folder: &Path) {
        let tool = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                self.folder(&entry);
                continue;
            }
            let bytes = std::fs::read(&entry).expect("a file");
            // Of a captured request, what was sent.
            match serde_json::from_slice::<Value>(&bytes).ok().and_then(|mut value| value.get_mut("body").map(Value::take)) {
                Some(Value::String(text)) => self.add(&tool, text.into()),
                Some(body) => self.add(&tool, body.to_string().into()),
                None => {}
            }
            self.add(&tool, bytes);
        }
    }

    fn add(&mut self, tool: &str, bytes: Vec<u8>) {
        self.0.push(Sample { tool: tool.into(), bytes });
    }

    /// How many there are of these tools.
    pub fn count(&self, tools: &[&str]) -> usize {
        self.0.iter().filter(|sample| tools.contains(&sample.tool.as_str())).count()
    }

    /// One of these tools' samples, where there are any; now and then a stranger's.
    pub fn pick(&self, tools: &[&str], dice: &mut Dice) -> &[u8] {
        let own: Vec<&Sample> = self.0.iter().filter(|sample| tools.contains(&sample.tool.as_str())).collect();
        match own.is_empty() || dice.one_in(STRANGERS) {
            true => &self.0[dice.roll(self.0.len())].bytes,
            false => &own[dice.roll(own.len())].bytes,
        }
    }
}
