// Any bytes as a file of dialogues: read within the limits, or an error that says where.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dialogue_file.hpp"
#include "idi/eval/dialogue.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto dialogues =
      idi::eval::parse_dialogues({reinterpret_cast<const char*>(data), size}, "file");
  if (!dialogues) {
    if (dialogues.error().message.find("file") == std::string::npos) std::abort();
    return 0;
  }
  for (const auto& dialogue : *dialogues) {
    if (dialogue.turns.empty() || dialogue.turns.size() > idi::eval::max_turns) std::abort();
  }
  return 0;
}
