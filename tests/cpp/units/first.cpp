// One of two units that both include the header: links only when all of it is inline.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <vsdk.hpp>

#include "second.hpp"

namespace {

template <class T>
constexpr bool is_move_only =
    !std::is_copy_constructible_v<T> && !std::is_copy_assignable_v<T> &&
    std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T> &&
    std::is_nothrow_destructible_v<T>;

static_assert(is_move_only<vsdk::Token>);
static_assert(is_move_only<vsdk::TokenReport>);
static_assert(is_move_only<vsdk::TokenMintOptions>);
static_assert(is_move_only<vsdk::TokenFetchOptions>);
static_assert(is_move_only<vsdk::ConfigOptions>);
static_assert(is_move_only<vsdk::RequestOptions>);
static_assert(is_move_only<vsdk::RoomOptions>);
static_assert(is_move_only<vsdk::RoomListOptions>);
static_assert(is_move_only<vsdk::Room>);
static_assert(is_move_only<vsdk::RoomList>);
static_assert(is_move_only<vsdk::MeetingOptions>);
static_assert(is_move_only<vsdk::PublishOptions>);
static_assert(is_move_only<vsdk::ServiceOptions>);
static_assert(is_move_only<vsdk::Meeting>);
static_assert(is_move_only<vsdk::MeetingSnapshot>);
static_assert(is_move_only<vsdk::Event>);
static_assert(is_move_only<vsdk::Op<vsdk::Room>>);
// Bytes from whatever holds bytes; a literal has a NUL at its end that is not meant.
template <class T>
constexpr bool is_bytes = std::is_convertible_v<const T &, vsdk::BytesArg>;

static_assert(is_bytes<std::vector<std::uint8_t>> && is_bytes<std::vector<std::byte>>);
static_assert(is_bytes<std::string> && is_bytes<std::string_view>);
static_assert(is_bytes<std::array<char, 3>>);
static_assert(!is_bytes<std::vector<int>> && !is_bytes<std::vector<bool>>);
static_assert(!is_bytes<const char *> && !is_bytes<char[3]>);
// No larger than the handle it holds.
static_assert(sizeof(vsdk::Meeting) == sizeof(void *));
// An exception whose copy throws would end the program.
static_assert(std::is_nothrow_copy_constructible_v<vsdk::Error>);
static_assert(sizeof(vsdk::Status) == sizeof(VsdkStatus));

} // namespace

int main() {
    // State that both units share is one state.
    int told = 0;
    vsdk::set_callback_exception_handler([&](std::exception_ptr) { ++told; });
    throw_in_a_callback();
    vsdk::set_callback_exception_handler(nullptr);
    return told == 1 && second_version() == vsdk::version() ? 0 : 1;
}
