// From one meeting to another.
//
//   switching BASE_URL API_KEY SECRET
#include <string>
#include <vector>

#include "check.hpp"
#include "guest.hpp"

using vsdk::EventType;
using vsdk::MeetingState;

namespace {

const char *api_key, *secret;

std::string new_room() { return vsdk::create_room().id(); }

// A token with this permission, good for that room only.
std::string token_for(const std::string &room, const char *permission = "allow_join") {
    return vsdk::mint_token(vsdk::TokenMintOptions()
                                .set_api_key(api_key)
                                .set_secret(secret)
                                .set_room_id(room)
                                .add_permission(permission))
        .text();
}

void there_and_back() {
    const std::string first = new_room(), second = new_room();
    Guest ann(first, "ann", token_for(first));
    Guest bob(first, "bob");
    Guest cem(second, "cem");
    CHECK_THROWS(invalid_state, bob.meeting.switch_to(second));
    for (Guest *guest : {&ann, &bob, &cem})
        guest->meeting.join();

    ann.next(MeetingState::connected);
    ann.meeting.switch_to(second, token_for(second), LONG);
    ann.next(MeetingState::connecting);
    ann.next(MeetingState::connected);
    CHECK(ann.state() == MeetingState::connected);
    CHECK_EQ(ann.meeting.snapshot().meeting_id(), second);
    CHECK((ann.sees_ids() == std::vector<std::string>{"ann", "cem"}));
    CHECK_EQ(bob.next(EventType::participant_left, "ann").code(), 1005); // Who stayed is told,
    cem.next(EventType::participant_joined, "ann");                    // and who is there.
    CHECK(bob.sees_ids() == std::vector<std::string>{"bob"});

    ann.meeting.switch_to_async(first, token_for(first)).get();
    CHECK_EQ(ann.meeting.snapshot().meeting_id(), first);
    cem.next(EventType::participant_left, "ann");
    bob.next(EventType::participant_joined, "ann");
    bob.meeting.subscribe("CHAT");
    ann.meeting.publish("CHAT", "back again");
    CHECK_EQ(message(bob.next(EventType::message)), "back again");
}

void refusals() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    ann.meeting.join();
    const vsdk::Error error = CHECK_THROWS(not_found, ann.meeting.switch_to("no-such-room"));
    CHECK_EQ(error.operation(), "meeting_switch_to");
    CHECK_EQ(error.service_code().value(), 4003);
    CHECK_EQ(CHECK_THROWS(refused, ann.meeting.switch_to(room)).service_code().value(), 4076);
    CHECK_THROWS(token_room_mismatch, ann.meeting.switch_to("no-such-room", token_for(room)));
    CHECK_THROWS(token_malformed, ann.meeting.switch_to(room, "no token"));
    CHECK_THROWS(token_malformed, ann.meeting.switch_to_async(room, "no token"));
    CHECK_THROWS(null_pointer, ann.meeting.switch_to(nullptr));
    CHECK(ann.state() == MeetingState::connected);
    CHECK_EQ(ann.meeting.snapshot().meeting_id(), room);
}

void who_has_to_ask_waits() {
    const std::string first = new_room(), second = new_room();
    const std::string asking = token_for(second, "ask_join");
    Guest ann(first, "ann");
    Guest cem(second, "cem");
    ann.meeting.join();
    cem.meeting.join();
    vsdk::Op<void> switching = ann.meeting.switch_to_async(second, asking, LONG);
    ann.next(MeetingState::waiting_entry);
    CHECK(!switching.is_completed());
    cem.next(EventType::entry_requested, "ann");
    cem.meeting.moderate("ann", vsdk::Moderation::allow_entry);
    switching.get();
    CHECK_EQ(ann.meeting.snapshot().meeting_id(), second);

    // A wait that is given up.
    Guest bob(first, "bob");
    bob.meeting.join();
    vsdk::Op<void> hoping = bob.meeting.switch_to_async(second, asking, LONG);
    bob.next(MeetingState::waiting_entry);
    hoping.cancel();
    CHECK_THROWS(cancelled, hoping.get());
}

void asked_to_switch() {
    const std::string first = new_room(), second = new_room();
    const std::string token = token_for(second);
    Guest ann(first, "ann");
    Guest bob(first, "bob");
    ann.meeting.join();
    bob.meeting.join();
    ann.meeting.request_switch("bob", second, token, R"({"table":7})", LONG);
    vsdk::Event asked = bob.next(EventType::switch_requested);
    CHECK_EQ(asked.participant_id().value(), "ann");
    CHECK_EQ(asked.text().value(), second);
    CHECK(asked.json().find(R"("table":7)") != std::string::npos);
    CHECK(asked.json().find(R"("token":")") != std::string::npos);
    CHECK(asked.json().find(token.substr(token.size() - 20)) == std::string::npos); // It is a secret.
    bob.meeting.switch_to(asked.text());
    CHECK_EQ(bob.meeting.snapshot().meeting_id(), second);
    ann.next(EventType::participant_left, "bob");

    CHECK_EQ(CHECK_THROWS(refused, ann.meeting.request_switch("nobody", second)).service_code().value(), 4077);
    CHECK_THROWS(invalid_argument, ann.meeting.request_switch("bob", second, nullptr, "{"));
    bob.meeting.switch_to(first);
    ann.meeting.request_switch_async("bob", second).get();
    asked = bob.next(EventType::switch_requested);
    CHECK_EQ(asked.text().value(), second);
    CHECK(asked.json().find("table") == std::string::npos);
    CHECK(asked.json().find(R"("token":")") == std::string::npos);
    CHECK_THROWS(null_pointer, ann.meeting.request_switch("bob", nullptr));
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        api_key = values[2];
        secret = values[3];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        there_and_back();
        refusals();
        who_has_to_ask_waits();
        asked_to_switch();
    });
}
