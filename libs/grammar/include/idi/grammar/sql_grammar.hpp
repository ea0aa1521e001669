// From a part of a schema and a dialect a GBNF grammar in which a language model can write only one
// SELECT (or WITH) statement over tables and columns that exist, columns only of tables in FROM,
// with comparisons that make sense for the types. Pure; any thread. GBNF: llama.cpp
// grammars/README.md. Grammar-constrained decoding: arXiv 2305.13971; PICARD: arXiv 2109.05093.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::grammar {

/// Text values of a column that the question speaks of: these come first, free text is allowed too
/// unless the column is known to hold no other (`closed`).
struct ColumnValues {
  ColumnRef column;
  std::vector<std::string> values;
  bool closed = false;
};

/// What may be named. Tables in the order of their relevance: where there is too much, the first
/// are kept.
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

/// More tables than these are never written, however short.
inline constexpr int max_grammar_tables = 64;

/// A GBNF text whose root is the statement, without a trailing semicolon. It stays within max_bytes
/// by giving up, in this order: three tables named in one SELECT list, joins over a common parent
/// and of tables that no key connects, joins of four, of three, of two tables, and at last the
/// later half of the scope's tables, again and again.
/// REQUIRES: scope names existing tables and columns.
/// Errors: invalid_argument if no table of the scope has a column whose name can be written (valid
/// UTF-8, no NUL), or if not even one table fits into max_bytes.
[[nodiscard]] Result<std::string> sql_grammar(const Schema& schema, const Scope& scope,
                                              Dialect dialect, const GrammarOptions& options = {});

}  // namespace idi::grammar
