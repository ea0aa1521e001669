// Schemas of any size, in memory: a tree of foreign keys, eight columns a table, names that share
// words.
#pragma once

#include "idi/grammar/sql_grammar.hpp"

namespace idi::bench {

[[nodiscard]] Schema generated_schema(int tables);

/// All of it.
[[nodiscard]] grammar::Scope scope_of(const Schema& schema);

}  // namespace idi::bench
