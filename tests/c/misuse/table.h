/* What the judge knows of the library: one row for each function and each type.
 *
 * The rows are generated from bindings/api.json. A function is called through `call`, which casts
 * each argument to what the prototype says.
 */
#ifndef MISUSE_TABLE_H
#define MISUSE_TABLE_H

#include <vsdk.h>

enum { MOST_PARAMETERS = 12 };

/* Functions travel apart from data, as C wants it. */
typedef void (*any_function)(void);

struct argument {
    void *pointer;
    int64_t integer;
    any_function function;
};

enum parameter_kind {
    HANDLE,    /* an object, to be used */
    FREED,     /* an object, to be freed */
    TEXT,      /* NUL-terminated UTF-8 */
    BYTES,     /* a payload, whose length follows */
    TEXTS,     /* an array of texts, whose length follows */
    LENGTH,    /* of the parameter before */
    INDEX,     /* into a list */
    FLAG,      /* 0 or 1 */
    CHOICE,    /* one of the values of an integer type */
    NUMBER,    /* any other integer */
    TIMEOUT,   /* milliseconds that must end */
    PATIENCE,  /* milliseconds that may be infinite */
    OUT,       /* a place for a handle, text or number */
    STRUCTURE, /* a plain struct that is read */
    FILLED,    /* a plain struct that is filled in */
    ERROR,     /* the place for the error */
    CALLBACK,
    USER_DATA,
    DESTROY
};

struct parameter {
    const char *name;
    enum parameter_kind kind;
    int nullable;
    int type;                /* of handles: the index in `types`; else -1 */
    int size;                /* of places and structs: in bytes */
    int owned;               /* of places: what is put there is to be freed */
    const char *const *text; /* of texts: one that makes sense */
    int64_t integer;         /* of integers: one that makes sense; of places: empty */
    any_function callback;   /* of callbacks: one that does nothing */
    const void *initial;     /* of structs: what its macro sets */
};

enum result_kind {
    NOTHING,
    STATUS, /* with an error beside it */
    VALUE,  /* `absent` when it cannot be told */
    OBJECT  /* a new handle; NULL when it cannot be made */
};

struct function {
    const char *name;
    int64_t (*call)(const struct argument *arguments);
    enum result_kind result;
    int64_t absent;
    int result_type;
    int replaces; /* sets a handler: called with NULL it takes the former one back */
    int parameter_count;
    struct parameter parameters[MOST_PARAMETERS];
};

struct type {
    const char *name;
    void *(*make)(void);
    void (*free)(void *handle); /* NULL for what is only ever borrowed */
};

extern const struct function functions[];
extern const int function_count;
extern const struct type types[];
extern const int type_count;

#endif
