#include "board.h"

static const unsigned char css[] = {
#embed "board.css"
};

static const unsigned char js[] = {
#embed "board.js"
};

static const unsigned char icon[] = {
#embed "icon.svg"
};

struct board_file board_css(void) { return (struct board_file){css, sizeof css}; }
struct board_file board_js(void) { return (struct board_file){js, sizeof js}; }
struct board_file board_icon(void) { return (struct board_file){icon, sizeof icon}; }
