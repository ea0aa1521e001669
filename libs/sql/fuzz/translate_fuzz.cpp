// Any bytes as SQL: tokens, tree, IR, sentence and SQL again; nothing may crash, and what comes out
// must be readable again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"
#include "shop.hpp"
#include "tokenizer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi;
  static const Schema schema = sql::testing::shop_schema_with_encoded_times();
  static const sql::JoinPlanner planner(schema);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Dialect dialect : {Dialect::postgres, Dialect::mysql}) {
    (void)sql::tokenize(text, dialect);
  }
  const auto query = sql::to_ir(text, schema, planner);
  if (!query) return 0;
  const auto written = sql::to_sql(*query, schema, Dialect::sqlite, planner);
  if (written && !sql::to_ir(*written, schema, planner) && written->size() < 50'000) std::abort();
  int candidates = 0;
  const auto pointing = ir::map_literals(*query, [&](ir::Literal literal, const ir::Predicate*) {
    literal.candidate = candidates++;
    return literal;
  });
  const auto tokens = ir::to_tokens(pointing, schema);
  if (tokens && !ir::from_tokens(*tokens, schema)) std::abort();
  return 0;
}
