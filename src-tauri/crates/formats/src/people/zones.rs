//! Time zones by the names that lists use: IANA's, or those of Rails, which PagerDuty shows.

use chrono_tz::Tz;

/// Names that Rails gives to zones and that are not the city of one (ActiveSupport's table). A city that is its zone's
/// own name (`Berlin`) is found without it.
const RAILS: [(&str, &str); 60] = [
    ("International Date Line West", "Pacific/Midway"),
    ("Midway Island", "Pacific/Midway"),
    ("American Samoa", "Pacific/Pago_Pago"),
    ("Hawaii", "Pacific/Honolulu"),
    ("Alaska", "America/Juneau"),
    ("Pacific Time (US & Canada)", "America/Los_Angeles"),
    ("Mountain Time (US & Canada)", "America/Denver"),
    ("Arizona", "America/Phoenix"),
    ("Central Time (US & Canada)", "America/Chicago"),
    ("Saskatchewan", "America/Regina"),
    ("Guadalajara", "America/Mexico_City"),
    ("Central America", "America/Guatemala"),
    ("Eastern Time (US & Canada)", "America/New_York"),
    ("Indiana (East)", "America/Indiana/Indianapolis"),
    ("Quito", "America/Lima"),
    ("Atlantic Time (Canada)", "America/Halifax"),
    ("Newfoundland", "America/St_Johns"),
    ("Brasilia", "America/Sao_Paulo"),
    ("Buenos Aires", "America/Argentina/Buenos_Aires"),
    ("Georgetown", "America/Guyana"),
    ("Greenland", "America/Godthab"),
    ("Mid-Atlantic", "Atlantic/South_Georgia"),
    ("Cape Verde Is.", "Atlantic/Cape_Verde"),
    ("Edinburgh", "Europe/London"),
    ("Bern", "Europe/Zurich"),
    ("Kyiv", "Europe/Kyiv"),
    ("St. Petersburg", "Europe/Moscow"),
    ("West Central Africa", "Africa/Algiers"),
    ("Pretoria", "Africa/Johannesburg"),
    ("Abu Dhabi", "Asia/Muscat"),
    ("Ekaterinburg", "Asia/Yekaterinburg"),
    ("Islamabad", "Asia/Karachi"),
    ("Chennai", "Asia/Kolkata"),
    ("Mumbai", "Asia/Kolkata"),
    ("New Delhi", "Asia/Kolkata"),
    ("Astana", "Asia/Almaty"),
    ("Sri Jayawardenepura", "Asia/Colombo"),
    ("Hanoi", "Asia/Bangkok"),
    ("Beijing", "Asia/Shanghai"),
    ("Osaka", "Asia/Tokyo"),
    ("Sapporo", "Asia/Tokyo"),
    ("Canberra", "Australia/Sydney"),
    ("Solomon Is.", "Pacific/Guadalcanal"),
    ("New Caledonia", "Pacific/Noumea"),
    ("Marshall Is.", "Pacific/Majuro"),
    ("Wellington", "Pacific/Auckland"),
    ("Nuku'alofa", "Pacific/Tongatapu"),
    ("Tokelau Is.", "Pacific/Fakaofo"),
    ("Chatham Is.", "Pacific/Chatham"),
    ("Samoa", "Pacific/Apia"),
    // Short forms that people write; each means a place where clocks change, not an offset.
    ("Eastern", "America/New_York"),
    ("Central", "America/Chicago"),
    ("Mountain", "America/Denver"),
    ("Pacific", "America/Los_Angeles"),
    ("ET", "America/New_York"),
    ("CT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
    ("Z", "Etc/UTC"),
    ("UTC", "Etc/UTC"),
];

/// The IANA name of a zone, where `text` names one. An offset (`+01:00`) names none: it does not say when clocks change.
pub fn zone(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(zone) = text.parse::<Tz>() {
        return Some(zone.name().to_owned());
    }
    // Rails also shows `(GMT+01:00) Berlin`.
    let name = text.strip_prefix("(GMT").and_then(|rest| rest.split_once(") ")).map_or(text, |(_, name)| name);
    if let Some((_, zone)) = RAILS.iter().find(|(rails, _)| rails.eq_ignore_ascii_case(name)) {
        return Some((*zone).to_owned());
    }
    let city = name.replace(' ', "_");
    let is_it = |zone: &&Tz| {
        zone.name().eq_ignore_ascii_case(&city) || zone.name().rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city))
    };
    let mut found = chrono_tz::TZ_VARIANTS.iter().filter(is_it);
    // Regions first: `Asia/Singapore` before the old `Singapore`.
    let all: Vec<&Tz> = found.by_ref().collect();
    all.iter().find(|zone| zone.name().contains('/')).or(all.first()).map(|zone| zone.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_many_names() {
        for (text, name) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("Berlin", "Europe/Berlin"),
            ("(GMT+01:00) Berlin", "Europe/Berlin"),
            ("Eastern Time (US & Canada)", "America/New_York"),
            ("Hong Kong", "Asia/Hong_Kong"),
            ("Singapore", "Singapore"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(zone(text).as_deref(), Some(name), "{text}");
        }
        for text in ["", "+01:00", "Atlantis", "CET of course"] {
            assert_eq!(zone(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_name_leads_to_a_zone() {
        for (rails, name) in RAILS {
            assert!(name.parse::<Tz>().is_ok(), "{rails} is {name}, which chrono-tz does not know");
        }
    }
}
