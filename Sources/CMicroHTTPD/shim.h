#include <microhttpd.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>

// Swift imports neither variable arguments nor, by usable names, the constants of libmicrohttpd.

/// Goes on with a connection, whose next bytes are waited for.
static inline enum MHD_Result onrecord_http_go_on(void) { return MHD_YES; }

/// Closes a connection.
static inline enum MHD_Result onrecord_http_close(void) { return MHD_NO; }

/// What a server is called with: all with its context.
struct onrecord_http_calls {
    /// The request line's target, before anything is decoded; what it gives is the state of the request.
    void *(*begin)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback answer;
    /// The end of a request, whose state is to be let go.
    MHD_RequestCompletedCallback end;
};

/// Answers on the listening socket, by threads of its own; 16 KiB of a request, and so many seconds of silence.
static inline struct MHD_Daemon *onrecord_http_start(
    int socket, unsigned threads, unsigned connections, unsigned seconds, struct onrecord_http_calls calls,
    void *context) {
    return MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, calls.answer, context,
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_TIMEOUT, seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(16 << 10),
        MHD_OPTION_URI_LOG_CALLBACK, calls.begin, context, MHD_OPTION_NOTIFY_COMPLETED, calls.end, context, MHD_OPTION_END);
}

/// The value of a request's header, or NULL.
static inline const char *onrecord_http_header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/// An answer of bytes, of which a copy is made.
static inline struct MHD_Response *onrecord_http_bytes(const void *bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

/// An answer that is asked for piece by piece, in pieces of 1 KiB at most, until `read` gives `onrecord_http_over`.
static inline struct MHD_Response *onrecord_http_pieces(
    MHD_ContentReaderCallback read, void *context, MHD_ContentReaderFreeCallback release) {
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, read, context, release);
}

/// What ends an answer in pieces.
static inline ssize_t onrecord_http_over(void) { return MHD_CONTENT_READER_END_OF_STREAM; }

/// Sends an answer, and lets it go.
static inline enum MHD_Result onrecord_http_send(
    struct MHD_Connection *connection, unsigned status, struct MHD_Response *response) {
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}
