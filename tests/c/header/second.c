/* The same header in a second unit of one program: it defines nothing twice. */
#include <stdio.h>
#include <vsdk.h>

const char *version_in_second_unit(void);

const char *version_in_second_unit(void) {
    return VSDK_VERSION;
}
