#include "small_schema.hpp"

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::parser::testing {

Schema small_schema() {
  const auto column = [](std::string name, std::string declared, ColumnType type,
                         std::vector<std::string> samples = {}) {
    Column result;
    result.natural_name = natural_name_of(name);
    result.name = std::move(name);
    result.declared_type = std::move(declared);
    result.type = type;
    result.sample_values = std::move(samples);
    return result;
  };
  const auto table = [](std::string name, std::vector<Column> columns) {
    Table result;
    result.natural_name = natural_name_of(name);
    result.name = std::move(name);
    result.columns = std::move(columns);
    result.columns.front().primary_key = true;
    return result;
  };
  Schema schema;
  schema.name = "concerts";
  schema.tables = {
      table("singer", {column("singer_id", "INTEGER", ColumnType::number),
                       column("name", "TEXT", ColumnType::text, {"Joe Sharp", "Rose White"}),
                       column("country", "TEXT", ColumnType::text, {"France", "Netherlands"}),
                       column("age", "INTEGER", ColumnType::number),
                       column("is_male", "TEXT", ColumnType::text, {"T", "F"}),
                       column("birthday", "DATE", ColumnType::time, {"1970-02-01", "1988-12-24"}),
                       column("joined_at", "DATETIME", ColumnType::time, {"2020-01-05 08:30:00"})}),
      table("concert", {column("concert_id", "INTEGER", ColumnType::number),
                        column("concert_name", "TEXT", ColumnType::text),
                        column("year", "YEAR", ColumnType::time, {"2014", "2015"}),
                        column("venue", "TEXT", ColumnType::text)}),
      table("singer_in_concert", {column("concert_id", "INTEGER", ColumnType::number),
                                  column("singer_id", "INTEGER", ColumnType::number)}),
  };
  schema.foreign_keys = {{{2, 0}, {1, 0}, true}, {{2, 1}, {0, 0}, true}};
  return schema;
}

std::vector<link::CellHit> FakeValueIndex::lookup(std::string_view phrase, int max_hits) const {
  std::vector<link::CellHit> hits;
  for (const auto& [column, cells] : known)
    for (const auto& cell : cells)
      if (text::fold_case(text::trim(cell)) == text::fold_case(phrase) &&
          static_cast<int>(hits.size()) < max_hits)
        hits.push_back({column, cell});
  return hits;
}

std::vector<link::CellHit> FakeValueIndex::lookup_word(std::string_view, int) const { return {}; }

std::optional<std::string> FakeValueIndex::closest_cell(ColumnRef column,
                                                        std::string_view phrase) const {
  const auto meant = near.find(std::string(phrase));
  const auto cells = known.find(column);
  if (meant == near.end() || cells == known.end()) return std::nullopt;
  const auto& list = cells->second;
  if (std::find(list.begin(), list.end(), meant->second) == list.end()) return std::nullopt;
  return meant->second;
}

std::vector<std::string> FakeValueIndex::cells(ColumnRef column, int max) const {
  const auto found = known.find(column);
  if (found == known.end()) return {};
  auto list = found->second;
  if (static_cast<int>(list.size()) > max) list.resize(static_cast<std::size_t>(max));
  return list;
}

}  // namespace idi::parser::testing
