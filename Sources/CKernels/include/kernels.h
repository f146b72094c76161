// The arithmetic of the encoder, for one thread. No function allocates or keeps state.
//
// Activations are bytes, weights int8, both with a scale for each row; their products are added up in 32 bits, exactly.
// Floating-point numbers are added in one order, with one rounding for each operation written. So every set of kernels below gives the
// same bits, on every machine and for every split of rows.
#ifndef ONRECORD_KERNELS_H
#define ONRECORD_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Outputs of a matrix are a multiple of this.
#define KERNEL_LANES 16
// The most inputs of a matrix, and a multiple that they are of.
#define KERNEL_MOST_INPUTS 2048
#define KERNEL_GROUP 4
// The width of an attention head.
#define KERNEL_HEAD 32
// Bytes of activations are signed + 128, except after GELU, which is never below -0.17.
#define KERNEL_ZERO 128
#define KERNEL_GELU_ZERO 20

// A matrix of weights: value = (sum of byte x weight - zero x sum of weights) x scale of the row x scale + bias.
typedef struct {
    int inputs, outputs;
    int zero;                 // the byte that stands for 0 in the activations
    const int8_t *weights;    // as kernel_pack leaves them
    const int32_t *sums;      // of the weights of each output
    const float *scales, *bias;
} kernel_matrix;

typedef struct {
    const char *name;

    // out[r * stride + o] for all rows and outputs.
    void (*linear)(const kernel_matrix *matrix, const uint8_t *a, const float *row_scale, int rows, float *out,
                   int stride);

    // Quantises rows of `width` numbers, a multiple of 16.
    void (*quantise)(const float *x, int rows, int width, uint8_t *out, float *row_scale);

    // GELU, then quantised around KERNEL_GELU_ZERO.
    void (*gelu)(const float *x, int rows, int width, uint8_t *out, float *row_scale);

    // x = layer norm(x + y) * gain + bias, then quantised. `y` may be null.
    void (*add_norm)(float *x, const float *y, int rows, int width, const float *gain, const float *bias, uint8_t *out,
                     float *row_scale);

    // Takes the queries, keys and values of some rows of a window, from row `first` (a multiple of 16) on; `qkv` has
    // 3 x heads x KERNEL_HEAD numbers a row. `room` is kernel_room(rows of the window, heads) bytes at a multiple of 64.
    void (*split)(const float *qkv, int first, int count, int rows, int heads, void *room);

    // Self-attention of some rows of a window whose rows have all been split; `out` is count x heads x KERNEL_HEAD.
    // `scores` has room for count x rows rounded up to lanes.
    void (*attend)(int first, int count, int rows, int heads, void *room, float *scores, float *out);

    // out[j] = sum of x[i] * rows[j * stride + i] for `count` rows of `width` numbers, a multiple of 16.
    void (*dots)(const float *x, const float *rows, int stride, int count, int width, float *out);

    // Does so many rounds of nothing but the instruction that products are made of; returns how many products of bytes
    // were added up: with the time it took, the most that this processor can do. 0 where there is no such instruction.
    // `out` gets 16 sums, so that it has to be done.
    long (*spin)(long rounds, int32_t *out);
} kernel_set;

// The sets that this processor can run, the fastest first; null after the last, which is portable C.
const kernel_set *kernel_sets(int number);

// Packs `outputs` x `inputs` weights, and zeros for outputs up to `padded`; `packed` holds padded x inputs.
void kernel_pack(const int8_t *weights, int outputs, int padded, int inputs, int8_t *packed, int32_t *sums);

size_t kernel_room(int rows, int heads);

#endif
