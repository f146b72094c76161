#include <microhttpd.h>
#include <stddef.h>

// Swift imports neither variable arguments nor, by usable names, the constants of libmicrohttpd.

/// Goes on with a connection, whose next bytes are waited for.
static inline enum MHD_Result onrecord_http_go_on(void) { return MHD_YES; }

/// Closes a connection.
static inline enum MHD_Result onrecord_http_close(void) { return MHD_NO; }

/// Answers on the listening socket, by a thread of its own: 32 connections, 16 KiB of a request, 10 seconds of silence.
static inline struct MHD_Daemon *onrecord_http_start(int socket, MHD_AccessHandlerCallback answer, void *context) {
    return MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer, context, MHD_OPTION_LISTEN_SOCKET, socket,
        MHD_OPTION_CONNECTION_LIMIT, 32u, MHD_OPTION_CONNECTION_TIMEOUT, 10u, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)(16 << 10), MHD_OPTION_END);
}

/// Sends an answer, of which a copy is made.
static inline enum MHD_Result onrecord_http_answer(
    struct MHD_Connection *connection, unsigned status, const char *type, const void *text, size_t count) {
    struct MHD_Response *response = MHD_create_response_from_buffer(count, (void *)text, MHD_RESPMEM_MUST_COPY);
    if (!response) return MHD_NO;
    MHD_add_response_header(response, "Content-Type", type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (status == 405) MHD_add_response_header(response, "Allow", "GET, HEAD");
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}
