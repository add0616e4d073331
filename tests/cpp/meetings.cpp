// Several in one room: coming and going, messages, and the operations behind both.
//
//   meetings BASE_URL
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "check.hpp"
#include "guest.hpp"

using namespace std::chrono_literals;
using vsdk::EventType;
using vsdk::MeetingState;
using Ids = std::vector<std::string>;

namespace {

std::string new_room() { return vsdk::create_room().id(); }

void coming_and_going() {
    const std::string room = new_room();
    Guest ann(vsdk::MeetingOptions()
                  .set_meeting_id(room)
                  .set_participant_id("ann")
                  .set_name("Ann é😀")
                  .set_metadata_json(R"({"team":"blue"})")
                  .set_mode(vsdk::Mode::recv_only)
                  .set_peer_type(vsdk::PeerType::agent));
    Guest bob(room, "bob");
    CHECK(ann.sees_ids() == Ids{"ann"});
    CHECK(!ann.sees("ann").joined_at());
    CHECK(!ann.meeting.snapshot().session_id());
    CHECK_EQ(ann.meeting.snapshot().event_sequence(), 1); // That it was initialised.

    const auto before = std::chrono::system_clock::now() - 1min;
    ann.meeting.join();
    CHECK(ann.state() == MeetingState::connected);
    bob.meeting.join(LONG);
    const vsdk::Event joined = ann.next(EventType::participant_joined);
    CHECK_EQ(joined.participant_id().value(), "bob");
    CHECK_EQ(joined.text().value(), "bob");
    const vsdk::Event there = bob.next(EventType::participant_joined);
    CHECK_EQ(there.participant_id().value(), "ann");
    CHECK_EQ(there.participant_name().value(), "Ann é😀");

    const vsdk::MeetingSnapshot snapshot = bob.meeting.snapshot();
    CHECK(snapshot.event_sequence() >= there.sequence());
    CHECK(bob.sees_ids() == (Ids{"bob", "ann"})); // The local one first.
    CHECK(snapshot.session_id() && snapshot.session_id() == ann.meeting.snapshot().session_id());
    CHECK(!snapshot.active_speaker_id());
    const vsdk::Participant seen = bob.sees("ann");
    CHECK_EQ(seen.name(), "Ann é😀");
    CHECK_EQ(seen.metadata_json().value(), R"({"team":"blue"})");
    CHECK(!seen.is_local() && bob.sees("bob").is_local());
    CHECK(seen.mode() == vsdk::Mode::recv_only);
    CHECK(seen.peer_type() == vsdk::PeerType::agent);
    CHECK(bob.sees("bob").peer_type() == vsdk::PeerType::normal);
    CHECK(!bob.sees("bob").metadata_json());
    CHECK(!seen.is_mic_on() && !seen.is_webcam_on());
    CHECK(!seen.is_screen_share_on() && !seen.is_screen_share_audio_on());
    CHECK(!seen.agent_state());
    for (const vsdk::Participant &participant : snapshot.participants()) {
        const auto at = participant.joined_at().value();
        CHECK(at > before && at < std::chrono::system_clock::now() + 1min);
        CHECK(participant.json().find('"' + participant.id() + '"') != std::string::npos);
    }

    bob.meeting.leave();
    CHECK(bob.state() == MeetingState::left);
    CHECK_EQ(bob.next(EventType::meeting_left).code(), 1101);
    const vsdk::Event left = ann.next(EventType::participant_left);
    CHECK_EQ(left.participant_id().value(), "bob");
    CHECK_EQ(left.participant_name().value(), "bob");
    CHECK(left.sequence() > joined.sequence());
    CHECK(ann.meeting.snapshot().event_sequence() >= left.sequence());
    CHECK(ann.sees_ids() == Ids{"ann"});
    CHECK_EQ(snapshot.participants().size(), 2U); // A snapshot does not change,
    CHECK_EQ(seen.id(), "ann");                   // and participants outlive theirs.
    CHECK_THROWS(invalid_state, bob.meeting.publish("CHAT", "too late"));
    CHECK_THROWS(invalid_state, bob.meeting.join());
}

void messages() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    Guest bob(room, "bob");
    ann.meeting.join();
    bob.meeting.join();
    ann.meeting.subscribe("CHAT");
    bob.meeting.subscribe("CHAT", LONG);

    const std::string text = "Grüße, 世界 😀\nzweite Zeile";
    ann.meeting.publish("CHAT", text, vsdk::PublishOptions().set_persist(true).set_payload_json(R"({"seat":7})"));
    for (Guest *guest : {&ann, &bob}) { // Its own message comes back to the sender.
        const vsdk::Event event = guest->next(EventType::message);
        CHECK_EQ(message(event), text);
        CHECK_EQ(event.text().value(), "CHAT");
        CHECK_EQ(event.participant_id().value(), "ann");
        CHECK_EQ(event.code(), 0);
        CHECK(event.json().find(R"("seat":7)") != std::string::npos);
    }
    bob.meeting.publish("CHAT", "back", vsdk::PublishOptions(), LONG);
    CHECK_EQ(message(ann.next(EventType::message)), "back");
    CHECK_EQ(message(bob.next(EventType::message)), "back");

    // Who comes later gets what was kept, and only that, before subscribing has succeeded.
    Guest cem(room, "cem");
    cem.meeting.join();
    cem.meeting.subscribe("CHAT");
    CHECK_EQ(cem.waiting(EventType::message), 1U);
    const vsdk::Event kept = cem.next(EventType::message);
    CHECK_EQ(message(kept), text);
    CHECK_EQ(kept.code(), 1);
    CHECK_EQ(kept.participant_name().value(), "ann");

    // To one of three. What is said to all afterwards shows that nothing came before it.
    ann.meeting.publish("CHAT", "psst", vsdk::PublishOptions().add_send_only("cem"));
    ann.meeting.publish("CHAT", "all");
    CHECK_EQ(message(cem.next(EventType::message)), "psst");
    for (Guest *guest : {&ann, &bob, &cem})
        CHECK_EQ(message(guest->next(EventType::message)), "all");

    bob.meeting.unsubscribe("CHAT");
    bob.meeting.unsubscribe("never subscribed");
    bob.meeting.subscribe("OTHER");
    ann.meeting.publish("CHAT", "unheard");
    ann.meeting.publish("OTHER", "heard");
    CHECK_EQ(message(bob.next(EventType::message)), "heard");

    CHECK_THROWS(invalid_argument, vsdk::PublishOptions().set_payload_json("[]"));
    CHECK_THROWS(invalid_argument, vsdk::PublishOptions().add_send_only(""));
    CHECK_THROWS(null_pointer, vsdk::PublishOptions().add_send_only(nullptr));
    CHECK_THROWS(invalid_argument, ann.meeting.subscribe(std::string(1025, 'x')));
    CHECK_THROWS(invalid_argument, ann.meeting.publish("CHAT", std::string("a\0b", 3)));
}

// Each operation in its form that does not wait.
void operations() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    vsdk::Op<void> joining = ann.meeting.join_async();
    CHECK(joining.wait());
    CHECK(!joining.outcome());
    joining.take();
    joining.get(); // There is nothing to take: asking again is no mistake.

    // Told to a callback; its exceptions stay in it.
    std::promise<std::exception_ptr> reported;
    vsdk::set_callback_exception_handler([&](std::exception_ptr exception) { reported.set_value(exception); });
    std::promise<void> told;
    ann.meeting.subscribe_async("CHAT", LONG, [&](vsdk::Result<void> result) {
        CHECK(result);
        result.value();
        CHECK_THROWS(would_deadlock, ann.meeting.publish("CHAT", "waits for itself"));
        CHECK_THROWS(would_deadlock, ann.meeting.leave());
        told.set_value();
        throw std::runtime_error("after the result");
    });
    told.get_future().get();
    CHECK(reported.get_future().get() != nullptr);
    vsdk::set_callback_exception_handler(nullptr);

    // As a future; the options are copied.
    std::promise<void> promise;
    std::future<void> published = promise.get_future();
    ann.meeting.publish_async("CHAT", "hello", vsdk::PublishOptions().set_persist(true), LONG,
                              vsdk::fulfil(std::move(promise)));
    published.get();
    CHECK_EQ(message(ann.next(EventType::message)), "hello");

    std::promise<void> failing;
    std::future<void> refused = failing.get_future();
    ann.meeting.moderate_async("nobody", vsdk::Moderation::remove, LONG, vsdk::fulfil(std::move(failing)));
    CHECK_THROWS(refused, refused.get());
    vsdk::Op<void> failed = ann.meeting.moderate_async("nobody", vsdk::Moderation::remove);
    CHECK_THROWS(refused, failed.get());
    CHECK_THROWS(refused, failed.take());
    CHECK_EQ(failed.outcome().value().service_code().value(), 4066);
    CHECK_THROWS(invalid_argument, ann.meeting.publish_async(std::string(1025, 'x'), "no"));
    CHECK_THROWS(invalid_argument, ann.meeting.leave_async(vsdk::infinite));
    CHECK_THROWS(invalid_argument, ann.meeting.moderate_async("ann", static_cast<vsdk::Moderation>(99)));

    ann.meeting.change_mode_async(vsdk::Mode::recv_only).get();
    CHECK(ann.meeting.snapshot().mode() == vsdk::Mode::recv_only);
    Guest bob(room, "bob");
    bob.meeting.join();
    std::promise<void> goodbye;
    std::future<void> left = goodbye.get_future();
    ann.meeting.leave_async(LONG, vsdk::fulfil(std::move(goodbye)));
    left.get();
    CHECK(ann.state() == MeetingState::left);
    bob.next(EventType::participant_left, "ann");
    CHECK(bob.state() == MeetingState::connected);
    bob.meeting.end_async().get();
    CHECK_EQ(bob.next(MeetingState::left).status(), vsdk::Status::meeting_ended);
}

void a_new_connection() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    CHECK_THROWS(invalid_state, ann.meeting.refresh_connection());
    ann.meeting.join();
    ann.meeting.subscribe("CHAT");
    ann.next(MeetingState::connected);
    ann.meeting.refresh_connection();
    ann.next(MeetingState::reconnecting);
    ann.next(MeetingState::connected);
    ann.meeting.publish("CHAT", "still here");
    CHECK_EQ(message(ann.next(EventType::message)), "still here");
}

// Whatever a meeting is doing, it can be closed, and what waits for it completes.
void closing() {
    const std::string room = new_room();
    Guest watcher(room, "watcher");
    watcher.meeting.join();
    {
        Guest ann(room, "ann");
        std::atomic<int> events{0};
        ann.meeting.join();
        ann.meeting.set_event_handler([&](const vsdk::Event &) { ++events; });
        ann.meeting.close();
        const int count = events; // When it has returned, the handler is not called any more.
        watcher.next(EventType::participant_left, "ann");
        CHECK_EQ(events, count);
        ann.meeting.close();
    }
    {
        Guest bob(room, "bob"); // Its destructor leaves in the background.
        bob.meeting.join();
    }
    watcher.next(EventType::participant_left, "bob");
    CHECK(watcher.sees_ids() == Ids{"watcher"});
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        coming_and_going();
        messages();
        operations();
        a_new_connection();
        closing();
    });
}
