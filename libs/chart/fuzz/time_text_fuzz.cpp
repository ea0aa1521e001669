// Any bytes are a time or are not: never a crash, and a time has a finite key.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "idi/chart/column_kind.hpp"
#include "idi/core/assert.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  for (const bool day_first : {false, true}) {
    const auto reading = idi::chart::read_time(text, day_first);
    IDI_ASSERT((reading.unit == idi::chart::TimeUnit::none) == !std::isfinite(reading.key));
  }
  return 0;
}
