//! A device that is open.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::list::{Device, DeviceKind};
use super::{host, thread};
use crate::media::{AudioFormat, AudioInput, AudioOutput};
use crate::runtime::lock;
use crate::{Error, Result};

/// What the device is silent with, in decibels below full scale.
const SILENCE_DBFS: f32 = -127.0;

/// An open microphone, which a track sends, or an open speaker, which plays what comes. Dropping it
/// closes the device; so does the end of the meeting.
pub struct AudioDevice {
    running: Arc<Running>,
}

/// Where sound goes to, or comes from.
pub(crate) enum Feed {
    Microphone(AudioInput),
    Speaker(Box<AudioOutput>),
}

/// Told once when an open device fails, on its thread.
pub(crate) type Failed = Box<dyn Fn(&Device, &Error) + Send + Sync>;

/// What is to be opened.
pub(crate) struct Wish {
    pub(crate) kind: DeviceKind,
    /// `None` for the default one.
    pub(crate) id: Option<String>,
    /// Makes what the device is connected to, in the layout that the device has.
    pub(crate) feed: Box<dyn FnOnce(AudioFormat) -> Result<Feed> + Send>,
    pub(crate) failed: Failed,
}

impl Wish {
    /// Opens it on the calling thread, which is one for devices.
    pub(crate) fn open_here(self) -> Result<AudioDevice> {
        let running = host::open(self)?;
        Ok(AudioDevice { running })
    }

    /// Opens it, and waits for that.
    pub(crate) fn open(self) -> Result<AudioDevice> {
        thread::run("opening a device", move || self.open_here())
    }
}

impl AudioDevice {
    /// What it is for.
    #[must_use]
    pub fn kind(&self) -> DeviceKind {
        self.running.kind
    }

    /// Which one it is.
    #[must_use]
    pub fn device(&self) -> &Device {
        &self.running.device
    }

    /// How its sound is laid out, as far as it is used: of more than two channels the first two are.
    #[must_use]
    pub fn format(&self) -> AudioFormat {
        self.running.format
    }

    /// How loud what it hears or plays is, in decibels below full scale: 0 to -127.
    #[must_use]
    pub fn level_dbfs(&self) -> f32 {
        match self.is_open() {
            true => f32::from_bits(self.running.level.load(Ordering::Relaxed)),
            false => SILENCE_DBFS,
        }
    }

    /// Whether it works: it has not failed, and the meeting is not over.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.running.is_open()
    }

    /// What the meeting closes at its end.
    pub(crate) fn running(&self) -> &Arc<Running> {
        &self.running
    }
}

impl Drop for AudioDevice {
    fn drop(&mut self) {
        self.running.close();
    }
}

/// What the thread of the device and the others have in common.
pub(crate) struct Running {
    kind: DeviceKind,
    device: Device,
    format: AudioFormat,
    is_open: AtomicBool,
    /// The bits of it, in decibels.
    level: AtomicU32,
    failed: Failed,
    /// The thread of the device holds this, and is ended by taking the stream out.
    stream: Mutex<Option<host::Stream>>,
}

impl Running {
    pub(super) fn new(
        kind: DeviceKind,
        device: Device,
        format: AudioFormat,
        failed: Failed,
    ) -> Arc<Self> {
        Arc::new(Self {
            kind,
            device,
            format,
            is_open: AtomicBool::new(true),
            level: AtomicU32::new(SILENCE_DBFS.to_bits()),
            failed,
            stream: Mutex::new(None),
        })
    }

    pub(super) fn device(&self) -> &Device {
        &self.device
    }

    pub(super) fn kind(&self) -> DeviceKind {
        self.kind
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Acquire)
    }

    pub(super) fn stream(&self) -> &Mutex<Option<host::Stream>> {
        &self.stream
    }

    pub(super) fn hold(&self, stream: host::Stream) {
        *lock(&self.stream) = Some(stream);
    }

    pub(super) fn set_level(&self, dbfs: f32) {
        self.level.store(dbfs.to_bits(), Ordering::Relaxed);
    }

    /// The device says that it does not work any more, on its own thread.
    pub(super) fn fail(&self, error: &Error) {
        if self.is_open.swap(false, Ordering::AcqRel) {
            (self.failed)(&self.device, error);
            self.close();
        }
    }

    /// Closes the device and waits for that; elsewhere where its own thread would have to wait for
    /// itself, as inside a transform of frames that it runs.
    pub(crate) fn close(&self) {
        self.is_open.store(false, Ordering::Release);
        if host::is_device_thread() {
            return self.close_in_background();
        }
        let stream = lock(&self.stream).take();
        drop(stream);
    }

    /// Closes the device without waiting for its thread.
    pub(crate) fn close_in_background(&self) {
        self.is_open.store(false, Ordering::Release);
        let stream = lock(&self.stream).take();
        if let Some(stream) = stream {
            // Where no thread can be started, it is closed here.
            let _ = thread::in_background("closing a device", move || drop(stream));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;

    fn running(told: &Arc<Mutex<Vec<String>>>) -> Arc<Running> {
        let device = Device {
            id: "id".to_owned(),
            name: "name".to_owned(),
            is_default: false,
        };
        let told = Arc::clone(told);
        let format = AudioFormat::new(48_000, 2).unwrap();
        let failed = move |device: &Device, error: &Error| {
            lock(&told).push(format!("{} {}", device.id(), error.message()));
        };
        Running::new(DeviceKind::Speaker, device, format, Box::new(failed))
    }

    #[test]
    fn a_failure_is_told_once_and_what_was_closed_does_not_fail() {
        let told = Arc::default();
        let device = AudioDevice {
            running: running(&told),
        };
        device.running.set_level(-20.0);
        assert_eq!((device.is_open(), device.level_dbfs()), (true, -20.0));
        let error = Error::new(Status::NotFound, "It was pulled out", "Plug it in.");
        device.running.fail(&error);
        device.running.fail(&error);
        assert_eq!(*lock(&told), ["id It was pulled out"]);
        assert_eq!(
            (device.is_open(), device.level_dbfs()),
            (false, SILENCE_DBFS)
        );

        let closed = running(&told);
        closed.close_in_background();
        closed.fail(&error);
        assert_eq!(lock(&told).len(), 1);
    }
}
