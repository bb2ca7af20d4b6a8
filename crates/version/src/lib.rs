#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod draft;
mod facts;
mod role;
mod set;
#[doc(hidden)]
pub mod steps;
mod version;

pub use facts::{Can, Facts, Wire};
pub use role::Role;
pub use set::{Iter, Versions};
pub use version::{UnknownVersion, Version};
