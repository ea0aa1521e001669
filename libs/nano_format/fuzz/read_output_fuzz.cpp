// Any bytes as a model's answer: refused, or tokens that are written back as the same words.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/core/text.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "ships.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi;
  static const Schema schema = nano_format::testing::ships();
  static const auto question = nano_format::testing::linked("names of ships over 1990", schema);
  static const auto symbols = nano_format::SymbolTable::identity(schema, question.values.size());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tokens = nano_format::read_output(text, symbols, schema);
  if (!tokens) return 0;
  const std::string written = nano_format::output_text(*tokens, symbols);
  const auto again = nano_format::read_output(written, symbols, schema);
  if (!again || *again != *tokens) std::abort();
  return 0;
}
