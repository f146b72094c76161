// The files that the pages of the board need.
#ifndef ONRECORD_BOARD_H
#define ONRECORD_BOARD_H

#include <stddef.h>

// A file's bytes, for as long as the program runs.
struct board_file {
    const void *bytes;
    size_t size;
};

struct board_file board_css(void);
struct board_file board_js(void);
struct board_file board_icon(void);

#endif
