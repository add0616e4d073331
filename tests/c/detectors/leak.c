/* Loses what it allocated: the leak checks must report this program. */
#include <stdio.h>
#include <stdlib.h>

static void lose(void) {
    char *volatile text = malloc(1000);
    text[0] = 'x';
    text = NULL;
}

int main(void) {
    lose();
    puts("lost");
    return 0;
}
