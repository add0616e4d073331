// Callbacks: no exception leaves them, and what they hold is destroyed exactly once.
//
//   callbacks BASE_URL
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "check.hpp"
#include "held.hpp"

namespace {

void events(const vsdk::MeetingOptions &options) {
    std::atomic<int> live{0};
    Counter called;
    Counter reported;
    std::string message;
    vsdk::set_callback_exception_handler([&](std::exception_ptr exception) {
        try {
            std::rethrow_exception(exception);
        } catch (const std::runtime_error &error) {
            message = error.what();
        }
        reported.add();
        throw std::runtime_error("dropped");
    });
    {
        vsdk::Meeting meeting = vsdk::init_meeting(options);
        auto shared = std::make_shared<int>(7);
        const std::weak_ptr<int> watched = shared;
        meeting.set_event_handler(
            [held = Held(live), shared = std::move(shared), &called](const vsdk::Event &event) {
                CHECK_EQ(*shared, 7);
                CHECK_EQ(event.type_name(), "STATE_CHANGED");
                called.add();
                throw std::runtime_error("from the handler");
            });
        called.wait_for(1);
        reported.wait_for(1);
        CHECK_EQ(message, "from the handler");
        CHECK_EQ(live, 1);
        CHECK(!watched.expired());

        // An exception took nothing away: the next event comes.
        meeting.leave();
        called.wait_for(2);
        reported.wait_for(2);

        // Replacing destroys the earlier one, with all that it held.
        meeting.set_event_handler([](const vsdk::Event &) {});
        CHECK_EQ(live, 0);
        CHECK(watched.expired());
        meeting.set_event_handler([held = Held(live)](const vsdk::Event &) {});
        CHECK_EQ(live, 1);
    }
    CHECK_EQ(live, 0); // The meeting's end is the handler's.

    // Nobody is told: it is dropped.
    vsdk::set_callback_exception_handler(nullptr);
    vsdk::Meeting meeting = vsdk::init_meeting(options);
    meeting.set_event_handler([&](const vsdk::Event &) {
        called.add();
        throw 1;
    });
    called.wait_for(3);
    meeting.close();
}

void wakes(const vsdk::MeetingOptions &options) {
    std::atomic<int> live{0};
    Counter woken;
    vsdk::Meeting meeting = vsdk::init_meeting(options);
    while (meeting.next_event(std::chrono::seconds(0))) {
    }
    meeting.set_wake_handler([held = Held(live), &woken] {
        woken.add();
        throw 1;
    });
    meeting.leave();
    woken.wait_for(1);
    meeting.set_wake_handler(nullptr);
    CHECK_EQ(live, 0);
}

void taking_itself_out(const vsdk::MeetingOptions &options) {
    std::atomic<int> live{0};
    Counter registered;
    Counter called;
    vsdk::Meeting meeting = vsdk::init_meeting(options);
    meeting.set_event_handler([held = Held(live), &meeting, &registered, &called](const vsdk::Event &) {
        registered.wait_for(1); // From here on, this is the only copy.
        meeting.set_event_handler(nullptr);
        CHECK(*held.live == 1); // Not destroyed while it runs.
        called.add();
    });
    registered.add();
    called.wait_for(1);
    meeting.leave();
    const vsdk::NextEvent event = meeting.next_event();
    CHECK(event && event->state() == vsdk::MeetingState::left);
    vsdk::shutdown(); // Ends the thread that ran it.
    CHECK_EQ(live, 0);
}

void logs() {
    std::atomic<int> live{0};
    Counter called;
    // A registration that fails destroys too.
    CHECK_THROWS(invalid_argument,
                 vsdk::set_log_handler(static_cast<vsdk::LogLevel>(99),
                                       [held = Held(live)](auto, auto, auto) {}));
    CHECK_EQ(live, 0);
    vsdk::set_log_handler(vsdk::LogLevel::trace,
                          [held = Held(live), &called](vsdk::LogLevel level, std::string_view target,
                                                       std::string_view message) {
                              CHECK(level >= vsdk::LogLevel::error && level <= vsdk::LogLevel::trace);
                              CHECK(!target.empty() && !message.empty());
                              called.add();
                              throw 1;
                          });
    vsdk::create_room();
    called.wait_for(1);
    CHECK_EQ(live, 1);
    vsdk::set_log_handler(vsdk::LogLevel::off, nullptr);
    CHECK_EQ(live, 0);
}

void completions() {
    std::atomic<int> live{0};
    Counter called;
    Counter reported;
    vsdk::set_callback_exception_handler([&](std::exception_ptr) { reported.add(); });
    vsdk::Op<vsdk::Room> op = vsdk::create_room_async(
        {}, vsdk::default_timeout, [held = Held(live), &called](vsdk::Result<vsdk::Room> room) {
            CHECK(!room->id().empty());
            // What blocks is refused here, instead of waiting for itself.
            CHECK_THROWS(would_deadlock, vsdk::create_room());
            CHECK_THROWS(would_deadlock, vsdk::shutdown());
            called.add();
            throw std::runtime_error("after the result");
        });
    called.wait_for(1);
    reported.wait_for(1);
    op.wait();
    CHECK_THROWS(invalid_state, op.take()); // The callback had it.
    vsdk::set_callback_exception_handler(nullptr);

    // A start that fails destroys too, and does not call.
    CHECK_THROWS(invalid_argument,
                 vsdk::get_room_async("abcd", {}, vsdk::infinite,
                                      [held = Held(live)](auto) { CHECK(false); }));
    vsdk::shutdown();
    CHECK_EQ(live, 0);
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        vsdk::MeetingOptions options;
        options.set_meeting_id("abcd-efgh-ijkl");
        events(options);
        wakes(options);
        taking_itself_out(options);
        logs();
        completions();
    });
}
