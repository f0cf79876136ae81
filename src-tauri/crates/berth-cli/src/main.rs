//! berth-cli
fn main() {}
