// Any text as selector weights: an error, or weights that survive being written and read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/parser/selector.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using idi::parser::Selector;
  const auto selector = Selector::from_text({reinterpret_cast<const char*>(data), size});
  if (!selector) return 0;
  const auto again = Selector::from_text(selector->to_text());
  if (!again || again->to_text() != selector->to_text()) std::abort();
  return 0;
}
