// Arguments, times, enumerations, and what objects answer that hold nothing. Needs no service.
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include "check.hpp"

using namespace std::chrono_literals;

namespace {

void texts() {
    const std::string text = "a text";
    CHECK_EQ(std::string(vsdk::TextArg("a text").c_str()), text);
    CHECK(vsdk::TextArg(text).c_str() == text.c_str());
    CHECK_EQ(std::string(vsdk::TextArg(std::string_view("a text, cut", 6)).c_str()), text);
    CHECK_EQ(std::string(vsdk::TextArg(std::optional<std::string>(text)).c_str()), text);
    CHECK(vsdk::TextArg(std::optional<std::string>()).c_str() == nullptr);
    CHECK(vsdk::TextArg(std::nullopt).c_str() == nullptr);
    CHECK(vsdk::TextArg(nullptr).c_str() == nullptr);
    CHECK(vsdk::TextArg(std::string_view()).c_str() != nullptr);

    const std::string broken("room\0rest", 9);
    vsdk::MeetingOptions options;
    const vsdk::Error error = CHECK_THROWS(invalid_argument, options.set_meeting_id(broken));
    CHECK_EQ(error.message(), "a text has a NUL character at position 4");
    CHECK(!error.remedy().empty());
    CHECK_THROWS(invalid_argument, options.set_name(std::string_view(broken)));
    CHECK_THROWS(invalid_argument, options.set_name(std::optional<std::string>(broken)));

    CHECK_THROWS(null_pointer, options.set_meeting_id(nullptr));
    CHECK_THROWS(invalid_argument, options.set_meeting_id(""));
    CHECK_THROWS(invalid_utf8, options.set_name("\xff\xfe"));
    options.set_name(nullptr).set_name("Ann").set_name(std::nullopt);
}

void times() {
    constexpr auto milliseconds = [](vsdk::Timeout timeout) { return timeout.c_value(); };
    static_assert(vsdk::Timeout(2s).c_value() == 2000);
    CHECK_EQ(milliseconds(vsdk::default_timeout), VSDK_TIMEOUT_DEFAULT);
    CHECK_EQ(milliseconds(vsdk::infinite), VSDK_TIMEOUT_INFINITE);
    CHECK_EQ(milliseconds(0ms), 0);
    // Never the special values by accident.
    CHECK_EQ(milliseconds(-1ms), 0);
    CHECK_EQ(milliseconds(-2ms), 0);
    CHECK_EQ(milliseconds(std::chrono::steady_clock::duration::min()), 0);
    // Rounded up: a short wait is not "do not wait".
    CHECK_EQ(milliseconds(1ns), 1);
    CHECK_EQ(milliseconds(1500us), 2);
    CHECK_EQ(milliseconds(std::chrono::duration<double>(0.25)), 250);
    CHECK_EQ(milliseconds(std::chrono::duration<double>(std::numeric_limits<double>::quiet_NaN())), 0);
    constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max();
    CHECK_EQ(milliseconds(std::chrono::hours::max()), longest);
    CHECK_EQ(milliseconds(std::chrono::duration<double>(std::numeric_limits<double>::infinity())), longest);
    CHECK(milliseconds(std::chrono::milliseconds::max()) > 9000000000000000000 - 1);
}

void enumerations() {
    CHECK_EQ(vsdk::name(vsdk::Status::token_expired), "TOKEN_EXPIRED");
    CHECK_EQ(vsdk::name(static_cast<vsdk::Status>(-99999)), "UNKNOWN");
    CHECK_EQ(static_cast<int>(static_cast<vsdk::EventType>(4711)), 4711);
    vsdk::MeetingOptions options;
    options.set_mode(vsdk::Mode::recv_only).set_audio_codec(vsdk::AudioCodec::g722);
    CHECK_THROWS(invalid_argument, options.set_mode(static_cast<vsdk::Mode>(99)));
    CHECK_THROWS(invalid_argument,
                 vsdk::inspect_token("x", static_cast<vsdk::TokenPurpose>(99)));
}

void own_errors() {
    const vsdk::Error error(vsdk::Status::not_found, "no seat is left", "Come later.", "sit_down");
    CHECK_EQ(std::string(error.what()), "sit_down: no seat is left [NOT_FOUND]. Come later.");
    CHECK(!error.http_status() && !error.service_code() && !error.retry_after());
    const vsdk::Error unknown = vsdk::Error::from_c(VSDK_STATUS_TIMEOUT, nullptr);
    CHECK_EQ(unknown.status(), vsdk::Status::timeout);
    CHECK_EQ(unknown.name(), "TIMEOUT");
}

void moving_and_closing() {
    const std::int64_t before = vsdk::live_handles();
    vsdk::TokenReport report = vsdk::inspect_token("Bearer x");
    CHECK_EQ(vsdk::live_handles(vsdk::HandleKind::token_report), 1);
    vsdk::TokenReport other = std::move(report);
    CHECK(!report && other);
    CHECK(!other.findings().empty());
    // What holds nothing answers with nothing, or throws; it does not crash.
    CHECK(report.findings().empty() && report.json().empty() && !report.api_key());
    CHECK(!report.is_usable());

    report = std::move(other);
    CHECK(report && !other);
    report = vsdk::inspect_token("");
    CHECK_EQ(vsdk::live_handles(vsdk::HandleKind::token_report), 1);
    report.close();
    report.close();
    CHECK(!report);
    CHECK_EQ(vsdk::live_handles(), before);

    vsdk::MeetingOptions options;
    options.close();
    CHECK_THROWS(null_pointer, options.set_name("Ann"));
    CHECK_THROWS(null_pointer, vsdk::init_meeting(options));
    vsdk::Meeting meeting(nullptr);
    meeting.close();
    CHECK_THROWS(null_pointer, meeting.next_event());
    CHECK_THROWS(null_pointer, meeting.leave());
    vsdk::Op<vsdk::Room> op(nullptr);
    CHECK_THROWS(null_pointer, op.wait());
    CHECK_THROWS(null_pointer, op.take());
    CHECK_THROWS(null_pointer, op.outcome());
    vsdk::RoomList list(nullptr);
    CHECK(list.empty() && list.begin() == list.end());
    CHECK_THROWS(null_pointer, list.at(0));

    // To vsdk.h and back.
    vsdk::RoomOptions room_options;
    VsdkRoomOptions *raw = room_options.release();
    CHECK(!room_options);
    CHECK_EQ(vsdk_room_options_set_custom_room_id(raw, "lesson", nullptr), VSDK_STATUS_OK);
    vsdk::RoomOptions again(raw);
    CHECK(again.native_handle() == raw);
}

void results() {
    vsdk::Result<int> value = 3;
    CHECK(value && value.has_value());
    CHECK_EQ(value.value(), 3);
    CHECK_EQ(*value, 3);
    vsdk::Result<int> failure = vsdk::Error(vsdk::Status::timeout, "", "");
    CHECK(!failure);
    CHECK_THROWS(timeout, failure.value());
    CHECK_EQ(failure.error().status(), vsdk::Status::timeout);
    vsdk::Result<std::unique_ptr<int>> moved = std::make_unique<int>(5);
    const std::unique_ptr<int> out = *std::move(moved);
    CHECK_EQ(*out, 5);
}

} // namespace

int main() {
    return run([] {
        vsdk::check_abi();
        CHECK_EQ(vsdk::version(), VSDK_VERSION);
        CHECK_EQ(vsdk::abi_version(), VSDK_ABI_VERSION);
        CHECK_THROWS(invalid_state, vsdk::after_fork_child());
        texts();
        times();
        enumerations();
        own_errors();
        moving_and_closing();
        results();
    });
}
