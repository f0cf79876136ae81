//! What the person's locale says about weeks and hours.

/// The facts that the window needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locale {
    /// BCP 47, `de-DE`.
    pub(crate) tag: String,
    /// 0 Sunday, 1 Monday … 6 Saturday.
    pub(crate) first_day: u8,
    /// Whether one in the afternoon is 1 pm.
    pub(crate) hour12: bool,
}

// Unicode CLDR, supplemental data, weekData: where the week does not begin on Monday.
const FRIDAY: &str = "MV";
const SATURDAY: &str = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
const SUNDAY: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO \
                      MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
/// Supplemental data, timeData: where `h` is preferred. French in Canada is an exception.
const HOUR12: &str = "AE AG AS AU BB BD BH BM BS CA CO DM DZ EG FJ GD GH GU GY HK IN IQ JM JO KR KW LB LR LY MH MW \
                      MY NZ OM PG PH PK PR PS QA SA SB SD SG SL SY TD TT TW US VC VE VI YE ZM";

impl Locale {
    /// The one in force for times: `LC_ALL`, `LC_TIME`, `LANG`, else the platform's own.
    pub(crate) fn current() -> Self {
        Self::in_force("LC_TIME")
    }

    /// The one in force for words: as [`Locale::current`], with `LC_MESSAGES`.
    pub(crate) fn of_words() -> Self {
        Self::in_force("LC_MESSAGES")
    }

    fn in_force(category: &str) -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let named = set("LC_ALL")
            .or_else(|| set(category))
            .or_else(|| set("LANG"));
        Self::named(&named.or_else(sys_locale::get_locale).unwrap_or_default())
    }

    /// The facts of a locale's name, POSIX (`de_DE.UTF-8@euro`) or BCP 47.
    fn named(name: &str) -> Self {
        let bare = name
            .split(['.', '@'])
            .next()
            .unwrap_or_default()
            .replace('_', "-");
        let (language, region) = match bare.split_once('-') {
            Some((language, rest)) => (
                language.to_owned(),
                rest.rsplit('-').next().unwrap_or_default(),
            ),
            None => (bare.clone(), ""),
        };
        let is_name =
            (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase());
        if !is_name {
            // "C", "POSIX", nothing: English words, ISO 8601 weeks and hours.
            return Self {
                tag: "en-GB".into(),
                first_day: 1,
                hour12: false,
            };
        }
        let region = region.to_ascii_uppercase();
        let listed = |list: &str| list.split(' ').any(|entry| entry == region);
        let first_day = match () {
            () if listed(FRIDAY) => 5,
            () if listed(SATURDAY) => 6,
            () if listed(SUNDAY) => 0,
            () => 1,
        };
        let hour12 = listed(HOUR12) && !(language == "fr" && region == "CA");
        Self {
            tag: bare,
            first_day,
            hour12,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn by_name() {
        for (name, tag, first_day, hour12) in [
            ("de_DE.UTF-8", "de-DE", 1, false),
            ("en_US.UTF-8", "en-US", 0, true),
            ("en-GB", "en-GB", 1, false),
            ("fr_CA", "fr-CA", 0, false),
            ("en_CA", "en-CA", 0, true),
            ("ar_EG.UTF-8", "ar-EG", 6, true),
            ("dv_MV", "dv-MV", 5, false),
            ("zh-Hans-SG", "zh-Hans-SG", 0, true),
            ("ca_ES@valencia", "ca-ES", 1, false),
            ("de", "de", 1, false),
            ("C.UTF-8", "en-GB", 1, false),
            ("POSIX", "en-GB", 1, false),
            ("", "en-GB", 1, false),
        ] {
            let expected = Locale {
                tag: tag.into(),
                first_day,
                hour12,
            };
            assert_eq!(Locale::named(name), expected, "{name}");
        }
    }
}
