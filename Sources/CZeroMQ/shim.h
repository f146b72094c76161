#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <zmq.h>

/// Names the calling thread for debuggers and `top`; what is beyond 15 bytes is cut off. Swift cannot call `prctl`.
static inline void czeromq_name_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}
