#include "cards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "idi/core/text.hpp"
#include "item_ids.hpp"
#include "shape.hpp"
#include "wording.hpp"

namespace idi::clarification {
namespace {

constexpr std::size_t max_phrase_bytes = 60;
constexpr auto change_words = std::to_array<std::string_view>(
    {"updated", "update", "modified", "changed", "change", "synced", "imported", "deleted"});
constexpr auto time_names = std::to_array<std::string_view>({"year", "date", "month", "day"});

bool has_word(const Column& column, auto list) {
  for (const auto& word : text::split(column.natural_name, ' ')) {
    if (std::find(list.begin(), list.end(), word) != list.end()) return true;
  }
  return false;
}

std::string tables_of(const Doubt& doubt, const Schema& schema) {
  const auto parts = parts_of_id(doubt.id);
  const auto tables = parts ? tables_of_id(schema, parts->rest) : std::nullopt;
  if (!tables) return {};
  std::vector<std::string> words;
  for (const int table : *tables) words.push_back("the " + table_words(schema, table));
  return listed(words);
}

}  // namespace

Option column_option(const Schema& schema, ColumnRef column, bool with_table) {
  return {column_id(schema, column),
          with_table ? column_of_table(schema, column) : column_words(schema, column),
          example_of(schema, column)};
}

std::string id_of(Ambiguity ambiguity, const std::string& rest) {
  return fmt::format("{}:{}", ambiguity_name(ambiguity), rest);
}

std::optional<IdParts> parts_of_id(const std::string& id) {
  for (const auto ambiguity :
       {Ambiguity::column, Ambiguity::date, Ambiguity::table, Ambiguity::value, Ambiguity::join,
        Ambiguity::measure, Ambiguity::reading}) {
    const std::string start = id_of(ambiguity, {});
    if (id.starts_with(start)) return IdParts{ambiguity, id.substr(start.size())};
  }
  return std::nullopt;
}

std::string date_id(const Schema& schema, const std::vector<ColumnRef>& columns) {
  std::vector<int> tables;
  for (const auto column : columns) tables.push_back(column.table);
  return id_of(Ambiguity::date, tables_id(schema, tables));
}

std::string question_id(const link::LinkedQuestion& question) {
  return hash_of(stems_of(question, {0, token_count(question)}));
}

std::string reading_id(const ir::Query& query, const Schema& schema) {
  return hash_of(shape_of(query, schema).named);
}

std::string card_text(const Doubt& doubt, const link::LinkedQuestion& question,
                      const Schema& schema) {
  const std::string phrase = shown(text_of(question, doubt.phrase), max_phrase_bytes);
  switch (doubt.ambiguity) {
    case Ambiguity::date: {
      const std::string tables = tables_of(doubt, schema);
      return tables.empty() ? "Which date do you mean?"
                            : fmt::format("Which date of {} do you mean?", tables);
    }
    case Ambiguity::value:
      return fmt::format("“{}” is found in several places. Which one do you mean?", phrase);
    case Ambiguity::join: {
      const std::string tables = tables_of(doubt, schema);
      return tables.empty() ? "Which connection do you mean?"
                            : fmt::format("How do {} belong together here?", tables);
    }
    case Ambiguity::measure:
      return fmt::format("“{}”: measured by what?", phrase);
    case Ambiguity::column:
    case Ambiguity::table:
      return fmt::format("What do you mean by “{}”?", phrase);
    case Ambiguity::reading:
      break;
  }
  return "This can be understood in several ways. Which one do you mean?";
}

bool is_time(const Schema& schema, ColumnRef column) {
  const auto& given = schema.column(column);
  return given.type == ColumnType::time ||
         (given.type != ColumnType::boolean && has_word(given, time_names));
}

std::vector<ColumnRef> time_columns(const Schema& schema, int table, bool plausible) {
  std::vector<ColumnRef> columns;
  const auto& given = schema.tables[static_cast<std::size_t>(table)];
  for (int i = 0; i < static_cast<int>(given.columns.size()); ++i) {
    const ColumnRef column{table, i};
    const auto& one = schema.column(column);
    if (one.type != ColumnType::time) continue;
    if (plausible && has_word(one, change_words)) continue;
    columns.push_back(column);
  }
  return columns;
}

std::vector<ColumnRef> times_used(const ir::Query& query, const Schema& schema) {
  std::vector<ColumnRef> columns;
  for (const auto& mention : shape_of(query, schema).mentions) {
    if (mention.column.column < 0 || !is_time(schema, mention.column)) continue;
    const bool looks = mention.in_function || mention.compared || mention.site == Site::order;
    if (looks && std::find(columns.begin(), columns.end(), mention.column) == columns.end()) {
      columns.push_back(mention.column);
    }
  }
  return columns;
}

}  // namespace idi::clarification
