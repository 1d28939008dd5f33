//! The secrets with which tools sign what they send, at hand for each request: the keychain is asked once for each, not
//! once for each request.

use crate::secrets::{Name, Secrets};
use domain::SourceName;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Known = HashMap<SourceName, Option<Arc<[u8]>>>;

pub(crate) struct Signing {
    secrets: Arc<Secrets>,
    /// What is known, and as of which change to the secrets.
    known: Mutex<(u64, Known)>,
}

impl Signing {
    pub fn new(secrets: Arc<Secrets>) -> Self {
        Self { secrets, known: Mutex::default() }
    }

    /// The secret of a source; `Err` says why it cannot be had at present. A keychain that does not answer holds up the
    /// requests of that source and no other's.
    pub async fn secret(&self, source: &SourceName) -> Result<Option<Arc<[u8]>>, String> {
        let changes = self.secrets.changes();
        if let Some(secret) = self.known(changes).1.get(source) {
            return Ok(secret.clone());
        }
        let secret = self.secrets.get(&Name::source(source.as_str())).await.map_err(|fault| fault.to_string())?;
        let secret = secret.map(|secret| Arc::from(secret.expose().as_bytes()));
        if self.secrets.changes() == changes {
            self.known(changes).1.insert(source.clone(), secret.clone());
        }
        Ok(secret)
    }

    /// What is known as of this change; nothing, where it was known as of another.
    fn known(&self, changes: u64) -> MutexGuard<'_, (u64, Known)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != changes {
            *known = (changes, HashMap::new());
        }
        known
    }
}
