#include <cstddef>
#include <cstdint>
#include <string_view>

#include "idi/dataset/questions.hpp"
#include "idi/dataset/spider_tables.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  (void)idi::dataset::parse_questions(text, "input");
  (void)idi::dataset::SpiderTables::parse(text, "input");
  return 0;
}
