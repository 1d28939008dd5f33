//! What may be recorded of the home, and why it may be refused.

use super::{
    BridgeRule, Cadence, Card, EVERY_SECS_MAX, EVERY_SECS_MIN, FIELD_LIMIT, Home, HomeEvent, MAPPING_LIMIT, MINUTES_LIMIT,
    SILENCE_MINUTES_MAX, SourceKind, SourceSettings, Targets, Way,
};
use crate::catalog::{CARD_LIMIT, DEPENDENCIES_LIMIT, SERVICES_LIMIT, ServiceCard};
use crate::notices::REPEAT_LIMIT_MINUTES;
use crate::quiet::{QuietFault, QuietOrder, QuietScope, RecurrenceFault};
use crate::rules::{self, RulesFault};
use crate::{ChannelName, Condition, Handle, NoticeRule, Reach, ServiceName, Severity, SourceName, Timestamp};

/// Why a command to the home was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum HomeRejection {
    #[error("@{0} is known already.")]
    PersonKnown(Handle),
    #[error("Nobody is known as @{0}.")]
    NoPerson(Handle),
    #[error("{0:?} is no time zone. Write it like Europe/Berlin.")]
    NoZone(String),
    #[error("A field of a card holds {FIELD_LIMIT} bytes at most.")]
    FieldTooLong,
    #[error("A channel named {0} exists already.")]
    ChannelExists(ChannelName),
    #[error("No channel is named {0}.")]
    NoChannel(ChannelName),
    #[error("A clock runs 1 to {MINUTES_LIMIT} minutes.")]
    MinutesOutOfRange,
    #[error("More people cannot be less bad: look at “{}” for “{}”.", .0.words(), .1.words())]
    MatrixTurnedRound(Condition, Reach),
    #[error("A meeting place is an https address.")]
    NotAnAddress,
    #[error("A source named {0} exists already.")]
    SourceExists(SourceName),
    #[error("No source is named {0}.")]
    NoSource(SourceName),
    #[error("Say where to ask: an http or https address.")]
    NoUrl,
    #[error("Say what to try: host:port.")]
    NoHostAndPort,
    #[error("A source is asked every {EVERY_SECS_MIN} to {EVERY_SECS_MAX} seconds.")]
    EveryOutOfRange,
    #[error("Silence becomes an alarm after 1 to {SILENCE_MINUTES_MAX} minutes.")]
    SilenceOutOfRange,
    #[error("Only a PagerDuty account that is asked can be told what happens here.")]
    NoReplies,
    #[error("Give the e-mail address of a PagerDuty user: it is told in their name.")]
    NoMailbox,
    #[error("A mapping holds {MAPPING_LIMIT} bytes at most.")]
    MappingTooLong,
    #[error("A probe tries 1 to 10 times before it is an alarm.")]
    TriesOutOfRange,
    #[error("Only SEV1 and SEV2 may call again.")]
    RepeatTooLoud,
    #[error("A repeat comes after 1 to {REPEAT_LIMIT_MINUTES} minutes.")]
    RepeatOutOfRange,
    #[error("It is quiet already.")]
    QuietAlready,
    #[error("It is not quiet.")]
    NotQuiet,
    #[error(transparent)]
    Quiet(#[from] QuietFault),
    #[error(transparent)]
    Recurrence(#[from] RecurrenceFault),
    #[error(transparent)]
    Rules(#[from] RulesFault),
    #[error("No service is named {0}.")]
    NoService(ServiceName),
    #[error("A service cannot rest on itself.")]
    RestsOnItself,
    #[error("A service's card holds {CARD_LIMIT} bytes a field and {DEPENDENCIES_LIMIT} services; a catalogue {SERVICES_LIMIT}.")]
    CardTooLong,
    #[error("Nothing would change.")]
    NothingToChange,
}

/// Decides on an event of the home: whether it may be recorded as it stands.
pub fn decide(home: &Home, event: HomeEvent, now: Timestamp) -> Result<HomeEvent, HomeRejection> {
    let refusal = match &event {
        HomeEvent::PersonAdded { handle, name } => home
            .people
            .get(handle)
            .filter(|known| name.is_none() || known.name == *name)
            .map(|_| HomeRejection::PersonKnown(handle.clone())),
        HomeEvent::PersonDescribed { handle, card } => refuse_card(home, handle, card),
        HomeEvent::PersonRemoved { handle } => (!home.people.contains_key(handle)).then(|| HomeRejection::NoPerson(handle.clone())),
        HomeEvent::ChannelAdded { name, .. } => home.channels.contains_key(name).then(|| HomeRejection::ChannelExists(name.clone())),
        HomeEvent::ChannelRemoved { name } => (!home.channels.contains_key(name)).then(|| HomeRejection::NoChannel(name.clone())),
        HomeEvent::CadenceSet { severity, cadence } => refuse_cadence(home, *severity, *cadence),
        HomeEvent::TargetsSet { severity, targets } => refuse_targets(home, *severity, targets),
        HomeEvent::MatrixSet { matrix } => match matrix.turned_round() {
            Some((condition, reach)) => Some(HomeRejection::MatrixTurnedRound(condition, reach)),
            None => (home.matrix == *matrix).then_some(HomeRejection::NothingToChange),
        },
        HomeEvent::BridgeRuleSet { rule } => refuse_bridge(home, rule),
        HomeEvent::SourceAdded { name, .. } => home.sources.contains_key(name).then(|| HomeRejection::SourceExists(name.clone())),
        HomeEvent::SourceSet { name, settings } => refuse_settings(home, name, settings),
        HomeEvent::SourceRotated { name, .. } | HomeEvent::SourceRemoved { name } => {
            (!home.sources.contains_key(name)).then(|| HomeRejection::NoSource(name.clone()))
        }
        HomeEvent::NoticeRuleSet { severity, rule } => refuse_rule(home, *severity, *rule),
        HomeEvent::QuietAdded { scope, .. } => quiet_already(home, scope),
        HomeEvent::QuietSet { order } => refuse_quiet(home, order, now),
        HomeEvent::QuietEnded { quiet } => (!home.quiet.contains_key(quiet)).then_some(HomeRejection::NotQuiet),
        HomeEvent::RulesSet { rules } => match rules::check(rules) {
            Err(fault) => Some(fault.into()),
            // Set again as they are, those that keep alerts quiet do so for longer.
            Ok(()) => {
                (home.alert_rules.written == *rules && home.alert_rules.quiet_until().is_none()).then_some(HomeRejection::NothingToChange)
            }
        },
        HomeEvent::ServiceDescribed { name, card } => refuse_service(home, name, card),
        HomeEvent::ServiceRemoved { name } => (!home.services.contains_key(name)).then(|| HomeRejection::NoService(name.clone())),
        HomeEvent::AlarmRang(_) => None,
        HomeEvent::AlarmShown { alarm, .. } | HomeEvent::AlarmAnswered { alarm } => {
            home.alarm.as_ref().is_none_or(|known| known.id != *alarm).then_some(HomeRejection::NothingToChange)
        }
        HomeEvent::SourceSilent { name, .. } if !home.sources.contains_key(name) => Some(HomeRejection::NoSource(name.clone())),
        HomeEvent::SourceSilent { name, .. } => home.silent.contains_key(name).then_some(HomeRejection::NothingToChange),
        HomeEvent::SourceHeard { name } => (!home.silent.contains_key(name)).then_some(HomeRejection::NothingToChange),
        HomeEvent::CutOff { .. } => home.cut_off.is_some().then_some(HomeRejection::NothingToChange),
        HomeEvent::BackOnline {} => home.cut_off.is_none().then_some(HomeRejection::NothingToChange),
    };
    refusal.map_or(Ok(event), Err)
}

fn refuse_rule(home: &Home, severity: Severity, rule: NoticeRule) -> Option<HomeRejection> {
    match rule.repeat_minutes {
        Some(_) if !severity.is_major() => Some(HomeRejection::RepeatTooLoud),
        Some(minutes) if !(1..=REPEAT_LIMIT_MINUTES).contains(&minutes) => Some(HomeRejection::RepeatOutOfRange),
        Some(_) | None => (home.rule(severity) == rule).then_some(HomeRejection::NothingToChange),
    }
}

fn refuse_card(home: &Home, handle: &Handle, card: &Card) -> Option<HomeRejection> {
    let Some(known) = home.people.get(handle) else { return Some(HomeRejection::NoPerson(handle.clone())) };
    if let Some(zone) = card.zone.as_ref().filter(|zone| zone.parse::<chrono_tz::Tz>().is_err()) {
        return Some(HomeRejection::NoZone(zone.clone()));
    }
    let fields = [&card.phone, &card.mail, &card.chat];
    if fields.into_iter().flatten().any(|field| field.len() > FIELD_LIMIT) {
        return Some(HomeRejection::FieldTooLong);
    }
    (known.card == *card).then_some(HomeRejection::NothingToChange)
}

const fn runs(minutes: u32) -> bool {
    1 <= minutes && minutes <= MINUTES_LIMIT
}

fn refuse_cadence(home: &Home, severity: Severity, cadence: Cadence) -> Option<HomeRejection> {
    if !(runs(cadence.every_minutes) && runs(cadence.long_minutes) && runs(cadence.long_after_minutes)) {
        return Some(HomeRejection::MinutesOutOfRange);
    }
    (home.cadence(severity) == cadence).then_some(HomeRejection::NothingToChange)
}

fn refuse_targets(home: &Home, severity: Severity, targets: &Targets) -> Option<HomeRejection> {
    let clocks = [targets.acknowledge_minutes, targets.resolve_minutes];
    if clocks.into_iter().flatten().any(|minutes| !runs(minutes)) {
        return Some(HomeRejection::MinutesOutOfRange);
    }
    (home.targets(severity) == *targets).then_some(HomeRejection::NothingToChange)
}

/// Two orders about the same group would contradict each other; conditions may overlap.
fn quiet_already(home: &Home, scope: &QuietScope) -> Option<HomeRejection> {
    match scope {
        QuietScope::GroupUntilOver(group) | QuietScope::Group(group) => home.quiet_of(*group).map(|_| HomeRejection::QuietAlready),
        QuietScope::Alerts(_) | QuietScope::Everything => {
            home.quiet.values().any(|quiet| quiet.order.scope == *scope).then_some(HomeRejection::QuietAlready)
        }
    }
}

fn refuse_quiet(home: &Home, order: &QuietOrder, now: Timestamp) -> Option<HomeRejection> {
    let fault = order.check(now).err().map(HomeRejection::from);
    let recurs = || order.recurs.as_ref().and_then(|recurs| recurs.check().err()).map(HomeRejection::from);
    fault.or_else(recurs).or_else(|| match order.recurs {
        // A window of every week and a storm may both cover everything.
        Some(_) => None,
        None => same_shape(home, order).then_some(HomeRejection::QuietAlready).or_else(|| group_already(home, order)),
    })
}

fn same_shape(home: &Home, order: &QuietOrder) -> bool {
    home.quiet.values().any(|quiet| quiet.order.scope == order.scope && quiet.order.shape == order.shape && quiet.order.from == order.from)
}

fn group_already(home: &Home, order: &QuietOrder) -> Option<HomeRejection> {
    match &order.scope {
        QuietScope::GroupUntilOver(_) | QuietScope::Group(_) => quiet_already(home, &order.scope),
        QuietScope::Alerts(_) | QuietScope::Everything => None,
    }
}

fn refuse_service(home: &Home, name: &ServiceName, card: &ServiceCard) -> Option<HomeRejection> {
    let long = [&card.title, &card.team, &card.link].into_iter().flatten().any(|field| field.len() > CARD_LIMIT);
    let full = home.services.len() >= SERVICES_LIMIT && !home.services.contains_key(name);
    if long || full || card.depends_on.len() > DEPENDENCIES_LIMIT {
        return Some(HomeRejection::CardTooLong);
    }
    if card.depends_on.contains(name) {
        return Some(HomeRejection::RestsOnItself);
    }
    if card.link.as_deref().is_some_and(|link| !is_address(link)) {
        return Some(HomeRejection::NotAnAddress);
    }
    (home.services.get(name) == Some(card)).then_some(HomeRejection::NothingToChange)
}

fn refuse_settings(home: &Home, name: &SourceName, settings: &SourceSettings) -> Option<HomeRejection> {
    let Some(source) = home.sources.get(name) else { return Some(HomeRejection::NoSource(name.clone())) };
    let place = match (source.kind, source.kind.way()) {
        (_, Way::Push) => None,
        (SourceKind::PagerDutyPull, Way::Pull | Way::Probe) if settings.url.is_none() => None,
        (SourceKind::TcpProbe, Way::Pull | Way::Probe) => {
            let named = settings.url.as_deref().is_some_and(is_host_and_port);
            (!named).then_some(HomeRejection::NoHostAndPort)
        }
        (_, Way::Pull | Way::Probe) => (!settings.url.as_deref().is_some_and(is_address)).then_some(HomeRejection::NoUrl),
    };
    let outside = |value: Option<u32>, least: u32, most: u32| value.is_some_and(|value| !(least..=most).contains(&value));
    let refusals = [
        (outside(settings.every_secs, EVERY_SECS_MIN, EVERY_SECS_MAX), HomeRejection::EveryOutOfRange),
        (outside(settings.silent_minutes, 1, SILENCE_MINUTES_MAX), HomeRejection::SilenceOutOfRange),
        (settings.mapping.as_ref().is_some_and(|mapping| mapping.len() > MAPPING_LIMIT), HomeRejection::MappingTooLong),
        (outside(settings.expect.as_ref().and_then(|expect| expect.tries), 1, 10), HomeRejection::TriesOutOfRange),
        (settings.reply_as.is_some() && source.kind != SourceKind::PagerDutyPull, HomeRejection::NoReplies),
        (settings.reply_as.as_deref().is_some_and(|name| !is_mailbox(name)), HomeRejection::NoMailbox),
        (source.settings == *settings, HomeRejection::NothingToChange),
    ];
    place.or_else(|| refusals.into_iter().find(|(refused, _)| *refused).map(|(_, why)| why))
}

/// Whether it may be the e-mail address of an account: it goes into a header as it is.
fn is_mailbox(text: &str) -> bool {
    let named = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    named && text.len() <= 254 && text.chars().all(|c| c.is_ascii_graphic())
}

fn is_host_and_port(text: &str) -> bool {
    let parts = text.rsplit_once(':');
    parts.is_some_and(|(host, port)| {
        !host.is_empty() && text.len() <= 300 && port.parse::<u16>().is_ok_and(|port| port > 0) && !host.contains(['/', ' '])
    })
}

fn refuse_bridge(home: &Home, rule: &BridgeRule) -> Option<HomeRejection> {
    let address = match rule {
        BridgeRule::None => None,
        BridgeRule::Fixed { url } => Some(url),
        BridgeRule::Jitsi { server } => Some(server),
    };
    if address.is_some_and(|address| !is_address(address)) {
        return Some(HomeRejection::NotAnAddress);
    }
    (home.bridge == *rule).then_some(HomeRejection::NothingToChange)
}

/// Whether `text` is a link that a person may be sent to.
pub fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && text.len() <= 2_000 && !text.chars().any(|c| c.is_whitespace() || c.is_control()))
}
