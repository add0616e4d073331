/* A defect inside the library ends at its boundary: a status, a text, and not a word elsewhere.
 *
 * For a build of the library that has a defect on purpose.
 */
#include "service.h"

VsdkStatus vsdk_test_panic(VsdkError **error);

static void *panic_on_a_thread(void *argument) {
    for (int round = 0; round < 100; ++round)
        CHECK_FAILS(VSDK_STATUS_PANIC, vsdk_test_panic(&error));
    return argument;
}

static void panic_in_callback(VsdkOp *op, VsdkStatus status, void *user_data) {
    CHECK_STATUS(status, vsdk_op_outcome(op, NULL));
    CHECK_FAILS(VSDK_STATUS_PANIC, vsdk_test_panic(&error));
    ++*(atomic_int *)user_data;
}

int main(int count, char **words) {
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    atomic_int calls = 0;
    CHECK(count == 2);
    /* At first, when nothing was used before. */
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_PANIC, vsdk_test_panic(&error));
    CHECK(strstr(vsdk_error_message(error), "on purpose") != NULL);
    CHECK(strstr(vsdk_error_message(error), ".rs:") != NULL);
    CHECK(strlen(vsdk_error_remedy(error)) > 0);
    CHECK_TEXT("test_panic", vsdk_error_operation(error));
    forget_error();
    CHECK_STATUS(VSDK_STATUS_PANIC, vsdk_test_panic(NULL));

    configure(words[1]);
    VsdkMeeting *meeting = new_meeting(NULL);
    for (int index = 0; index < THREADS; ++index) threads[index] = start_thread(panic_on_a_thread, NULL);
    for (int index = 0; index < THREADS; ++index) CHECK(pthread_join(threads[index], NULL) == 0);
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, panic_in_callback, &calls, NULL, NULL,
                                    &error));
    WAIT_UNTIL(calls == 1);

    /* All is as it was. */
    VsdkEvent *event = NULL;
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    vsdk_event_free(event);
    vsdk_meeting_free(meeting);
    create_and_free_room();
    return all_is_over();
}
