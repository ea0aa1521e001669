#include "chat_candidate.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"

namespace idi::model_generator {
namespace {

/// The part of the question that a literal of the statement comes from.
int candidate_of(const ir::Literal& literal, const link::LinkedQuestion& question) {
  const std::string wanted = text::to_lower_ascii(literal.text);
  const auto is_it = [&](const std::string& text) { return text::to_lower_ascii(text) == wanted; };
  for (std::size_t i = 0; i < question.values.size(); ++i) {
    const auto& value = question.values[i];
    if (is_it(value.text) || std::any_of(value.cells.begin(), value.cells.end(), is_it))
      return static_cast<int>(i);
  }
  return -1;
}

/// In the token language a value is a part of the question, or some value that it means.
ir::Query in_words_of(const link::LinkedQuestion& question, const ir::Query& query) {
  return ir::map_literals(query, [&](const ir::Literal& literal, const ir::Predicate*) {
    ir::Literal mapped = literal;
    mapped.candidate = candidate_of(literal, question);
    const bool is_constant = literal.text == "0" || literal.text == "1";
    if (mapped.candidate < 0 && !is_constant) mapped = {ir::Literal::Kind::any, "", -1};
    return mapped;
  });
}

}  // namespace

engine::SqlCandidate chat_candidate(std::string sql, const link::LinkedQuestion& question,
                                    const Schema& schema) {
  engine::SqlCandidate candidate;
  candidate.writer = engine::Writer::model;
  candidate.sql = std::move(sql);
  auto query = sql::to_ir(candidate.sql, schema);
  if (!query) return candidate;
  candidate.query = std::move(*query);
  if (auto tokens = ir::to_tokens(in_words_of(question, *candidate.query), schema)) {
    candidate.tokens = std::move(*tokens);
    candidate.steps = static_cast<int>(candidate.tokens.size());
  }
  return candidate;
}

}  // namespace idi::model_generator
