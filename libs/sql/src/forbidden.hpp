// What a reading statement could still do harm with: functions, words and relations by dialect.
#pragma once

#include <string_view>

#include "idi/core/schema.hpp"

namespace idi::sql {

/// Functions that reach files, network, other sessions or sequences, that wait, or that run SQL
/// that is given as text. `name` in lower case.
[[nodiscard]] bool is_forbidden_function(std::string_view name, Dialect dialect);

/// Words that only a statement that changes something needs. `word` in lower case.
[[nodiscard]] bool is_forbidden_word(std::string_view word);

/// Relations that hold secrets. `name` in lower case.
[[nodiscard]] bool is_forbidden_relation(std::string_view name, Dialect dialect);

}  // namespace idi::sql
