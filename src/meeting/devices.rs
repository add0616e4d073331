//! The devices of a meeting: the microphone that the library opens by itself, and those of the app,
//! which are closed when the meeting is over.

use std::sync::{Arc, Mutex, Weak};

use serde_json::{Value, json};

use super::calls::LocalTrack;
use super::event::EventType;
use super::shared::Shared;
use crate::media::devices::{
    AudioDevice, Changes, Device, DeviceKind, Feed, Running, Watcher, Wish,
};
use crate::media::devices::{in_background, is_present, watch};
use crate::media::{TrackKind, TrackOptions};
use crate::runtime::lock;
use crate::{Error, Result, Status};

#[derive(Default)]
pub(super) struct MeetingDevices(Mutex<State>);

#[derive(Default)]
struct State {
    is_over: bool,
    microphone: Microphone,
    /// How often the microphone was opened: what belongs to an earlier time is ignored.
    openings: u64,
    /// Those of the app.
    opened: Vec<Weak<Running>>,
    watcher: Option<Watcher>,
}

/// The one that the library opens.
#[derive(Default)]
enum Microphone {
    #[default]
    Closed,
    Opening,
    /// The track ends after the device.
    Open(AudioDevice, LocalTrack),
}

impl MeetingDevices {
    /// The meeting is over: everything is closed, without waiting for it.
    pub(super) fn close(&self) {
        let (microphone, opened, watcher) = {
            let mut state = lock(&self.0);
            state.is_over = true;
            (
                std::mem::take(&mut state.microphone),
                std::mem::take(&mut state.opened),
                state.watcher.take(),
            )
        };
        drop(watcher);
        for device in opened.iter().filter_map(Weak::upgrade) {
            device.close_in_background();
        }
        microphone.close();
    }

    /// Takes the microphone out, whether it is open yet or not.
    pub(super) fn take_microphone_out(&self) {
        let taken = {
            let mut state = lock(&self.0);
            state.openings += 1;
            std::mem::take(&mut state.microphone)
        };
        taken.close();
    }

    pub(super) fn is_opening_microphone(&self) -> bool {
        matches!(lock(&self.0).microphone, Microphone::Opening)
    }

    /// Closes the device when the meeting ends.
    pub(super) fn enter(&self, device: &AudioDevice) -> Result<()> {
        let mut state = lock(&self.0);
        if state.is_over {
            return Err(is_over());
        }
        state.opened.retain(|device| device.strong_count() > 0);
        state.opened.push(Arc::downgrade(device.running()));
        Ok(())
    }

    pub(super) fn is_over(&self) -> bool {
        lock(&self.0).is_over
    }

    /// Stops telling of devices that come and go.
    pub(super) fn stop_watching(&self) {
        let watcher = lock(&self.0).watcher.take();
        drop(watcher);
    }
}

impl Microphone {
    /// Never under a lock: the end of a track is something that happens to the meeting.
    fn close(self) {
        if let Microphone::Open(device, track) = self {
            device.running().close_in_background();
            drop(track);
        }
    }
}

pub(super) fn is_over() -> Error {
    Error::new(
        Status::InvalidState,
        "No device can be opened: the meeting is over",
        "Open devices before leaving; to join again, initialise a new meeting.",
    )
}

impl Shared {
    /// Opens the default microphone and sends it, unless that is done already. What goes wrong is
    /// told as an event.
    pub(super) fn open_microphone(self: &Arc<Self>) {
        let opening = {
            let mut state = lock(&self.devices.0);
            if state.is_over || !matches!(state.microphone, Microphone::Closed) {
                return;
            }
            state.microphone = Microphone::Opening;
            state.openings += 1;
            state.openings
        };
        let meeting = Arc::downgrade(self);
        let started = in_background("opening a device", move || {
            let Some(shared) = meeting.upgrade() else {
                return;
            };
            match shared.microphone(opening) {
                Ok((device, track)) => shared.microphone_opened(opening, device, track),
                Err(error) => shared.microphone_failed(opening, None, &error),
            }
        });
        if let Err(error) = started {
            self.microphone_failed(opening, None, &error);
        }
    }

    /// The default microphone with a track for it, which is not sent yet.
    fn microphone(self: &Arc<Self>, opening: u64) -> Result<(AudioDevice, LocalTrack)> {
        let mut options = TrackOptions::new(TrackKind::Audio);
        options.set_enabled(false);
        let track = LocalTrack::add(self, &options)?;
        let make = track.input_maker()?;
        let meeting = Arc::downgrade(self);
        let wish = Wish {
            kind: DeviceKind::Microphone,
            id: None,
            feed: Box::new(move |format| make(format).map(Feed::Microphone)),
            failed: Box::new(move |device, error| {
                if let Some(shared) = meeting.upgrade() {
                    shared.microphone_failed(opening, Some(device), error);
                }
            }),
        };
        Ok((wish.open_here()?, track))
    }

    fn microphone_opened(&self, opening: u64, device: AudioDevice, track: LocalTrack) {
        let key = track.key();
        let unwanted = {
            let mut state = lock(&self.devices.0);
            let opened = Microphone::Open(device, track);
            match !state.is_over && state.openings == opening {
                true => std::mem::replace(&mut state.microphone, opened),
                false => opened,
            }
        };
        let is_wanted = matches!(unwanted, Microphone::Opening);
        unwanted.close();
        if is_wanted {
            self.with(|session, now| session.enable_track(now, key, true));
        }
    }

    fn microphone_failed(&self, opening: u64, device: Option<&Device>, error: &Error) {
        let failed = {
            let mut state = lock(&self.devices.0);
            if state.openings != opening {
                return;
            }
            state.openings += 1;
            std::mem::take(&mut state.microphone)
        };
        self.tell_device_failed(DeviceKind::Microphone, device, error);
        failed.close();
    }

    pub(super) fn tell_device_failed(
        &self,
        kind: DeviceKind,
        device: Option<&Device>,
        error: &Error,
    ) {
        let event = self
            .event(EventType::DeviceFailed)
            .with_code(kind as i32)
            .with_text(error.message())
            .with_status(Some(error.status()))
            .with_detail("kind", kind.name())
            .with_detail("device", device.map(described))
            .with_detail("remedy", error.remedy());
        self.tell(event);
    }

    /// Tells of devices that come and go from now on.
    pub(super) fn watch_devices(self: &Arc<Self>) -> Result<()> {
        is_present()?;
        if self.devices.is_over() {
            return Err(is_over());
        }
        if lock(&self.devices.0).watcher.is_some() {
            return Ok(());
        }
        let meeting = Arc::downgrade(self);
        let watcher = watch(move |kind, changes| {
            if let Some(shared) = meeting.upgrade() {
                shared.tell_devices_changed(kind, &changes);
            }
        })?;
        let mut state = lock(&self.devices.0);
        // It may have come to its end, or another thread have been quicker.
        if !state.is_over && state.watcher.is_none() {
            state.watcher = Some(watcher);
        }
        Ok(())
    }

    fn tell_devices_changed(&self, kind: DeviceKind, changes: &Changes) {
        let all = |devices: &[Device]| devices.iter().map(described).collect::<Vec<Value>>();
        let event = self
            .event(EventType::DevicesChanged)
            .with_code(kind as i32)
            .with_text(kind.name())
            .with_detail("added", all(&changes.added))
            .with_detail("removed", all(&changes.removed))
            .with_detail("default", changes.default.as_ref().map(described));
        self.tell(event);
    }
}

fn described(device: &Device) -> Value {
    json!({"id": device.id(), "name": device.name()})
}
