// Very many events that come over a real connection, read in time, pushed, and read too late.
//
//   load URL ROOM COUNT
//
// The driver sends BURST messages whenever this program publishes the number of the first of them.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include "guest.hpp"

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t BURST = 1000, QUEUE_DEPTH = 4096;

class Reader {
public:
    // Without media, which has events of its own.
    Reader(const std::string &room, const char *id)
        : guest_(vsdk::MeetingOptions().set_meeting_id(room).set_participant_id(id).set_mode(
              vsdk::Mode::signalling_only)) {
        guest_.meeting.join();
        guest_.meeting.subscribe("numbers");
        guest_.next(vsdk::EventType::participant_joined, "driver");
        sequence_ = last_sequence();
    }

    void ask_for_burst(std::int64_t first) {
        guest_.meeting.publish("more", std::to_string(first));
    }

    // Reads so many events, which have to be the next messages.
    void read(std::int64_t count) {
        for (const vsdk::Event &event : guest_.meeting.events(LONG)) {
            take(event);
            if (--count == 0)
                return;
        }
        fail("there were too few events", __FILE__, __LINE__);
    }

    // What this version does not know is told as it came.
    void read_unknown() {
        guest_.meeting.publish("more", "unknown");
        const vsdk::NextEvent event = guest_.meeting.next_event(LONG);
        CHECK(event && event->type() == vsdk::EventType::unknown);
        CHECK_EQ(event->sequence(), ++sequence_);
        CHECK_EQ(event->text().value_or(""), "somethingNew");
        CHECK(event->json().find(R"("data":{"depth":[1,{"é":null}],"peerId":"driver"})") != std::string::npos);
    }

    // Has so many events pushed, a burst at a time.
    void be_pushed(std::int64_t count) {
        std::atomic<std::int64_t> pushed{0};
        guest_.meeting.set_event_handler([this, &pushed](const vsdk::Event &event) {
            take(event);
            ++pushed;
        });
        for (std::int64_t first = 0; first < count; first += BURST) {
            ask_for_burst(first);
            const auto end = std::chrono::steady_clock::now() + LONG;
            while (pushed < first + BURST) {
                CHECK(std::chrono::steady_clock::now() < end);
                std::this_thread::sleep_for(1ms);
            }
        }
        guest_.meeting.set_event_handler({});
        CHECK_EQ(pushed, count);
        CHECK_EQ(last_sequence(), sequence_);
    }

    void read_overflow(std::int64_t lost) {
        const vsdk::NextEvent event = guest_.meeting.next_event(0ms);
        CHECK(event && event->type() == vsdk::EventType::overflow);
        CHECK_EQ(event->code(), lost);
        number_ += lost;
        sequence_ += lost + 1;
        CHECK_EQ(event->sequence(), sequence_);
        CHECK(!guest_.meeting.next_event(0ms));
    }

    // The next reader is not to see this one go.
    void leave() { guest_.meeting.leave(); }

    std::int64_t last_sequence() const {
        const vsdk::MeetingSnapshot snapshot = guest_.meeting.snapshot();
        CHECK(snapshot.state() == vsdk::MeetingState::connected);
        CHECK_EQ(snapshot.participants().size(), 2U);
        return snapshot.event_sequence();
    }

private:
    // The next event, which has to be the next message.
    void take(const vsdk::Event &event) {
        CHECK(event.type() == vsdk::EventType::message);
        CHECK_EQ(event.sequence(), ++sequence_);
        CHECK_EQ(message(event), "message " + std::to_string(number_++) + " \xe2\x98\x83");
    }

    Guest guest_;
    std::int64_t sequence_ = 0, number_ = 0;
};

void in_time(const std::string &room, std::int64_t count) {
    Reader reader(room, "reader");
    for (std::int64_t first = 0; first < count; first += BURST) {
        reader.ask_for_burst(first);
        reader.read(BURST);
    }
    reader.read_unknown();
    reader.leave();
}

void pushed(const std::string &room, std::int64_t count) {
    Reader reader(room, "pushed");
    reader.be_pushed(count);
    reader.leave();
}

void too_late(const std::string &room, std::int64_t count) {
    Reader reader(room, "sleeper");
    const std::int64_t before = reader.last_sequence();
    for (std::int64_t first = 0; first < count; first += BURST) {
        reader.ask_for_burst(first);
        const auto end = std::chrono::steady_clock::now() + LONG;
        while (reader.last_sequence() < before + first + BURST) {
            CHECK(std::chrono::steady_clock::now() < end);
            std::this_thread::sleep_for(1ms);
        }
    }
    reader.read(QUEUE_DEPTH);
    reader.read_overflow(count - QUEUE_DEPTH);
    reader.ask_for_burst(count);
    reader.read(BURST);
}

} // namespace

int main(int count, char **words) {
    return run([&] {
        CHECK_EQ(count, 4);
        const std::string url = words[1], room = words[2];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(url + "/get-token").text())
                              .set_api_base_url(url));
        in_time(room, std::stoll(words[3]));
        pushed(room, std::stoll(words[3]));
        too_late(room, 10 * BURST);
    });
}
