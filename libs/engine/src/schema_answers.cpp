#include "idi/engine/schema_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <vector>

#include "idi/core/text.hpp"

namespace idi::engine {

ResultTable schema_overview(const Schema& schema) {
  ResultTable result;
  result.columns = {"table", "rows", "columns"};
  for (const Table& table : schema.tables) {
    std::vector<std::string> names;
    for (const Column& column : table.columns) names.push_back(column.name);
    result.rows.push_back(Row{table.name, table.row_estimate ? Value(*table.row_estimate) : Null{},
                              text::join(names, ", ")});
  }
  return result;
}

ResultTable table_overview(const Schema& schema, int table) {
  ResultTable result;
  result.columns = {"column", "type", "key", "examples"};
  const auto& columns = schema.tables[static_cast<std::size_t>(table)].columns;
  for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
    const Column& column = columns[static_cast<std::size_t>(c)];
    std::string key = column.primary_key ? "primary" : "";
    for (const ForeignKey& foreign : schema.foreign_keys) {
      if (foreign.from != ColumnRef{table, c}) continue;
      if (!key.empty()) key += ", ";
      key += fmt::format("{} {}.{}", foreign.declared ? "to" : "probably to",
                         schema.table_of(foreign.to).name, schema.column(foreign.to).name);
    }
    result.rows.push_back(Row{column.name,
                              column.declared_type.empty()
                                  ? std::string(column_type_name(column.type))
                                  : column.declared_type,
                              key, text::join(column.sample_values, ", ")});
  }
  return result;
}

namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string name_of(const Schema& schema, ColumnRef column) {
  return fmt::format("{}.{}", schema.table_of(column).name, schema.column(column).name);
}

/// The keys on a shortest way between two tables, from the first to the second; empty: none.
std::vector<const ForeignKey*> way_between(const Schema& schema, int from, int to) {
  std::vector<const ForeignKey*> came_by(schema.tables.size(), nullptr);
  std::vector<int> came_from(schema.tables.size(), -1);
  came_from[static_cast<std::size_t>(from)] = from;
  std::deque<int> open{from};
  while (!open.empty() && came_from[static_cast<std::size_t>(to)] < 0) {
    const int here = open.front();
    open.pop_front();
    for (const ForeignKey& key : schema.foreign_keys) {
      int next = -1;
      if (key.from.table == here) next = key.to.table;
      if (key.to.table == here) next = key.from.table;
      if (next < 0 || came_from[static_cast<std::size_t>(next)] >= 0) continue;
      came_from[static_cast<std::size_t>(next)] = here;
      came_by[static_cast<std::size_t>(next)] = &key;
      open.push_back(next);
    }
  }
  std::vector<const ForeignKey*> way;
  if (came_from[static_cast<std::size_t>(to)] < 0) return way;
  for (int at = to; at != from; at = came_from[static_cast<std::size_t>(at)]) {
    way.push_back(came_by[static_cast<std::size_t>(at)]);
  }
  std::reverse(way.begin(), way.end());
  return way;
}

/// "customers and products are connected through orders and order_lines."
std::string way_in_words(const Schema& schema, const std::vector<const ForeignKey*>& way, int from,
                         int to) {
  const auto name = [&](int table) { return schema.tables[static_cast<std::size_t>(table)].name; };
  if (from == to) return fmt::format("{} is one table.", name(from));
  if (way.empty()) return fmt::format("No key connects {} and {}.", name(from), name(to));
  if (way.size() == 1) {
    return fmt::format("{} {} to {}.", name_of(schema, way.front()->from),
                       way.front()->declared ? "refers" : "probably refers",
                       name_of(schema, way.front()->to));
  }
  std::vector<std::string> between;
  int at = from;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    at = way[i]->from.table == at ? way[i]->to.table : way[i]->from.table;
    between.push_back(name(at));
  }
  std::string last = std::move(between.back());
  between.pop_back();
  return fmt::format("{} and {} are connected through {}{}{}.", name(from), name(to),
                     text::join(between, ", "), between.empty() ? "" : " and ", last);
}

}  // namespace

SchemaAnswer answer_tables(const Schema& schema) {
  SchemaAnswer answer{schema_overview(schema), {}};
  const std::size_t count = schema.tables.size();
  answer.summary = count == 1 ? "There is 1 table" : fmt::format("There are {} tables", count);
  const auto largest = std::max_element(
      schema.tables.begin(), schema.tables.end(), [](const Table& a, const Table& b) {
        return a.row_estimate.value_or(0) < b.row_estimate.value_or(0);
      });
  if (count > 1 && largest->row_estimate.value_or(0) > 0) {
    answer.summary += fmt::format("; the largest is {} with {}", largest->name,
                                  counted(static_cast<std::size_t>(*largest->row_estimate), "row"));
  }
  answer.summary += '.';
  return answer;
}

SchemaAnswer answer_columns(const Schema& schema, int table) {
  const Table& described = schema.tables[static_cast<std::size_t>(table)];
  SchemaAnswer answer{table_overview(schema, table), {}};
  answer.summary =
      fmt::format("{} has {}", described.name, counted(described.columns.size(), "column"));
  if (described.row_estimate) {
    answer.summary +=
        fmt::format(" and {}", counted(static_cast<std::size_t>(*described.row_estimate), "row"));
  }
  answer.summary += '.';
  if (!described.comment.empty()) {
    answer.summary += fmt::format(" It is described as \"{}\".", described.comment);
  }
  return answer;
}

SchemaAnswer answer_column_places(const Schema& schema, std::string_view column) {
  SchemaAnswer answer;
  answer.table.columns = {"table", "column", "type"};
  for (const Table& table : schema.tables) {
    for (const Column& candidate : table.columns) {
      if (candidate.natural_name != column) continue;
      answer.table.rows.push_back(
          Row{table.name, candidate.name, std::string(column_type_name(candidate.type))});
    }
  }
  const std::size_t count = answer.table.rows.size();
  answer.summary =
      fmt::format("{} a column \"{}\".",
                  count == 1 ? "1 table has" : fmt::format("{} tables have", count), column);
  return answer;
}

SchemaAnswer answer_connections(const Schema& schema, int table, int other_table) {
  std::vector<const ForeignKey*> keys;
  SchemaAnswer answer;
  if (other_table >= 0) {
    keys = way_between(schema, table, other_table);
    answer.summary = way_in_words(schema, keys, table, other_table);
  } else {
    for (const ForeignKey& key : schema.foreign_keys) {
      if (table < 0 || key.from.table == table || key.to.table == table) keys.push_back(&key);
    }
    const std::string whose =
        table < 0 ? "the tables" : schema.tables[static_cast<std::size_t>(table)].name;
    answer.summary =
        keys.empty() ? fmt::format("No key connects {}{}.", whose, table < 0 ? "" : " with others")
                     : fmt::format("{} {} {}{}.", counted(keys.size(), "key"),
                                   keys.size() == 1 ? "connects" : "connect", whose,
                                   table < 0 ? "" : " with others");
  }
  answer.table.columns = {"column", "refers to", "known from"};
  for (const ForeignKey* key : keys) {
    answer.table.rows.push_back(
        Row{name_of(schema, key->from), name_of(schema, key->to),
            std::string(key->declared ? "the schema" : "names and types: a guess")});
  }
  return answer;
}

}  // namespace idi::engine
