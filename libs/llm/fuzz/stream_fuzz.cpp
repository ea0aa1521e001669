// Any bytes as the stream of a model server, in two pieces: no crash, and text that is UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "answer.hpp"
#include "idi/core/text.hpp"
#include "sse.hpp"
#include "stream_events.hpp"

namespace {

using namespace idi;
using namespace idi::llm;

using ReadEvent = Result<StreamStep> (*)(std::string_view);

void run(std::string_view bytes, std::size_t cut, ReadEvent read) {
  Answer answer(2, 64, [](std::string_view text) {
    if (!text::is_valid_utf8(text)) std::abort();
  });
  SseParser parser([&](const SseEvent& event) -> Status {
    auto step = read(event.data);
    return step ? answer.take(*step) : Status(step.error());
  });
  if (!parser.feed(bytes.substr(0, cut)) || !parser.feed(bytes.substr(cut))) return;
  const auto completions = answer.finish();
  if (!completions) return;
  for (const auto& candidate : completions->candidates) {
    if (!text::is_valid_utf8(candidate.text)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t cut = data[0] * bytes.size() / 255;
  run(bytes, cut, &read_llama_event);
  run(bytes, cut, &read_openai_event);
  return 0;
}
