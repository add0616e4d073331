//! The sound system of the platform, by cpal. Only called on threads for devices.

mod failure;
mod pace;
mod quiet;
mod stream;

use std::sync::Arc;

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{BufferSize, SupportedBufferSize, SupportedStreamConfig};

use super::list::{Device, DeviceKind};
use super::opened::{Running, Wish};
use crate::media::AudioFormat;
use crate::{Error, Result, Status};
use failure::Opening;

pub(super) use cpal::Stream;
pub(super) use quiet::is_device_thread;

/// Sound systems name some dozens; more is a mistake of one.
const MOST_DEVICES: usize = 256;

/// How much sound a device hands over at a time, in milliseconds, where that can be chosen.
const PERIOD_MS: u32 = 20;

pub(crate) fn is_present() -> Result<()> {
    Ok(())
}

pub(super) fn list(kind: DeviceKind) -> Result<Vec<Device>> {
    quiet::begin();
    let host = host()?;
    let default = default(&host, kind).and_then(|device| device.id().ok());
    let devices = host.devices().map_err(|error| no_sound_system(&error))?;
    let fitting = devices.filter(|device| match kind {
        DeviceKind::Microphone => device.supports_input(),
        DeviceKind::Speaker => device.supports_output(),
    });
    let described = fitting.filter_map(|device| {
        let id = device.id().ok()?;
        let name = device.description().ok()?;
        Some(Device {
            is_default: Some(&id) == default.as_ref(),
            id: id.id().to_owned(),
            name: name.name().to_owned(),
        })
    });
    Ok(described.take(MOST_DEVICES).collect())
}

pub(super) fn open(wish: Wish) -> Result<Arc<Running>> {
    quiet::begin();
    let Wish {
        kind,
        id,
        feed,
        failed,
    } = wish;
    let (device, described) = find(kind, id.as_deref())?;
    let opening = Opening {
        kind,
        name: &described.name,
    };
    let config = match kind {
        DeviceKind::Microphone => device.default_input_config(),
        DeviceKind::Speaker => device.default_output_config(),
    };
    let config = config.map_err(|error| opening.failed(&error))?;
    let channels = usize::from(config.channels()).min(2);
    let format = AudioFormat::new(config.sample_rate(), channels)?;
    let feed = feed(format)?;
    let running = Running::new(kind, described.clone(), format, failed);
    let stream = stream::build(&device, &config, buffer(&config), &running, feed);
    let stream = stream.map_err(|error| opening.failed(&error))?;
    // It may fail as soon as it runs, and is to be found then.
    running.hold(stream);
    if let Err(error) = stream::start(&running) {
        running.close();
        return Err(opening.failed(&error));
    }
    Ok(running)
}

fn host() -> Result<cpal::Host> {
    let hosts = cpal::available_hosts();
    let host = hosts.first().ok_or_else(|| {
        let kind = cpal::ErrorKind::HostUnavailable;
        no_sound_system(&cpal::Error::from(kind))
    })?;
    cpal::host_from_id(*host).map_err(|error| no_sound_system(&error))
}

fn no_sound_system(error: &cpal::Error) -> Error {
    Error::new(
        Status::NotFound,
        format!("There is no sound system: {error}"),
        "Install and start one; on Linux look with `aplay -L` whether ALSA knows any device. Without one, push and pull raw sound.",
    )
}

fn default(host: &cpal::Host, kind: DeviceKind) -> Option<cpal::Device> {
    match kind {
        DeviceKind::Microphone => host.default_input_device(),
        DeviceKind::Speaker => host.default_output_device(),
    }
}

/// The device with that id, or the default one.
fn find(kind: DeviceKind, id: Option<&str>) -> Result<(cpal::Device, Device)> {
    let host = host()?;
    let id_of = |device: &cpal::Device| device.id().ok().map(|id| id.id().to_owned());
    let default = default(&host, kind);
    let default_id = default.as_ref().and_then(id_of);
    let found = match id {
        None => default,
        Some(id) => {
            let mut listed = host.devices().map_err(|error| no_sound_system(&error))?;
            let found = listed.find(|device| id_of(device).as_deref() == Some(id));
            // A sound system may have a default that it does not list.
            found.or(default.filter(|_| default_id.as_deref() == Some(id)))
        }
    };
    let found = found.ok_or_else(|| {
        let which = id.map_or_else(
            || format!("no default {}", kind.name()),
            |id| format!("no {} {}", kind.name(), crate::redact::shown(id)),
        );
        Error::new(
            Status::NotFound,
            format!("There is {which}"),
            "Ask vsdk_devices_list() which there are, or plug one in.",
        )
    })?;
    let id = id_of(&found).unwrap_or_default();
    let name = found.description().map(|it| it.name().to_owned());
    let described = Device {
        is_default: Some(&id) == default_id.as_ref(),
        name: name.unwrap_or_else(|_| id.clone()),
        id,
    };
    Ok((found, described))
}

/// ALSA's plugins that have no hardware below them would hand over one sample at a time; elsewhere
/// the sound system knows best.
fn buffer(config: &SupportedStreamConfig) -> BufferSize {
    match config.buffer_size() {
        SupportedBufferSize::Range { min, max } if cfg!(target_os = "linux") => {
            let wanted = config.sample_rate() * PERIOD_MS / 1000;
            BufferSize::Fixed(wanted.clamp(*min, (*max).max(*min)))
        }
        _ => BufferSize::Default,
    }
}
