// The relation types between nodes and the node classes, in one table each. Their numbers are part
// of the weights file: a change of order or meaning needs a new featurizer_version.
//
// A relation is read "row to column": relations[i * N + j] says what j is to i. Where a relation
// has a direction, the mirrored pair has the mirrored relation (mirror()).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace idi::parser {

// clang-format off
enum class Relation : std::uint8_t {
  // Question word to question word: clipped distance j - i.
  word_before_4, word_before_3, word_before_2, word_before_1, word_self,
  word_after_1, word_after_2, word_after_3, word_after_4,
  // Question word to column. A match with cells counts unless the name matches exactly.
  word_column_none, word_column_related, word_column_synonym, word_column_partial,
  word_column_exact, word_column_cell_part, word_column_cell,
  column_word_none, column_word_related, column_word_synonym, column_word_partial,
  column_word_exact, column_word_cell_part, column_word_cell,
  // Question word to table.
  word_table_none, word_table_related, word_table_synonym, word_table_partial, word_table_exact,
  table_word_none, table_word_related, table_word_synonym, table_word_partial, table_word_exact,
  // Question word to value candidate.
  word_value_none, word_value_adjacent, word_value_inside,
  value_word_none, value_word_adjacent, value_word_inside,
  // Column to column. key_to: i is the foreign key that refers to j; key_from: j refers to i.
  column_column_none, column_self, column_same_table, column_key_to, column_key_from,
  column_same_name,
  // Column to table. refers: the column is a foreign key to that table.
  column_table_none, column_table_member, column_table_primary, column_table_refers,
  table_column_none, table_column_member, table_column_primary, table_column_refers,
  // Table to table, by the foreign keys between them.
  table_table_none, table_self, table_key_to, table_key_from, table_key_both,
  // Value candidate to column: a cell of it, or of a type that fits.
  value_column_none, value_column_fits, value_column_cell,
  column_value_none, column_value_fits, column_value_cell,
  // Value candidate to table: one of its columns holds it.
  value_table_none, value_table_holds,
  table_value_none, table_value_holds,
  // Value candidate to value candidate.
  value_value_none, value_self, value_overlaps,
  end
};
// clang-format on

inline constexpr int relation_type_count = static_cast<int>(Relation::end);

inline constexpr std::array<std::string_view, relation_type_count> relation_names = {
    "word_before_4",
    "word_before_3",
    "word_before_2",
    "word_before_1",
    "word_self",
    "word_after_1",
    "word_after_2",
    "word_after_3",
    "word_after_4",
    "word_column_none",
    "word_column_related",
    "word_column_synonym",
    "word_column_partial",
    "word_column_exact",
    "word_column_cell_part",
    "word_column_cell",
    "column_word_none",
    "column_word_related",
    "column_word_synonym",
    "column_word_partial",
    "column_word_exact",
    "column_word_cell_part",
    "column_word_cell",
    "word_table_none",
    "word_table_related",
    "word_table_synonym",
    "word_table_partial",
    "word_table_exact",
    "table_word_none",
    "table_word_related",
    "table_word_synonym",
    "table_word_partial",
    "table_word_exact",
    "word_value_none",
    "word_value_adjacent",
    "word_value_inside",
    "value_word_none",
    "value_word_adjacent",
    "value_word_inside",
    "column_column_none",
    "column_self",
    "column_same_table",
    "column_key_to",
    "column_key_from",
    "column_same_name",
    "column_table_none",
    "column_table_member",
    "column_table_primary",
    "column_table_refers",
    "table_column_none",
    "table_column_member",
    "table_column_primary",
    "table_column_refers",
    "table_table_none",
    "table_self",
    "table_key_to",
    "table_key_from",
    "table_key_both",
    "value_column_none",
    "value_column_fits",
    "value_column_cell",
    "column_value_none",
    "column_value_fits",
    "column_value_cell",
    "value_table_none",
    "value_table_holds",
    "table_value_none",
    "table_value_holds",
    "value_value_none",
    "value_self",
    "value_overlaps"};

/// The relation of j to i, given that of i to j.
[[nodiscard]] constexpr Relation mirror(Relation relation) {
  const auto shift = [relation](Relation from, Relation to) {
    return static_cast<Relation>(static_cast<int>(relation) - static_cast<int>(from) +
                                 static_cast<int>(to));
  };
  const auto between = [relation](Relation first, Relation last) {
    return relation >= first && relation <= last;
  };
  using enum Relation;
  if (relation <= word_after_4) {
    return static_cast<Relation>(static_cast<int>(word_after_4) - static_cast<int>(relation));
  }
  if (between(word_column_none, word_column_cell)) return shift(word_column_none, column_word_none);
  if (between(column_word_none, column_word_cell)) return shift(column_word_none, word_column_none);
  if (between(word_table_none, word_table_exact)) return shift(word_table_none, table_word_none);
  if (between(table_word_none, table_word_exact)) return shift(table_word_none, word_table_none);
  if (between(word_value_none, word_value_inside)) return shift(word_value_none, value_word_none);
  if (between(value_word_none, value_word_inside)) return shift(value_word_none, word_value_none);
  if (relation == column_key_to) return column_key_from;
  if (relation == column_key_from) return column_key_to;
  if (between(column_table_none, column_table_refers)) {
    return shift(column_table_none, table_column_none);
  }
  if (between(table_column_none, table_column_refers)) {
    return shift(table_column_none, column_table_none);
  }
  if (relation == table_key_to) return table_key_from;
  if (relation == table_key_from) return table_key_to;
  if (between(value_column_none, value_column_cell)) {
    return shift(value_column_none, column_value_none);
  }
  if (between(column_value_none, column_value_cell)) {
    return shift(column_value_none, value_column_none);
  }
  if (between(value_table_none, value_table_holds)) {
    return shift(value_table_none, table_value_none);
  }
  if (between(table_value_none, table_value_holds)) {
    return shift(table_value_none, value_table_none);
  }
  return relation;
}

// clang-format off
enum class NodeClass : std::uint8_t {
  // Question words.
  word, number, quoted, capitalised, upper_case,
  // Columns: type (text, number, time, boolean, other) × role (plain, primary key, foreign key).
  column_text, column_text_primary, column_text_foreign,
  column_number, column_number_primary, column_number_foreign,
  column_time, column_time_primary, column_time_foreign,
  column_boolean, column_boolean_primary, column_boolean_foreign,
  column_other, column_other_primary, column_other_foreign,
  table, view,
  // Value candidates, by link::ValueKind.
  value_number, value_quoted, value_cell, value_span, value_date,
  end
};
// clang-format on

inline constexpr int node_class_type_count = static_cast<int>(NodeClass::end);

static_assert(relation_type_count <= 128);
static_assert(node_class_type_count <= 64);

}  // namespace idi::parser
