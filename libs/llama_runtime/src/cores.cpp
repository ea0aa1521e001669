#include "cores.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <string>
#include <thread>

namespace idi::llama_runtime {
namespace {

std::string first_line(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// The limits of this process's control group and of those above it.
int granted_here() {
  constexpr std::string_view own = "0::";
  std::string group = first_line("/proc/self/cgroup");
  group = group.starts_with(own) ? group.substr(own.size()) : "/";
  int granted = 0;
  for (std::filesystem::path at = group;; at = at.parent_path()) {
    const int here =
        granted_cores(first_line(fmt::format("/sys/fs/cgroup{}/cpu.max", at.string())));
    if (here > 0) granted = granted > 0 ? std::min(granted, here) : here;
    if (at == at.parent_path()) return granted;
  }
}

int physical_cores() {
#ifdef __linux__
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (!CPU_ISSET(static_cast<unsigned>(cpu), &allowed)) continue;
      const auto siblings = first_line(
          fmt::format("/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list", cpu));
      cores.insert(siblings.empty() ? fmt::format("cpu{}", cpu) : siblings);
    }
    return static_cast<int>(cores.size());
  }
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

int granted_cores(std::string_view cpu_max) {
  // "QUOTA PERIOD" in microseconds, or "max PERIOD".
  const std::size_t space = cpu_max.find(' ');
  if (space == std::string_view::npos) return 0;
  const std::string_view quota = cpu_max.substr(0, space), period = cpu_max.substr(space + 1);
  long long used = 0, of = 0;
  const auto first = std::from_chars(quota.data(), quota.data() + quota.size(), used);
  const auto second = std::from_chars(period.data(), period.data() + period.size(), of);
  if (first.ec != std::errc() || second.ec != std::errc() || used <= 0 || of <= 0) return 0;
  return static_cast<int>(std::min<long long>(used / of + (used % of != 0), 4'096));
}

int usable_cores() {
  const int granted = granted_here();
  const int cores = std::max(physical_cores(), 1);
  return granted > 0 ? std::min(cores, granted) : cores;
}

}  // namespace idi::llama_runtime
