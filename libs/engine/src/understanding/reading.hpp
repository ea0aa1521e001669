// The whole first phase: a question with its conversation, as it is to be answered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/engine/pipeline.hpp"
#include "idi/engine/understanding.hpp"
#include "idi/link/linker.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {

inline constexpr std::size_t max_keywords = 20;
inline constexpr std::size_t max_keyword_bytes = 100;

struct Reading {
  Understanding understanding;
  std::vector<std::string> keywords;
  std::string standalone_question;  ///< Of a follow-up; empty if the question stood alone.
  std::string last_sql;             ///< redraw: what is to be drawn.
};

/// Errors: those of clean_question() and understand(); limit_exceeded (keywords); unanswerable (a
/// picture of nothing).
[[nodiscard]] Result<Reading> read_question(const Question& question, const link::Linker& linker,
                                            const SchemaNames& names);

/// understand(), with the schema's names prepared.
[[nodiscard]] Result<Understanding> understand(std::string_view question, const SchemaNames& names);

}  // namespace idi::engine
