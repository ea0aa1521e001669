// From a part of a schema and a dialect a GBNF grammar in which a language model can write only one
// SELECT (or WITH) statement over tables and columns that exist, columns only of tables in FROM,
// with comparisons that make sense for the types. Pure; any thread. GBNF: llama.cpp
// grammars/README.md. Grammar-constrained decoding: arXiv 2305.13971; PICARD: arXiv 2109.05093.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::grammar {

/// Text values of a column that the question speaks of: these come first, free text is allowed too
/// unless the column is known to hold no other (`closed`).
struct ColumnValues {
  ColumnRef column;
  std::vector<std::string> values;
};

/// What may be named.
struct Scope {
  std::vector<int> tables;         ///< Schema table indices.
  std::vector<ColumnRef> columns;  ///< Of these tables.
  std::vector<ColumnValues> values;
};

struct GrammarOptions {
  int max_joined_tables = 4;
  int max_items = 8;
  int max_depth = 2;                  ///< Subqueries within subqueries.
  std::size_t max_bytes = 512 << 10;  ///< Of the grammar's text.
};

/// A GBNF text whose root is the statement, without a trailing semicolon.
/// REQUIRES: scope names existing tables and columns, at least one table with a column.
[[nodiscard]] std::string sql_grammar(const Schema& schema, const Scope& scope, Dialect dialect,
                                      const GrammarOptions& options = {});

}  // namespace idi::grammar
