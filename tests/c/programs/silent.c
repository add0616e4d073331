/* Not a word on standard output and error, no file anywhere, and no ear for the environment.
 *
 * Arguments: the service, a URL where nobody listens, and an empty directory, which is also HOME
 * and TMPDIR; the driver looks into it afterwards. The proxies of the environment lead nowhere, and
 * whoever sets a value in a meeting is cut off.
 */
#include "room.h"

#include <fcntl.h>
#include <sys/stat.h>

static atomic_int records;

static void count(VsdkLogLevel level, const char *target, const char *message, void *user_data) {
    (void)user_data;
    CHECK(level >= VSDK_LOG_LEVEL_ERROR && level <= VSDK_LOG_LEVEL_TRACE);
    CHECK(strlen(target) > 0 && strlen(message) > 0);
    ++records;
}

static void fail_in_many_ways(const char *closed_url) {
    const char *const below[] = {"/401", "/500-html", "/garbage", "/cut", "/reset", "/redirect", "/endless"};
    VsdkRoom *room = NULL;
    VsdkToken *token = NULL;
    VsdkMeeting *meeting = NULL;
    for (size_t each = 0; each < sizeof below / sizeof *below; ++each) {
        VsdkRoomOptions *options = room_options_below(below[each]);
        CHECK(vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, NULL) < 0);
        vsdk_room_options_free(options);
    }
    CHECK(vsdk_token_fetch(closed_url, NULL, 500, &token, NULL) < 0);
    CHECK(vsdk_config("no token", NULL) < 0);
    CHECK(vsdk_init_meeting((VsdkMeetingOptions *)&room, &meeting, NULL) < 0);
    VsdkOp *op = start_stalled(NULL, NULL, NULL);
    CHECK_OK(vsdk_op_cancel(op, &error));
    vsdk_op_free(op);
    op = start_stalled(NULL, NULL, NULL);
    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_op_free(op);
}

/* A meeting that is joined, cut off, comes back and is left. */
static void meet(void) {
    make_room();
    VsdkMeeting *ann = joined_as("ann", "Ann");
    see(ann, VSDK_EVENT_TYPE_STATE_CHANGED, "ann", VSDK_MEETING_STATE_CONNECTED);
    CHECK_FAILS(VSDK_STATUS_CONNECTION_LOST, vsdk_meeting_store_set(ann, "a", "b", VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_STATE_CHANGED, "ann", VSDK_MEETING_STATE_RECONNECTING);
    see(ann, VSDK_EVENT_TYPE_STATE_CHANGED, "ann", VSDK_MEETING_STATE_CONNECTED);
    CHECK_OK(vsdk_meeting_leave(ann, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(ann);
}

int main(int count_, char **words) {
    CHECK(count_ == 4);
    char captured[400];
    CHECK(chdir(words[3]) == 0);

    /* Beside the directory, which is to stay empty. */
    snprintf(captured, sizeof captured, "%s.captured", words[3]);
    int out = dup(1), err = dup(2);
    complaints = fdopen(dup(2), "w");
    int file = open(captured, O_RDWR | O_CREAT | O_TRUNC, 0600);
    CHECK(out >= 0 && err >= 0 && complaints != NULL && file >= 0);
    CHECK(dup2(file, 1) == 1 && dup2(file, 2) == 2);

    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, count, NULL, NULL, &error));
    configure(words[1]);
    create_and_free_room();
    VsdkMeeting *meeting = new_meeting(NULL);
    vsdk_meeting_free(meeting);
    meet();
    fail_in_many_ways(words[2]);
    create_and_free_room();
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_OFF, NULL, NULL, NULL, &error));
    /* The same without a handler. */
    fail_in_many_ways(words[2]);
    meet();
    CHECK(records > 0);

    struct stat written;
    CHECK(fstat(file, &written) == 0);
    CHECK_NUMBER(0, written.st_size);
    /* It is this file that would have had it. */
    CHECK(write(1, "x", 1) == 1 && write(2, "x", 1) == 1);
    CHECK(fstat(file, &written) == 0);
    CHECK_NUMBER(2, written.st_size);
    CHECK(dup2(out, 1) == 1 && dup2(err, 2) == 2);
    close(out);
    close(err);
    close(file);
    unlink(captured);
    fclose(complaints);
    complaints = NULL;
    return all_is_over();
}
