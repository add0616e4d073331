/* Overflows a signed number: UndefinedBehaviorSanitizer must end this program. */
#include <limits.h>
#include <stdio.h>

int main(int count, char **words) {
    (void)words;
    int number = INT_MAX - 1 + count;
    number += count;
    printf("%d\n", number);
    return 0;
}
