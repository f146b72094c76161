#include <sqlite3.h>

/// `SQLITE_TRANSIENT`, a cast that Swift does not import: SQLite makes a copy of what is bound.
static inline sqlite3_destructor_type onrecord_sqlite_transient(void) {
    return SQLITE_TRANSIENT;
}

/// Reads the first bytes of a database's file as they stand there, whatever its write-ahead log holds.
///
/// By SQLite's own descriptor: to close another one would end the locks that this process has on the file.
static inline int onrecord_sqlite_header(sqlite3 *database, void *bytes, int count) {
    sqlite3_file *file = 0;
    int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK || !file || !file->pMethods) return SQLITE_ERROR;
    return file->pMethods->xRead(file, bytes, count, 0);
}

/// Has the write-ahead log stay, empty, when the last connection ends.
static inline int onrecord_sqlite_keep_log(sqlite3 *database) {
    int keep = 1;
    return sqlite3_file_control(database, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}

#include <fcntl.h>
#include <linux/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// When the file at `path` was made, in nanoseconds since 1970, which Glibc's module does not offer; 0 where its file
/// system does not say.
static inline long long onrecord_birth(const char *path) {
    struct statx status;
    if (syscall(SYS_statx, AT_FDCWD, path, 0, STATX_BTIME, &status) != 0 || !(status.stx_mask & STATX_BTIME)) return 0;
    return status.stx_btime.tv_sec * 1000000000LL + status.stx_btime.tv_nsec;
}

#include <stdint.h>
#include <time.h>

static inline int onrecord_sqlite_is_late(void *deadline) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > (intptr_t)deadline;
}

/// Ends statements with SQLITE_INTERRUPT that still run after so many seconds from now.
static inline void onrecord_sqlite_limit(sqlite3 *database, long long seconds) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    sqlite3_progress_handler(database, 10000, onrecord_sqlite_is_late, (void *)(intptr_t)(now.tv_sec + seconds));
}
