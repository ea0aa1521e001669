#include "idi/answerability/answerability.hpp"

#include <algorithm>

#include "idi/answerability/word_lists.hpp"

namespace idi::answerability {
namespace {

link::NameMatch best_name(const link::LinkedQuestion& q, std::size_t token) {
  auto best = link::NameMatch::none;
  for (std::size_t i = 0; i < q.tables.size(); ++i) {
    best = std::max(best, q.token_table[token * q.tables.size() + i]);
  }
  for (std::size_t i = 0; i < q.columns.size(); ++i) {
    best = std::max(best, q.token_column[token * q.columns.size() + i]);
  }
  return best;
}

link::CellMatch best_cell(const link::LinkedQuestion& q, std::size_t token) {
  auto best = link::CellMatch::none;
  for (std::size_t i = 0; i < q.columns.size(); ++i) {
    best = std::max(best, q.token_cell[token * q.columns.size() + i]);
  }
  return best;
}

enum class ValuePart { none, number, value };

/// Which tokens are (part of) a value; a mere span is a guess and no evidence.
std::vector<ValuePart> value_parts(const link::LinkedQuestion& question) {
  std::vector<ValuePart> parts(question.tokens.size(), ValuePart::none);
  for (const auto& value : question.values) {
    if (value.kind == link::ValueKind::span) continue;
    const auto part = value.kind == link::ValueKind::number ? ValuePart::number : ValuePart::value;
    for (int t = value.token_begin; t < value.token_end; ++t) {
      auto& present = parts[static_cast<std::size_t>(t)];
      present = std::max(present, part);
    }
  }
  return parts;
}

}  // namespace

bool WordSupport::is_nothing() const { return strong == 0 && (!unknown.empty() || related == 0); }

double WordSupport::share() const {
  const double all = strong + related + partial + static_cast<double>(unknown.size());
  return all > 0 ? (strong + 0.3 * related + 0.3 * partial) / all : 0;
}

WordSupport support_of(const link::LinkedQuestion& question) {
  WordSupport support;
  const auto parts = value_parts(question);
  for (std::size_t t = 0; t < question.tokens.size(); ++t) {
    const auto& token = question.tokens[t];
    const bool is_value = parts[t] == ValuePart::value;
    if (is_function_word(token.lower) && !is_value) continue;
    const auto name = best_name(question, t);
    const auto cell = best_cell(question, t);
    if (is_value || name >= link::NameMatch::synonym || cell == link::CellMatch::exact) {
      ++support.strong;
      continue;
    }
    // "most", "total" and numbers are understood as such, and name nothing.
    if (is_operation_word(token.lower) || parts[t] == ValuePart::number) continue;
    if (name == link::NameMatch::related) {
      ++support.related;
    } else if (cell == link::CellMatch::partial) {
      ++support.partial;
    } else if (std::find(support.unknown.begin(), support.unknown.end(), token.text) ==
               support.unknown.end()) {
      support.unknown.push_back(token.text);
    }
  }
  return support;
}

}  // namespace idi::answerability
