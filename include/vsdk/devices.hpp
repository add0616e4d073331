/// @file
/// Microphones and speakers of this machine.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_DEVICES_HPP
#define VSDK_DEVICES_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "audio.hpp"
#include "detail.hpp"

namespace vsdk {

/// What a device is for.
enum class DeviceKind : std::int32_t {
    /// It records.
    microphone = VSDK_DEVICE_KIND_MICROPHONE,
    /// It plays.
    speaker = VSDK_DEVICE_KIND_SPEAKER,
};

/// A device that could be opened.
struct Device {
    /// What the sound system knows it by, the same whenever it is there.
    std::string id;

    /// What a person knows it by.
    std::string name;

    /// Whether it is the one that is opened when none is named.
    bool is_default = false;
};

/// An open microphone, which a track sends, or an open speaker; see LocalTrack::open_microphone(),
/// Meeting::open_speaker() and RemoteTrack::open_speaker().
///
/// Destroying or closing it closes the device; that waits for what the device does at the moment. It
/// also ends when it fails (EventType::device_failed) and with the meeting.
class AudioDevice : public detail::Object<VsdkAudioDevice> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit AudioDevice(VsdkAudioDevice *owned) noexcept : Object(owned) {}

    /// What it is for. Never throws.
    DeviceKind kind() const noexcept {
        return static_cast<DeviceKind>(vsdk_audio_device_kind(native_handle()));
    }

    /// What the sound system knows it by.
    std::string id() const { return detail::text(vsdk_audio_device_id(native_handle())); }

    /// What a person knows it by.
    std::string name() const { return detail::text(vsdk_audio_device_name(native_handle())); }

    /// How its sound is laid out; of more than two channels the first two are used. Never throws.
    AudioFormat format() const noexcept {
        return {vsdk_audio_device_sample_rate(native_handle()),
                vsdk_audio_device_channels(native_handle())};
    }

    /// How loud what it hears or plays is, sent or not, in decibels below full scale: 0 to -127.
    /// Never throws.
    std::int32_t level() const noexcept { return vsdk_audio_device_level(native_handle()); }

    /// Whether it works: it has not failed, and the meeting is not over. Never throws.
    bool is_open() const noexcept { return vsdk_audio_device_is_open(native_handle()) != 0; }
};

/// Lists the microphones or the speakers that there are now; none is opened for it.
///
/// Blocks until the sound system has answered, at most ten seconds. Throws Error (not_found without a
/// sound system, timeout, unsupported when this build of the library opens no devices,
/// would_deadlock inside a callback, resource_exhausted). From any thread.
inline std::vector<Device> list_devices(DeviceKind kind) {
    detail::require_abi();
    VsdkDeviceList *handle = nullptr;
    detail::call(vsdk_devices_list, static_cast<VsdkDeviceKind>(kind), &handle);
    const std::unique_ptr<VsdkDeviceList, void (*)(VsdkDeviceList *)> list(handle,
                                                                           vsdk_device_list_free);
    std::vector<Device> devices;
    for (std::size_t index = 0; index < vsdk_device_list_count(list.get()); ++index)
        devices.push_back({detail::text(vsdk_device_list_id(list.get(), index)),
                           detail::text(vsdk_device_list_name(list.get(), index)),
                           vsdk_device_list_is_default(list.get(), index) != 0});
    return devices;
}

} // namespace vsdk

#endif // VSDK_DEVICES_HPP
