// Files of dialogues, read whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::eval {

struct DialogueTurn {
  std::string question;
  std::string gold_sql;
};

struct Dialogue {
  std::string db_id;
  std::vector<DialogueTurn> turns;
};

/// evaluate_dialogues() names the two forms. A dialogue without turns is left out. Errors:
/// not_found, unreadable, limit_exceeded, invalid_argument (with the record's number).
[[nodiscard]] Result<std::vector<Dialogue>> read_dialogues(const std::filesystem::path& file);

/// The same from memory; `name` stands for the file in messages.
[[nodiscard]] Result<std::vector<Dialogue>> parse_dialogues(std::string_view content,
                                                            std::string_view name);

}  // namespace idi::eval
