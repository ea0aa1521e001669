// The states of a main file's shared memory (the -shm file of WAL mode):
//   none      nothing was asked yet
//   private   there is no -shm file, so no program has the database open: SQLite is told
//             READONLY_CANTINIT and builds the index of the -wal file in its own memory
//   shared    there is one: the platform's layer maps it, read-only (URI readonly_shm=1)
// none → private | shared, private → shared [shm_map]. Invariants: 1. no file is opened for writing
// except nameless temporary ones; 2. nothing is created, truncated or deleted by name; 3. the sum
// of a monitor's temporary files never exceeds its limit.
#include "confined_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "work_monitor.hpp"

namespace idi::sqlite {
namespace {

enum class Role : unsigned char { main, journal, wal, missing_wal, temporary };
enum class SharedMemory : unsigned char { none, private_index, shared };

// SQLite allocates it (szOsFile bytes), the platform's file lies right behind it.
struct ConfinedFile {
  sqlite3_file base;
  Role role;
  SharedMemory shared_memory;
  bool without_locks;  ///< The last transaction could not rely on the shared memory.
  const char* path;    ///< SQLite keeps it alive as long as the file is open.
  WorkMonitor* monitor;
  sqlite3_int64 counted_bytes;  ///< Of a temporary file.
};

constexpr int header_size = (static_cast<int>(sizeof(ConfinedFile)) + 15) / 16 * 16;

ConfinedFile& self_of(sqlite3_file* file) { return *reinterpret_cast<ConfinedFile*>(file); }
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + header_size);
}
// The layer below; found when this one is registered.
sqlite3_vfs*& platform_vfs() {
  static sqlite3_vfs* vfs = nullptr;
  return vfs;
}

bool must_stop() {
  const WorkMonitor* monitor = WorkMonitor::current();
  return monitor != nullptr && monitor->stop_now();
}

// Opens the platform's file behind `file`.
int open_real(const char* name, sqlite3_file* file, int flags, int* flags_used) {
  sqlite3_vfs* platform = platform_vfs();
  real_of(file)->pMethods = nullptr;
  const int code = platform->xOpen(platform, name, real_of(file), flags, flags_used);
  if (code != SQLITE_OK && real_of(file)->pMethods != nullptr) {
    real_of(file)->pMethods->xClose(real_of(file));
  }
  return code;
}

constexpr int writing_flags =
    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_DELETEONCLOSE;

int open_reading(const char* name, sqlite3_file* file, int flags, int* flags_used) {
  return open_real(name, file, (flags & ~writing_flags) | SQLITE_OPEN_READONLY, flags_used);
}

bool file_exists(const char* path) {
  int exists = 0;
  const int code = platform_vfs()->xAccess(platform_vfs(), path, SQLITE_ACCESS_EXISTS, &exists);
  return code == SQLITE_OK && exists != 0;
}

// A -wal file that was missing when it was opened may have come since. True if it is still missing.
bool is_missing(sqlite3_file* file) {
  ConfinedFile& self = self_of(file);
  if (self.role != Role::missing_wal) return false;
  if (!file_exists(self.path)) return true;
  int flags_used = 0;
  if (open_reading(self.path, file, SQLITE_OPEN_WAL, &flags_used) != SQLITE_OK) return true;
  self.role = Role::wal;
  return false;
}

int close_file(sqlite3_file* file) {
  ConfinedFile& self = self_of(file);
  if (self.monitor != nullptr) self.monitor->temporary_bytes -= self.counted_bytes;
  return self.role == Role::missing_wal ? SQLITE_OK
                                        : real_of(file)->pMethods->xClose(real_of(file));
}

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  if (is_missing(file)) {
    std::memset(bytes, 0, static_cast<std::size_t>(size));
    return SQLITE_IOERR_SHORT_READ;
  }
  // Counting, sorting and full scans are single steps of SQLite's machine: this is where they end.
  if (must_stop()) return SQLITE_INTERRUPT;
  return real_of(file)->pMethods->xRead(real_of(file), bytes, size, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  ConfinedFile& self = self_of(file);
  if (self.role != Role::temporary) return SQLITE_READONLY;  // invariant 1
  if (must_stop()) return SQLITE_INTERRUPT;
  const sqlite3_int64 growth = std::max<sqlite3_int64>(0, offset + size - self.counted_bytes);
  if (self.monitor != nullptr && growth > 0) {
    if (self.monitor->temporary_bytes + growth > self.monitor->max_temporary_bytes) {
      self.monitor->temporary_limit_was_hit = true;
      return SQLITE_FULL;  // invariant 3
    }
    self.monitor->temporary_bytes += growth;
    self.counted_bytes += growth;
  }
  return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  ConfinedFile& self = self_of(file);
  if (self.role != Role::temporary) return SQLITE_READONLY;  // invariant 2
  const int code = real_of(file)->pMethods->xTruncate(real_of(file), size);
  if (code == SQLITE_OK && self.monitor != nullptr && size < self.counted_bytes) {
    self.monitor->temporary_bytes -= self.counted_bytes - size;
    self.counted_bytes = size;
  }
  return code;
}

int sync_file(sqlite3_file*, int) { return SQLITE_OK; }

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  if (is_missing(file)) {
    *size = 0;
    return SQLITE_OK;
  }
  const int code = real_of(file)->pMethods->xFileSize(real_of(file), size);
  // A log of nothing but its header holds nothing. SQLite (3.40) agrees when it rebuilds the index,
  // then finds the header not in the index, and begins again for ten seconds.
  constexpr sqlite3_int64 wal_header_bytes = 32;
  if (code == SQLITE_OK && self_of(file).role == Role::wal && *size <= wal_header_bytes) *size = 0;
  return code;
}

int lock_file(sqlite3_file* file, int level) {
  if (self_of(file).role == Role::missing_wal) return SQLITE_OK;
  if (self_of(file).role == Role::main && level > SQLITE_LOCK_SHARED) return SQLITE_READONLY;
  return real_of(file)->pMethods->xLock(real_of(file), level);
}

int unlock_file(sqlite3_file* file, int level) {
  if (self_of(file).role == Role::missing_wal) return SQLITE_OK;
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

int check_reserved_lock(sqlite3_file* file, int* reserved) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
  if (self_of(file).role == Role::missing_wal) return SQLITE_NOTFOUND;
  // Would allocate space that nobody counts.
  if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) {
  if (self_of(file).role == Role::missing_wal) return 4096;
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}

int device_characteristics(sqlite3_file* file) {
  if (self_of(file).role == Role::missing_wal) return 0;
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

int shm_map(sqlite3_file* file, int page, int size, int, void volatile** mapped) {
  ConfinedFile& self = self_of(file);
  *mapped = nullptr;
  self.without_locks = true;
  sqlite3_file* real = real_of(file);
  if (self.shared_memory != SharedMemory::shared &&
      (real->pMethods->iVersion < 2 || !file_exists((std::string(self.path) + "-shm").c_str()))) {
    self.shared_memory = SharedMemory::private_index;
    return SQLITE_READONLY_CANTINIT;
  }
  const int code = real->pMethods->xShmMap(real, page, size, 0, mapped);  // 0: never extend
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_READONLY) {
    self.shared_memory = SharedMemory::shared;
    self.without_locks = code == SQLITE_READONLY_CANTINIT;
    // OK means writable, where a writer of this same process mapped it first. We do not write.
    return code == SQLITE_OK ? SQLITE_READONLY : code;
  }
  // There, but not for us (permission): as good as absent.
  return (code & 0xff) == SQLITE_CANTOPEN ? SQLITE_READONLY_CANTINIT : code;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  if (self_of(file).shared_memory != SharedMemory::shared) return SQLITE_OK;
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) {
  if (self_of(file).shared_memory != SharedMemory::shared) return;
  real_of(file)->pMethods->xShmBarrier(real_of(file));
}

int shm_unmap(sqlite3_file* file, int) {
  ConfinedFile& self = self_of(file);
  if (self.shared_memory != SharedMemory::shared) return SQLITE_OK;
  self.shared_memory = SharedMemory::none;
  return real_of(file)->pMethods->xShmUnmap(real_of(file), 0);  // 0: keep the file
}

constexpr sqlite3_io_methods methods = {
    2,  // no memory-mapped reading: a file that is cut short meanwhile would be a SIGBUS
    close_file,
    read_file,
    write_file,
    truncate_file,
    sync_file,
    size_of_file,
    lock_file,
    unlock_file,
    check_reserved_lock,
    control_file,
    sector_size,
    device_characteristics,
    shm_map,
    shm_lock,
    shm_barrier,
    shm_unmap,
    nullptr,
    nullptr,
};

// An absent -wal file reads as an empty one; creating it would be writing.
int open_wal(const char* name, sqlite3_file* file, int flags, int* flags_used) {
  if (file_exists(name)) {
    self_of(file).role = Role::wal;
    return open_reading(name, file, flags, flags_used);
  }
  self_of(file).role = Role::missing_wal;
  if (flags_used != nullptr) *flags_used = SQLITE_OPEN_READONLY | SQLITE_OPEN_WAL;
  return SQLITE_OK;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_used) {
  auto* self = new (file)
      ConfinedFile{{nullptr}, Role::temporary, SharedMemory::none, false, name, nullptr, 0};
  int code = SQLITE_OK;
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
    self->role = Role::main;
    code = open_reading(name, file, flags, flags_used);
  } else if ((flags & SQLITE_OPEN_WAL) != 0) {
    code = open_wal(name, file, flags, flags_used);
  } else if (name != nullptr) {
    if ((flags & SQLITE_OPEN_CREATE) != 0) return SQLITE_READONLY;  // invariant 2
    self->role = Role::journal;
    code = open_reading(name, file, flags, flags_used);
  } else {
    self->monitor = WorkMonitor::current();
    code = open_real(name, file, flags, flags_used);
  }
  if (code == SQLITE_OK) file->pMethods = &methods;
  return code;
}

int delete_file(sqlite3_vfs*, const char*, int) { return SQLITE_READONLY; }  // invariant 2

int check_access(sqlite3_vfs*, const char* name, int flags, int* result) {
  return platform_vfs()->xAccess(platform_vfs(), name, flags, result);
}

int full_path(sqlite3_vfs*, const char* name, int size, char* result) {
  return platform_vfs()->xFullPathname(platform_vfs(), name, size, result);
}

// Extensions cannot be loaded.
void* open_library(sqlite3_vfs*, const char*) { return nullptr; }
void library_error(sqlite3_vfs*, int size, char* text) {
  if (size > 0) *text = '\0';
}
void (*library_symbol(sqlite3_vfs*, void*, const char*))() { return nullptr; }
void close_library(sqlite3_vfs*, void*) {}

int randomness(sqlite3_vfs*, int size, char* bytes) {
  return platform_vfs()->xRandomness(platform_vfs(), size, bytes);
}

int sleep_microseconds(sqlite3_vfs*, int microseconds) {
  return platform_vfs()->xSleep(platform_vfs(), microseconds);
}

int current_time(sqlite3_vfs*, double* days) {
  return platform_vfs()->xCurrentTime(platform_vfs(), days);
}

int last_error(sqlite3_vfs*, int size, char* text) {
  return platform_vfs()->xGetLastError(platform_vfs(), size, text);
}

int current_time_ms(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  return platform_vfs()->xCurrentTimeInt64(platform_vfs(), milliseconds);
}

int register_once() {
  sqlite3_vfs* platform = sqlite3_vfs_find(nullptr);
  if (platform == nullptr) return SQLITE_ERROR;
  platform_vfs() = platform;
  static sqlite3_vfs vfs{};
  vfs.iVersion = std::min(platform->iVersion, 2);
  vfs.szOsFile = header_size + platform->szOsFile;
  vfs.mxPathname = platform->mxPathname;
  vfs.zName = confined_vfs_name;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = check_access;
  vfs.xFullPathname = full_path;
  vfs.xDlOpen = open_library;
  vfs.xDlError = library_error;
  vfs.xDlSym = library_symbol;
  vfs.xDlClose = close_library;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep_microseconds;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = current_time_ms;
  return sqlite3_vfs_register(&vfs, 0);
}

}  // namespace

int register_confined_vfs() {
  static const int code = register_once();
  return code;
}

bool reads_without_locks(sqlite3_file* file) { return self_of(file).without_locks; }

}  // namespace idi::sqlite
