// Any bytes as a line of the journal: read or refused; what is read can be written and read again.
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
  // Not the whole text: Boost.JSON 1.81 reads some numbers one step beside their value.
  if (!again || again->verdict != outcome->verdict || again->diagnosis != outcome->diagnosis ||
      again->prediction.sql != outcome->prediction.sql || again->gold.rows != outcome->gold.rows) {
    std::abort();
  }
  return 0;
}
