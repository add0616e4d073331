/// @file
/// Texts as arguments.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_TEXT_HPP
#define VSDK_TEXT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "error.hpp"

namespace vsdk {

/// A text as an argument: pass a literal, std::string, std::string_view, or a pointer that may be
/// null, e.g. from std::getenv().
///
/// A null pointer, std::nullopt and an empty std::optional stand for "absent": allowed where the
/// function says so, elsewhere an Error with Status::null_pointer. It is made for the duration of
/// a call; do not keep one.
class TextArg {
public:
    /// A NUL-terminated text, or absent.
    TextArg(const char *text) noexcept : text_(text) {}

    /// Absent.
    TextArg(std::nullptr_t) noexcept : text_(nullptr) {}

    /// Absent.
    TextArg(std::nullopt_t) noexcept : text_(nullptr) {}

    /// A text; not copied. Throws Error (invalid_argument) when there is a NUL inside it, because
    /// everything after that would silently be lost.
    TextArg(const std::string &text) : text_(checked(text).data()) {}

    /// A text; copied, to end it with a NUL. Throws Error (invalid_argument) as above.
    TextArg(std::string_view text) : copy_(checked(text)), text_(copy_.c_str()) {}

    /// A text or absent; not copied. Throws Error (invalid_argument) as above.
    TextArg(const std::optional<std::string> &text)
        : text_(text ? checked(*text).data() : nullptr) {}

    TextArg(const TextArg &) = delete;
    TextArg &operator=(const TextArg &) = delete;

    /// What a function of vsdk.h takes: NUL-terminated, or null for absent.
    const char *c_str() const noexcept { return text_; }

private:
    static std::string_view checked(std::string_view text) {
        const std::size_t position = text.find('\0');
        if (position != std::string_view::npos)
            throw Error(Status::invalid_argument,
                        "a text has a NUL character at position " + std::to_string(position),
                        "Pass the text without it: texts end at their first NUL.");
        return text;
    }

    std::string copy_;
    const char *text_;
};

} // namespace vsdk

#endif // VSDK_TEXT_HPP
