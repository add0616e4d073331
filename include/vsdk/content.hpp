/// @file
/// The inside of the C++ layer: what comes out as a text or bytes. Not meant to be used by
/// programs.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_CONTENT_HPP
#define VSDK_CONTENT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detail.hpp"

namespace vsdk {

namespace detail {

/// What a call results in that has no class of its own.
class Content : public Object<VsdkContent> {
public:
    explicit Content(VsdkContent *owned) noexcept : Object(owned) {}

    /// A copy of it as what it is.
    template <class T>
    T as() const;
};

template <>
inline std::string Content::as() const {
    return text(vsdk_content_text(native_handle()));
}

/// Without a handle it is a value that is not there.
template <>
inline std::optional<std::string> Content::as() const {
    return *this ? std::optional<std::string>(as<std::string>()) : std::nullopt;
}

template <>
inline std::vector<std::uint8_t> Content::as() const {
    const std::uint8_t *bytes = nullptr;
    std::size_t length = 0;
    call(vsdk_content_bytes, native_handle(), &bytes, &length);
    if (bytes == nullptr)
        return {};
    return std::vector<std::uint8_t>(bytes, bytes + length);
}

} // namespace detail

} // namespace vsdk

#endif // VSDK_CONTENT_HPP
