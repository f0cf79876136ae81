mod clocks;
mod given;
mod speed;
mod told;

use super::*;
