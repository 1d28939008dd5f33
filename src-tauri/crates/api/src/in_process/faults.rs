//! Every refusal and fault of the lower floors, mapped to what a caller gets. The one place where that is decided.

use crate::{ApiError, Code};
use domain::home::HomeRejection;
use domain::incidents::Rejection;
use engine::Failure;
use store::StoreError;

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        let message = failure.to_string();
        match failure {
            Failure::Rejected(rejection) => rejected(&rejection, message),
            Failure::Home(rejection) => refused_by_home(&rejection, message),
            Failure::NoIncident | Failure::NoEvent(_) | Failure::NoGroup => Self::new(Code::NotFound, message),
            Failure::GroupAcknowledged | Failure::GroupNotAcknowledged | Failure::EffectGone => Self::new(Code::Refused, message),
            Failure::Overloaded => Self::new(Code::Busy, message).hint("Try again in a moment."),
            Failure::Stopped => Self::new(Code::HomeBusy, message).hint("Try again in a moment."),
            Failure::NotSaved(_) => not_saved(message),
            Failure::Store(fault) => stored(&fault, message),
        }
    }
}

fn not_saved(message: String) -> ApiError {
    ApiError::new(Code::NotSaved, format!("Not saved: {}", lower_first(&message)))
        .hint("Everything before this is on record. Free space or make the folder writable; it is tried again.")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn stored(fault: &StoreError, message: String) -> ApiError {
    match fault {
        StoreError::Full | StoreError::ReadOnly | StoreError::Io(_) => not_saved(message),
        StoreError::Busy => ApiError::new(Code::Busy, message).hint("Try again in a moment."),
        StoreError::Corrupt(_) => ApiError::new(Code::CorruptHome, message).hint("Run `muster doctor`, then restore a backup or rebuild."),
        StoreError::NotFound => ApiError::new(Code::NotFound, message),
        _ => internal(fault),
    }
}

/// A fault of Muster's own: the words go to the log under an id, the id goes to the person.
fn internal(fault: &StoreError) -> ApiError {
    let id = blake_id(&fault.to_string());
    tracing::error!(%fault, id, "internal");
    ApiError::new(Code::Internal, format!("Muster failed inside (fault {id}).")).hint("The log has the details under that id.")
}

fn blake_id(text: &str) -> String {
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{:08x}", sum as u32)
}

fn rejected(rejection: &Rejection, message: String) -> ApiError {
    use Rejection as R;
    let invalid = |field: &str| ApiError::new(Code::InvalidField, message.clone()).field(field);
    let refused = || ApiError::new(Code::Refused, message.clone());
    match rejection {
        R::TitleMissing | R::TitleTooLong(_) => invalid("title"),
        R::TextMissing | R::TextTooLong(_) => invalid("text"),
        R::InTheFuture(_) => invalid("at").hint("Give a time up to now, such as 14:07 or -12m."),
        R::ShareOutOfRange => invalid("share"),
        R::ReasonMissing => invalid("reason"),
        R::CommandNeedsSuccessor => refused().hint("Give command to someone instead."),
        R::NobodyCommands => refused().hint("Take command."),
        R::ImpactRunning(_) => refused().hint("Update it, or end it first."),
        R::NoImpact => refused().hint("Start it first, back-dated if need be."),
        R::RoleAmbiguous(_) => refused().hint("Name the person."),
        R::Merged | R::MergeByMerging => refused(),
        R::NobodyOwns(_) => invalid("owner").hint("Name one person, as in @ravi."),
        R::TimeBoxOutOfRange => invalid("minutes"),
        R::PromiseOutOfRange => invalid("due").hint("Give a time to come, such as 14:40 or 20m."),
        R::InThePast => invalid("at").hint("Give a time to come, such as 04:50 or 20m."),
        R::NotAnAddress => invalid("url"),
        R::TooManyOptions(_) => invalid("options"),
        R::NobodyNamed => invalid("here").hint("Name people, as in ravi mei jo."),
        R::NoSuchAsk
        | R::NoSuchTask
        | R::NoSuchDecision
        | R::NoSuchHypothesis
        | R::NoSuchQuestion
        | R::NoSuchItem
        | R::NoSuchUpdate
        | R::NotQueued
        | R::NoSuchLook => ApiError::new(Code::NotFound, message.clone()),
        R::AskedOfAnother(person) => refused().hint(format!("`--for {person} --by voice` records it as said.")),
        R::TaskOver => refused().hint("Reopen it first."),
        R::DrillWithReal | R::PrivateWithOpen => refused(),
        R::NothingOffered => refused().hint("Offer it to somebody first."),
        R::QueueMoved
        | R::NoPromise
        | R::NotOpen
        | R::WithItself
        | R::NotMerged
        | R::NotLinked
        | R::SeveritySame(_)
        | R::StatusSame(_)
        | R::NothingToChange
        | R::AlreadyCommands(_)
        | R::AlreadyConfirmed(_)
        | R::NeedsPerson
        | R::AlreadyHolds { .. }
        | R::RoleVacant(_)
        | R::ImpactEndsBeforeStart(_)
        | R::AlreadyAttached
        | R::NotAttached
        | R::AlreadyRedacted
        | R::NoWords
        | R::NotAnEntry
        | R::OtherIncident => refused(),
    }
}

fn refused_by_home(rejection: &HomeRejection, message: String) -> ApiError {
    match rejection {
        HomeRejection::NoSource(_) | HomeRejection::NoPerson(_) | HomeRejection::NoChannel(_) | HomeRejection::NoService(_) => {
            ApiError::new(Code::NotFound, message)
        }
        HomeRejection::NoUrl | HomeRejection::NoHostAndPort => ApiError::new(Code::InvalidField, message).field("url"),
        HomeRejection::EveryOutOfRange => ApiError::new(Code::InvalidField, message).field("every_secs"),
        HomeRejection::SilenceOutOfRange => ApiError::new(Code::InvalidField, message).field("silent_minutes"),
        HomeRejection::MappingTooLong => ApiError::new(Code::InvalidField, message).field("mapping"),
        HomeRejection::TriesOutOfRange => ApiError::new(Code::InvalidField, message).field("tries"),
        HomeRejection::NoReplies | HomeRejection::NoMailbox => ApiError::new(Code::InvalidField, message).field("reply_as"),
        HomeRejection::Rules(_) => ApiError::new(Code::InvalidField, message).field("rules"),
        HomeRejection::RestsOnItself | HomeRejection::CardTooLong => ApiError::new(Code::InvalidField, message).field("card"),
        HomeRejection::Quiet(_) => ApiError::new(Code::InvalidField, message),
        HomeRejection::Recurrence(_) => ApiError::new(Code::InvalidField, message).field("rule"),
        HomeRejection::NoZone(_) => ApiError::new(Code::InvalidField, message).field("zone"),
        HomeRejection::FieldTooLong => ApiError::new(Code::InvalidField, message),
        HomeRejection::MinutesOutOfRange => ApiError::new(Code::InvalidField, message).field("minutes"),
        HomeRejection::MatrixTurnedRound(..) => ApiError::new(Code::InvalidField, message).field("matrix"),
        HomeRejection::NotAnAddress => ApiError::new(Code::InvalidField, message).hint("It begins with https://.").field("url"),
        HomeRejection::ChannelExists(_) => ApiError::new(Code::Refused, message).hint("Choose another name."),
        HomeRejection::RepeatTooLoud | HomeRejection::RepeatOutOfRange => ApiError::new(Code::InvalidField, message).field("rule"),
        HomeRejection::SourceExists(_) => ApiError::new(Code::Refused, message).hint("Choose another name, or rotate its token."),
        HomeRejection::PersonKnown(_) | HomeRejection::QuietAlready | HomeRejection::NotQuiet | HomeRejection::NothingToChange => {
            ApiError::new(Code::Refused, message)
        }
    }
}
