/* Operations: waiting, taking, cancelling, and callbacks that are made exactly once. */
#include "service.h"

/* What a callback was told; the library owns it from the call on and gives it back by destroying. */
struct told {
    atomic_int calls;
    atomic_int ends;
    atomic_int calls_at_end;
    VsdkStatus status;
    int takes_room;
    char room_id[64];
};

static void completed(VsdkOp *op, VsdkStatus status, void *user_data) {
    struct told *told = user_data;
    VsdkRoom *room = NULL;

    told->status = status;
    CHECK_NUMBER(0, told->ends);
    CHECK_OK(vsdk_op_wait(op, 0, &error)); /* the handle is valid, and it has completed */
    CHECK_STATUS(status, vsdk_op_outcome(op, NULL));
    if (told->takes_room) {
        CHECK_OK(vsdk_op_take_room(op, &room, &error));
        snprintf(told->room_id, sizeof told->room_id, "%s", vsdk_room_id(room));
        vsdk_room_free(room);
    }
    ++told->calls;
}

static void ended(void *user_data) {
    struct told *told = user_data;
    told->calls_at_end = told->calls;
    ++told->ends;
}

/* The callback was made once, with this status, and its user data came to its end once after it. */
static void check_told(struct told *told, VsdkStatus status) {
    WAIT_UNTIL(told->ends > 0);
    CHECK_NUMBER(1, told->calls);
    CHECK_NUMBER(1, told->calls_at_end);
    CHECK_NUMBER(1, told->ends);
    CHECK_NUMBER(status, told->status);
}

static void success_with_callback(void) {
    struct told told = {.takes_room = 1};
    VsdkOp *op = NULL;
    VsdkRoom *room = NULL;
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, completed, &told, ended, &op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_INFINITE, &error));
    check_told(&told, VSDK_STATUS_OK);
    CHECK_NUMBER(14, (int64_t)strlen(told.room_id));
    /* The callback's handle and this one are the same operation: its result is gone. */
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_room(op, &room, &error));
    CHECK(room == NULL);
    CHECK_OK(vsdk_op_outcome(op, &error));
    vsdk_op_free(op);
}

static void taking(void) {
    VsdkOp *op = NULL;
    VsdkRoom *room = NULL;
    VsdkToken *token = NULL;
    VsdkRoomList *list = NULL;
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_token(op, &token, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_room_list(op, &list, &error));
    CHECK(token == NULL && list == NULL);
    CHECK_OK(vsdk_op_take_room(op, &room, &error)); /* the wrong ones took nothing */
    vsdk_op_free(op);
    CHECK_NUMBER(14, (int64_t)strlen(vsdk_room_id(room))); /* lives without the operation */
    vsdk_room_free(room);
}

static void cancelling(void) {
    struct told told = {0};
    VsdkRoom *room = NULL;
    VsdkOp *op = start_stalled(completed, &told, ended);
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_op_wait(op, 0, &error));
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_op_wait(op, 50, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_outcome(op, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_room(op, &room, &error));
    CHECK_NUMBER(0, told.calls);
    CHECK_OK(vsdk_op_cancel(op, &error));
    CHECK_OK(vsdk_op_cancel(op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_INFINITE, &error));
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_CANCELLED, vsdk_op_outcome(op, &error));
    CHECK_TEXT("create_room", vsdk_error_operation(error));
    forget_error();
    CHECK_FAILS(VSDK_STATUS_CANCELLED, vsdk_op_take_room(op, &room, &error));
    check_told(&told, VSDK_STATUS_CANCELLED);
    CHECK_OK(vsdk_op_cancel(op, &error));
    vsdk_op_free(op);

    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_op_cancel(op, &error)); /* too late */
    CHECK_OK(vsdk_op_outcome(op, &error));
    CHECK_OK(vsdk_op_take_room(op, &room, &error));
    vsdk_room_free(room);
    vsdk_op_free(op);
}

static void without_a_handle(void) {
    struct told freed = {.takes_room = 1}, never_had = {.takes_room = 1}, alone = {0};
    VsdkOp *op = NULL;
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, completed, &freed, ended, &op, &error));
    vsdk_op_free(op);
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, completed, &never_had, ended, NULL,
                                    &error));
    /* User data without a callback comes to its end as well. */
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, NULL, &alone, ended, NULL, &error));
    CHECK_OK(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, NULL, NULL));
    check_told(&freed, VSDK_STATUS_OK);
    check_told(&never_had, VSDK_STATUS_OK);
    CHECK(strcmp(freed.room_id, never_had.room_id) != 0);
    WAIT_UNTIL(alone.ends > 0);
    CHECK_NUMBER(1, alone.ends);
}

static void failing(void) {
    struct told told = {0}, late = {0}, refused = {0};
    VsdkOp *op = NULL;
    VsdkRoomOptions *options = room_options_below("/no-such-place");
    CHECK_OK(vsdk_create_room_async(options, VSDK_TIMEOUT_DEFAULT, completed, &told, ended, &op,
                                    &error));
    vsdk_room_options_free(options);
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    check_told(&told, VSDK_STATUS_NOT_FOUND);
    CHECK_FAILS(VSDK_STATUS_NOT_FOUND, vsdk_op_outcome(op, &error));
    vsdk_op_free(op);

    options = room_options_below("/stall");
    CHECK_OK(vsdk_create_room_async(options, 100, completed, &late, ended, &op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_INFINITE, &error));
    check_told(&late, VSDK_STATUS_TIMEOUT);
    vsdk_room_options_free(options);
    vsdk_op_free(op);

    /* Refused before anything began: no call, but the end of the user data. */
    op = (VsdkOp *)&told;
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_create_room_async(NULL, VSDK_TIMEOUT_INFINITE, completed, &refused, ended, &op,
                                       &error));
    CHECK(op == NULL);
    CHECK_NUMBER(1, refused.ends);
    CHECK_NUMBER(0, refused.calls);
}

static void every_kind(void) {
    struct told told[5] = {{0}};
    VsdkOp *ops[5] = {NULL};
    VsdkToken *token = NULL;
    VsdkRoom *room = NULL, *created = NULL;
    VsdkRoomList *list = NULL;
    CHECK_OK(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &created, &error));
    const char *id = vsdk_room_id(created);
    int64_t wait = VSDK_TIMEOUT_DEFAULT;

    CHECK_OK(vsdk_token_fetch_async(url_at("/get-token", ""), NULL, wait, completed, &told[0], ended,
                                    &ops[0], &error));
    CHECK_OK(vsdk_rooms_list_async(NULL, wait, completed, &told[1], ended, &ops[1], &error));
    CHECK_OK(vsdk_room_get_async(id, NULL, wait, completed, &told[2], ended, &ops[2], &error));
    CHECK_OK(vsdk_op_wait(ops[2], wait, &error));
    CHECK_OK(vsdk_room_validate_async(id, NULL, wait, completed, &told[3], ended, &ops[3], &error));
    CHECK_OK(vsdk_op_wait(ops[3], wait, &error));
    CHECK_OK(vsdk_room_deactivate_async(id, NULL, wait, completed, &told[4], ended, &ops[4], &error));
    for (int index = 0; index < 5; ++index) {
        CHECK_OK(vsdk_op_wait(ops[index], wait, &error));
        check_told(&told[index], VSDK_STATUS_OK);
    }
    CHECK_OK(vsdk_op_take_token(ops[0], &token, &error));
    vsdk_token_free(token);
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_token(ops[0], &token, &error));
    CHECK(token == NULL);
    CHECK_OK(vsdk_op_take_room_list(ops[1], &list, &error));
    vsdk_room_list_free(list);
    for (int index = 2; index < 5; ++index) {
        CHECK_OK(vsdk_op_take_room(ops[index], &room, &error));
        CHECK_TEXT(id, vsdk_room_id(room));
        vsdk_room_free(room);
    }
    for (int index = 0; index < 5; ++index) vsdk_op_free(ops[index]);
    vsdk_room_free(created);
}

int main(int count, char **words) {
    CHECK(count == 2);
    configure(words[1]);
    success_with_callback();
    taking();
    cancelling();
    without_a_handle();
    failing();
    every_kind();
    return all_is_over();
}
