//! What each role is for, in one sentence, and its checklist: what a person who never held it can follow at 3 a.m.
//! After PagerDuty's response guide and Google's SRE book, chapter 14 (field-guide section 3.1).

use super::Role;

impl Role {
    /// What the role is for.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Commander => "Leads the response, decides, and never does the work itself.",
            Self::Deputy => "Stands ready to take command, and minds the clocks.",
            Self::Operations => "The only one whose people change the system.",
            Self::Communications => "Writes what customers and stakeholders hear, on time.",
            Self::Scribe => "Writes down what is said and decided, with the time.",
            Self::CustomerLiaison => "Speaks with customers and support, and brings back what they see.",
            Self::InternalLiaison => "Brings in the people who are needed, and keeps managers informed.",
            Self::Expert => "Knows one system: says how it stands, what to do, and at what risk.",
            Self::Planning => "Looks ahead: next shift, food, follow-up work, what if it lasts.",
            Self::Observer => "Listens and learns, and does not speak on the call.",
        }
    }

    /// What its holder goes through, in order.
    pub const fn checklist(self) -> &'static [&'static str] {
        match self {
            Self::Commander => &[
                "Say aloud that you command",
                "Size up: what do customers see, since when, how many",
                "Set severity, the higher when unsure",
                "Name an operations lead and a scribe",
                "Promise the first update",
                "Before each action ask for strong objections",
                "Give each task one owner and a time box",
                "Say the state aloud every 20 minutes",
                "Verify with customers' eyes before you resolve",
            ],
            Self::Deputy => {
                &["Follow the call closely enough to take over", "Mind time boxes and promises", "Call in people the commander asks for"]
            }
            Self::Operations => &[
                "Say back each task and its time box",
                "Stop other changes: freeze deploys",
                "Prefer what can be undone",
                "Report conditions, actions, needs when the box ends",
            ],
            Self::Communications => &[
                "Draft the first update: what is affected, since when, next update when",
                "Have the commander approve it",
                "Post it where it was promised, and note where",
                "Promise the next one",
            ],
            Self::Scribe => &[
                "Write decisions, actions and their owners with the time",
                "Mark key moments",
                "Keep open questions visible",
                "Note who joins and who leaves",
            ],
            Self::CustomerLiaison => &[
                "Ask support what customers report",
                "Bring back numbers: how many, where, since when",
                "Answer with the posted words only",
            ],
            Self::InternalLiaison => {
                &["Call in the people who are needed", "Brief managers off the call", "Keep questions away from the commander"]
            }
            Self::Expert => &["Say conditions, actions, needs", "Name the risk of each action", "Say back what you were asked to do"],
            Self::Planning => {
                &["Who takes over at shift's end", "What if it lasts another four hours", "Collect what must be done afterwards"]
            }
            Self::Observer => &["Mute yourself", "Write questions down for afterwards"],
        }
    }
}
