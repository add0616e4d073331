/* Forked children: told so, made usable again from nothing, and no harm to the parent. */
#include "service.h"

#include <errno.h>
#include <sys/wait.h>

enum { HAMMERS = 6, FORKS = 40 };

static VsdkMeeting *meeting;
static VsdkRoom *room;
static VsdkOp *op;

/* Runs `judge` in a child, which says that it has reached its end; by pipe, as what a checker of
 * memory thinks of a child's end says nothing here. */
static void in_child(void (*judge)(void)) {
    int ends[2];
    char said[8] = "";
    int status = 0;
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        judge();
        CHECK(write(ends[1], "end", 3) == 3);
        _exit(0);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], said, sizeof said - 1);
    close(ends[0]);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(length == 3 && strcmp(said, "end") == 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* What everything answers in a child that has not been made usable. */
static void check_forked(void) {
    VsdkRoom *created = (VsdkRoom *)&op;
    VsdkToken *token = NULL;
    VsdkMeeting *made = NULL;
    VsdkEvent *event = NULL;
    VsdkOp *started = NULL;
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &created, &error));
    CHECK(created == NULL && error != NULL);
    CHECK_NUMBER(VSDK_STATUS_FORKED, vsdk_error_status(error));
    CHECK_TEXT("FORKED", vsdk_error_name(error));
    CHECK(strstr(vsdk_error_message(error), "forked") != NULL);
    CHECK(strstr(vsdk_error_remedy(error), "vsdk_after_fork_child") != NULL);
    CHECK(vsdk_error_operation(error) != NULL);
    CHECK_NUMBER(0, vsdk_error_http_status(error));
    CHECK_NUMBER(-1, vsdk_error_retry_after_ms(error));
    vsdk_error_free(error);
    vsdk_error_free(error);
    error = NULL;
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &created, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_config("token", NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_token_fetch("http://127.0.0.1:1", NULL, 0, &token, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED,
                 vsdk_create_room_async(NULL, 0, NULL, NULL, NULL, &started, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_op_wait(op, VSDK_TIMEOUT_INFINITE, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_op_cancel(op, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_init_meeting(NULL, &made, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED,
                 vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_INFINITE, &event, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_meeting_publish(meeting, "topic", "message", NULL, 0, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_meeting_leave(meeting, 0, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_set_log_handler(VSDK_LOG_LEVEL_OFF, NULL, NULL, NULL, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL));
    CHECK_STATUS(VSDK_STATUS_FORKED, vsdk_check_abi(VSDK_ABI_VERSION, NULL));
    CHECK(started == NULL && made == NULL && event == NULL && token == NULL);
    CHECK(vsdk_room_options_new() == NULL);
    CHECK(vsdk_meeting_options_new() == NULL);
    CHECK_TEXT(NULL, vsdk_room_id(room));
    CHECK_NUMBER(0, vsdk_room_is_disabled(room));
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL));
    vsdk_room_free(room);
    vsdk_op_free(op);
    vsdk_meeting_free(meeting);
}

/* From nothing, a child can do all that its parent could. */
static void use_again(void) {
    char url[200];
    CHECK_OK(vsdk_after_fork_child(&error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_after_fork_child(&error));
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL));
    CHECK_NUMBER(1, thread_count());
    /* The parent's handles are not this process's. */
    VsdkEvent *event = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_op_cancel(op, &error));
    CHECK_TEXT(NULL, vsdk_room_id(room));
    vsdk_room_free(room);
    vsdk_meeting_free(meeting);
    vsdk_op_free(op);
    /* No configuration either: without one the service of the world would be asked. */
    VsdkRoom *created = NULL;
    CHECK_FAILS(VSDK_STATUS_NOT_CONFIGURED, vsdk_create_room(NULL, 0, &created, &error));
    snprintf(url, sizeof url, "%s", service_url);
    configure(url);
    create_and_free_room();
    VsdkMeeting *own = new_meeting(NULL);
    CHECK_OK(vsdk_meeting_next_event(own, 0, &event, &error));
    CHECK_NUMBER(1, vsdk_event_sequence(event));
    vsdk_event_free(event);
    vsdk_meeting_free(own);
}

static void be_told(void) {
    check_forked();
}

static void be_told_and_use_again(void) {
    check_forked();
    use_again();
    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL));
}

static void fork_again(void) {
    use_again();
    VsdkMeeting *own = new_meeting(NULL);
    VsdkMeeting *parents = meeting;
    meeting = own;
    in_child(be_told_and_use_again);
    /* A grandchild's child that never asked the library anything. */
    in_child(be_told);
    meeting = parents;
    create_and_free_room();
    vsdk_meeting_free(own);
    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL));
}

/* ---- While other threads use the library ------------------------------------------------------- */

static atomic_int hammering;
static _Atomic long blows;

static void ignore(VsdkLogLevel level, const char *target, const char *message, void *user_data) {
    (void)level;
    (void)target;
    (void)message;
    (void)user_data;
}

static void *hammer(void *argument) {
    while (hammering) {
        VsdkMeeting *own = new_meeting(NULL);
        VsdkEvent *event = NULL;
        VsdkRoom *created = NULL;
        CHECK_OK(vsdk_meeting_next_event(own, 0, &event, &error));
        vsdk_event_free(event);
        CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_room_get("", NULL, 0, &created, &error));
        CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, ignore, NULL, NULL, &error));
        if (argument != NULL) create_and_free_room();
        vsdk_meeting_free(own);
        ++blows;
    }
    return NULL;
}

static void while_others_hammer(void) {
    pthread_t threads[HAMMERS];
    hammering = 1;
    for (int index = 0; index < HAMMERS; ++index)
        threads[index] = start_thread(hammer, index == 0 ? &hammering : NULL);
    for (int round = 0; round < FORKS; ++round) {
        long before = blows;
        in_child(be_told_and_use_again);
        WAIT_UNTIL(blows > before + HAMMERS); /* the parent goes on */
    }
    hammering = 0;
    for (int index = 0; index < HAMMERS; ++index) CHECK(pthread_join(threads[index], NULL) == 0);
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_OFF, NULL, NULL, NULL, &error));
}

int main(int count, char **words) {
    CHECK(count == 2);
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_after_fork_child(&error)); /* nobody forked */
    configure(words[1]);
    CHECK_OK(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error));
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, vsdk_room_id(room), &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    CHECK_OK(vsdk_meeting_join(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_options_free(options);
    op = start_stalled(NULL, NULL, NULL);

    in_child(be_told);
    in_child(be_told_and_use_again);
    in_child(fork_again);
    while_others_hammer();

    /* The parent has noticed nothing. */
    VsdkEvent *event = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_after_fork_child(&error));
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(1, vsdk_event_sequence(event));
    vsdk_event_free(event);
    CHECK_OK(vsdk_meeting_publish(meeting, "topic", "message", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    VsdkMeetingSnapshot *snapshot = NULL;
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_CONNECTED, vsdk_meeting_snapshot_state(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
    /* On the connection of before: a child has neither closed nor used it. */
    while (vsdk_meeting_next_event(meeting, 0, &event, &error) == VSDK_STATUS_OK) {
        CHECK(vsdk_event_type(event) != VSDK_EVENT_TYPE_RECONNECTING);
        vsdk_event_free(event);
    }
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_op_wait(op, 0, &error));
    CHECK_OK(vsdk_op_cancel(op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK(strlen(vsdk_room_id(room)) > 0);
    create_and_free_room();
    vsdk_op_free(op);
    vsdk_room_free(room);
    vsdk_meeting_free(meeting);
    return all_is_over();
}
