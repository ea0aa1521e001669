// The outcome of schema linking: the question as words, the part of the schema that matters, values
// found, and how every word matches every column and table. Input of the parser (and of prompts).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::link {

struct QuestionToken {
  std::string text;                ///< As written.
  std::string lower;               ///< Case-folded.
  std::string stem;                ///< Snowball (English) of lower.
  std::size_t begin = 0, end = 0;  ///< Byte range in the question.
};

/// How a question word matches a schema item; stronger kinds have larger numbers.
enum class NameMatch : std::uint8_t {
  none,
  related,  ///< WordNet: hypernym, hyponym, derivation, one step.
  synonym,  ///< WordNet: same synset; or a known abbreviation (qty, dob, mpg).
  partial,  ///< The word's stem is one of several words of the name.
  exact,    ///< The n-gram around the word is the whole name (by stems).
};

/// How a question word matches the cells of a column.
enum class CellMatch : std::uint8_t {
  none,
  partial,  ///< The word is part of a cell.
  exact,    ///< The n-gram around the word is a whole cell.
};

enum class ValueKind : std::uint8_t {
  number,  ///< "56", "five", "1,000"; text is the plain number.
  quoted,  ///< 'in quotes' as written.
  cell,    ///< An n-gram equal to a cell (ignoring case, accents, stems); text is the cell.
  span,    ///< A capitalised or otherwise value-like n-gram that is no cell.
  date,    ///< A date or year; text is ISO as far as known: "2023", "2023-05", "2023-05-17".
};

struct ValueCandidate {
  ValueKind kind = ValueKind::span;
  std::string text;  ///< What would stand in SQL, without quotes; exact case of the cell.
  int token_begin = 0, token_end = 0;  ///< Question tokens that it covers (half-open).
  std::vector<ColumnRef> columns;  ///< Columns that hold the cell (kind cell; may be empty else).
  std::vector<std::string> cells;  ///< The cell exactly as each of `columns` stores it.
  double score = 0;                ///< Linker's confidence, for the budget.
};

/// Limits of one linking; the strongest are kept.
struct LinkBudget {
  int max_tokens = 64;  ///< Longer questions are cut (the caller is told by `question_cut`).
  int max_tables = 24;
  int max_columns = 160;
  int max_values = 16;
};

struct LinkedQuestion {
  std::string question;
  bool question_cut = false;
  std::vector<QuestionToken> tokens;
  std::vector<int> tables;         ///< Schema table indices, in schema order: positions are stable.
  std::vector<ColumnRef> columns;  ///< In schema order; every column's table is in `tables`.
  std::vector<ValueCandidate> values;
  /// Row-major [token][index into tables/columns above].
  std::vector<NameMatch> token_table;
  std::vector<NameMatch> token_column;
  std::vector<CellMatch> token_cell;
  /// How well each of `tables`, `columns` fits: the ranking by which the budget was filled.
  std::vector<double> table_scores, column_scores;
};

}  // namespace idi::link
