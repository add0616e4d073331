/// @file
/// What a service of a meeting is started with.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_SERVICE_OPTIONS_HPP
#define VSDK_SERVICE_OPTIONS_HPP

#include <cstdint>

#include "detail.hpp"
#include "text.hpp"

namespace vsdk {

/// How participants are arranged in a recording or stream.
enum class Layout : std::int32_t {
    /// All are equally large.
    grid = VSDK_LAYOUT_GRID,
    /// One is large, nobody else is seen.
    spotlight = VSDK_LAYOUT_SPOTLIGHT,
    /// One is large, the others are beside it.
    sidebar = VSDK_LAYOUT_SIDEBAR,
};

/// Who comes first in a layout.
enum class LayoutPriority : std::int32_t {
    /// Who speaks.
    speaker = VSDK_LAYOUT_PRIORITY_SPEAKER,
    /// Who is pinned.
    pin = VSDK_LAYOUT_PRIORITY_PIN,
};

/// The colours of a recording or stream.
enum class Theme : std::int32_t {
    /// Those of the service.
    default_ = VSDK_THEME_DEFAULT,
    /// Light ones.
    light = VSDK_THEME_LIGHT,
    /// Dark ones.
    dark = VSDK_THEME_DARK,
};

/// What is recorded or streamed.
enum class ServiceContent : std::int32_t {
    /// Picture and sound.
    video_and_audio = VSDK_SERVICE_CONTENT_VIDEO_AND_AUDIO,
    /// Sound only.
    audio = VSDK_SERVICE_CONTENT_AUDIO,
};

/// How good a recording or stream is.
enum class ServiceQuality : std::int32_t {
    /// Low.
    low = VSDK_SERVICE_QUALITY_LOW,
    /// Medium.
    medium = VSDK_SERVICE_QUALITY_MEDIUM,
    /// High.
    high = VSDK_SERVICE_QUALITY_HIGH,
    /// The highest; known from the REST interface alone.
    ultra = VSDK_SERVICE_QUALITY_ULTRA,
};

/// Which way up a recording or stream is; known from the REST interface alone.
enum class Orientation : std::int32_t {
    /// Wider than high.
    landscape = VSDK_ORIENTATION_LANDSCAPE,
    /// Higher than wide.
    portrait = VSDK_ORIENTATION_PORTRAIT,
};

/// What Meeting::start_service() starts a service with; everything is optional, and what is not
/// set, the service decides. An option that the service of that kind does not know is refused when
/// it is started. To be set by one thread at a time.
class ServiceOptions : public detail::Object<VsdkServiceOptions> {
public:
    /// As the service decides. Throws Error (resource_exhausted).
    ServiceOptions() : Object(detail::create(vsdk_service_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit ServiceOptions(VsdkServiceOptions *owned) noexcept : Object(owned) {}

    /// How participants are arranged: recording, livestream and HLS.
    ServiceOptions &set_layout(Layout layout) {
        detail::call(vsdk_service_options_set_layout, native_handle(),
                     static_cast<VsdkLayout>(layout));
        return *this;
    }

    /// Who comes first in the layout: recording, livestream and HLS.
    ServiceOptions &set_layout_priority(LayoutPriority layout_priority) {
        detail::call(vsdk_service_options_set_layout_priority, native_handle(),
                     static_cast<VsdkLayoutPriority>(layout_priority));
        return *this;
    }

    /// How many participants are seen at most, from 1: recording, livestream and HLS. The service
    /// has its own limit. Throws Error (invalid_argument).
    ServiceOptions &set_grid_size(std::int32_t participants) {
        detail::call(vsdk_service_options_set_grid_size, native_handle(), participants);
        return *this;
    }

    /// The colours: recording, livestream and HLS.
    ServiceOptions &set_theme(Theme theme) {
        detail::call(vsdk_service_options_set_theme, native_handle(),
                     static_cast<VsdkTheme>(theme));
        return *this;
    }

    /// Whether there is a picture: recording, livestream and HLS.
    ServiceOptions &set_content(ServiceContent content) {
        detail::call(vsdk_service_options_set_content, native_handle(),
                     static_cast<VsdkServiceContent>(content));
        return *this;
    }

    /// How good it is: recording, livestream and HLS.
    ServiceOptions &set_quality(ServiceQuality quality) {
        detail::call(vsdk_service_options_set_quality, native_handle(),
                     static_cast<VsdkServiceQuality>(quality));
        return *this;
    }

    /// Which way up it is: recording, livestream and HLS.
    ServiceOptions &set_orientation(Orientation orientation) {
        detail::call(vsdk_service_options_set_orientation, native_handle(),
                     static_cast<VsdkOrientation>(orientation));
        return *this;
    }

    /// Where a livestream goes, one more with each call: the URL of the platform as it gave it, and
    /// the key that it gave, which is a secret. A livestream needs at least one. Throws Error
    /// (invalid_argument).
    ServiceOptions &add_output(const TextArg &url, const TextArg &stream_key) {
        detail::call(vsdk_service_options_add_output, native_handle(), url.c_str(),
                     stream_key.c_str());
        return *this;
    }

    /// The URL that the service calls when something happens, absent for none: recording and
    /// transcription. Throws Error (invalid_argument).
    ServiceOptions &set_webhook_url(const TextArg &webhook_url) {
        detail::call(vsdk_service_options_set_webhook_url, native_handle(), webhook_url.c_str());
        return *this;
    }

    /// The language that is spoken, e.g. "en", absent for the service's choice: transcription.
    /// Throws Error (invalid_argument).
    ServiceOptions &set_language(const TextArg &language) {
        detail::call(vsdk_service_options_set_language, native_handle(), language.c_str());
        return *this;
    }

    /// All else as the service names it: a JSON object; absent for none. What was set by name goes
    /// before it. Throws Error (invalid_argument) when it is no JSON object.
    ServiceOptions &set_json(const TextArg &json) {
        detail::call(vsdk_service_options_set_json, native_handle(), json.c_str());
        return *this;
    }
};

} // namespace vsdk

#endif // VSDK_SERVICE_OPTIONS_HPP
