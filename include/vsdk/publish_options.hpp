/// @file
/// How a message is published.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_PUBLISH_OPTIONS_HPP
#define VSDK_PUBLISH_OPTIONS_HPP

#include "detail.hpp"
#include "text.hpp"

namespace vsdk {

/// How Meeting::publish() publishes; everything is optional. To be set by one thread at a time.
class PublishOptions : public detail::Object<VsdkPublishOptions> {
public:
    /// To everybody who has subscribed, kept for nobody. Throws Error (resource_exhausted).
    PublishOptions() : Object(detail::create(vsdk_publish_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit PublishOptions(VsdkPublishOptions *owned) noexcept : Object(owned) {}

    /// Whether those who subscribe later get the message as well, by default not.
    PublishOptions &set_persist(bool persist) {
        detail::call(vsdk_publish_options_set_persist, native_handle(), detail::flag(persist));
        return *this;
    }

    /// Sends the message only to this participant and to others that are added; without any it
    /// goes to everybody. Throws Error (invalid_argument).
    PublishOptions &add_send_only(const TextArg &participant_id) {
        detail::call(vsdk_publish_options_add_send_only, native_handle(), participant_id.c_str());
        return *this;
    }

    /// What goes with the message: a JSON object; absent for none. Throws Error (invalid_argument)
    /// when it is no JSON object.
    PublishOptions &set_payload_json(const TextArg &json) {
        detail::call(vsdk_publish_options_set_payload_json, native_handle(), json.c_str());
        return *this;
    }
};

} // namespace vsdk

#endif // VSDK_PUBLISH_OPTIONS_HPP
