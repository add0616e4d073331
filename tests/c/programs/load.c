/* Very many events that come over a real connection: pulled, pushed, and not read for a while.
 *
 * The driver sends BURST messages whenever this program publishes the number of the first of them. */
#include "room.h"

enum { BURST = 1000, QUEUE_DEPTH = 4096, MOST_KB = 48 * 1024 };

static int64_t count;

/* What is expected of the next event. */
struct course {
    _Atomic int64_t sequence;
    _Atomic int64_t number;
};

static int64_t last_sequence(const VsdkMeeting *meeting) {
    VsdkMeetingSnapshot *snapshot = NULL;
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_CONNECTED, vsdk_meeting_snapshot_state(snapshot));
    CHECK_NUMBER(2, vsdk_meeting_snapshot_participant_count(snapshot)); /* the driver is one */
    int64_t sequence = vsdk_meeting_snapshot_event_sequence(snapshot);
    vsdk_meeting_snapshot_free(snapshot);
    return sequence;
}

/* A meeting that is in the room and has told all that there was to tell about that. Without media,
   which has events of its own. */
static VsdkMeeting *begin(const char *id, struct course *course) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, room, &error));
    CHECK_OK(vsdk_meeting_options_set_participant_id(options, id, &error));
    CHECK_OK(vsdk_meeting_options_set_mode(options, VSDK_MODE_SIGNALLING_ONLY, &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);
    CHECK_OK(vsdk_meeting_join(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_subscribe(meeting, "numbers", VSDK_TIMEOUT_DEFAULT, &error));
    WAIT_UNTIL(last_sequence(meeting) == 4); /* three states and the driver */
    course->sequence = 4;
    course->number = 0;
    for (int event = 1; event <= 4; ++event) {
        VsdkEvent *early = NULL;
        CHECK_OK(vsdk_meeting_next_event(meeting, 0, &early, &error));
        vsdk_event_free(early);
    }
    return meeting;
}

static void ask_for_burst(const VsdkMeeting *meeting, int64_t first) {
    char text[40];
    snprintf(text, sizeof text, "%" PRId64, first);
    CHECK_OK(vsdk_meeting_publish(meeting, "more", text, NULL, VSDK_TIMEOUT_DEFAULT, &error));
}

/* It is the next message, with all that belongs to it. */
static void check_event(const VsdkEvent *event, struct course *course) {
    char text[100];
    const uint8_t *payload = NULL;
    size_t length = 0;
    CHECK_NUMBER(VSDK_EVENT_TYPE_MESSAGE, vsdk_event_type(event));
    CHECK_NUMBER(course->sequence + 1, vsdk_event_sequence(event));
    CHECK_TEXT("numbers", vsdk_event_text(event));
    CHECK_TEXT("driver", vsdk_event_participant_id(event));
    CHECK_OK(vsdk_event_payload(event, &payload, &length, &error));
    snprintf(text, sizeof text, "message %" PRId64 " \xe2\x98\x83", course->number);
    CHECK_NUMBER(strlen(text), length);
    CHECK(memcmp(payload, text, length) == 0);
    ++course->sequence;
    ++course->number;
}

static void end(VsdkMeeting *meeting) {
    CHECK_OK(vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(meeting);
}

/* ---- In time ----------------------------------------------------------------------------------- */

static void pulled(void) {
    struct course course;
    VsdkMeeting *meeting = begin("puller", &course);
    while (course.number < count) {
        ask_for_burst(meeting, course.number);
        for (int event = 0; event < BURST; ++event) {
            VsdkEvent *next = NULL;
            CHECK_OK(vsdk_meeting_next_event(meeting, 1000 * HANG_S, &next, &error));
            check_event(next, &course);
            vsdk_event_free(next);
        }
    }
    CHECK_NUMBER(course.sequence, last_sequence(meeting));
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_EVENT));
    end(meeting);
}

static void take(const VsdkEvent *event, void *course) {
    check_event(event, course);
}

static void pushed(void) {
    struct course course;
    VsdkMeeting *meeting = begin("pushed", &course);
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, take, &course, NULL, &error));
    for (int64_t first = 0; first < count; first += BURST) {
        ask_for_burst(meeting, first);
        WAIT_UNTIL(course.number == first + BURST);
    }
    CHECK_OK(vsdk_meeting_set_event_handler(meeting, NULL, NULL, NULL, &error));
    CHECK_NUMBER(course.sequence, last_sequence(meeting));
    end(meeting);
}

/* ---- Unknown ----------------------------------------------------------------------------------- */

/* What this version does not know is told as it came. */
static void unknown(void) {
    struct course course;
    VsdkEvent *event = NULL;
    VsdkMeeting *meeting = begin("curious", &course);
    CHECK_OK(vsdk_meeting_publish(meeting, "more", "unknown", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_next_event(meeting, 1000 * HANG_S, &event, &error));
    CHECK_NUMBER(VSDK_EVENT_TYPE_UNKNOWN, vsdk_event_type(event));
    CHECK_TEXT("UNKNOWN", vsdk_event_type_name(event));
    CHECK_TEXT("somethingNew", vsdk_event_text(event));
    CHECK(strstr(vsdk_event_json(event), "\"data\":{\"depth\":[1,{\"\xc3\xa9\":null}],\"peerId\":\"driver\"}"));
    vsdk_event_free(event);
    end(meeting);
}

/* ---- Too late ---------------------------------------------------------------------------------- */

/* What the process has in memory. */
static long resident_kb(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file != NULL && fscanf(file, "%*s %ld", &pages) == 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* A program that sleeps while everything comes. */
static void asleep(void) {
    struct course course;
    VsdkMeeting *meeting = begin("sleeper", &course);
    int64_t before = course.sequence;
    long at_first = 0;
    for (int64_t first = 0; first < count; first += BURST) {
        ask_for_burst(meeting, first);
        WAIT_UNTIL(last_sequence(meeting) == before + first + BURST);
        if (first == QUEUE_DEPTH / BURST * BURST) at_first = resident_kb(); /* the queue is full */
    }
    CHECK(at_first > 0);
    CHECK(resident_kb() - at_first < MOST_KB); /* what is refused is not kept */

    VsdkEvent *event = NULL;
    while (course.number < QUEUE_DEPTH) {
        CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
        check_event(event, &course);
        vsdk_event_free(event);
    }
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(VSDK_EVENT_TYPE_OVERFLOW, vsdk_event_type(event));
    CHECK_NUMBER(count - QUEUE_DEPTH, vsdk_event_code(event));
    CHECK_NUMBER(before + count + 1, vsdk_event_sequence(event));
    vsdk_event_free(event);
    CHECK_STATUS(VSDK_STATUS_NO_EVENT, vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(before + count + 1, last_sequence(meeting));

    /* Awake again, it misses nothing any more. */
    course.sequence = before + count + 1;
    course.number = count;
    ask_for_burst(meeting, count);
    while (course.number < count + BURST) {
        CHECK_OK(vsdk_meeting_next_event(meeting, 1000 * HANG_S, &event, &error));
        check_event(event, &course);
        vsdk_event_free(event);
    }
    end(meeting);
}

int main(int argument_count, char **words) {
    CHECK(argument_count == 4);
    configure(words[1]);
    room = words[2];
    count = atoll(words[3]);
    CHECK(count > 2 * QUEUE_DEPTH && count % BURST == 0);
    pulled();
    pushed();
    unknown();
    asleep();
    return all_is_over();
}
