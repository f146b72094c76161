// The weights that this program carries; Sources/Training/FORMAT.md describes them.
#ifndef ONRECORD_MODEL_H
#define ONRECORD_MODEL_H

#include <stddef.h>

// The bytes of model.bin, for as long as the program runs.
const void *model_bytes(void);
size_t model_size(void);

#endif
