#include <sqlite3.h>

/// `SQLITE_TRANSIENT`, a cast that Swift does not import: SQLite makes a copy of what is bound.
static inline sqlite3_destructor_type onrecord_sqlite_transient(void) {
    return SQLITE_TRANSIENT;
}
