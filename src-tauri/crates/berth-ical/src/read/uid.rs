//! UIDs for events that have none, or share theirs with another.

use crate::document::{Component, Property};

/// Properties that change from one export to the next although the event does not.
const FLEETING: [&str; 4] = ["DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE"];

/// A UID that the same event gets again whenever it is read, and another event does not.
pub(super) fn derived(event: Component<'_>) -> String {
    format!("berth-{:032x}", fingerprint(event))
}

/// The UID of an event that shares its own with another one.
pub(super) fn apart(uid: &str, event: Component<'_>) -> String {
    format!("{uid}-{:08x}", fingerprint(event) & 0xffff_ffff)
}

fn fingerprint(event: Component<'_>) -> u128 {
    let lasting = event
        .properties()
        .filter(|property| !FLEETING.contains(&property.name()));
    lasting.fold(FNV_START, |hash, property| hashed(hash, property))
}

fn hashed(hash: u128, property: Property<'_>) -> u128 {
    let params = property.params().iter().flat_map(|param| {
        std::iter::once(param.name.as_str()).chain(param.values.iter().map(String::as_str))
    });
    let texts = std::iter::once(property.name())
        .chain(params)
        .chain([property.value()]);
    texts.fold(hash, |hash, text| fnv(fnv(hash, text.as_bytes()), &[0]))
}

/// FNV-1a with 128 bits: it has to be the same in every version of Berth, not hard to invert.
const FNV_START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

fn fnv(hash: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}
