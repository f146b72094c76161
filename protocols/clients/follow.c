/* Follows a stream without loss into a file of JSON lines, in C with libzmq alone.
 *
 *     cc -O2 -o follow follow.c -lzmq
 *     ./follow tcp://127.0.0.1:5566 tcp://127.0.0.1:5567 res analyses.jsonl
 *     ./follow tcp://host:5566 tcp://host:5567 res analyses.jsonl me.key_secret analyzer.key    where it is encrypted
 *
 * Each line is {"number":N,"event":…}; FILE.cursor holds how far the file goes, and is replaced once the lines before it are durable:
 * whatever is killed, a line is there once. Where the stream's journal was set back, the line {"setBack":N} says that lines before it
 * with higher numbers do not stand; {"lost":N} says that what came before N is no longer kept; {"number":N,"unreadable":true} that
 * message N is no JSON object, or not even its place can be read, which is said and counted on standard error, too.
 *
 * What is published live only wakes it: messages are fetched, and a stretch of them counts once the server has said that it agrees with
 * what was there before (the first HELLO) and with its end (the second). See nwp-1.md, section 6.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

enum { PATIENCE = 5000, WINDOW = 256, POINTS = 60, FRAMES = 9, DEPTH = 16, LARGEST = 8 << 20 };

typedef struct {
    long n;
    char h[33];
} point;

static struct {
    char epoch[17], journal[17];
    long n; /* everything up to this message is in the file */
    long bytes; /* the length of the file then */
    int count;
    point points[POINTS + 1]; /* links of messages, the oldest first */
} state;

static const char *live, *control, *stream, *path;
static char public_key[41], secret_key[41], server_key[41]; /* empty where nothing is encrypted */
static void *context, *dealer, *news;
static int out;
static unsigned long requests;
static char request[16];
static zmq_msg_t frames[FRAMES];
static int frame_count;
static volatile sig_atomic_t is_stopping;

static void stop(int number) { (void)number, is_stopping = 1; }

static void fail(const char *what) {
    fprintf(stderr, "follow: %s: %s\n", what, errno ? zmq_strerror(errno) : "");
    exit(74);
}

/* A key of a file of `onrecord keygen`: public-key = "…" */
static void read_key(const char *file_path, const char *name, char *key) {
    char line[256], found[41];
    FILE *file = fopen(file_path, "r");
    if (!file) fail(file_path);
    while (!*key && fgets(line, sizeof line, file)) {
        const char *p = line + strspn(line, " \t");
        if (!strncmp(p, name, strlen(name)) && sscanf(p + strlen(name), " = \"%40[^\"]\"", found) == 1) strcpy(key, found);
    }
    fclose(file);
    if (strlen(key) != 40) errno = 0, fail(file_path);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------------------- */

static const char *space(const char *p) { return p + strspn(p, " \t\r\n"); }

/* Behind the value at p. */
static const char *skip(const char *p) {
    int depth = 0;
    for (p = space(p); *p; p++) {
        if (*p == '"') {
            while (*++p && *p != '"')
                if (*p == '\\' && p[1]) p++;
            if (!*p) return p;
        } else if (*p == '{' || *p == '[') {
            depth++;
        } else if (*p == '}' || *p == ']') {
            if (depth == 0) return p;
            depth--;
        } else if (*p == ',' && depth == 0) {
            return p;
        }
        if (depth == 0 && strchr("\"}]", *p)) return p + 1;
    }
    return p;
}

/* The value of a key of the object at p, or NULL. */
static const char *member(const char *p, const char *key) {
    size_t length = strlen(key);
    if (!p || *(p = space(p)) != '{') return NULL;
    for (p = space(p + 1); *p == '"'; p = space(p + 1)) {
        int is_it = !strncmp(p + 1, key, length) && p[length + 1] == '"';
        p = space(skip(p));
        if (*p != ':') return NULL;
        if (is_it) return space(p + 1);
        p = space(skip(p + 1));
        if (*p != ',') return NULL;
    }
    return NULL;
}

static long number(const char *object, const char *key, long otherwise) {
    const char *p = member(object, key);
    return p && (*p == '-' || (*p >= '0' && *p <= '9')) ? strtol(p, NULL, 10) : otherwise;
}

/* Copies a string of hexadecimal digits of at most size - 1. */
static void text(const char *object, const char *key, char *to, size_t size) {
    const char *p = member(object, key);
    size_t length = p && *p == '"' ? strspn(p + 1, "0123456789abcdef") : 0;
    if (length >= size) length = 0;
    if (length) memcpy(to, p + 1, length);
    to[length] = 0;
}

/* Behind the character of UTF-8 at p, or NULL. */
static const char *character(const char *p, const char *end) {
    const unsigned char *u = (const unsigned char *)p;
    int more = *u < 0x80 ? 0 : *u >= 0xC2 && *u < 0xE0 ? 1 : *u >= 0xE0 && *u < 0xF0 ? 2 : *u >= 0xF0 && *u < 0xF5 ? 3 : -1;
    if (more < 0 || end - p <= more) return NULL;
    if ((*u == 0xE0 && u[1] < 0xA0) || (*u == 0xED && u[1] > 0x9F) || (*u == 0xF0 && u[1] < 0x90) || (*u == 0xF4 && u[1] > 0x8F)) return NULL;
    for (int i = 1; i <= more; i++)
        if ((u[i] & 0xC0) != 0x80) return NULL;
    return p + more + 1;
}

static const char *blank(const char *p, const char *end) {
    while (p < end && strchr(" \t\r\n", *p) && *p) p++;
    return p;
}

static const char *digits(const char *p, const char *end) {
    while (p < end && *p >= '0' && *p <= '9') p++;
    return p;
}

static int is_too_deep; /* why `checked` found none */

/* Behind the JSON value at p (RFC 8259, so deep at most), or NULL where there is none; *fault is then where. */
static const char *checked(const char *p, const char *end, int depth, const char **fault) {
    static const char *words[] = {"true", "false", "null"};
    p = *fault = blank(p, end);
    if (p == end) return NULL;
    is_too_deep = (*p == '{' || *p == '[') && depth == 0;
    if (is_too_deep) return NULL;
    if (*p == '"') {
        for (p++; p < end && *p != '"'; *fault = p) {
            if (*p == '\\') {
                int is_code = p + 1 < end && p[1] == 'u';
                if (end - p < (is_code ? 6 : 2) || !p[1] || !strchr("\"\\/bfnrtu", p[1])) return NULL;
                for (int i = 2; is_code && i < 6; i++)
                    if (!p[i] || !strchr("0123456789abcdefABCDEF", p[i])) return NULL;
                p += is_code ? 6 : 2;
            } else if ((unsigned char)*p < 0x20 || !(p = character(p, end))) {
                return NULL;
            }
        }
        return p < end ? p + 1 : NULL;
    }
    if (*p == '{' || *p == '[') {
        char close = *p == '{' ? '}' : ']';
        const char *first = blank(p + 1, end);
        if (first < end && *first == close) return first + 1;
        do {
            if (close == '}') {
                *fault = p = blank(p + 1, end);
                if (p == end || *p != '"' || !(p = checked(p, end, depth, fault))) return NULL;
                *fault = p = blank(p, end);
                if (p == end || *p != ':') return NULL;
            }
            if (!(p = checked(p + 1, end, depth - 1, fault))) return NULL;
            *fault = p = blank(p, end);
        } while (p < end && *p == ',');
        return p < end && *p == close ? p + 1 : NULL;
    }
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(end - p) >= length && !memcmp(p, words[i], length)) return p + length;
    }
    if (*p == '-') p++;
    const char *start = p;
    if ((p = digits(p, end)) == start || (*start == '0' && p > start + 1)) return NULL;
    if (p < end && *p == '.' && (start = p + 1, p = digits(start, end)) == start) return NULL;
    if (p < end && (*p == 'e' || *p == 'E')) {
        start = p + 1 < end && (p[1] == '+' || p[1] == '-') ? p + 2 : p + 1;
        if ((p = digits(start, end)) == start) return NULL;
    }
    return p;
}

/* What is wrong with an event of so many bytes; NULL where it is one. */
static const char *flaw(const char *event, size_t size) {
    static char text[100];
    const char *end = event + size, *fault = event;
    is_too_deep = 0;
    if (size > LARGEST) {
        snprintf(text, sizeof text, "has %zu bytes, where %d are allowed", size, LARGEST);
        return text;
    }
    const char *p = checked(event, end, DEPTH, &fault);
    if (p && *blank(event, end) != '{') p = NULL, fault = event;
    if (p && (p = blank(p, end)) == end) return NULL;
    if (!size)
        snprintf(text, sizeof text, "is empty");
    else if (is_too_deep)
        snprintf(text, sizeof text, "has more than %d arrays and objects within one another, at byte %td", DEPTH, fault - event);
    else
        snprintf(text, sizeof text, "is no JSON object from byte %td on", (p ? p : fault) - event);
    return text;
}

/* ---- Cursor ----------------------------------------------------------------------------------------------------------------- */

static void add_point(long n, const char *h) {
    int kept = 0;
    if (!*h) return;
    for (int i = 0; i < state.count; i++) {
        long at = state.points[i].n;
        int is_kept = 0;
        for (long step = 1; step <= n && !is_kept; step *= 4) is_kept = at == n / step * step || at == n / step * step - step;
        if (is_kept && at < n) state.points[kept++] = state.points[i];
    }
    state.points[kept].n = n;
    strcpy(state.points[kept].h, h);
    state.count = kept + 1;
}

static char *cursor_path(const char *end) {
    static char name[4096];
    snprintf(name, sizeof name, "%s.cursor%s", path, end);
    return name;
}

static void save(void) {
    if (fdatasync(out)) fail(path);
    FILE *file = fopen(cursor_path(".new"), "w");
    if (!file) fail(cursor_path(".new"));
    fprintf(file, "%s %s %ld %ld %d\n", state.epoch, *state.journal ? state.journal : "-", state.n, state.bytes, state.count);
    for (int i = 0; i < state.count; i++) fprintf(file, "%ld %s\n", state.points[i].n, state.points[i].h);
    if (fflush(file) || fdatasync(fileno(file)) || fclose(file)) fail(cursor_path(".new"));
    char from[4096];
    strcpy(from, cursor_path(".new"));
    if (rename(from, cursor_path(""))) fail(cursor_path(""));
}

static void load(void) {
    FILE *file = fopen(cursor_path(""), "r");
    if (file) {
        if (fscanf(file, "%16s %16s %ld %ld %d", state.epoch, state.journal, &state.n, &state.bytes, &state.count) != 5 ||
            state.count < 0 || state.count > POINTS)
            fail("the cursor is damaged");
        for (int i = 0; i < state.count; i++)
            if (fscanf(file, "%ld %32s", &state.points[i].n, state.points[i].h) != 2) fail("the cursor is damaged");
        if (!strcmp(state.journal, "-")) *state.journal = 0;
        fclose(file);
    }
    /* What stands behind the cursor was written and does not count. */
    out = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (out < 0 || ftruncate(out, state.bytes) || lseek(out, 0, SEEK_END) < 0) fail(path);
}

static void append(const void *bytes, size_t size) {
    for (const char *p = bytes; size;) {
        ssize_t count = write(out, p, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) fail(path);
        p += count, size -= count, state.bytes += count;
    }
}

/* ---- Sockets ---------------------------------------------------------------------------------------------------------------- */

static void *dial(int kind, const char *endpoint) {
    void *made = zmq_socket(context, kind);
    if (!made) fail("socket");
    /* TCP finds peers that are gone; heartbeats of libzmq 4.3 can end a process whose queue is full (its issue 4364). */
    static const int options[][2] = {{ZMQ_LINGER, 0}, {ZMQ_RCVHWM, 10000}, {ZMQ_TCP_KEEPALIVE, 1}, {ZMQ_TCP_KEEPALIVE_IDLE, 4},
        {ZMQ_TCP_KEEPALIVE_INTVL, 2}, {ZMQ_TCP_KEEPALIVE_CNT, 3}, {ZMQ_TCP_MAXRT, 10000}, {ZMQ_CONNECT_TIMEOUT, 5000}};
    /* More than a message may have: one that is too large is named and passed over, and does not end the connection. */
    const int64_t largest = 8 * (int64_t)LARGEST;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (zmq_setsockopt(made, options[i][0], &options[i][1], sizeof(int))) fail("socket");
    if (zmq_setsockopt(made, ZMQ_MAXMSGSIZE, &largest, sizeof largest)) fail("socket");
    if (*server_key && (zmq_setsockopt(made, ZMQ_CURVE_SERVERKEY, server_key, 41) ||
                        zmq_setsockopt(made, ZMQ_CURVE_PUBLICKEY, public_key, 41) ||
                        zmq_setsockopt(made, ZMQ_CURVE_SECRETKEY, secret_key, 41)))
        fail("the keys");
    if (zmq_connect(made, endpoint)) fail(endpoint);
    return made;
}

/* Takes a message whole; false where none comes in time. Frames are closed by a zero byte for the reader of JSON by copy. */
static int receive(void *socket, long timeout) {
    zmq_pollitem_t item = {.socket = socket, .events = ZMQ_POLLIN};
    if (zmq_poll(&item, 1, timeout) <= 0) return 0;
    for (int i = 0; i < frame_count; i++) zmq_msg_close(&frames[i]);
    frame_count = 0;
    int more = 1;
    while (more) {
        zmq_msg_t spare, *frame = frame_count < FRAMES ? &frames[frame_count++] : &spare;
        zmq_msg_init(frame);
        if (zmq_msg_recv(frame, socket, 0) < 0) return 0;
        more = zmq_msg_more(frame);
        if (frame == &spare) zmq_msg_close(&spare);
    }
    return 1;
}

/* Frame i as a string of less than 16 KiB. */
static const char *string(int i) {
    static char buffers[4][16384];
    char *buffer = buffers[i % 4];
    size_t size = i < frame_count ? zmq_msg_size(&frames[i]) : 0;
    if (size >= sizeof buffers[0]) size = 0;
    if (size) memcpy(buffer, zmq_msg_data(&frames[i]), size);
    buffer[size] = 0;
    return buffer;
}

static void ask(const char *command, const char *arguments) {
    snprintf(request, sizeof request, "%lu", ++requests);
    zmq_send(dealer, "NWP1", 4, ZMQ_SNDMORE | ZMQ_DONTWAIT);
    zmq_send(dealer, command, strlen(command), ZMQ_SNDMORE | ZMQ_DONTWAIT);
    zmq_send(dealer, request, strlen(request), ZMQ_SNDMORE | ZMQ_DONTWAIT);
    zmq_send(dealer, arguments, strlen(arguments), ZMQ_DONTWAIT);
}

/* The next answer's command, or NULL where there is none for too long: then the connection is made anew. */
static const char *answer(void) {
    static char command[20];
    while (!is_stopping && receive(dealer, PATIENCE)) {
        if (strcmp(string(2), request)) continue;
        snprintf(command, sizeof command, "%.16s", string(1));
        return command;
    }
    zmq_close(dealer);
    dealer = dial(ZMQ_DEALER, control);
    return NULL;
}

/* HELLO with some points. The stream's bounds are in `bounds`; -1 where there is no answer, else the highest point that agrees. */
static struct {
    char epoch[17], journal[17], before[33];
    long lo, hi;
} bounds;

static long hello(const point *points, int count) {
    char arguments[8192];
    int size = snprintf(arguments, sizeof arguments, "{\"vmin\":1,\"vmax\":1,\"role\":\"follower\",\"client\":\"follow.c\"");
    if (count) size += snprintf(arguments + size, sizeof arguments - size, ",\"at\":{\"%s\":[", stream);
    for (int i = 0; i < count; i++)
        size += snprintf(arguments + size, sizeof arguments - size, "%s[%ld,\"%s\"]", i ? "," : "", points[i].n, points[i].h);
    snprintf(arguments + size, sizeof arguments - size, count ? "]}}" : "}");
    ask("HELLO", arguments);
    const char *command = answer();
    static int is_silent;
    if (!command && !is_silent && !is_stopping)
        fprintf(stderr, "follow: %s does not answer, or does not admit this key; trying again\n", control);
    is_silent = !command;
    if (!command) return -1;
    if (strcmp(command, "WELCOME")) {
        fprintf(stderr, "follow: %s says %s %s\n", control, command, string(3));
        sleep(1);
        return -1;
    }
    const char *found = member(member(string(3), "streams"), stream);
    if (!found) errno = 0, fail("there is no such stream");
    text(found, "e", bounds.epoch, sizeof bounds.epoch);
    text(found, "j", bounds.journal, sizeof bounds.journal);
    bounds.lo = number(found, "lo", 1);
    bounds.hi = number(found, "hi", 0);
    text(found, "lh", bounds.before, sizeof bounds.before);
    return number(found, "same", 0);
}

/* ---- Following -------------------------------------------------------------------------------------------------------------- */

static void say(const char *what, long n) {
    char line[64];
    append(line, snprintf(line, sizeof line, "{\"%s\":%ld}\n", what, n));
}

/* Finds out up to where the stream agrees with what was taken; false where nobody answers. */
static int meet(void) {
    long same = hello(state.points, state.count);
    if (same < 0) return 0;
    if (!*state.epoch) {
        state.n = bounds.lo - 1;
    } else if (*state.journal && *bounds.journal && strcmp(state.journal, bounds.journal)) {
        errno = 0;
        fail("the stream is another one than before; name another file");
    } else {
        /* Behind the newest point may be what was lost, of a server that does not say the link there. */
        long newest = state.count ? state.points[state.count - 1].n : 0;
        if (state.count && same >= newest) same = strcmp(state.epoch, bounds.epoch) ? newest : state.n;
        long stands = state.count ? same : strcmp(state.epoch, bounds.epoch) || state.n > bounds.hi ? bounds.lo - 1 : state.n;
        if (stands < state.n) {
            say("setBack", stands);
            while (state.count && state.points[state.count - 1].n > stands) state.count--;
            state.n = stands;
        }
    }
    if (state.n < bounds.lo - 1) {
        say("lost", bounds.lo);
        state.n = bounds.lo - 1;
        add_point(state.n, bounds.before);
    }
    strcpy(state.epoch, bounds.epoch);
    strcpy(state.journal, bounds.journal);
    save();
    return 1;
}

/* A line for each message from n on that cannot be read, before `end`. */
static void unreadable(long n, long end, const char *why) {
    static unsigned long count;
    char line[64];
    for (; n < end; n++) {
        fprintf(stderr, "follow: message %ld of %s %s; its line says so (%lu so far)\n", n, stream, why, ++count);
        append(line, snprintf(line, sizeof line, "{\"number\":%ld,\"unreadable\":true}\n", n));
    }
}

/* Fetches a stretch; false where who the stream is has to be asked again. */
static int fetch(void) {
    char arguments[512];
    long n = state.n, bytes = state.bytes, nameless = 0;
    point newest = {0};
    snprintf(arguments, sizeof arguments, "{\"s\":\"%s\",\"e\":\"%s\",\"from\":%ld,\"to\":%ld,\"credit\":%d,\"bytes\":%d}", stream,
             state.epoch, n + 1, n + WINDOW, WINDOW, 8 << 20);
    ask("FETCH", arguments);
    while (1) {
        const char *command = answer();
        if (!command) break;
        int is_item = !strcmp(command, "ITEM"), is_end = !strcmp(command, "END");
        if (!is_item && !is_end) break;
        const char *position = string(is_item ? 5 : 3);
        char epoch[17], start[64];
        text(position, "e", epoch, sizeof epoch);
        long next = number(position, is_item ? "n" : "next", 0);
        if (is_item && (!*epoch || next < 1)) {
            nameless++;
            continue;
        }
        if (strcmp(epoch, state.epoch)) {
            if (is_end) break;
            continue;
        }
        /* As many came without a place as are missing. */
        if (next > n + 1 && next - n - 1 <= nameless) {
            unreadable(n + 1, next, "cannot be read, nor its place");
            n = next - 1;
        }
        if (is_item) {
            if (next != n + 1) continue;
            nameless = 0;
            ++n;
            char link[33];
            text(position, "h", link, sizeof link);
            if (*link) newest.n = n, strcpy(newest.h, link);
            char *event = frame_count > 6 ? zmq_msg_data(&frames[6]) : "";
            size_t size = frame_count > 6 ? zmq_msg_size(&frames[6]) : 0;
            const char *why = flaw(event, size);
            if (why) {
                unreadable(n, n + 1, why);
                continue;
            }
            append(start, snprintf(start, sizeof start, "{\"number\":%ld,\"event\":", n));
            /* Line feeds in JSON stand between its parts only. */
            for (size_t i = 0; i < size; i++)
                if (event[i] == '\n' || event[i] == '\r') event[i] = ' ';
            append(event, size);
            append("}\n", 2);
            continue;
        }
        bounds.hi = number(position, "hi", 0);
        if (n == state.n) break;
        /* It counts if the server's history holds what was there before, and its end. */
        long hi = bounds.hi;
        const point *before = state.count ? &state.points[state.count - 1] : NULL;
        int is_known = before && before->n == state.n;
        if (is_known && hello(before, 1) != before->n) break;
        if (newest.n && hello(&newest, 1) != newest.n) break;
        state.n = n;
        if (newest.n) add_point(newest.n, newest.h);
        save();
        bounds.hi = hi;
        return 1;
    }
    static long withheld;
    if (n == state.n && state.n < bounds.hi && withheld != n + 1 && !is_stopping) {
        withheld = n + 1;
        fprintf(stderr, "follow: %s does not give message %ld of %s, though it has later ones; asking again\n", control, withheld, stream);
    }
    if (ftruncate(out, bytes) || lseek(out, 0, SEEK_END) < 0) fail(path);
    state.bytes = bytes;
    if (!is_stopping) usleep(200000);
    return 0;
}

int main(int count, char **words) {
    if (count != 5 && count != 7) {
        fprintf(stderr, "usage: follow LIVE-ENDPOINT CONTROL-ENDPOINT STREAM FILE [KEY-FILE SERVER-KEY-FILE]\n");
        return 64;
    }
    live = words[1], control = words[2], stream = words[3], path = words[4];
    if (strlen(path) > 4000 || strlen(stream) > 100) return 64;
    if (count == 7) {
        read_key(words[5], "public-key", public_key);
        read_key(words[5], "secret-key", secret_key);
        read_key(words[6], "public-key", server_key);
    }
    signal(SIGTERM, stop), signal(SIGINT, stop);
    load();
    context = zmq_ctx_new();
    dealer = dial(ZMQ_DEALER, control);
    news = dial(ZMQ_SUB, live);
    const char *forms[] = {"%s/1/", "%s/0/", "mark/%s/1/"};
    for (int i = 0; i < 3; i++) {
        char topic[256];
        zmq_setsockopt(news, ZMQ_SUBSCRIBE, topic, snprintf(topic, sizeof topic, forms[i], stream));
    }
    while (!is_stopping) {
        if (!meet()) continue;
        int is_sound = 1;
        while (is_sound && !is_stopping) {
            while (is_sound && state.n < bounds.hi && !is_stopping) is_sound = fetch();
            if (!is_sound || is_stopping) break;
            /* Marks come every second: silence means that the server is away, or was. */
            if (!receive(news, PATIENCE)) break;
            do {
                const char *place = string(1);
                char epoch[17], link[33];
                long n = number(place, "n", 0);
                text(place, "e", epoch, sizeof epoch);
                text(place, "h", link, sizeof link);
                int is_mark = !strncmp(string(0), "mark/", 5);
                /* Nothing is decided by what has no place: a mark tells what was missed. */
                if (!*epoch) {
                    static unsigned long strays;
                    fprintf(stderr, "follow: what is published at %s is none of the protocol (%lu so far)\n", live, ++strays);
                    continue;
                }
                if (strcmp(epoch, state.epoch) || (is_mark && n < state.n)) is_sound = 0;
                if (is_mark && n == state.n && *link && state.count && strcmp(link, state.points[state.count - 1].h)) is_sound = 0;
                if (n > bounds.hi) bounds.hi = n;
            } while (is_sound && receive(news, 0));
            /* An old message may say so, too: not at every one of them. */
            if (!is_sound) usleep(500000);
        }
    }
    zmq_close(dealer), zmq_close(news), zmq_ctx_term(context);
    return 0;
}
