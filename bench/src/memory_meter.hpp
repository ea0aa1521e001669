// What the process holds in memory, as Linux counts it (proc(5): status, clear_refs).
#pragma once

namespace idi::bench {

/// What the process allocated and touched, without mapped files, in MiB.
[[nodiscard]] double private_memory_mib();
/// The most that was resident at once since reset_peak_memory(), mapped files included.
[[nodiscard]] double peak_memory_mib();
/// What is resident now, mapped files included.
[[nodiscard]] double resident_memory_mib();
/// Gives freed memory back and starts a new peak. False where the kernel does not allow it: the
/// peak is then that of the whole process so far.
bool reset_peak_memory();

}  // namespace idi::bench
