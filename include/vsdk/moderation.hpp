/// @file
/// Moderation: what participants do with each other.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MODERATION_HPP
#define VSDK_MODERATION_HPP

#include <cstdint>

#include "../vsdk.h"

namespace vsdk {

/// Something that is done to a participant; see Meeting::moderate().
enum class Moderation : std::int32_t {
    /// Lets in who asked for it.
    allow_entry = VSDK_MODERATION_ALLOW_ENTRY,
    /// Does not let in who asked for it.
    deny_entry = VSDK_MODERATION_DENY_ENTRY,
    /// Asks to switch the microphone on; the participant decides.
    request_mic = VSDK_MODERATION_REQUEST_MIC,
    /// Switches the microphone off.
    disable_mic = VSDK_MODERATION_DISABLE_MIC,
    /// Asks to switch the camera on; the participant decides.
    request_webcam = VSDK_MODERATION_REQUEST_WEBCAM,
    /// Switches the camera off.
    disable_webcam = VSDK_MODERATION_DISABLE_WEBCAM,
    /// Removes from the meeting.
    remove = VSDK_MODERATION_REMOVE,
    /// Pins the camera for everybody. That the service has pins for native clients is inferred.
    pin_camera = VSDK_MODERATION_PIN_CAMERA,
    /// Takes the pin off the camera.
    unpin_camera = VSDK_MODERATION_UNPIN_CAMERA,
    /// Pins the shared screen for everybody.
    pin_screen_share = VSDK_MODERATION_PIN_SCREEN_SHARE,
    /// Takes the pin off the shared screen.
    unpin_screen_share = VSDK_MODERATION_UNPIN_SCREEN_SHARE,
};

} // namespace vsdk

#endif // VSDK_MODERATION_HPP
