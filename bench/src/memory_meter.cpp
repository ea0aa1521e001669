#include "memory_meter.hpp"

#include <malloc.h>

#include <fstream>
#include <sstream>
#include <string>

namespace idi::bench {
namespace {

/// A line "VmHWM:   123 kB" of /proc/self/status.
double status_mib(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string name;
    double kib = 0;
    if (words >> name >> kib && name == key) return kib / 1024;
  }
  return 0;
}

}  // namespace

double private_memory_mib() { return status_mib("RssAnon:"); }
double peak_memory_mib() { return status_mib("VmHWM:"); }
double resident_memory_mib() { return status_mib("VmRSS:"); }

bool reset_peak_memory() {
  malloc_trim(0);
  std::ofstream clear("/proc/self/clear_refs");
  clear << "5\n" << std::flush;
  return clear.good();
}

}  // namespace idi::bench
