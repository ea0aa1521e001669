// Ports of this machine's loopback.
#pragma once

#include <sys/types.h>

#include "idi/core/result.hpp"

namespace idi::llama_runtime {

/// A port of 127.0.0.1 that nobody listens on now; somebody may take it before the caller does.
[[nodiscard]] Result<int> free_port();

/// Whether a process of the group listens on 127.0.0.1:port, and not somebody else who was quicker.
/// True where the system does not tell (no /proc).
[[nodiscard]] bool listens_on(pid_t group, int port);

}  // namespace idi::llama_runtime
