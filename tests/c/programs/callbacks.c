/* Callbacks: what they may do, and the end of what belongs to them. */
#include "service.h"

static const char *warning_token;

static void cause_event(const VsdkMeeting *meeting) {
    CHECK_OK(vsdk_meeting_set_token(meeting, warning_token, &error));
}

/* One registration: how often it was called and ended, and what it does when it is called. */
struct registration {
    atomic_int calls;
    atomic_int ends;
    atomic_int running;
    atomic_int acted;
    VsdkMeeting *meeting;
    struct registration *next;
    void (*act)(struct registration *);
};

static void ended(void *user_data) {
    struct registration *registration = user_data;
    CHECK_NUMBER(0, registration->running);
    ++registration->ends;
}

static void called(void *user_data) {
    struct registration *registration = user_data;
    CHECK_NUMBER(0, registration->ends);
    ++registration->running;
    ++registration->calls;
    if (registration->act) registration->act(registration);
    CHECK_NUMBER(0, registration->ends); /* also when it has just taken itself out */
    --registration->running;
}

static void on_event(const VsdkEvent *event, void *user_data) {
    CHECK(vsdk_event_type(event) != 0);
    called(user_data);
    CHECK(vsdk_event_type(event) != 0); /* whatever the handler did */
}

static void on_log(VsdkLogLevel level, const char *target, const char *message, void *user_data) {
    CHECK(level >= VSDK_LOG_LEVEL_ERROR && target != NULL && message != NULL);
    called(user_data);
}

static void on_op(VsdkOp *op, VsdkStatus status, void *user_data) {
    CHECK_STATUS(status, vsdk_op_outcome(op, NULL));
    called(user_data);
}

/* ---- Taken out, replaced and freed from inside -------------------------------------------------- */

static void free_meeting(struct registration *it) {
    vsdk_meeting_free(it->meeting);
}

static void take_event_handler_out(struct registration *it) {
    CHECK_OK(vsdk_meeting_set_event_handler(it->meeting, NULL, NULL, NULL, &error));
}

static void replace_event_handler(struct registration *it) {
    CHECK_OK(vsdk_meeting_set_event_handler(it->meeting, on_event, it->next, ended, &error));
}

static void take_wake_handler_out(struct registration *it) {
    CHECK_OK(vsdk_meeting_set_wake_handler(it->meeting, NULL, NULL, NULL, &error));
}

static void replace_wake_handler(struct registration *it) {
    CHECK_OK(vsdk_meeting_set_wake_handler(it->meeting, called, it->next, ended, &error));
}

static void take_log_handler_out(struct registration *it) {
    (void)it;
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_OFF, NULL, NULL, NULL, &error));
}

static void replace_log_handler(struct registration *it) {
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, on_log, it->next, ended, &error));
}

static void leave(struct registration *it) {
    CHECK_OK(vsdk_meeting_leave(it->meeting, 0, &error));
}

static void event_handler_from_inside(void) {
    struct registration first = {0}, second = {0};
    VsdkMeeting *meeting = first.meeting = second.meeting = new_meeting(NULL);
    first.act = replace_event_handler;
    first.next = &second;
    second.act = take_event_handler_out;
    cause_event(meeting);
    cause_event(meeting);
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, on_event, &first, ended, &error));
    WAIT_UNTIL(first.ends == 1 && second.ends == 1);
    CHECK(first.calls == 1 && second.calls == 1);
    VsdkEvent *event = NULL;
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(3, vsdk_event_sequence(event)); /* the third waits, the two were told */
    vsdk_event_free(event);
    vsdk_meeting_free(meeting);

    struct registration last = {.act = free_meeting, .meeting = new_meeting(NULL)};
    cause_event(last.meeting);
    CHECK_OK(vsdk_meeting_set_event_handler(last.meeting, on_event, &last, ended, &error));
    WAIT_UNTIL(last.ends == 1);
    CHECK_NUMBER(1, last.calls);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_meeting_leave(last.meeting, 0, &error));

    struct registration leaver = {.act = leave, .meeting = new_meeting(NULL)};
    CHECK_OK(vsdk_meeting_set_event_handler(leaver.meeting, on_event, &leaver, ended, &error));
    WAIT_UNTIL(leaver.calls == 2); /* INITIALISED and, from leaving inside, LEFT */
    vsdk_meeting_free(leaver.meeting);
    CHECK_NUMBER(1, leaver.ends);
}

static void wake_handler_from_inside(void) {
    struct registration first = {0}, second = {0};
    VsdkMeeting *meeting = first.meeting = second.meeting = new_meeting(NULL);
    first.act = replace_wake_handler;
    first.next = &second;
    second.act = take_wake_handler_out;
    CHECK_OK(vsdk_meeting_set_wake_handler(meeting, called, &first, ended, &error));
    WAIT_UNTIL(first.ends == 1 && second.ends == 1);
    CHECK(first.calls == 1 && second.calls == 1);
    vsdk_meeting_free(meeting);

    struct registration last = {.act = free_meeting, .meeting = new_meeting(NULL)};
    CHECK_OK(vsdk_meeting_set_wake_handler(last.meeting, called, &last, ended, &error));
    WAIT_UNTIL(last.ends == 1);
    CHECK_NUMBER(1, last.calls);
}

static void log_handler_from_inside(void) {
    struct registration first = {.act = replace_log_handler}, second = {.act = take_log_handler_out};
    first.next = &second;
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, on_log, &first, ended, &error));
    while (second.ends == 0) {
        VsdkMeeting *meeting = new_meeting(NULL); /* makes a record */
        vsdk_meeting_free(meeting);
        sleep_ms(1);
    }
    CHECK(first.calls == 1 && first.ends == 1);
    CHECK(second.calls == 1 && second.ends == 1);
}

/* ---- Taken out from another thread ------------------------------------------------------------- */

static void be_slow(struct registration *it) {
    (void)it;
    sleep_ms(150);
}

/* Taking it out waits for the running call; after that it is over for good. */
static void event_handler_from_outside(int by_free) {
    struct registration slow = {.act = be_slow};
    VsdkMeeting *meeting = slow.meeting = new_meeting(NULL);
    for (int round = 0; round < 5; ++round) cause_event(meeting);
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, on_event, &slow, ended, &error));
    WAIT_UNTIL(slow.running == 1);
    if (by_free)
        vsdk_meeting_free(meeting);
    else
        CHECK_OK(vsdk_meeting_set_event_handler(meeting, NULL, NULL, NULL, &error));
    CHECK_NUMBER(0, slow.running);
    CHECK_NUMBER(1, slow.ends);
    int calls = slow.calls;
    if (!by_free) cause_event(meeting);
    sleep_ms(200);
    CHECK_NUMBER(calls, slow.calls);
    CHECK_NUMBER(1, slow.ends);
    vsdk_meeting_free(meeting);
}

static void replace_and_be_slow(struct registration *it) {
    CHECK_OK(vsdk_meeting_set_event_handler(it->meeting, it->next ? on_event : NULL, it->next,
                                            it->next ? ended : NULL, &error));
    it->acted = 1;
    sleep_ms(150);
}

/* One that has replaced itself, or taken itself out, and is still running is waited for as well. */
static void event_handler_that_was_replaced(int by_another) {
    struct registration second = {0}, slow = {.act = replace_and_be_slow};
    VsdkMeeting *meeting = slow.meeting = new_meeting(NULL);
    slow.next = by_another ? &second : NULL;
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, on_event, &slow, ended, &error));
    WAIT_UNTIL(slow.acted == 1);
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, NULL, NULL, NULL, &error));
    CHECK_NUMBER(0, slow.running);
    CHECK_NUMBER(1, slow.ends);
    CHECK_NUMBER(by_another, second.ends);
    CHECK_NUMBER(0, second.calls);
    vsdk_meeting_free(meeting);
}

static void wake_handler_from_outside(void) {
    struct registration slow = {.act = be_slow};
    VsdkMeeting *meeting = new_meeting(NULL);
    CHECK_OK(vsdk_meeting_set_wake_handler(meeting, called, &slow, ended, &error));
    WAIT_UNTIL(slow.running == 1);
    CHECK_OK(vsdk_meeting_set_wake_handler(meeting, NULL, NULL, NULL, &error));
    CHECK(slow.running == 0 && slow.ends == 1 && slow.calls == 1);
    CHECK_OK(vsdk_meeting_leave(meeting, 0, &error));
    sleep_ms(200);
    CHECK_NUMBER(1, slow.calls);
    vsdk_meeting_free(meeting);
}

static void log_handler_from_outside(void) {
    struct registration slow = {.act = be_slow};
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, on_log, &slow, ended, &error));
    VsdkMeeting *meeting = new_meeting(NULL);
    WAIT_UNTIL(slow.running == 1);
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, NULL, NULL, NULL, &error));
    CHECK(slow.running == 0 && slow.ends == 1);
    int calls = slow.calls;
    vsdk_meeting_free(meeting);
    sleep_ms(200);
    CHECK_NUMBER(calls, slow.calls);
}

/* ---- Blocking ---------------------------------------------------------------------------------- */

static VsdkOp *running_op;
static VsdkMeeting *quiet_meeting;

/* The driver compares these names with all functions that are documented to block. */
#define CHECK_REFUSED(call)                                                          \
    do {                                                                             \
        CHECK_FAILS_AND_KEEP(VSDK_STATUS_WOULD_DEADLOCK, call);                      \
        CHECK(strlen(vsdk_error_remedy(error)) > 0);                                 \
        forget_error();                                                              \
        printf("refused %.*s\n", (int)strcspn(#call, "("), #call);                   \
    } while (0)

static void block_in_every_way(struct registration *it) {
    VsdkToken *token = NULL;
    VsdkRoom *room = NULL;
    VsdkRoomList *list = NULL;
    VsdkEvent *event = NULL;
    VsdkContent *content = NULL;
    VsdkDeviceList *devices = NULL;
    VsdkAudioDevice *device = NULL;
    VsdkLocalTrack *track = NULL;
    VsdkTrackOptions *audio = vsdk_track_options_new(VSDK_TRACK_KIND_AUDIO);
    const char *url = url_at("/get-token", "");
    (void)it;
    CHECK_OK(vsdk_meeting_add_track(quiet_meeting, audio, &track, &error));
    CHECK_REFUSED(vsdk_devices_list(VSDK_DEVICE_KIND_SPEAKER, &devices, &error));
    CHECK_REFUSED(vsdk_audio_device_open_microphone(track, NULL, &device, &error));
    CHECK_REFUSED(vsdk_audio_device_open_speaker(quiet_meeting, NULL, &device, &error));
    CHECK_REFUSED(vsdk_meeting_watch_devices(quiet_meeting, 1, &error));
    vsdk_local_track_free(track);
    vsdk_track_options_free(audio);
    CHECK_REFUSED(vsdk_token_fetch(url, NULL, VSDK_TIMEOUT_DEFAULT, &token, &error));
    CHECK_REFUSED(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK_REFUSED(vsdk_room_validate("id", NULL, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK_REFUSED(vsdk_room_get("id", NULL, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK_REFUSED(vsdk_room_deactivate("id", NULL, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK_REFUSED(vsdk_rooms_list(NULL, VSDK_TIMEOUT_DEFAULT, &list, &error));
    CHECK_REFUSED(vsdk_op_wait(running_op, VSDK_TIMEOUT_INFINITE, &error));
    CHECK_REFUSED(vsdk_meeting_next_event(quiet_meeting, VSDK_TIMEOUT_INFINITE, &event, &error));
    CHECK_REFUSED(vsdk_meeting_join(quiet_meeting, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_end(quiet_meeting, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_publish(quiet_meeting, "t", "m", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_subscribe(quiet_meeting, "t", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_moderate(quiet_meeting, "ann", VSDK_MODERATION_REMOVE,
                                        VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_change_mode(quiet_meeting, VSDK_MODE_RECV_ONLY,
                                           VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_switch_to(quiet_meeting, "room", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_request_switch(quiet_meeting, "ann", "room", NULL, NULL,
                                              VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_subscribe_tracks(quiet_meeting, "ann", VSDK_MEDIA_KIND_AUDIO,
                                                VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_unsubscribe_tracks(quiet_meeting, "ann", VSDK_MEDIA_KIND_AUDIO,
                                                  VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_pause_all_tracks(quiet_meeting, 0, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_resume_all_tracks(quiet_meeting, 0, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_start_service(quiet_meeting, VSDK_SERVICE_KIND_HLS, NULL,
                                             VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_stop_service(quiet_meeting, VSDK_SERVICE_KIND_HLS,
                                            VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_change_translation_language(quiet_meeting, "en", VSDK_TIMEOUT_DEFAULT,
                                                           &error));
    CHECK_REFUSED(vsdk_meeting_store_set(quiet_meeting, "k", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_store_get(quiet_meeting, "k", VSDK_TIMEOUT_DEFAULT, &content, &error));
    CHECK_REFUSED(vsdk_meeting_store_observe(quiet_meeting, "k", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_store_stop_observing(quiet_meeting, "k", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_upload_file(quiet_meeting, "f", (const uint8_t *)"f", 1,
                                           VSDK_TIMEOUT_DEFAULT, &content, &error));
    CHECK_REFUSED(vsdk_meeting_fetch_file(quiet_meeting, service_url, VSDK_TIMEOUT_DEFAULT, &content,
                                          &error));
    CHECK_REFUSED(vsdk_meeting_send_agent_state(quiet_meeting, VSDK_AGENT_STATE_IDLE,
                                                VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_send_agent_transcript(quiet_meeting, "ann", "words", 1,
                                                     VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_meeting_send_agent_metrics(quiet_meeting, "{}", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_REFUSED(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    CHECK(token == NULL && room == NULL && list == NULL && event == NULL && content == NULL);
    CHECK(devices == NULL && device == NULL);
    /* What does not wait is allowed. */
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_op_wait(running_op, 0, &error));
    CHECK_STATUS(VSDK_STATUS_NO_EVENT, vsdk_meeting_next_event(quiet_meeting, 0, &event, &error));
    CHECK_OK(vsdk_op_cancel(running_op, &error));
}

static void blocking_is_refused(void) {
    struct registration blocker = {.act = block_in_every_way};
    VsdkEvent *event = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, "abcd-efgh-ijkl", &error));
    CHECK_OK(vsdk_meeting_options_set_peer_type(options, VSDK_PEER_TYPE_AGENT, &error));
    CHECK_OK(vsdk_init_meeting(options, &quiet_meeting, &error));
    vsdk_meeting_options_free(options);
    CHECK_OK(vsdk_meeting_next_event(quiet_meeting, 0, &event, &error));
    vsdk_event_free(event);
    running_op = start_stalled(NULL, NULL, NULL);
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, on_op, &blocker, ended, NULL, &error));
    WAIT_UNTIL(blocker.ends == 1);
    CHECK_OK(vsdk_op_wait(running_op, VSDK_TIMEOUT_INFINITE, &error));
    vsdk_op_free(running_op);
    vsdk_meeting_free(quiet_meeting);
    create_and_free_room(); /* elsewhere nothing has changed */
}

static void start_another(struct registration *it) {
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, on_op, it->next, ended, NULL, &error));
}

static void starting_from_inside(void) {
    struct registration last = {0}, first = {.act = start_another, .next = &last};
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, on_op, &first, ended, NULL, &error));
    WAIT_UNTIL(last.ends == 1);
    CHECK(first.calls == 1 && first.ends == 1 && last.calls == 1);
}

/* ---- Registrations that fail ------------------------------------------------------------------- */

static void failing_registrations(void) {
    struct registration it = {0};
    VsdkMeeting *stale = new_meeting(NULL);
    vsdk_meeting_free(stale);
    int ends = 0;
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_meeting_set_event_handler(NULL, on_event, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_meeting_set_event_handler(stale, on_event, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_meeting_set_wake_handler(NULL, called, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_meeting_set_wake_handler(stale, called, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_set_log_handler(6, on_log, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_set_log_handler(-1, on_log, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER,
                vsdk_token_fetch_async(NULL, NULL, 0, on_op, &it, ended, NULL, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER,
                vsdk_room_get_async(NULL, NULL, 0, on_op, &it, ended, NULL, &error));
    CHECK_NUMBER(++ends, it.ends);
    /* No function, but user data: it comes to its end at once. */
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, NULL, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_OFF, on_log, &it, ended, &error));
    CHECK_NUMBER(++ends, it.ends);
    CHECK_NUMBER(0, it.calls);
}

int main(int count, char **words) {
    CHECK(count == 3);
    configure(words[1]);
    warning_token = words[2];
    event_handler_from_inside();
    wake_handler_from_inside();
    log_handler_from_inside();
    event_handler_from_outside(0);
    event_handler_from_outside(1);
    event_handler_that_was_replaced(0);
    event_handler_that_was_replaced(1);
    wake_handler_from_outside();
    log_handler_from_outside();
    blocking_is_refused();
    starting_from_inside();
    failing_registrations();
    return all_is_over();
}
