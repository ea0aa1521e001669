// SQLite's file layer for confined connections (sqlite3_vfs over the platform's own): reads the
// database and its -wal file, writes nothing but nameless temporary files, and those up to a limit.
#pragma once

struct sqlite3_file;

namespace idi::sqlite {

inline constexpr const char* confined_vfs_name = "idi-confined";

/// Once per process; thread-safe. Returns an SQLite result code.
int register_confined_vfs();

/// REQUIRES: the main file of a connection opened through this layer.
/// True if the last statement read a WAL-mode database without locks: nobody else had it open.
bool reads_without_locks(sqlite3_file* file);

}  // namespace idi::sqlite
