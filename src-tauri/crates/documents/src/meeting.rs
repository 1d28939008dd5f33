//! Where people of an incident meet by voice. A room's name cannot be guessed from what is said in public.

use domain::home::{BridgeRule, Home};
use domain::incidents::Incident;
use domain::{IncidentId, IncidentRef};

/// Letters after the reference in a room's name: 26⁸ of them, about 200 thousand million, keep strangers out.
const LETTERS: usize = 8;

/// The address at which people of `incident` meet: its own, else as the home's rule says.
pub fn bridge(incident: &Incident, home: &Home) -> Option<String> {
    incident.board.bridge.clone().or_else(|| match &home.bridge {
        BridgeRule::None => None,
        BridgeRule::Fixed { url } => Some(url.clone()),
        BridgeRule::Jitsi { server } => Some(room(server, &incident.reference, incident.id)),
    })
}

fn room(server: &str, reference: &IncidentRef, id: IncidentId) -> String {
    // Derived, not drawn: every machine that knows the incident names the same room. The id holds 74 random bits.
    let bits = blake3::derive_key("muster 2026 bridge room", id.0.as_bytes());
    let letters: String = bits.iter().take(LETTERS).map(|byte| char::from(b'a' + byte % 26)).collect();
    format!("{}/Muster-{reference}-{letters}", server.trim_end_matches('/'))
}
