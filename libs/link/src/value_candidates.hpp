// What in a question may stand in SQL as a literal.
#pragma once

#include <string_view>
#include <vector>

#include "flag_columns.hpp"
#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/value_index.hpp"
#include "idi/link/wordnet.hpp"
#include "idi/temporal/calendar.hpp"
#include "name_index.hpp"

namespace idi::link {

/// What candidates are looked up in; references, for the time of one call.
struct ValueSources {
  const ValueIndex& cells;
  const NameIndex& names;
  const WordNet& wordnet;
  const temporal::Calendar& calendar;
  const std::vector<FlagColumn>& flags;
  /// The item number of a column (NameIndex).
  const std::vector<int>& first_columns;
  bool has_cells = false;  ///< false: an empty database, or none indexed.
};

/// Best first, one for each (text, tokens), at most max_values.
[[nodiscard]] std::vector<ValueCandidate> find_values(std::string_view question,
                                                      const std::vector<QuestionToken>& tokens,
                                                      const std::vector<ItemMatches>& names,
                                                      const ValueSources& sources, int max_values);

}  // namespace idi::link
