//! The names and numbers that Windows, Outlook and Exchange have for zones.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono_tz::Tz;
use strum::IntoEnumIterator;
use windows_timezones::WindowsTimezone;

/// Zones by name and by display name, both as [`fold`] makes them.
static NAMES: LazyLock<HashMap<String, Tz>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for zone in WindowsTimezone::iter() {
        let Some(tz) = iana(zone) else { continue };
        names.insert(fold(zone.name()), tz);
        names
            .entry(fold(without_offset(zone.description())))
            .or_insert(tz);
        // What the last part of a list of cities begins with is not always the same.
        for city in cities(zone.description()) {
            names.entry(city).or_insert(tz);
        }
    }
    names
});

/// As [`fold`] makes them: what Lotus Notes calls a zone, and Windows in other languages.
static ELSEWHERE: LazyLock<HashMap<String, Tz>> = LazyLock::new(|| {
    let names = [
        ("Western/Central Europe", Tz::Europe__Berlin),
        ("Central Europe", Tz::Europe__Budapest),
        ("Westeuropäische Zeit", Tz::Europe__Lisbon),
        ("Mitteleuropäische Zeit", Tz::Europe__Berlin),
        ("Osteuropäische Zeit", Tz::Europe__Helsinki),
        (
            "Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
            Tz::Europe__Berlin,
        ),
        ("Bruxelles, Copenhague, Madrid, Paris", Tz::Europe__Paris),
        ("Bruselas, Copenhague, Madrid, París", Tz::Europe__Paris),
        ("大阪、札幌、東京", Tz::Asia__Tokyo),
        ("北京，重庆，香港特别行政区，乌鲁木齐", Tz::Asia__Shanghai),
        ("서울", Tz::Asia__Seoul),
    ];
    names
        .into_iter()
        .map(|(name, zone)| (fold(name), zone))
        .collect()
});

/// The IANA zone of a Windows zone, under the name it has today: Unicode's table keeps old ones.
pub(super) fn iana(zone: WindowsTimezone) -> Option<Tz> {
    let name = zone.tzdb_id();
    let renamed = RENAMED
        .iter()
        .find(|(old, _)| *old == name)
        .map(|(_, new)| *new);
    renamed.unwrap_or(name).parse().ok()
}

const RENAMED: [(&str, &str); 7] = [
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Europe/Kiev", "Europe/Kyiv"),
];

/// The zone that Windows calls so: `W. Europe Standard Time` or `… Daylight Time`, in any case and
/// with a number behind it, or the list of cities that its settings show, `(UTC+01:00) Amsterdam,
/// Berlin`, or the beginning of an older such list.
pub(super) fn by_name(name: &str) -> Option<Tz> {
    let name = without_number(without_offset(name));
    let folded = fold(name);
    if folded.is_empty() {
        return None;
    }
    let standard = folded
        .replace("daylighttime", "standardtime")
        .replace("summertime", "standardtime");
    NAMES
        .get(&folded)
        .or_else(|| NAMES.get(&standard))
        .or_else(|| NAMES.get(&format!("{folded}standardtime")))
        .or_else(|| ELSEWHERE.get(&*folded))
        .copied()
        .or_else(|| by_cities(name))
}

/// The zone of most of the cities in a list, which differs from one Windows to the next. One city
/// that is known is not enough for a name that is no list.
fn by_cities(name: &str) -> Option<Tz> {
    let cities = cities(name);
    let known: Vec<Tz> = cities
        .iter()
        .filter_map(|city| NAMES.get(city).copied())
        .collect();
    let votes = |zone: Tz| known.iter().filter(|other| **other == zone).count();
    let most = known.iter().copied().max_by_key(|zone| votes(*zone))?;
    (name.contains(',') && votes(most) * 2 >= known.len() && known.len() * 2 >= cities.len())
        .then_some(most)
}

fn cities(name: &str) -> Vec<String> {
    without_offset(name)
        .split([',', '/'])
        .map(fold)
        .filter(|city| !city.is_empty())
        .collect()
}

/// Without `(UTC+01:00) ` or `(GMT +01.00) ` in front.
fn without_offset(name: &str) -> &str {
    let bare = name.trim();
    let rest = bare.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    match rest {
        Some((offset, rest)) if offset.starts_with("UTC") || offset.starts_with("GMT") => {
            rest.trim()
        }
        _ => bare,
    }
}

/// Without the ` 1` that Outlook puts behind a name it has met before.
fn without_number(name: &str) -> &str {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.len() < name.len() && bare.ends_with(' ') && !bare.trim().is_empty() {
        bare.trim_end()
    } else {
        name
    }
}

/// What is compared: letters and digits, small, with the signs of `UTC-02` and `UTC+12`, and `and`
/// for `&`.
fn fold(name: &str) -> String {
    let name = name.replace('&', "and");
    let kept = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '+' | '-'));
    kept.flat_map(char::to_lowercase).collect()
}

/// The zone of a number in `X-MICROSOFT-CDO-TZID` ([MS-OXCICAL], 2.1.3.1.1.19).
pub(super) fn by_cdo_number(number: &str) -> Option<Tz> {
    let number: usize = number.trim().parse().ok()?;
    CDO.get(number)
        .filter(|name| !name.is_empty())?
        .parse()
        .ok()
}

/// By number; 52 was never given out.
const CDO: [&str; 77] = [
    "UTC",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Bucharest",
    "Europe/Prague",
    "Europe/Athens",
    "America/Sao_Paulo",
    "America/Halifax",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Asia/Bangkok",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Baghdad",
    "Asia/Jerusalem",
    "America/St_Johns",
    "Atlantic/Azores",
    "America/Noronha",
    "Africa/Casablanca",
    "America/Argentina/Buenos_Aires",
    "America/La_Paz",
    "America/Indiana/Indianapolis",
    "America/Bogota",
    "America/Regina",
    "America/Mexico_City",
    "America/Phoenix",
    "Pacific/Kwajalein",
    "Pacific/Fiji",
    "Asia/Magadan",
    "Australia/Hobart",
    "Pacific/Guam",
    "Australia/Darwin",
    "Asia/Shanghai",
    "Asia/Novosibirsk",
    "Asia/Karachi",
    "Asia/Kabul",
    "Africa/Cairo",
    "Africa/Harare",
    "Europe/Moscow",
    "",
    "Atlantic/Cape_Verde",
    "Asia/Baku",
    "America/Guatemala",
    "Africa/Nairobi",
    "Australia/Melbourne",
    "Asia/Yekaterinburg",
    "Europe/Helsinki",
    "America/Nuuk",
    "Asia/Yangon",
    "Asia/Kathmandu",
    "Asia/Irkutsk",
    "Asia/Krasnoyarsk",
    "America/Santiago",
    "Asia/Colombo",
    "Pacific/Tongatapu",
    "Asia/Vladivostok",
    "Africa/Lagos",
    "Asia/Yakutsk",
    "Asia/Dhaka",
    "Asia/Seoul",
    "Australia/Perth",
    "Asia/Riyadh",
    "Asia/Taipei",
    "Australia/Sydney",
];
