/* Reads what was freed: AddressSanitizer and Valgrind must each end this program. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    volatile char *text = malloc(16);
    if (text == NULL) return 1;
    text[0] = 'x';
    free((void *)text);
    printf("%c\n", text[0]);
    return 0;
}
