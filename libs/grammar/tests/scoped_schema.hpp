// Schemas for tests, and empty databases that hold exactly what a scope names: a statement that
// names anything else does not prepare there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "idi/grammar/sql_grammar.hpp"

namespace idi::grammar::testing {

/// Names that are SQL, GBNF, quotes, brackets, newlines, of other scripts, and beginnings of each
/// other.
[[nodiscard]] Schema hostile_schema();

/// Tables that SQLite keeps for itself get other names: nobody can create them.
[[nodiscard]] Schema with_plain_tables(Schema schema);

/// The same with types that the dialect knows, of many kinds.
[[nodiscard]] Schema typed_for(Schema schema, Dialect dialect);

/// Some tables and columns; with `values`, some of these have values that the question speaks of,
/// hostile ones among them.
[[nodiscard]] Scope random_scope(const Schema& schema, std::uint64_t seed, bool values);
[[nodiscard]] Scope whole_scope(const Schema& schema);

/// CREATE TABLE for the tables and columns of the scope alone, one statement each.
[[nodiscard]] std::vector<std::string> scope_ddl(const Schema& schema, const Scope& scope,
                                                 Dialect dialect);

}  // namespace idi::grammar::testing
