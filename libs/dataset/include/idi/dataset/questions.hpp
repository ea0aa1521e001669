// Files of questions with their gold SQL: Spider's JSON array, or JSON lines. Read whole, plain
// values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::dataset {

struct QuestionRecord {
  std::string db_id;
  std::string question;
  std::string query;  ///< Gold SQL.
};

inline constexpr std::uintmax_t max_question_file_bytes = std::uintmax_t{2} << 30;

/// A JSON array of objects, or one object a line; which of the two is seen from the first byte.
/// Each object has "db_id", "question" and "query" (or "SQL", as BIRD writes it); other members are
/// ignored. Errors: not_found, unreadable, limit_exceeded, invalid_argument (with file and line, or
/// file and record number).
[[nodiscard]] Result<std::vector<QuestionRecord>> read_questions(const std::filesystem::path& file);

/// The same from memory; `name` stands for the file in messages.
[[nodiscard]] Result<std::vector<QuestionRecord>> parse_questions(std::string_view content,
                                                                  std::string_view name);

}  // namespace idi::dataset
