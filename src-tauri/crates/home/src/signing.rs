//! The secrets with which tools sign what they send, at hand for each request: the keychain is asked once for each, not
//! once for each request.

use crate::secrets::{Name, Secrets};
use domain::SourceName;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

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

    /// The secret of a source; `Err` says why it cannot be had at present.
    pub async fn secret(&self, source: &SourceName) -> Result<Option<Arc<[u8]>>, String> {
        let mut known = self.known.lock().await;
        let changes = self.secrets.changes();
        if known.0 != changes {
            *known = (changes, HashMap::new());
        }
        if let Some(secret) = known.1.get(source) {
            return Ok(secret.clone());
        }
        let secret = self.secrets.get(&Name::source(source.as_str())).await.map_err(|fault| fault.to_string())?;
        let secret = secret.map(|secret| Arc::from(secret.expose().as_bytes()));
        known.1.insert(source.clone(), secret.clone());
        Ok(secret)
    }
}
