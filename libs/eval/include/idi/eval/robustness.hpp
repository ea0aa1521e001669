// Makes a harder set of questions from a given one: the words that give the gold columns away are
// taken out, so that a parser must know that "how old" is age. Deterministic; see
// docs/evaluation.md for the definition and what it is good for.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::eval {

/// The question without each run of whole words that equals (case ignored, "_" as a blank) the
/// natural name or the split identifier of a column that the gold query mentions; longest names
/// first. A question of which nothing would be left stays as it is. `schema` may be null: then
/// only the identifiers in the query are known.
[[nodiscard]] std::string without_column_names(std::string_view question, std::string_view gold_sql,
                                               const Schema* schema);

struct VariantCounts {
  std::size_t questions = 0;
  std::size_t changed = 0;
};

/// Reads `questions` (any format that evaluate() reads) and writes JSON lines of {db_id, question,
/// query, original_question}: all of them, so that figures compare; `only_changed` leaves out those
/// that the removal does not touch. Errors: those of reading, io_failed.
[[nodiscard]] Result<VariantCounts> write_without_column_names(
    const std::filesystem::path& questions, const std::optional<std::filesystem::path>& tables,
    const std::filesystem::path& output, bool only_changed);

}  // namespace idi::eval
