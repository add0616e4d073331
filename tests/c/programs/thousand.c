/* A thousand rooms at once: few threads, few connections (the driver looks at those). */
#include "service.h"

enum { ROOMS = 1000, MOST_THREADS = 8 };

static atomic_int good, bad, ends;

static void completed(VsdkOp *op, VsdkStatus status, void *user_data) {
    VsdkRoom *room = NULL;
    (void)user_data;
    if (status == VSDK_STATUS_OK && vsdk_op_take_room(op, &room, NULL) == VSDK_STATUS_OK)
        ++good;
    else
        ++bad;
    vsdk_room_free(room);
}

static void ended(void *user_data) {
    CHECK(user_data == &good);
    ++ends;
}

int main(int count, char **words) {
    int most_threads = 0;
    CHECK(count == 2);
    configure(words[1]);
    for (int index = 0; index < ROOMS; ++index)
        CHECK_OK(vsdk_create_room_async(NULL, 1000 * HANG_S, completed, &good, ended, NULL, &error));
    while (ends < ROOMS) {
        int threads = thread_count();
        if (threads > most_threads) most_threads = threads;
        sleep_ms(5);
    }
    CHECK_NUMBER(ROOMS, good);
    CHECK_NUMBER(0, bad);
    CHECK_NUMBER(ROOMS, ends);
    CHECK(most_threads > 1 && most_threads <= MOST_THREADS);
    return all_is_over();
}
