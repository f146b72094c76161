// How matrices and the keys and values of a window lie in memory: what all sets of kernels share.
#ifndef ONRECORD_LAYOUT_H
#define ONRECORD_LAYOUT_H

#include <math.h>
#include <string.h>

#include "kernels.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// A tile has at most so many rows and outputs: 24 sums of 16 lanes, which 32 registers hold besides what they multiply.
enum { ROWS = 6, PANEL = 64 };

// Weights lie in panels of 64 outputs, at the end of 32 and 16: for every four inputs, four bytes of each output.
INLINE int panel_width(int left) { return left >= PANEL ? PANEL : left >= 32 ? 32 : 16; }

// The first output of the panel that an output lies in.
INLINE int panel_of(int output, int outputs) {
    int start = output / PANEL * PANEL;
    return outputs - start >= PANEL ? start : outputs - start == 48 && output - start >= 32 ? start + 32 : start;
}

// Functions that take these by value are all inlined.
#pragma clang diagnostic ignored "-Wpsabi"
typedef float v16 __attribute__((ext_vector_type(16), may_alias));
typedef int32_t v16i __attribute__((ext_vector_type(16), may_alias));
typedef uint8_t v16b __attribute__((ext_vector_type(16), may_alias));
typedef int8_t v16c __attribute__((ext_vector_type(16), may_alias));
typedef v16 v16_any __attribute__((aligned(4)));
typedef v16i v16i_any __attribute__((aligned(4)));
typedef v16b v16b_any __attribute__((aligned(1)));

// The quantised queries, keys and values of a window.
typedef struct {
    int padded;              // rows of the window, rounded up to lanes
    uint8_t *queries;        // head, row, 32
    int8_t *keys, *values;   // head, packed: 32 inputs x padded outputs; padded inputs x 32 outputs
    float *query_scales;     // head, row
    float *key_scales;       // head, key: makes a product a power of two's exponent
    int32_t *key_sums;
    float *value_scales;     // head, key: one divided by these
    float *value_shifts;     // their log2
    int32_t *value_sums;     // head, 32
} attention;

INLINE attention attention_in(void *room, int rows, int heads) {
    attention a = {.padded = (rows + KERNEL_LANES - 1) / KERNEL_LANES * KERNEL_LANES};
    size_t numbers = (size_t)heads * a.padded, bytes = numbers * KERNEL_HEAD;
    a.queries = room;
    a.keys = (int8_t *)room + bytes;
    a.values = a.keys + bytes;
    a.query_scales = (float *)(a.values + bytes);
    a.key_scales = a.query_scales + numbers;
    a.key_sums = (int32_t *)(a.key_scales + numbers);
    a.value_scales = (float *)(a.key_sums + numbers);
    a.value_shifts = a.value_scales + numbers;
    a.value_sums = (int32_t *)(a.value_shifts + numbers);
    return a;
}

extern const kernel_set portable_kernels;
#if defined(__x86_64__)
extern const kernel_set avx512_kernels, avxvnni_kernels, avx2_kernels;
#elif defined(__aarch64__) && defined(__linux__)
extern const kernel_set arm_kernels;
#endif

#endif
