mod property;
mod told;

use super::*;
