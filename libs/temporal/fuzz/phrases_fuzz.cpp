// Any words: phrases in order, apart, and with texts that can be read back.
#include <cstdint>
#include <string_view>

#include "../tests/split_words.hpp"
#include "idi/core/assert.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace idi::temporal;
  static const Calendar calendar = [] {
    CalendarSettings settings;
    settings.time_zone = "UTC";
    settings.fiscal_year_begins = 4;
    return *Calendar::fixed("2024-02-29", settings);
  }();
  const testing::Sentence sentence({reinterpret_cast<const char*>(bytes), size});
  const auto words = sentence.words();
  std::size_t last = 0;
  for (const Phrase& phrase : find_phrases(words, calendar)) {
    IDI_ASSERT(last <= phrase.begin && phrase.begin < phrase.end && phrase.end <= words.size());
    IDI_ASSERT(day_span(phrase.text).has_value());
    IDI_ASSERT(!in_words(phrase.text).empty());
    last = phrase.end;
  }
  return 0;
}
