/* Events: read, waited for, polled, pushed, and honest about what was lost. */
#include "service.h"

#include <poll.h>

enum { QUEUE_DEPTH = 4096, BEYOND = 100 };

static const char *plain_token, *warning_token, *ending_token;

/* Makes one event: the token draws one warning. */
static void cause_event(const VsdkMeeting *meeting) {
    CHECK_OK(vsdk_meeting_set_token(meeting, warning_token, &error));
}

/* The next event, which must be there, is of this type; gives its number. */
static int64_t expect(const VsdkMeeting *meeting, int64_t timeout_ms, VsdkEventType type, int32_t code) {
    VsdkEvent *event = NULL;
    CHECK_OK(vsdk_meeting_next_event(meeting, timeout_ms, &event, &error));
    CHECK_NUMBER(type, vsdk_event_type(event));
    if (code >= 0) CHECK_NUMBER(code, vsdk_event_code(event));
    int64_t sequence = vsdk_event_sequence(event);
    vsdk_event_free(event);
    return sequence;
}

static void expect_nothing(const VsdkMeeting *meeting, int64_t timeout_ms, VsdkStatus status) {
    VsdkEvent *event = (VsdkEvent *)&plain_token;
    CHECK_STATUS(status, vsdk_meeting_next_event(meeting, timeout_ms, &event, &error));
    CHECK(event == NULL && error == NULL);
}

static void expect_initialised(const VsdkMeeting *meeting) {
    CHECK_NUMBER(1, expect(meeting, 0, VSDK_EVENT_TYPE_STATE_CHANGED, VSDK_MEETING_STATE_INITIALISED));
}

static void order_and_end(void) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    expect_initialised(meeting);
    expect_nothing(meeting, 0, VSDK_STATUS_NO_EVENT);
    int64_t began = now_ms();
    expect_nothing(meeting, 60, VSDK_STATUS_NO_EVENT);
    CHECK(now_ms() - began >= 55);
    for (int64_t sequence = 2; sequence <= 11; ++sequence) cause_event(meeting);
    for (int64_t sequence = 2; sequence <= 11; ++sequence)
        CHECK_NUMBER(sequence, expect(meeting, VSDK_TIMEOUT_INFINITE, VSDK_EVENT_TYPE_TOKEN_WARNING,
                                      VSDK_TOKEN_FINDING_PERMISSION_UNKNOWN));
    CHECK_OK(vsdk_meeting_leave(meeting, 0, &error));
    CHECK_OK(vsdk_meeting_leave(meeting, 0, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_set_token(meeting, plain_token, &error));
    CHECK_NUMBER(12, expect(meeting, 0, VSDK_EVENT_TYPE_STATE_CHANGED, VSDK_MEETING_STATE_LEFT));
    expect_nothing(meeting, 0, VSDK_STATUS_CLOSED);
    expect_nothing(meeting, VSDK_TIMEOUT_INFINITE, VSDK_STATUS_CLOSED);
    vsdk_meeting_free(meeting);
}

/* ---- Waiting without end, woken from another thread -------------------------------------------- */

static atomic_int waiting;

static void *wait_for_end(void *argument) {
    const VsdkMeeting *meeting = argument;
    VsdkEvent *event = NULL;
    ++waiting;
    CHECK_OK(vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_INFINITE, &event, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_LEFT, vsdk_event_code(event));
    vsdk_event_free(event);
    VsdkStatus status = vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_INFINITE, &event, NULL);
    return status == VSDK_STATUS_CLOSED || status == VSDK_STATUS_INVALID_HANDLE ? argument : NULL;
}

static void woken_from_another_thread(int by_free) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    pthread_t thread;
    void *result = NULL;
    expect_initialised(meeting);
    waiting = 0;
    thread = start_thread(wait_for_end, meeting);
    WAIT_UNTIL(waiting == 1);
    sleep_ms(50); /* now it waits, most likely */
    if (by_free)
        vsdk_meeting_free(meeting);
    else
        CHECK_OK(vsdk_meeting_leave(meeting, 0, &error));
    CHECK(pthread_join(thread, &result) == 0);
    CHECK(result == meeting);
    vsdk_meeting_free(meeting);
}

/* ---- For event loops --------------------------------------------------------------------------- */

static void wake(void *user_data) {
    ++*(atomic_int *)user_data;
}

static void woken_by_handler(void) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    atomic_int wakes = 0;
    CHECK_OK(vsdk_meeting_set_wake_handler(meeting, wake, &wakes, NULL, &error));
    WAIT_UNTIL(wakes == 1); /* something was there already */
    cause_event(meeting);
    sleep_ms(50);
    CHECK_NUMBER(1, wakes); /* there was something to read before */
    expect_initialised(meeting);
    expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1);
    for (int round = 2; round < 12; ++round) {
        cause_event(meeting);
        WAIT_UNTIL(wakes == round);
        expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1);
        expect_nothing(meeting, 0, VSDK_STATUS_NO_EVENT);
    }
    CHECK_OK(vsdk_meeting_leave(meeting, 0, &error));
    WAIT_UNTIL(wakes >= 12);
    CHECK_OK(vsdk_meeting_set_wake_handler(meeting, NULL, NULL, NULL, &error));
    vsdk_meeting_free(meeting);
}

static int is_readable(int descriptor) {
    struct pollfd polled = {descriptor, POLLIN, 0};
    CHECK(poll(&polled, 1, 0) >= 0);
    return polled.revents == POLLIN;
}

static void polled(void) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    int32_t descriptor = -1, again = -1;
    CHECK_OK(vsdk_meeting_event_descriptor(meeting, &descriptor, &error));
    CHECK_OK(vsdk_meeting_event_descriptor(meeting, &again, &error));
    CHECK(descriptor > 2 && again == descriptor);
    CHECK(is_readable(descriptor));
    expect_initialised(meeting);
    CHECK(!is_readable(descriptor));
    cause_event(meeting);
    cause_event(meeting);
    CHECK(is_readable(descriptor));
    expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1);
    CHECK(is_readable(descriptor));
    expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1);
    CHECK(!is_readable(descriptor));
    CHECK_OK(vsdk_meeting_leave(meeting, 0, &error));
    expect(meeting, 0, VSDK_EVENT_TYPE_STATE_CHANGED, VSDK_MEETING_STATE_LEFT);
    CHECK(is_readable(descriptor)); /* the end stays readable */
    vsdk_meeting_free(meeting);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE,
                vsdk_meeting_event_descriptor(meeting, &descriptor, &error));
    CHECK_NUMBER(-1, descriptor);
}

/* ---- Pushed ------------------------------------------------------------------------------------ */

/* Every event's number follows the one before, whoever got that one. */
static _Atomic int64_t last_sequence;

static void take_in_order(const VsdkEvent *event, void *user_data) {
    CHECK_NUMBER(last_sequence + 1, vsdk_event_sequence(event));
    CHECK(vsdk_event_json(event) != NULL);
    last_sequence = vsdk_event_sequence(event);
    ++*(atomic_int *)user_data;
}

static void pushed(void) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    VsdkEvent *event = NULL;
    atomic_int taken = 0;
    last_sequence = 0;
    cause_event(meeting);
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, take_in_order, &taken, NULL, &error));
    WAIT_UNTIL(taken == 2); /* those from before the registration */
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_INFINITE, &event, &error));
    cause_event(meeting);
    WAIT_UNTIL(taken == 3);
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, NULL, NULL, NULL, &error));
    cause_event(meeting);
    CHECK_NUMBER(4, expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1));
    CHECK_NUMBER(3, taken);
    vsdk_meeting_free(meeting);
}

enum { MANY = 2000 };

static void *cause_many(void *meeting) {
    for (int round = 0; round < MANY; ++round) cause_event(meeting);
    return NULL;
}

static void read_what_is_there(const VsdkMeeting *meeting, atomic_int *taken) {
    VsdkEvent *event = NULL;
    while (vsdk_meeting_next_event(meeting, 0, &event, NULL) == VSDK_STATUS_OK) {
        take_in_order(event, taken);
        vsdk_event_free(event);
    }
}

/* To and fro between reading and being told, while events come: none is lost, none out of order. */
static void to_and_fro(void) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    atomic_int taken = 0;
    last_sequence = 0;
    pthread_t thread = start_thread(cause_many, meeting);
    while (taken < MANY) {
        CHECK_OK(vsdk_meeting_set_event_handler(meeting, take_in_order, &taken, NULL, &error));
        sleep_ms(1);
        CHECK_OK(vsdk_meeting_set_event_handler(meeting, NULL, NULL, NULL, &error));
        read_what_is_there(meeting, &taken);
    }
    CHECK(pthread_join(thread, NULL) == 0);
    read_what_is_there(meeting, &taken);
    CHECK_NUMBER(MANY + 1, taken);
    CHECK_NUMBER(MANY + 1, last_sequence);
    vsdk_meeting_free(meeting);
}

/* ---- Two threads that do not agree on a handler ------------------------------------------------ */

enum { ROUNDS = 5000 };

static VsdkMeeting *disputed;
static atomic_int round_begun, round_ended;

static void *set_a_handler(void *taken) {
    for (int round = 1; round <= ROUNDS; ++round) {
        while (round_begun < round) {}
        CHECK_OK(vsdk_meeting_set_event_handler(disputed, take_in_order, taken, NULL, &error));
        round_ended = round;
    }
    return NULL;
}

/* Whoever came last: either a handler is set and gets the events, or they can be read. */
static void handlers_at_odds(void) {
    atomic_int taken = 0;
    pthread_t thread = start_thread(set_a_handler, &taken);
    for (int round = 1; round <= ROUNDS; ++round) {
        disputed = new_meeting(plain_token);
        VsdkEvent *event = NULL;
        last_sequence = 0;
        round_begun = round;
        CHECK_OK(vsdk_meeting_set_event_handler(disputed, NULL, NULL, NULL, &error));
        while (round_ended < round) {}
        VsdkStatus status = vsdk_meeting_next_event(disputed, 0, &event, NULL);
        if (status == VSDK_STATUS_INVALID_STATE)
            WAIT_UNTIL(last_sequence == 1);
        else if (last_sequence == 0)
            CHECK(status == VSDK_STATUS_OK && vsdk_event_sequence(event) == 1);
        else
            CHECK(status == VSDK_STATUS_NO_EVENT); /* told before the handler was taken out */
        vsdk_event_free(event);
        vsdk_meeting_free(disputed);
    }
    CHECK(pthread_join(thread, NULL) == 0);
}

/* ---- Lost, and running out --------------------------------------------------------------------- */

static void overflowing(void) {
    VsdkMeeting *meeting = new_meeting(plain_token);
    for (int round = 1; round < QUEUE_DEPTH + BEYOND; ++round) cause_event(meeting);
    expect_initialised(meeting);
    for (int64_t sequence = 2; sequence <= QUEUE_DEPTH; ++sequence)
        CHECK_NUMBER(sequence, expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1));
    /* The gap in the numbers is as wide as what was lost. */
    CHECK_NUMBER(QUEUE_DEPTH + BEYOND + 1, expect(meeting, 0, VSDK_EVENT_TYPE_OVERFLOW, BEYOND));
    expect_nothing(meeting, 0, VSDK_STATUS_NO_EVENT);
    cause_event(meeting);
    CHECK_NUMBER(QUEUE_DEPTH + BEYOND + 2, expect(meeting, 0, VSDK_EVENT_TYPE_TOKEN_WARNING, -1));
    vsdk_meeting_free(meeting);
}

static void expiring(void) {
    VsdkMeeting *meeting = new_meeting(ending_token);
    VsdkEvent *event = NULL;
    expect_initialised(meeting);
    do {
        vsdk_event_free(event);
        CHECK_OK(vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_DEFAULT, &event, &error));
    } while (vsdk_event_type(event) == VSDK_EVENT_TYPE_TOKEN_WARNING);
    CHECK_NUMBER(VSDK_EVENT_TYPE_TOKEN_EXPIRING, vsdk_event_type(event));
    CHECK_TEXT("TOKEN_EXPIRING", vsdk_event_type_name(event));
    CHECK(vsdk_event_code(event) >= 0 && vsdk_event_code(event) <= 60);
    CHECK(strstr(vsdk_event_text(event), "vsdk_meeting_set_token") != NULL);
    vsdk_event_free(event);
    expect_nothing(meeting, 1500, VSDK_STATUS_NO_EVENT); /* told once */
    CHECK_OK(vsdk_meeting_set_token(meeting, plain_token, &error));
    expect_nothing(meeting, 1500, VSDK_STATUS_NO_EVENT);
    vsdk_meeting_free(meeting);
}

int main(int count, char **words) {
    CHECK(count == 5);
    configure(words[1]);
    plain_token = words[2];
    warning_token = words[3];
    ending_token = words[4];
    expiring(); /* first: this token does not live long */
    order_and_end();
    woken_from_another_thread(0);
    woken_from_another_thread(1);
    woken_by_handler();
    polled();
    pushed();
    to_and_fro();
    handlers_at_odds();
    overflowing();
    return all_is_over();
}
