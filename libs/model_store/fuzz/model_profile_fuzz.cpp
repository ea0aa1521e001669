// Any text as a profile, or as what is remembered of a download: a value or an error; a profile
// that is one comes back from its own text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/model_store/profile.hpp"
#include "part_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi::model_store;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse_announced(text));
  const auto profile = parse_profile(text);
  if (!profile) return 0;
  const auto again = parse_profile(to_json(*profile));
  if (!again || to_json(*again) != to_json(*profile)) std::abort();
  return 0;
}
