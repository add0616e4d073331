/* Eight threads do whatever they like for a while, and the library is shut down under them now and
 * then: what is lost is told, and nothing is left. Arguments: the service, and for how many seconds.
 */
#include "service.h"

#include <sys/resource.h>

enum { THREADS = 8 };

static atomic_int over;
static atomic_llong calls;
static atomic_llong destroyed;
static atomic_llong registered;

static void count_destroyed(void *user_data) {
    (void)user_data;
    ++destroyed;
}

static void see_op(VsdkOp *op, VsdkStatus status, void *user_data) {
    (void)op;
    (void)status;
    (void)user_data;
}

static void see_event(const VsdkEvent *event, void *user_data) {
    (void)user_data;
    CHECK(vsdk_event_type_name(event) != NULL);
}

/* Everything may meet a shutdown; nothing may end in another way. */
static void expect(VsdkStatus status) {
    if (status < 0 && status != VSDK_STATUS_SHUTDOWN && status != VSDK_STATUS_CANCELLED)
        fail(__FILE__, __LINE__, vsdk_error_message(error));
    forget_error();
    ++calls;
}

static void create_a_room(unsigned choice) {
    VsdkOp *op = NULL;
    VsdkRoom *room = NULL;
    ++registered;
    expect(vsdk_create_room_async(NULL, 1000 * HANG_S, see_op, NULL, count_destroyed, &op, &error));
    if (choice % 3 == 0) expect(vsdk_op_cancel(op, &error));
    if (choice % 5 != 0) {
        expect(vsdk_op_wait(op, VSDK_TIMEOUT_INFINITE, &error));
        expect(vsdk_op_take_room(op, &room, &error));
    }
    vsdk_room_free(room);
    vsdk_op_free(op);
}

static void use_a_meeting(void) {
    VsdkMeeting *meeting = new_meeting(NULL);
    VsdkMeetingSnapshot *snapshot = NULL;
    ++registered;
    expect(vsdk_meeting_set_event_handler(meeting, see_event, NULL, count_destroyed, &error));
    expect(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    vsdk_meeting_snapshot_free(snapshot);
    vsdk_meeting_free(meeting);
    ++calls;
}

static void *do_anything(void *argument) {
    unsigned choice = (unsigned)(uintptr_t)argument;
    while (!over) {
        choice = choice * 1103515245u + 12345u;
        if (choice >> 16 & 1)
            create_a_room(choice >> 17);
        else
            use_a_meeting();
    }
    return NULL;
}

static long resident_kib(void) {
    long pages = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    CHECK(statm != NULL && fscanf(statm, "%ld %ld", &pages, &resident) == 2);
    fclose(statm);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int count, char **values) {
    pthread_t threads[THREADS];
    int64_t began = now_ms(), length = atoi(values[2]) * 1000;
    long half_way = 0;

    CHECK(count == 3);
    configure(values[1]);
    for (uintptr_t i = 0; i < THREADS; ++i) threads[i] = start_thread(do_anything, (void *)(i + 1));
    while (now_ms() - began < length) {
        sleep_ms(500);
        CHECK_OK(vsdk_shutdown(1000 * HANG_S, &error));
        if (half_way == 0 && now_ms() - began > length / 2) half_way = resident_kib();
    }
    over = 1;
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    CHECK_OK(vsdk_shutdown(1000 * HANG_S, &error));
    CHECK(calls > THREADS);
    CHECK_NUMBER(registered, destroyed);
    printf("calls %lld, resident KiB %ld half way, %ld at the end\n", (long long)calls, half_way,
           resident_kib());
    /* A leak of a few bytes per call would be seen after some minutes, noise would not. */
    CHECK(resident_kib() < half_way * 3 / 2 + 8192);
    return all_is_over();
}
