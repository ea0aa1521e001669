#include "idi/dataset/example_builder.hpp"

#include <fmt/format.h>

#include <utility>

#include "idi/sql/translate.hpp"
#include "literal_mapper.hpp"

namespace idi::dataset {
namespace {

std::string name_of(const ir::Token& token, const Schema& schema) {
  return ir::to_text({token}, schema);
}

std::uint8_t pointer_bits(const ir::Allowed& allowed) {
  return static_cast<std::uint8_t>((allowed.column ? 1 : 0) | (allowed.table ? 2 : 0) |
                                   (allowed.value ? 4 : 0));
}

}  // namespace

std::string_view skip_reason_name(SkipReason reason) noexcept {
  switch (reason) {
    case SkipReason::sql_rejected:
      return "gold SQL rejected";
    case SkipReason::not_supported:
      return "outside the IR";
    case SkipReason::no_value:
      return "value not in question";
    case SkipReason::item_dropped:
      return "item dropped by linking";
    case SkipReason::too_long:
      return "too many steps";
  }
  return "?";
}

tl::expected<BuiltExample, Skipped> build_example(std::string_view question,
                                                  std::string_view gold_sql,
                                                  const link::Linker& linker,
                                                  const parser::Vocabulary& vocabulary) {
  const auto skip = [](SkipReason reason, std::string detail) {
    return tl::unexpected(Skipped{reason, std::move(detail)});
  };
  const Schema& schema = linker.schema();
  const auto gold = sql::to_ir(gold_sql, schema);
  if (!gold) {
    return skip(gold.error().code == ErrorCode::not_supported ? SkipReason::not_supported
                                                              : SkipReason::sql_rejected,
                gold.error().message);
  }

  BuiltExample built;
  built.linked = linker.link(question);
  LiteralMapper mapper(built.linked, linker);
  auto mapped = mapper.map(*gold);
  if (!mapped) return tl::unexpected(std::move(mapped.error()));
  built.query = std::move(*mapped);
  built.values = mapper.use();
  built.any_literals = mapper.any_literals();

  auto tokens = ir::to_tokens(built.query, schema);
  if (!tokens) return skip(SkipReason::not_supported, tokens.error().message);
  built.tokens = std::move(*tokens);
  if (built.tokens.size() > static_cast<std::size_t>(max_steps)) {
    return skip(SkipReason::too_long, fmt::format("{} steps", built.tokens.size()));
  }

  ir::Grammar grammar;
  for (const ir::Token& token : built.tokens) {
    const ir::Allowed allowed = grammar.allowed();
    model_io::TargetStep step;
    step.allowed_symbols = allowed.symbols.to_ullong();
    step.allowed_pointers = pointer_bits(allowed);
    if (token.kind == ir::Token::Kind::symbol) {
      step.target = token.index;
    } else {
      const int node = parser::node_of(token, built.linked, schema);
      if (node < 0) return skip(SkipReason::item_dropped, name_of(token, schema));
      step.target = ir::symbol_count + node;
    }
    built.example.steps.push_back(step);
    grammar.advance(token);
  }
  built.example.input = parser::featurize(built.linked, schema, vocabulary, linker.wordnet());
  return built;
}

}  // namespace idi::dataset
