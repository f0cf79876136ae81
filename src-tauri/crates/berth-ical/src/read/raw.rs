//! The properties of an event, each in its place, none of them interpreted.

use crate::document::{Component, Property};

macro_rules! raw {
    (once { $($field:ident: $name:literal,)* } several { $($list:ident: $list_name:literal,)* }) => {
        /// The properties that Berth reads: of those an event has once, the first; of the others all.
        #[derive(Debug, Default)]
        pub(super) struct Raw<'d> {
            $(pub(super) $field: Option<Property<'d>>,)*
            $(pub(super) $list: Vec<Property<'d>>,)*
        }

        impl<'d> Raw<'d> {
            /// Sorts the properties of an event.
            pub(super) fn of(event: Component<'d>) -> Self {
                let mut raw = Self::default();
                for property in event.properties() {
                    match property.name() {
                        $($name => { raw.$field.get_or_insert(property); })*
                        $($list_name => raw.$list.push(property),)*
                        _ => {}
                    }
                }
                raw
            }
        }
    };
}

raw! {
    once {
        uid: "UID",
        start: "DTSTART",
        end: "DTEND",
        duration: "DURATION",
        recurrence_id: "RECURRENCE-ID",
        summary: "SUMMARY",
        status: "STATUS",
        transparency: "TRANSP",
        busy: "X-MICROSOFT-CDO-BUSYSTATUS",
        sequence: "SEQUENCE",
        created: "CREATED",
        stamp: "DTSTAMP",
        modified: "LAST-MODIFIED",
        location: "LOCATION",
        url: "URL",
        environment: "X-BERTH-ENVIRONMENT",
        units: "X-BERTH-UNITS",
        set_up: "X-BERTH-SETUP",
        clean_up: "X-BERTH-CLEANUP",
        kind: "X-BERTH-KIND",
        plan: "X-BERTH-PLAN",
        lead_times: "X-BERTH-LEAD-TIMES",
        zone: "X-BERTH-TZID",
    }
    several {
        rules: "RRULE",
        excluding_rules: "EXRULE",
        added: "RDATE",
        excluded: "EXDATE",
        resources: "RESOURCES",
        categories: "CATEGORIES",
    }
}
