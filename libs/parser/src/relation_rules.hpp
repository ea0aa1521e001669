// Which relation holds between two nodes: pure functions, one per pair of node kinds.
#pragma once

#include <algorithm>
#include <set>
#include <utility>

#include "idi/core/schema.hpp"
#include "idi/core/text.hpp"
#include "idi/link/linked_question.hpp"
#include "relations.hpp"

namespace idi::parser {

[[nodiscard]] inline Relation plus(Relation base, int steps) {
  return static_cast<Relation>(static_cast<int>(base) + steps);
}

[[nodiscard]] inline Relation word_word(int i, int j) {
  return plus(Relation::word_self, std::clamp(j - i, -4, 4));
}

[[nodiscard]] inline Relation word_column(link::NameMatch name, link::CellMatch cell) {
  if (name != link::NameMatch::exact) {
    if (cell == link::CellMatch::exact) return Relation::word_column_cell;
    if (cell == link::CellMatch::partial) return Relation::word_column_cell_part;
  }
  return plus(Relation::word_column_none, static_cast<int>(name));
}

[[nodiscard]] inline Relation word_table(link::NameMatch name) {
  return plus(Relation::word_table_none, static_cast<int>(name));
}

[[nodiscard]] inline Relation word_value(int token, const link::ValueCandidate& value) {
  if (token >= value.token_begin && token < value.token_end) return Relation::word_value_inside;
  if (token == value.token_begin - 1 || token == value.token_end) {
    return Relation::word_value_adjacent;
  }
  return Relation::word_value_none;
}

/// Foreign keys of a schema by column and by table, for one featurizing.
class Keys {
 public:
  explicit Keys(const Schema& schema) {
    for (const ForeignKey& key : schema.foreign_keys) {
      columns_.insert({key.from, key.to});
      refers_.insert({key.from, key.to.table});
      tables_.insert({key.from.table, key.to.table});
    }
  }
  [[nodiscard]] bool column_to(ColumnRef from, ColumnRef to) const {
    return columns_.contains({from, to});
  }
  [[nodiscard]] bool refers(ColumnRef from, int table) const {
    return refers_.contains({from, table});
  }
  [[nodiscard]] bool table_to(int from, int to) const { return tables_.contains({from, to}); }

 private:
  std::set<std::pair<ColumnRef, ColumnRef>> columns_;
  std::set<std::pair<ColumnRef, int>> refers_;
  std::set<std::pair<int, int>> tables_;
};

[[nodiscard]] inline Relation column_column(const Schema& schema, const Keys& keys, ColumnRef a,
                                            ColumnRef b) {
  if (a == b) return Relation::column_self;
  if (keys.column_to(a, b)) return Relation::column_key_to;
  if (keys.column_to(b, a)) return Relation::column_key_from;
  if (a.table == b.table) return Relation::column_same_table;
  if (text::equals_ignoring_ascii_case(schema.column(a).name, schema.column(b).name)) {
    return Relation::column_same_name;
  }
  return Relation::column_column_none;
}

[[nodiscard]] inline Relation column_table(const Schema& schema, const Keys& keys, ColumnRef column,
                                           int table) {
  if (column.table == table) {
    return schema.column(column).primary_key ? Relation::column_table_primary
                                             : Relation::column_table_member;
  }
  return keys.refers(column, table) ? Relation::column_table_refers : Relation::column_table_none;
}

[[nodiscard]] inline Relation table_table(const Keys& keys, int a, int b) {
  if (a == b) return Relation::table_self;
  const bool to = keys.table_to(a, b);
  const bool from = keys.table_to(b, a);
  if (to && from) return Relation::table_key_both;
  if (to) return Relation::table_key_to;
  return from ? Relation::table_key_from : Relation::table_table_none;
}

[[nodiscard]] inline bool fits(const link::ValueCandidate& value, ColumnType type) {
  switch (value.kind) {
    case link::ValueKind::number:
      return type == ColumnType::number;
    case link::ValueKind::date:  // a bare year is compared with numbers too
      return type == ColumnType::time || (type == ColumnType::number && value.text.size() == 4);
    case link::ValueKind::quoted:
    case link::ValueKind::cell:
    case link::ValueKind::span:
      return type == ColumnType::text;
  }
  return false;
}

[[nodiscard]] inline Relation value_column(const Schema& schema, const link::ValueCandidate& value,
                                           ColumnRef column) {
  const auto& columns = value.columns;
  if (std::find(columns.begin(), columns.end(), column) != columns.end()) {
    return Relation::value_column_cell;
  }
  return fits(value, schema.column(column).type) ? Relation::value_column_fits
                                                 : Relation::value_column_none;
}

[[nodiscard]] inline Relation value_table(const link::ValueCandidate& value, int table) {
  return std::any_of(value.columns.begin(), value.columns.end(),
                     [table](ColumnRef column) { return column.table == table; })
             ? Relation::value_table_holds
             : Relation::value_table_none;
}

[[nodiscard]] inline Relation value_value(int i, int j, const link::LinkedQuestion& question) {
  if (i == j) return Relation::value_self;
  const auto& a = question.values[static_cast<std::size_t>(i)];
  const auto& b = question.values[static_cast<std::size_t>(j)];
  const bool overlap = a.token_begin < b.token_end && b.token_begin < a.token_end;
  return overlap ? Relation::value_overlaps : Relation::value_value_none;
}

}  // namespace idi::parser
