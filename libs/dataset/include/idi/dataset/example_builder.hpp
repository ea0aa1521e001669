// One question with its gold SQL → one training example, or the reason why it cannot be one.
// The same linking and features as at run time; pure apart from the linker's own caches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/link/linker.hpp"
#include "idi/model_io/model_input.hpp"
#include "idi/parser/featurizer.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::dataset {

enum class SkipReason {
  sql_rejected,   ///< The gold SQL does not parse or names what is not there.
  not_supported,  ///< The IR has no words for it.
  no_value,       ///< A literal that must be pointed at (LIMIT, arithmetic) is not in the question.
  item_dropped,   ///< Linking left out a table or column that the query needs.
  too_long,       ///< More than max_steps tokens.
};
inline constexpr int skip_reason_count = 5;
[[nodiscard]] std::string_view skip_reason_name(SkipReason reason) noexcept;

struct Skipped {
  SkipReason reason = SkipReason::not_supported;
  std::string detail;
};

inline constexpr int max_steps = 64;

/// How the literals of a query were found.
struct ValueUse {
  int pointed = 0;       ///< A candidate of the question.
  int constant = 0;      ///< 0 or 1, by their own symbols.
  int resolvable = 0;    ///< `any`, and the value resolver can find the cell.
  int unresolvable = 0;  ///< `any`, but nothing in the question leads to the cell.
  friend bool operator==(const ValueUse&, const ValueUse&) = default;
};

struct BuiltExample {
  model_io::TrainingExample example;
  std::vector<ir::Token> tokens;
  link::LinkedQuestion linked;
  ir::Query query;  ///< With the literals as mapped.
  ValueUse values;
  std::vector<std::string> any_literals;  ///< The texts that became `any`: "column = 'text'".
};

/// `source` and `database` of the example stay 0.
[[nodiscard]] tl::expected<BuiltExample, Skipped> build_example(
    std::string_view question, std::string_view gold_sql, const link::Linker& linker,
    const parser::Vocabulary& vocabulary);

}  // namespace idi::dataset
