// Any bytes as a file's header: an error, or a header whose facts and memory can be asked for. The
// first two bytes say how much longer than what is here the file claims to be.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "header_parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi::gguf;
  if (size < 2) return 0;
  const std::uint64_t more = std::uint64_t{data[0]} << data[1] % 40;
  std::istringstream in(std::string(reinterpret_cast<const char*>(data) + 2, size - 2));
  const auto header = parse_header(in, size - 2 + more);
  if (!header) return 0;
  const auto facts = facts_of(*header);
  if (facts) static_cast<void>(memory_needed(*header, *facts, 8192, 2));
  return 0;
}
