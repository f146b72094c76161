#include "layout.h"

void kernel_pack(const int8_t *weights, int outputs, int padded, int inputs, int8_t *packed, int32_t *sums) {
    for (int o = 0; o < padded; o++) {
        int panel = panel_of(o, padded), width = panel_width(padded - panel);
        int8_t *to = packed + (size_t)panel * inputs + (o - panel) * 4;
        sums[o] = 0;
        for (int i = 0; i < inputs; i++) {
            int8_t weight = o < outputs ? weights[(size_t)o * inputs + i] : 0;
            to[(size_t)(i / 4) * width * 4 + i % 4] = weight;
            sums[o] += weight;
        }
    }
}

size_t kernel_room(int rows, int heads) {
    size_t numbers = (size_t)heads * ((rows + KERNEL_LANES - 1) / KERNEL_LANES * KERNEL_LANES);
    return numbers * (3 * KERNEL_HEAD + 5 * sizeof(float)) + (size_t)heads * KERNEL_HEAD * sizeof(int32_t);
}

#if defined(__x86_64__)
#include <cpuid.h>

static int has_avxvnni(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && a & 1 << 4;
}

static int list(const kernel_set *sets[]) {
    int count = 0;
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
        sets[count++] = &avx512_kernels;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        if (has_avxvnni()) sets[count++] = &avxvnni_kernels;
        sets[count++] = &avx2_kernels;
    }
    return count;
}
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>

static int list(const kernel_set *sets[]) {
    enum { DOT_PRODUCT = 1 << 20 };  // HWCAP_ASIMDDP
    if (!(getauxval(AT_HWCAP) & DOT_PRODUCT)) return 0;
    sets[0] = &arm_kernels;
    return 1;
}
#else
static int list(const kernel_set *sets[]) { return 0; }
#endif

const kernel_set *kernel_sets(int number) {
    const kernel_set *sets[5] = {0};
    sets[list(sets)] = &portable_kernels;
    return number >= 0 && number < 5 ? sets[number] : 0;
}
