//! One file a version, which holds nothing but its facts.

mod hixie75;
mod hybi00;
mod hybi10;
mod hybi17;

use crate::{Facts, Version};

pub(crate) const fn facts(version: Version) -> &'static Facts {
    match version {
        Version::Hixie75 => &hixie75::FACTS,
        Version::Hybi00 => &hybi00::FACTS,
        Version::Hybi10 => &hybi10::FACTS,
        Version::Hybi17 => &hybi17::FACTS,
    }
}
