// Events: pulled, pushed, and told to an event loop.
//
//   events TOKEN OTHER_TOKEN
#include <poll.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "check.hpp"

using namespace std::chrono_literals;

namespace {

vsdk::Meeting make() {
    return vsdk::init_meeting(vsdk::MeetingOptions().set_meeting_id("abcd-efgh-ijkl"));
}

void pulled() {
    vsdk::Meeting meeting = make();
    const vsdk::NextEvent first = meeting.next_event();
    CHECK(first && !first.closed());
    CHECK(first->type() == vsdk::EventType::state_changed);
    CHECK_EQ(first->type_name(), "STATE_CHANGED");
    CHECK_EQ(first->sequence(), 1);
    CHECK(first->state() == vsdk::MeetingState::initialised);
    CHECK_EQ(first->code(), VSDK_MEETING_STATE_INITIALISED);
    CHECK_EQ(first->text().value(), "INITIALISED");
    CHECK_EQ(first->status(), vsdk::Status::ok);
    CHECK_EQ(first->participant_id().value(), meeting.snapshot().participant_id());
    CHECK(!first->track_id());
    CHECK(first->payload().empty());
    CHECK(first->json().find("\"STATE_CHANGED\"") != std::string::npos);
    const auto age = std::chrono::system_clock::now() - first->time();
    CHECK(age > -1min && age < 10min);

    vsdk::NextEvent none = meeting.next_event(0ms);
    CHECK(!none && !none.closed());
    none = meeting.next_event(5ms);
    CHECK(!none && !none.closed());

    meeting.leave();
    const std::optional<vsdk::Event> last = meeting.next_event();
    CHECK(last && last->state() == vsdk::MeetingState::left && last->sequence() == 2);
    const vsdk::NextEvent closed = meeting.next_event();
    CHECK(!closed && closed.closed());
    CHECK(first->text() && last->text()); // An event lives on its own.
}

void in_a_loop() {
    vsdk::Meeting meeting = make();
    std::vector<std::string> texts;
    for (const vsdk::Event &event : meeting.events(0ms))
        texts.push_back(event.text().value());
    CHECK_EQ(texts.size(), 1U);

    // A waiting thread is woken by leaving, reads the rest, and its loop ends.
    std::atomic<bool> waits{false};
    std::vector<vsdk::Event> kept;
    std::thread reader([&] {
        waits = true;
        for (vsdk::Event &event : meeting.events())
            kept.push_back(std::move(event));
    });
    while (!waits)
        std::this_thread::yield();
    meeting.leave();
    reader.join();
    CHECK_EQ(kept.size(), 1U);
    CHECK_EQ(kept[0].text().value(), "LEFT");
}

void pushed() {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> texts;
    vsdk::Meeting meeting = make();
    meeting.set_event_handler([&](const vsdk::Event &event) {
        const std::lock_guard<std::mutex> lock(mutex);
        texts.push_back(event.text().value());
        changed.notify_all();
    });
    CHECK_THROWS(invalid_state, meeting.next_event(0ms));
    meeting.leave();
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return texts.size() >= 2; });
    CHECK_EQ(texts[0], "INITIALISED"); // From before the handler: nothing is lost.
    CHECK_EQ(texts[1], "LEFT");
    lock.unlock();
    meeting.set_event_handler(nullptr);
    CHECK(meeting.next_event(0ms).closed());
    CHECK_EQ(vsdk::live_handles(vsdk::HandleKind::event), 0);
}

void in_an_event_loop() {
    vsdk::Meeting meeting = make();
    pollfd watched = {meeting.event_descriptor(), POLLIN, 0};
    CHECK_EQ(poll(&watched, 1, 0), 1);
    CHECK(meeting.next_event(0ms));
    CHECK_EQ(poll(&watched, 1, 0), 0);
    std::thread other([&] { meeting.leave(); });
    CHECK_EQ(poll(&watched, 1, -1), 1);
    other.join();
    CHECK(meeting.next_event(0ms));
}

void two_at_once(const char *second_token) {
    vsdk::Meeting first = make();
    vsdk::Meeting second = vsdk::init_meeting(
        vsdk::MeetingOptions().set_meeting_id("mnop-qrst-uvwx").set_token(second_token).set_name("Bea"));
    CHECK(first.snapshot().token_expires_at() != second.snapshot().token_expires_at());
    first.leave();
    CHECK(first.snapshot().state() == vsdk::MeetingState::left);
    CHECK(second.snapshot().state() == vsdk::MeetingState::initialised);
    CHECK_EQ(second.snapshot().name(), "Bea");
    std::swap(first, second);
    CHECK_EQ(first.snapshot().meeting_id(), "mnop-qrst-uvwx");
}

void many(int count) {
    for (int index = 0; index < count; ++index) {
        vsdk::Meeting meeting = make();
        meeting.set_event_handler([](const vsdk::Event &) {});
        const vsdk::MeetingSnapshot snapshot = meeting.snapshot();
        CHECK(snapshot.state() == vsdk::MeetingState::initialised);
        switch (index % 3) {
        case 0: meeting.close(); break;
        case 1: meeting.leave(); break;
        default: break; // Its destructor leaves.
        }
    }
}

} // namespace

int main(int, char **values) {
    return run([&] {
        vsdk::config(values[1]);
        pulled();
        in_a_loop();
        pushed();
        in_an_event_loop();
        two_at_once(values[2]);
        vsdk::shutdown();
        CHECK_EQ(vsdk::live_handles(), 0);
        many(3000);
        CHECK_EQ(vsdk::live_handles(vsdk::HandleKind::meeting), 0);
    });
}
