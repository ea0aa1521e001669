// Any bytes as a line of the journal: read back or refused; what is read is written the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "outcome_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto outcome = idi::eval::outcome_from_json_line(line);
  if (!outcome) return 0;
  const std::string written = idi::eval::to_json_line(*outcome);
  const auto again = idi::eval::outcome_from_json_line(written);
  if (!again || idi::eval::to_json_line(*again) != written) std::abort();
  return 0;
}
