/* The end of everything, and a new beginning. */
#include "room.h"

enum { OPS = 50, MEETINGS = 100 };

static atomic_int calls, ends;

static void completed(VsdkOp *op, VsdkStatus status, void *user_data) {
    (void)user_data;
    CHECK_NUMBER(VSDK_STATUS_SHUTDOWN, status);
    CHECK_STATUS(VSDK_STATUS_SHUTDOWN, vsdk_op_outcome(op, NULL));
    ++calls;
}

static void ended(void *user_data) {
    (void)user_data;
    ++ends;
}

static atomic_int blocked;

static void *create_a_stalled_room(void *argument) {
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = room_options_below("/stall");
    ++blocked;
    CHECK_FAILS(VSDK_STATUS_SHUTDOWN, vsdk_create_room(options, 1000 * HANG_S, &room, &error));
    CHECK(room == NULL);
    vsdk_room_options_free(options);
    return argument;
}

/* The end of a meeting is told, with its reason, and then nothing more. */
static void expect_end(const VsdkMeeting *meeting) {
    VsdkEvent *event = NULL;
    VsdkMeetingSnapshot *snapshot = NULL;
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_INITIALISED, vsdk_event_code(event));
    vsdk_event_free(event);
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(VSDK_EVENT_TYPE_STATE_CHANGED, vsdk_event_type(event));
    CHECK_NUMBER(VSDK_MEETING_STATE_LEFT, vsdk_event_code(event));
    CHECK_NUMBER(VSDK_STATUS_SHUTDOWN, vsdk_event_status(event));
    vsdk_event_free(event);
    CHECK_STATUS(VSDK_STATUS_CLOSED, vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_INFINITE, &event, &error));
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_LEFT, vsdk_meeting_snapshot_state(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
}

static void take_end(const VsdkEvent *event, void *user_data) {
    if (vsdk_event_status(event) == VSDK_STATUS_SHUTDOWN) ++*(atomic_int *)user_data;
}

static void with_work_in_flight(void) {
    VsdkOp *ops[OPS];
    VsdkMeeting *pulling = new_meeting(NULL), *pushing = new_meeting(NULL);
    atomic_int ends_told = 0;
    calls = ends = blocked = 0;
    CHECK_OK(vsdk_meeting_set_event_handler(pushing, take_end, &ends_told, NULL, &error));
    for (int index = 0; index < OPS; ++index) ops[index] = start_stalled(completed, NULL, ended);
    pthread_t thread = start_thread(create_a_stalled_room, NULL);
    WAIT_UNTIL(blocked == 1);
    sleep_ms(50); /* now it waits, most likely; if not, it begins a new engine and is ended below */
    CHECK(thread_count() > 2);

    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_NUMBER(OPS, calls);
    CHECK_NUMBER(OPS, ends);
    CHECK_NUMBER(1, ends_told);
    CHECK(pthread_join(thread, NULL) == 0);
    WAIT_UNTIL(thread_count() == 1);
    for (int index = 0; index < OPS; ++index) {
        CHECK_OK(vsdk_op_wait(ops[index], 0, &error));
        CHECK_FAILS_AND_KEEP(VSDK_STATUS_SHUTDOWN, vsdk_op_outcome(ops[index], &error));
        CHECK_TEXT("create_room", vsdk_error_operation(error));
        forget_error();
        vsdk_op_free(ops[index]);
    }
    expect_end(pulling);
    vsdk_meeting_free(pulling);
    vsdk_meeting_free(pushing);
    CHECK_NUMBER(1, thread_count()); /* freeing has brought nothing back to life */
}

/* One that has nothing to do with media, on its way into the room. */
static VsdkMeeting *start_to_join(const char *id, VsdkOp **op) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, room, &error));
    CHECK_OK(vsdk_meeting_options_set_participant_id(options, id, &error));
    CHECK_OK(vsdk_meeting_options_set_mode(options, VSDK_MODE_SIGNALLING_ONLY, &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);
    CHECK_OK(vsdk_meeting_join_async(meeting, 1000 * HANG_S, NULL, NULL, NULL, op, &error));
    return meeting;
}

/* All are in a room, and each waits for something that never comes. */
static void with_joined_meetings(void) {
    VsdkMeeting *meetings[MEETINGS];
    VsdkOp *ops[MEETINGS];
    char id[32];
    calls = ends = 0;
    for (int index = 0; index < MEETINGS; ++index) {
        if (index % 10 == 0) make_room();
        snprintf(id, sizeof id, "participant-%d", index);
        meetings[index] = start_to_join(id, &ops[index]);
    }
    for (int index = 0; index < MEETINGS; ++index) {
        CHECK_OK(vsdk_op_wait(ops[index], 1000 * HANG_S, &error));
        CHECK_OK(vsdk_op_outcome(ops[index], &error));
        vsdk_op_free(ops[index]);
    }
    /* All at once, so that none is tired of waiting before the end. */
    for (int index = 0; index < MEETINGS; ++index)
        CHECK_OK(vsdk_meeting_subscribe_async(meetings[index], "topic", 1000 * HANG_S, completed, NULL, ended,
                                              &ops[index], &error));
    CHECK_NUMBER(0, calls);

    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_NUMBER(MEETINGS, calls);
    CHECK_NUMBER(MEETINGS, ends);
    WAIT_UNTIL(thread_count() == 1);
    for (int index = 0; index < MEETINGS; ++index) {
        VsdkEvent *event = NULL, *last = NULL;
        VsdkStatus status;
        CHECK_OK(vsdk_op_wait(ops[index], 0, &error));
        CHECK_FAILS(VSDK_STATUS_SHUTDOWN, vsdk_op_outcome(ops[index], &error));
        vsdk_op_free(ops[index]);
        while ((status = vsdk_meeting_next_event(meetings[index], VSDK_TIMEOUT_INFINITE, &event, &error)) == OK) {
            vsdk_event_free(last);
            last = event;
        }
        CHECK_NUMBER(VSDK_STATUS_CLOSED, status);
        CHECK_NUMBER(VSDK_EVENT_TYPE_STATE_CHANGED, vsdk_event_type(last));
        CHECK_NUMBER(VSDK_MEETING_STATE_LEFT, vsdk_event_code(last));
        CHECK_NUMBER(VSDK_STATUS_SHUTDOWN, vsdk_event_status(last));
        vsdk_event_free(last);
        CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                    vsdk_meeting_subscribe(meetings[index], "topic", VSDK_TIMEOUT_DEFAULT, &error));
        vsdk_meeting_free(meetings[index]);
    }
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL));
}

static void be_slow(VsdkOp *op, VsdkStatus status, void *user_data) {
    (void)op;
    (void)status;
    calls = 1;
    while (!*(atomic_int *)user_data) sleep_ms(1);
}

/* A callback that does not return holds the end up, but not longer than was allowed. */
static void with_a_callback_that_hangs(void) {
    atomic_int released = 0;
    calls = ends = 0;
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, be_slow, &released, ended, NULL, &error));
    WAIT_UNTIL(calls == 1);
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_shutdown(100, &error));
    CHECK_NUMBER(0, ends);
    released = 1;
    WAIT_UNTIL(ends == 1);
    WAIT_UNTIL(thread_count() == 1);
}

int main(int count, char **words) {
    CHECK(count == 2);
    CHECK_OK(vsdk_shutdown(0, &error)); /* before anything began */
    CHECK_NUMBER(1, thread_count());
    configure(words[1]);
    for (int round = 0; round < 5; ++round) {
        with_work_in_flight();
        CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
        CHECK_OK(vsdk_shutdown(0, &error));
        create_and_free_room(); /* the configuration outlives the end */
        VsdkMeeting *meeting = new_meeting(NULL);
        vsdk_meeting_free(meeting);
    }
    with_joined_meetings();
    with_joined_meetings();
    with_a_callback_that_hangs();
    create_and_free_room();
    return all_is_over();
}
