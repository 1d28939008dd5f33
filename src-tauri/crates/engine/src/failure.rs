//! Why something was not carried out.

use domain::EventId;
use domain::home::HomeRejection;
use domain::incidents::Rejection;
use store::StoreError;

/// A refusal with a reason, or a fault.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum Failure {
    #[error(transparent)]
    Rejected(#[from] Rejection),
    #[error(transparent)]
    Home(#[from] HomeRejection),
    #[error("No such incident.")]
    NoIncident,
    #[error("No such entry: {0}.")]
    NoEvent(EventId),
    #[error("No such group of alerts.")]
    NoGroup,
    #[error("It is acknowledged already.")]
    GroupAcknowledged,
    #[error("Nobody looks at it.")]
    GroupNotAcknowledged,
    #[error("Nothing is planned under that id any more.")]
    EffectGone,
    #[error("Too much is waiting to be written.")]
    Overloaded,
    #[error("Muster is stopping.")]
    Stopped,
    #[error("{0}")]
    NotSaved(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}
