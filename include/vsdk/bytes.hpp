/// @file
/// Bytes: as arguments, and as a look at what something else holds.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_BYTES_HPP
#define VSDK_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace vsdk {

/// Bytes as an argument: pass a std::vector<std::uint8_t>, a std::string, or whatever else has
/// data() and size() and elements of one byte, or a pointer and a number of bytes. A literal is a
/// text, not bytes: say std::string_view("...").
///
/// Nothing is copied; it is made for the duration of a call, do not keep one.
class BytesArg {
public:
    /// So many bytes from there; the pointer may be null when there are none. Never throws.
    BytesArg(const void *data, std::size_t size) noexcept
        : data_(static_cast<const std::uint8_t *>(data)), size_(size) {}

    /// What is in a container, zero bytes included. Never throws.
    template <class Container, class Pointer = decltype(std::declval<const Container &>().data()),
              std::enable_if_t<sizeof(*std::declval<Pointer>()) == 1, int> = 0>
    BytesArg(const Container &container) noexcept
        : BytesArg(container.data(), static_cast<std::size_t>(container.size())) {}

    BytesArg(const BytesArg &) = delete;
    BytesArg &operator=(const BytesArg &) = delete;

    /// The first byte; possibly null when there are none. Never throws.
    const std::uint8_t *data() const noexcept { return data_; }

    /// How many. Never throws.
    std::size_t size() const noexcept { return size_; }

private:
    const std::uint8_t *data_;
    std::size_t size_;
};

/// A look at bytes that something else holds and that live as long as that; for C++20, all that a
/// std::span<const std::uint8_t> wants.
class BytesView {
public:
    /// So many bytes from there. Never throws.
    BytesView(const std::uint8_t *data, std::size_t size) noexcept : data_(data), size_(size) {}

    /// The first byte; possibly null when there are none. Never throws.
    const std::uint8_t *data() const noexcept { return data_; }

    /// How many. Never throws.
    std::size_t size() const noexcept { return size_; }

    /// Whether there are none. Never throws.
    bool empty() const noexcept { return size_ == 0; }

    /// The first byte. Never throws.
    const std::uint8_t *begin() const noexcept { return data_; }

    /// Behind the last byte. Never throws.
    const std::uint8_t *end() const noexcept { return data_ + size_; }

    /// The byte at this place, which has to be one of them. Never throws.
    const std::uint8_t &operator[](std::size_t index) const noexcept { return data_[index]; }

private:
    const std::uint8_t *data_;
    std::size_t size_;
};

} // namespace vsdk

#endif // VSDK_BYTES_HPP
