// What participants do with each other: letting in, asking, pinning, removing, ending.
//
//   moderation BASE_URL ASKING_TOKEN       who joins with that token has to be let in
#include <chrono>
#include <string>
#include <utility>

#include "check.hpp"
#include "guest.hpp"

using vsdk::EventType;
using vsdk::MeetingState;
using vsdk::Moderation;

namespace {

std::string new_room() { return vsdk::create_room().id(); }

void entry(const char *asking) {
    const std::string room = new_room();
    Guest host(room, "host");
    host.meeting.join();

    Guest ann(room, "ann", asking);
    const vsdk::Op<void> joining = ann.meeting.join_async(LONG);
    const vsdk::Event asked = host.next(EventType::entry_requested);
    CHECK_EQ(asked.participant_id().value(), "ann");
    CHECK_EQ(asked.text().value(), "ann");
    ann.next(MeetingState::waiting_entry);
    CHECK(!joining.is_completed());
    host.meeting.moderate("ann", Moderation::allow_entry);
    joining.wait();
    CHECK(!joining.outcome());
    CHECK(ann.state() == MeetingState::connected);
    CHECK_EQ(host.next(EventType::entry_responded).code(), 1);
    host.next(EventType::participant_joined, "ann");

    Guest bob(room, "bob", asking);
    vsdk::Op<void> hoping = bob.meeting.join_async(LONG);
    host.next(EventType::entry_requested, "bob");
    host.meeting.moderate("bob", Moderation::deny_entry);
    CHECK_THROWS(entry_denied, hoping.get());
    CHECK(bob.state() == MeetingState::failed);
    CHECK_EQ(bob.next(MeetingState::failed).status(), vsdk::Status::entry_denied);
    CHECK_EQ(host.next(EventType::entry_responded, "bob").code(), 0);
}

void a_join_that_is_given_up(const char *asking, const std::string &token) {
    const std::string room = new_room();
    Guest ann(room, "ann", asking);
    vsdk::Op<void> joining = ann.meeting.join_async(LONG);
    ann.next(MeetingState::waiting_entry);
    joining.cancel();
    CHECK_THROWS(cancelled, joining.get());
    CHECK(ann.state() == MeetingState::initialised);
    ann.meeting.set_token(token);
    ann.meeting.join();
    CHECK(ann.state() == MeetingState::connected);

    // It ends with the meeting, too: by leaving, and by closing.
    for (const bool leaves : {true, false}) {
        Guest bob(room, "bob", asking);
        vsdk::Op<void> waiting = bob.meeting.join_async(LONG);
        bob.next(MeetingState::waiting_entry);
        if (leaves)
            bob.meeting.leave();
        else
            bob.meeting.close();
        CHECK_THROWS(cancelled, waiting.get());
    }
}

void asking_and_pinning() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    Guest bob(room, "bob");
    ann.meeting.join();
    bob.meeting.join();
    ann.meeting.moderate("bob", Moderation::request_mic);
    CHECK_EQ(bob.next(EventType::mic_requested).participant_id().value(), "ann");
    ann.meeting.moderate("bob", Moderation::request_webcam);
    CHECK_EQ(bob.next(EventType::webcam_requested).participant_id().value(), "ann");

    const auto pinned = [&](bool camera, bool screen) {
        bob.next(EventType::pin_state_changed, "ann");
        const vsdk::Participant seen = bob.sees("ann");
        return seen.is_camera_pinned() == camera && seen.is_screen_share_pinned() == screen;
    };
    ann.meeting.moderate("ann", Moderation::pin_camera, LONG);
    CHECK(pinned(true, false));
    ann.meeting.moderate("ann", Moderation::pin_screen_share);
    CHECK(pinned(true, true));
    ann.meeting.moderate("ann", Moderation::unpin_camera);
    CHECK(pinned(false, true));
    ann.meeting.moderate("ann", Moderation::unpin_screen_share);
    CHECK(pinned(false, false));

    ann.meeting.change_mode(vsdk::Mode::signalling_only, LONG);
    const vsdk::Event changed = bob.next(EventType::participant_mode_changed);
    CHECK_EQ(changed.participant_id().value(), "ann");
    CHECK_EQ(changed.code(), VSDK_MODE_SIGNALLING_ONLY);
    CHECK(bob.sees("ann").mode() == vsdk::Mode::signalling_only);
    CHECK(ann.meeting.snapshot().mode() == vsdk::Mode::signalling_only);
    CHECK_THROWS(invalid_argument, ann.meeting.change_mode(static_cast<vsdk::Mode>(99)));
}

void refusals() {
    Guest ann(new_room(), "ann");
    ann.meeting.join();
    const vsdk::Error error = CHECK_THROWS(refused, ann.meeting.moderate("nobody", Moderation::remove));
    CHECK_EQ(error.operation(), "meeting_moderate");
    CHECK_EQ(error.service_code().value(), 4066);
    CHECK(error.service_text().value().find("nobody") != std::string::npos);
    CHECK(!error.message().empty() && !error.remedy().empty());
    CHECK_THROWS(refused, ann.meeting.moderate("nobody", Moderation::allow_entry));

    Guest lost("no-such-room", "ann");
    CHECK_EQ(CHECK_THROWS(not_found, lost.meeting.join()).service_code().value(), 4003);
    CHECK(lost.state() == MeetingState::failed);
    CHECK_THROWS(not_found, lost.meeting.join()); // It may be tried again.
}

void removing_and_ending() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    Guest bob(room, "bob");
    Guest cem(room, "cem");
    for (Guest *guest : {&ann, &bob, &cem})
        guest->meeting.join();
    ann.meeting.moderate("bob", Moderation::remove);
    CHECK_EQ(bob.next(EventType::meeting_left).text().value(), "REMOVE_PEER");
    CHECK_EQ(bob.next(MeetingState::left).status(), vsdk::Status::removed);
    cem.next(EventType::participant_left, "bob");

    ann.meeting.end(LONG);
    for (Guest *guest : {&ann, &cem}) {
        CHECK_EQ(guest->next(EventType::meeting_left).text().value(), "ROOM_CLOSE");
        CHECK_EQ(guest->next(MeetingState::left).status(), vsdk::Status::meeting_ended);
    }
    CHECK_THROWS(invalid_state, cem.meeting.end());
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        const std::string token = vsdk::fetch_token(base + "/get-token").text();
        vsdk::config_with(vsdk::ConfigOptions().set_token(token).set_api_base_url(base));
        entry(values[2]);
        a_join_that_is_given_up(values[2], token);
        asking_and_pinning();
        refusals();
        removing_and_ending();
    });
}
