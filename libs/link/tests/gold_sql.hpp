// What a gold query mentions, by a scan of its words: enough to measure linking, not a parser.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::link {

struct GoldMentions {
  std::set<int> tables;
  std::set<ColumnRef> columns;
  std::vector<std::string> texts;    ///< String literals without quotes and % signs.
  std::vector<std::string> numbers;  ///< Number literals; LIMIT 1 is left out.
};

[[nodiscard]] GoldMentions mentions_of(std::string_view sql, const Schema& schema);

}  // namespace idi::link
