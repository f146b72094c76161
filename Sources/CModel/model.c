#include "model.h"

static const _Alignas(64) unsigned char bytes[] = {
#embed "model.bin"
};

const void *model_bytes(void) { return bytes; }
size_t model_size(void) { return sizeof bytes; }
