// How names and values are written, as sql::to_sql writes them: it is asked, so that the parser's
// SQL and the language model's are spelled alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::grammar {

struct SpelledTable {
  std::string name;
  std::vector<std::string>
      columns;  ///< Parallel to the indices asked for; empty: cannot be written.
};

/// A table's name and those of some of its columns; nullopt where the name cannot be written.
[[nodiscard]] std::optional<SpelledTable> spell(const Table& table, const std::vector<int>& columns,
                                                Dialect dialect);

/// 'it''s'; nullopt for what cannot be written as one text (NUL, invalid UTF-8).
[[nodiscard]] std::optional<std::string> spell_text(std::string_view text, Dialect dialect);

}  // namespace idi::grammar
