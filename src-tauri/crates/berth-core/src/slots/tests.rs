mod brute;
mod given;
mod obstacles;
mod ranked;
mod speed;

use super::*;
use crate::Timestamp;
