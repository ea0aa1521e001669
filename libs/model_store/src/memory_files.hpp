// What the system's files say of memory, apart from reading them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace idi::model_store {

/// Of /proc/meminfo.
[[nodiscard]] std::optional<std::uint64_t> meminfo_available(std::string_view content);
/// Of a control group's memory.max, memory.current and memory.stat: cached files that nobody reads
/// any more count as free. nullopt: no limit.
[[nodiscard]] std::optional<std::uint64_t> group_available(std::string_view most,
                                                           std::string_view used,
                                                           std::string_view statistics);

}  // namespace idi::model_store
