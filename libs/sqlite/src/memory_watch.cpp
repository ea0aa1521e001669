#include "memory_watch.hpp"

#include <sqlite3.h>

#include <cstdint>

#include "work_monitor.hpp"

namespace idi::sqlite {
namespace {

constexpr int always_checked_bytes = 64 << 10;
constexpr std::uint32_t allocations_between_checks = 512;

sqlite3_mem_methods& real() {
  static sqlite3_mem_methods methods{};
  return methods;
}

bool is_refused(WorkMonitor& monitor, std::int64_t more, int size) {
  if (more > 0 && monitor.memory_bytes + more > monitor.max_memory_bytes) return true;
  thread_local std::uint32_t count = 0;
  if (size < always_checked_bytes && ++count % allocations_between_checks != 0) return false;
  if (!monitor.stop_now()) return false;
  monitor.stopped_allocation = true;
  return true;
}

void* allocate(int size) {
  WorkMonitor* monitor = WorkMonitor::current();
  if (monitor == nullptr) return real().xMalloc(size);
  if (is_refused(*monitor, size, size)) return nullptr;
  void* memory = real().xMalloc(size);
  if (memory != nullptr) monitor->memory_bytes += real().xSize(memory);
  return memory;
}

void release(void* memory) {
  if (WorkMonitor* monitor = WorkMonitor::current(); monitor != nullptr && memory != nullptr) {
    monitor->memory_bytes -= real().xSize(memory);
  }
  real().xFree(memory);
}

void* reallocate(void* memory, int size) {
  WorkMonitor* monitor = WorkMonitor::current();
  if (monitor == nullptr) return real().xRealloc(memory, size);
  const std::int64_t before = real().xSize(memory);
  if (is_refused(*monitor, size - before, size)) return nullptr;
  void* moved = real().xRealloc(memory, size);
  if (moved != nullptr) monitor->memory_bytes += real().xSize(moved) - before;
  return moved;
}

bool install() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real()) != SQLITE_OK) return false;
  sqlite3_mem_methods watched = real();
  watched.xMalloc = allocate;
  watched.xFree = release;
  watched.xRealloc = reallocate;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &watched) == SQLITE_OK;
}

}  // namespace

void install_memory_watch() {
  static const bool installed = install();
  static_cast<void>(installed);
}

}  // namespace idi::sqlite
