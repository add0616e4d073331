//! The course of meetings in virtual time, without sockets.

mod joining;
mod layers;
mod limits;
mod media;
mod notifications;
mod orders;
mod receiving;
mod replay;
mod resuming;
mod sampling;
mod services;
mod switching;

use std::time::Duration;

use serde_json::{Value, json};

use super::course::{Course, Line, ME, WANTED, Who};
use super::{Admission, Call, Wanted};
use crate::meeting::choice::Mode;
use crate::meeting::event::{Event, EventType};
use crate::meeting::state::MeetingState;
use crate::signaling::{Frame, Refusal};
use crate::{Result, Status};
