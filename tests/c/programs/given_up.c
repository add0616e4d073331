/* A join that is given up while the service holds back an answer. The driver says when that is, by a
 * line on the standard input. */
#include "room.h"

static void completed(VsdkOp *op, VsdkStatus status, void *user_data) {
    (void)op;
    CHECK_STATUS(VSDK_STATUS_CANCELLED, status);
    ++*(atomic_int *)user_data;
}

int main(int count, char **words) {
    VsdkOp *op = NULL;
    atomic_int completions = 0;
    CHECK(count == 5);
    configure(words[1]);
    room = words[2];
    const char *end = words[4];
    VsdkMeeting *meeting = meeting_as("ann", "Ann", words[3], 0);
    CHECK_OK(vsdk_meeting_join_async(meeting, 1000 * HANG_S, completed, &completions, NULL, &op, &error));
    CHECK(getchar() == '\n');
    if (strcmp(end, "cancel") == 0) {
        CHECK_OK(vsdk_op_cancel(op, &error));
    } else if (strcmp(end, "leave") == 0) {
        CHECK_OK(vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    } else {
        CHECK_TEXT("free", end);
        vsdk_meeting_free(meeting);
    }
    CHECK_OK(vsdk_op_wait(op, 1000 * HANG_S, &error));
    CHECK_FAILS(VSDK_STATUS_CANCELLED, vsdk_op_outcome(op, &error));
    WAIT_UNTIL(completions == 1);
    vsdk_op_free(op);
    vsdk_meeting_free(meeting);
    return all_is_over();
}
