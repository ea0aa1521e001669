#include "doubts.hpp"

#include <algorithm>
#include <set>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "item_ids.hpp"
#include "shape.hpp"
#include "wording.hpp"

namespace idi::clarification {
namespace {

using link::LinkedQuestion;
using link::NameMatch;

bool has(const std::vector<ColumnRef>& columns, ColumnRef column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// "order date" of orders, or a column that is called "date" alone.
bool is_own_date(const Schema& schema, ColumnRef column) {
  const auto words = text::split(schema.column(column).natural_name, ' ');
  if (words.size() == 1 && (words[0] == "date" || words[0] == "day" || words[0] == "time")) {
    return true;
  }
  const auto table = text::split(schema.table_of(column).natural_name, ' ');
  return !words.empty() && !table.empty() && link::stem(words[0]) == link::stem(table.back());
}

void add_dates(std::vector<WeighedDoubt>& doubts, const ir::Query& query,
               const LinkedQuestion& question, const Schema& schema) {
  const auto phrase = time_words(question);
  if (!phrase) return;
  for (const auto used : times_used(query, schema)) {
    auto columns = time_columns(schema, used.table, true);
    if (columns.size() < 2 || !has(columns, used)) continue;
    const bool named = std::any_of(columns.begin(), columns.end(), [&](ColumnRef column) {
      std::vector<ColumnRef> others = columns;
      std::erase(others, column);
      return is_named(question, schema, column, others);
    });
    if (named) continue;
    std::stable_partition(columns.begin(), columns.end(),
                          [&](ColumnRef column) { return column == used; });
    Doubt doubt{Ambiguity::date, date_id(schema, columns), *phrase, {}};
    for (const auto column : columns) doubt.options.push_back(column_option(schema, column, false));
    doubts.push_back({std::move(doubt), is_own_date(schema, used) ? own_date_doubt : date_doubt});
  }
}

bool is_key(const Schema& schema, ColumnRef column) {
  return schema.column(column).primary_key ||
         std::any_of(schema.foreign_keys.begin(), schema.foreign_keys.end(),
                     [&](const auto& key) { return key.from == column || key.to == column; });
}

/// A number that can be counted with: no key, no time.
bool is_quantity(const Schema& schema, ColumnRef column) {
  return schema.column(column).type == ColumnType::number && !is_key(schema, column) &&
         !is_time(schema, column);
}

/// Whether every word of the question matches both alike, and one of them does so by name.
bool are_alike(const LinkedQuestion& question, ColumnRef a, ColumnRef b) {
  bool matched = false;
  for (int token = 0; token < token_count(question); ++token) {
    const NameMatch match = match_of(question, token, a);
    if (match != match_of(question, token, b)) return false;
    matched = matched || match >= NameMatch::synonym;
  }
  return matched;
}

/// List price or paid price: columns of one table between which the words do not choose.
void add_numbers(std::vector<WeighedDoubt>& doubts, const ir::Query& query,
                 const LinkedQuestion& question, const Schema& schema) {
  std::set<ColumnRef> seen;
  for (const auto& mention : shape_of(query, schema).mentions) {
    const ColumnRef used = mention.column;
    if (used.column < 0 || !seen.insert(used).second || !is_quantity(schema, used)) continue;
    std::vector<ColumnRef> others;
    for (const auto column : question.columns) {
      if (column.table == used.table && column != used && is_quantity(schema, column) &&
          are_alike(question, used, column)) {
        others.push_back(column);
      }
    }
    if (others.empty()) continue;
    const auto phrase = shared_words(question, used, others.front());
    if (!phrase) continue;
    Doubt doubt{Ambiguity::column,
                id_of(Ambiguity::column, short_id(stems_of(question, *phrase))),
                *phrase,
                {column_option(schema, used, false)}};
    for (const auto column : others) doubt.options.push_back(column_option(schema, column, false));
    doubts.push_back({std::move(doubt), number_doubt});
  }
}

/// Billing city or shipping city: a cell of several columns of one table, none of them named.
void add_cells(std::vector<WeighedDoubt>& doubts, const ir::Query& query,
               const LinkedQuestion& question, const Schema& schema) {
  for (const auto& mention : shape_of(query, schema).mentions) {
    if (mention.column.column < 0 || mention.equals.empty()) continue;
    for (const auto& value : question.values) {
      if (value.kind != link::ValueKind::cell || !has(value.columns, mention.column)) continue;
      const bool is_it =
          std::find(value.cells.begin(), value.cells.end(), mention.equals) != value.cells.end() ||
          text::fold_case(value.text) == text::fold_case(mention.equals);
      const Phrase phrase{value.token_begin, value.token_end};
      if (!is_it || phrase.empty() || phrase.begin < 0 || phrase.end > token_count(question)) {
        continue;
      }
      std::vector<ColumnRef> columns{mention.column};
      for (const auto column : value.columns) {
        if (column.table == mention.column.table && !has(columns, column)) {
          columns.push_back(column);
        }
      }
      const bool named = std::any_of(columns.begin(), columns.end(), [&](ColumnRef column) {
        std::vector<ColumnRef> others = columns;
        std::erase(others, column);
        return is_named(question, schema, column, others);
      });
      if (columns.size() < 2 || named) continue;
      Doubt doubt{Ambiguity::value,
                  id_of(Ambiguity::value, short_id(words_of(question, phrase))),
                  phrase,
                  {}};
      for (const auto column : columns) {
        doubt.options.push_back(column_option(schema, column, false));
      }
      doubts.push_back({std::move(doubt), cell_doubt});
    }
  }
}

}  // namespace

std::vector<WeighedDoubt> doubts_of_words(const ir::Query& query, const LinkedQuestion& question,
                                          const Schema& schema) {
  std::vector<WeighedDoubt> doubts;
  add_dates(doubts, query, question, schema);
  add_numbers(doubts, query, question, schema);
  add_cells(doubts, query, question, schema);
  return doubts;
}

}  // namespace idi::clarification
