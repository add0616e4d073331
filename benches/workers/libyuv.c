/*
 * Converts pictures with libyuv; benches/codecs.rs says what a worker is asked and answers. libyuv
 * calls formats by their bytes in a register: its ABGR is RGBA in memory, and its ARGB is BGRA.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libyuv.h>

enum { WIDTH = 1280, HEIGHT = 720, HALF = WIDTH / 2, WARM_UP = 5 };

static uint8_t from[4 * WIDTH * HEIGHT], into[4 * WIDTH * HEIGHT];

/* The planes of an I420 picture. */
#define Y(picture) (picture), WIDTH
#define U(picture) (picture) + WIDTH * HEIGHT, HALF
#define V(picture) (picture) + WIDTH * HEIGHT * 5 / 4, HALF

static int convert(const char *what) {
    if (!strcmp(what, "i420-rgba"))
        return I420ToABGR(Y(from), U(from), V(from), into, 4 * WIDTH, WIDTH, HEIGHT);
    if (!strcmp(what, "rgba-i420"))
        return ABGRToI420(from, 4 * WIDTH, Y(into), U(into), V(into), WIDTH, HEIGHT);
    if (!strcmp(what, "bgra-i420"))
        return ARGBToI420(from, 4 * WIDTH, Y(into), U(into), V(into), WIDTH, HEIGHT);
    if (!strcmp(what, "nv12-i420"))
        return NV12ToI420(Y(from), from + WIDTH * HEIGHT, WIDTH, Y(into), U(into), V(into), WIDTH,
                          HEIGHT);
    if (!strcmp(what, "scale"))
        return I420Scale(Y(from), U(from), V(from), WIDTH, HEIGHT, into, HALF,
                         into + HALF * HEIGHT / 2, HALF / 2, into + HALF * HEIGHT * 5 / 8,
                         HALF / 2, HALF, HEIGHT / 2, kFilterBox);
    return -1;
}

static double thread_time_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

int main(void) {
    char what[32];
    int pictures;

    for (uint32_t place = 0; place < sizeof from; place++)
        from[place] = (uint8_t)(place * 2654435761u >> 24);
    puts("ready");
    fflush(stdout);
    while (scanf(" convert %31s %d", what, &pictures) == 2) {
        double begin = 0;
        for (int picture = -WARM_UP; picture < pictures; picture++) {
            if (picture == 0)
                begin = thread_time_us();
            if (convert(what) != 0) {
                fprintf(stderr, "libyuv worker: %s cannot be done\n", what);
                return 1;
            }
        }
        printf("%f\n", (thread_time_us() - begin) / pictures);
        fflush(stdout);
    }
    return 0;
}
