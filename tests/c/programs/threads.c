/* Two hundred threads: objects of their own, and objects that they share and fight over. */
#include "service.h"

enum { THREADS = 200, ROUNDS = 20 };

static VsdkMeeting *shared_meeting;
static VsdkRoomOptions *shared_options;
static _Atomic(VsdkEvent *) passed_on;
static _Atomic(VsdkMeeting *) contested;
static atomic_int events_taken;
static const char *warning_token;

static void use_own_objects(int thread) {
    VsdkMeeting *meeting = new_meeting(NULL);
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkTokenReport *report = NULL;
    VsdkEvent *event = NULL;
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_INITIALISED, vsdk_meeting_snapshot_state(snapshot));
    CHECK_TEXT("abcd-efgh-ijkl", vsdk_meeting_snapshot_meeting_id(snapshot));
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_TEXT(vsdk_meeting_snapshot_participant_id(snapshot), vsdk_event_participant_id(event));
    CHECK_OK(vsdk_token_inspect("no token", &report, &error));
    CHECK_NUMBER(0, vsdk_token_report_is_usable(report));
    vsdk_token_report_free(report);
    vsdk_meeting_snapshot_free(snapshot);
    vsdk_meeting_free(meeting);
    /* Whoever finds the event frees it, on whatever thread. */
    vsdk_event_free(atomic_exchange(&passed_on, event));
    if (thread % 20 == 0) create_and_free_room();
}

/* All threads change these options, cause events and take them. */
static void use_shared_objects(int thread) {
    char id[32];
    VsdkEvent *event = NULL;
    snprintf(id, sizeof id, "room of %d", thread);
    CHECK_OK(vsdk_room_options_set_custom_room_id(shared_options, id, &error));
    CHECK_OK(vsdk_meeting_set_token(shared_meeting, warning_token, &error));
    CHECK_OK(vsdk_meeting_next_event(shared_meeting, VSDK_TIMEOUT_DEFAULT, &event, &error));
    CHECK_NUMBER(VSDK_EVENT_TYPE_TOKEN_WARNING, vsdk_event_type(event));
    ++events_taken;
    vsdk_event_free(event);
}

/* Each uses what another may free at this moment, and frees it too: refused or done, never worse. */
static void use_contested_object(void) {
    VsdkMeeting *mine = contested;
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkStatus status = vsdk_meeting_snapshot(mine, &snapshot, NULL);
    if (status == VSDK_STATUS_OK)
        CHECK_TEXT("abcd-efgh-ijkl", vsdk_meeting_snapshot_meeting_id(snapshot));
    else
        check_status(__FILE__, __LINE__, "snapshot", VSDK_STATUS_INVALID_HANDLE, status);
    vsdk_meeting_snapshot_free(snapshot);
    vsdk_meeting_free(mine);
    VsdkMeeting *fresh = new_meeting(NULL);
    vsdk_meeting_free(atomic_exchange(&contested, fresh));
}

static void *work(void *argument) {
    int thread = (int)(intptr_t)argument;
    for (int round = 0; round < ROUNDS; ++round) {
        use_own_objects(thread + round);
        use_shared_objects(thread);
        use_contested_object();
    }
    return NULL;
}

int main(int count, char **words) {
    pthread_t threads[THREADS];
    VsdkEvent *event = NULL;
    CHECK(count == 3);
    configure(words[1]);
    warning_token = words[2];
    shared_meeting = new_meeting(NULL);
    CHECK_OK(vsdk_meeting_next_event(shared_meeting, 0, &event, &error));
    vsdk_event_free(event);
    shared_options = vsdk_room_options_new();
    contested = new_meeting(NULL);

    for (int index = 0; index < THREADS; ++index)
        threads[index] = start_thread(work, (void *)(intptr_t)index);
    for (int index = 0; index < THREADS; ++index) CHECK(pthread_join(threads[index], NULL) == 0);

    CHECK_NUMBER(THREADS * ROUNDS, events_taken);
    CHECK_STATUS(VSDK_STATUS_NO_EVENT, vsdk_meeting_next_event(shared_meeting, 0, &event, &error));
    vsdk_event_free(passed_on);
    vsdk_meeting_free(contested);
    vsdk_meeting_free(shared_meeting);
    vsdk_room_options_free(shared_options);
    return all_is_over();
}
