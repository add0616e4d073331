/* In a room: who is there, messages, moderation, and joins that are cancelled or refused.
 *
 * Arguments: the service, a room, and a token of somebody who has to ask to be let in.
 */
#include "room.h"

static const char *asking_token;

/* The participant with this place in a snapshot; to be freed. */
static VsdkParticipant *participant_at(const VsdkMeeting *meeting, size_t index, size_t count) {
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkParticipant *participant = NULL;
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(count, vsdk_meeting_snapshot_participant_count(snapshot));
    CHECK_OK(vsdk_meeting_snapshot_participant(snapshot, index, &participant, &error));
    vsdk_meeting_snapshot_free(snapshot);
    return participant; /* it outlives its snapshot */
}

static void who_is_there(const VsdkMeeting *ann) {
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkParticipant *none = NULL;
    CHECK_OK(vsdk_meeting_snapshot(ann, &snapshot, &error));
    CHECK(vsdk_meeting_snapshot_active_speaker_id(snapshot) == NULL);
    CHECK(strlen(vsdk_meeting_snapshot_session_id(snapshot)) > 0);
    int64_t before = vsdk_meeting_snapshot_event_sequence(snapshot);
    CHECK(before > 0);
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_INVALID_ARGUMENT,
                         vsdk_meeting_snapshot_participant(snapshot, 1, &none, &error));
    CHECK(none == NULL && strstr(vsdk_error_message(error), "no participant 1") != NULL);
    forget_error();
    vsdk_meeting_snapshot_free(snapshot);

    VsdkMeeting *bob = joined_as("bob", "Bob B");
    VsdkEvent *event = await(ann, VSDK_EVENT_TYPE_PARTICIPANT_JOINED, "bob", ANY);
    CHECK_TEXT("Bob B", vsdk_event_participant_name(event));
    CHECK(vsdk_event_sequence(event) > before);
    vsdk_event_free(event);

    VsdkParticipant *self = participant_at(bob, 0, 2), *other = participant_at(ann, 1, 2);
    CHECK_NUMBER(1, vsdk_participant_is_local(self));
    CHECK_NUMBER(0, vsdk_participant_is_local(other));
    CHECK_TEXT("bob", vsdk_participant_id(self));
    CHECK_TEXT("bob", vsdk_participant_id(other));
    CHECK_TEXT("Bob B", vsdk_participant_name(other));
    CHECK_TEXT("{\"seat\":7}", vsdk_participant_metadata_json(other));
    CHECK_NUMBER(VSDK_MODE_SEND_AND_RECV, vsdk_participant_mode(other));
    CHECK_NUMBER(VSDK_PEER_TYPE_NORMAL, vsdk_participant_peer_type(other));
    CHECK(vsdk_participant_agent_state(other) == NULL);
    CHECK(vsdk_participant_joined_at_ms(other) > 1700000000000);
    CHECK_NUMBER(0, vsdk_participant_is_mic_on(other) + vsdk_participant_is_webcam_on(other) +
                        vsdk_participant_is_screen_share_on(other) +
                        vsdk_participant_is_screen_share_audio_on(other) +
                        vsdk_participant_is_camera_pinned(other) +
                        vsdk_participant_is_screen_share_pinned(other));
    CHECK(strstr(vsdk_participant_json(other), "\"id\":\"bob\"") != NULL);
    vsdk_participant_free(self);
    vsdk_participant_free(other);

    CHECK_OK(vsdk_meeting_change_mode(bob, VSDK_MODE_SIGNALLING_ONLY, VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_PARTICIPANT_MODE_CHANGED, "bob", VSDK_MODE_SIGNALLING_ONLY);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_change_mode(bob, 99, VSDK_TIMEOUT_DEFAULT, &error));

    CHECK_OK(vsdk_meeting_moderate(ann, "bob", VSDK_MODERATION_PIN_CAMERA, VSDK_TIMEOUT_DEFAULT, &error));
    see(bob, VSDK_EVENT_TYPE_PIN_STATE_CHANGED, "bob", ANY);
    other = participant_at(bob, 0, 2);
    CHECK_NUMBER(1, vsdk_participant_is_camera_pinned(other));
    CHECK_NUMBER(0, vsdk_participant_is_screen_share_pinned(other));
    vsdk_participant_free(other);
    CHECK_OK(vsdk_meeting_moderate(ann, "bob", VSDK_MODERATION_REQUEST_MIC, VSDK_TIMEOUT_DEFAULT, &error));
    see(bob, VSDK_EVENT_TYPE_MIC_REQUESTED, "ann", ANY);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_moderate(ann, "bob", 0, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_moderate(ann, "", VSDK_MODERATION_REMOVE, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_moderate(ann, "bob", VSDK_MODERATION_REMOVE, VSDK_TIMEOUT_DEFAULT, &error));
    see(bob, VSDK_EVENT_TYPE_MEETING_LEFT, "bob", ANY);
    event = await(ann, VSDK_EVENT_TYPE_PARTICIPANT_LEFT, "bob", ANY);
    CHECK_TEXT("Bob B", vsdk_event_participant_name(event));
    vsdk_event_free(event);
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_REFUSED, vsdk_meeting_moderate(ann, "bob", VSDK_MODERATION_REMOVE,
                                                                    VSDK_TIMEOUT_DEFAULT, &error));
    CHECK(vsdk_error_service_code(error) != 0 && strlen(vsdk_error_service_text(error)) > 0);
    forget_error();
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                vsdk_meeting_publish(bob, "t", "m", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(bob);
}

static void see_message(const VsdkMeeting *meeting, const char *topic, const char *text, int32_t is_old) {
    const uint8_t *payload = NULL;
    size_t length = 0;
    VsdkEvent *event = await(meeting, VSDK_EVENT_TYPE_MESSAGE, "ann", is_old);
    CHECK_OK(vsdk_event_payload(event, &payload, &length, &error));
    CHECK_TEXT(topic, vsdk_event_text(event));
    CHECK_TEXT("Ann", vsdk_event_participant_name(event));
    CHECK_NUMBER(strlen(text), length);
    CHECK(memcmp(text, payload, length) == 0);
    vsdk_event_free(event);
}

static void messages(const VsdkMeeting *ann) {
    VsdkMeeting *bob = joined_as("bob", "Bob"), *cy = joined_as("cy", "Cy");
    VsdkPublishOptions *options = vsdk_publish_options_new();
    CHECK_OK(vsdk_meeting_subscribe(bob, "t", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_subscribe(cy, "t", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_publish_options_add_send_only(options, "bob", &error));
    CHECK_OK(vsdk_meeting_publish(ann, "t", "only Bob ☃", options, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_publish(ann, "t", "all", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    see_message(bob, "t", "only Bob ☃", 0);
    see_message(bob, "t", "all", 0);
    see_message(cy, "t", "all", 0);
    vsdk_publish_options_free(options);

    options = vsdk_publish_options_new();
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_publish_options_add_send_only(options, "", &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_publish_options_set_payload_json(options, "[1]", &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_publish_options_set_persist(options, 2, &error));
    CHECK_OK(vsdk_publish_options_set_persist(options, 1, &error));
    CHECK_OK(vsdk_publish_options_set_payload_json(options, "{\"colour\":\"blue\"}", &error));
    CHECK_OK(vsdk_meeting_publish(ann, "kept", "for later", options, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_publish_options_free(options);
    CHECK_OK(vsdk_meeting_subscribe(bob, "kept", VSDK_TIMEOUT_DEFAULT, &error));
    VsdkEvent *event = await(bob, VSDK_EVENT_TYPE_MESSAGE, "ann", 1);
    CHECK(strstr(vsdk_event_json(event), "\"payload\":{\"colour\":\"blue\"}") != NULL);
    vsdk_event_free(event);

    CHECK_OK(vsdk_meeting_unsubscribe(bob, "t", &error));
    CHECK_OK(vsdk_meeting_unsubscribe(bob, "t", &error));
    CHECK_OK(vsdk_meeting_publish(ann, "t", "not for Bob", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_publish(ann, "kept", "for Bob", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    see_message(bob, "kept", "for Bob", 0);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_subscribe(bob, "", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_leave(bob, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(bob);
    vsdk_meeting_free(cy); /* joined: it leaves by itself */
    see(ann, VSDK_EVENT_TYPE_PARTICIPANT_LEFT, "cy", ANY);
}

static void completed(VsdkOp *op, VsdkStatus status, void *user_data) {
    CHECK_STATUS(status, vsdk_op_outcome(op, NULL));
    atomic_store((_Atomic VsdkStatus *)user_data, status);
}

static void end_with(VsdkOp *op, VsdkStatus status) {
    CHECK_OK(vsdk_op_wait(op, 1000 * HANG_S, &error));
    CHECK_STATUS(status, vsdk_op_outcome(op, &error));
    forget_error();
    vsdk_op_free(op);
}

/* Joins that wait to be let in: cancelled, refused, let in at last. */
static void entry(const VsdkMeeting *ann) {
    VsdkMeeting *dan = meeting_as("dan", "Dan", asking_token, 0);
    _Atomic VsdkStatus told = 1;
    VsdkOp *op = NULL;
    CHECK_OK(vsdk_meeting_join_async(dan, VSDK_TIMEOUT_DEFAULT, completed, &told, NULL, &op, &error));
    VsdkEvent *event = await(ann, VSDK_EVENT_TYPE_ENTRY_REQUESTED, "dan", ANY);
    CHECK_TEXT("Dan", vsdk_event_participant_name(event));
    vsdk_event_free(event);
    see(dan, VSDK_EVENT_TYPE_STATE_CHANGED, "dan", VSDK_MEETING_STATE_WAITING_ENTRY);
    CHECK_OK(vsdk_op_cancel(op, &error));
    end_with(op, VSDK_STATUS_CANCELLED);
    see(dan, VSDK_EVENT_TYPE_STATE_CHANGED, "dan", VSDK_MEETING_STATE_INITIALISED);

    CHECK_OK(vsdk_meeting_join_async(dan, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    see(ann, VSDK_EVENT_TYPE_ENTRY_REQUESTED, "dan", ANY);
    CHECK_OK(vsdk_meeting_moderate(ann, "dan", VSDK_MODERATION_DENY_ENTRY, VSDK_TIMEOUT_DEFAULT, &error));
    end_with(op, VSDK_STATUS_ENTRY_DENIED);

    CHECK_OK(vsdk_meeting_join_async(dan, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    see(ann, VSDK_EVENT_TYPE_ENTRY_REQUESTED, "dan", ANY);
    CHECK_OK(vsdk_meeting_moderate(ann, "dan", VSDK_MODERATION_ALLOW_ENTRY, VSDK_TIMEOUT_DEFAULT, &error));
    end_with(op, OK);
    CHECK_NUMBER(VSDK_STATUS_CANCELLED, atomic_load(&told));

    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_join(dan, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_refresh_connection(dan, &error));
    see(dan, VSDK_EVENT_TYPE_STATE_CHANGED, "dan", VSDK_MEETING_STATE_RECONNECTING);
    see(ann, VSDK_EVENT_TYPE_ENTRY_REQUESTED, "dan", ANY);
    CHECK_OK(vsdk_meeting_moderate(ann, "dan", VSDK_MODERATION_ALLOW_ENTRY, VSDK_TIMEOUT_DEFAULT, &error));
    see(dan, VSDK_EVENT_TYPE_STATE_CHANGED, "dan", VSDK_MEETING_STATE_CONNECTED);
    CHECK_OK(vsdk_meeting_leave_async(dan, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    end_with(op, OK);
    CHECK_OK(vsdk_meeting_leave_async(dan, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    end_with(op, OK); /* twice is no mistake */
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_refresh_connection(dan, &error));
    vsdk_meeting_free(dan);
}

/* Everything that is started completes, whoever goes on first. */
static void many_at_once(const VsdkMeeting *ann) {
    enum { MANY = 500 };
    VsdkMeeting *eve = joined_as("eve", "Eve");
    char text[32];
    CHECK_OK(vsdk_meeting_subscribe(eve, "many", VSDK_TIMEOUT_DEFAULT, &error));
    for (int index = 0; index < MANY; ++index) {
        snprintf(text, sizeof text, "message %d", index);
        CHECK_OK(vsdk_meeting_publish_async(ann, "many", text, NULL, VSDK_TIMEOUT_DEFAULT, NULL, NULL,
                                            NULL, NULL, &error));
    }
    for (int index = 0; index < MANY; ++index) {
        snprintf(text, sizeof text, "message %d", index);
        see_message(eve, "many", text, 0);
    }
    VsdkOp *op = NULL;
    CHECK_OK(vsdk_meeting_subscribe_async(ann, "many", VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    end_with(op, OK);
    CHECK_OK(vsdk_meeting_change_mode_async(eve, VSDK_MODE_RECV_ONLY, VSDK_TIMEOUT_DEFAULT, NULL, NULL,
                                            NULL, &op, &error));
    end_with(op, OK);
    CHECK_OK(vsdk_meeting_moderate_async(ann, "eve", VSDK_MODERATION_REQUEST_WEBCAM, VSDK_TIMEOUT_DEFAULT,
                                         NULL, NULL, NULL, &op, &error));
    end_with(op, OK);
    see(eve, VSDK_EVENT_TYPE_WEBCAM_REQUESTED, "ann", ANY);
    VsdkMeeting *fay = joined_as("fay", "Fay");
    CHECK_OK(vsdk_meeting_leave_async(fay, 0, NULL, NULL, NULL, &op, &error));
    end_with(op, OK); /* it has begun to */
    see(ann, VSDK_EVENT_TYPE_PARTICIPANT_LEFT, "fay", ANY);
    vsdk_meeting_free(fay);
    CHECK_OK(vsdk_meeting_end_async(ann, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    end_with(op, OK);
    see(eve, VSDK_EVENT_TYPE_MEETING_LEFT, "eve", ANY);
    vsdk_meeting_free(eve);
}

int main(int count, char **words) {
    CHECK(count == 4);
    configure(words[1]);
    room = words[2];
    asking_token = words[3];
    VsdkMeeting *ann = joined_as("ann", "Ann");
    who_is_there(ann);
    messages(ann);
    entry(ann);
    many_at_once(ann);
    see(ann, VSDK_EVENT_TYPE_MEETING_LEFT, "ann", ANY);
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_end(ann, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(ann);
    return all_is_over();
}
