#include "scoped_schema.hpp"

#include <algorithm>
#include <random>

namespace idi::grammar::testing {
namespace {

std::string quoted(const std::string& name, Dialect dialect) {
  const char quote = dialect == Dialect::mysql ? '`' : '"';
  std::string result(1, quote);
  for (const char c : name) {
    result += c;
    if (c == quote) result += c;
  }
  return result + quote;
}

Table table(std::string name, std::vector<std::pair<std::string, ColumnType>> columns) {
  Table result;
  result.name = std::move(name);
  for (auto& [column_name, type] : columns) {
    Column column;
    column.name = std::move(column_name);
    column.type = type;
    column.primary_key = result.columns.empty();
    result.columns.push_back(std::move(column));
  }
  return result;
}

/// Types that each mean something else to the engines, by turns.
std::string declared_type(ColumnType type, std::size_t turn, Dialect dialect) {
  const bool postgres = dialect == Dialect::postgres;
  const auto pick = [turn](std::vector<const char*> types) {
    return std::string(types[turn % types.size()]);
  };
  switch (type) {
    case ColumnType::number:
      return postgres ? pick({"integer", "numeric(10,2)", "double precision", "smallint", "bigint",
                              "real", "money"})
                      : pick({"int", "decimal(10,2)", "double", "bigint unsigned"});
    case ColumnType::text:
      return postgres ? pick({"text", "character varying(40)", "character(3)", "uuid", "jsonb",
                              "json", "xml"})
                      : pick({"varchar(40)", "text", "enum('a','b')", "char(3)"});
    case ColumnType::time:
      return postgres ? pick({"date", "timestamp without time zone", "timestamp with time zone",
                              "time without time zone", "interval"})
                      : pick({"date", "datetime", "timestamp", "time", "year"});
    case ColumnType::boolean:
      return postgres ? "boolean" : "tinyint(1)";
    case ColumnType::other:
      break;
  }
  return postgres ? pick({"bytea", "integer[]", "point"}) : pick({"blob", "geometry"});
}

}  // namespace

Schema hostile_schema() {
  constexpr auto number = ColumnType::number;
  constexpr auto text = ColumnType::text;
  constexpr auto time = ColumnType::time;
  Schema schema;
  schema.name = "hostile";
  schema.tables = {
      table("order",
            {{"id", number}, {"select", text}, {"when", time}, {"flag", ColumnType::boolean}}),
      table("orders",
            {{"id", number}, {"order", number}, {"order by", text}, {"x", ColumnType::other}}),
      table("a\"b\\c'd`e[f]g", {{"\"", number}, {"\\", text}, {"'; DROP TABLE orders; --", text}}),
      table("::= root | (x)*", {{"[^\"]+", text}, {"root ::= \"x\"", number}, {"a{0,9}", number}}),
      table("two\nlines\ttab", {{"one\r\ntwo", text}, {"%s%n", number}, {"/* no */", time}}),
      table("größe", {{"straße", text}, {"漢字", number}, {"Größe", number}, {"id", number}}),
      table("T1", {{"T1.x", number}, {"COUNT(*)", number}, {"NULL", text}, {"'", text}}),
      table("totals", {{"item", text}, {"amount", number}, {"2fast", time}, {"id", number}}),
  };
  schema.foreign_keys = {{{1, 1}, {0, 0}, true}, {{2, 0}, {1, 0}, true}, {{3, 1}, {2, 0}, true},
                         {{4, 1}, {0, 0}, true}, {{5, 3}, {0, 0}, true}, {{6, 0}, {5, 1}, true}};
  return schema;
}

Schema with_plain_tables(Schema schema) {
  for (Table& entry : schema.tables) {
    if (entry.name.starts_with("sqlite_")) entry.name = "internal_" + entry.name;
  }
  return schema;
}

Schema typed_for(Schema schema, Dialect dialect) {
  schema.dialect = dialect;
  if (dialect == Dialect::sqlite) return schema;
  // Columns that keys connect are whole numbers, as a database would demand.
  std::vector<ColumnRef> keys;
  for (const ForeignKey& key : schema.foreign_keys) {
    keys.push_back(key.from);
    keys.push_back(key.to);
  }
  std::size_t turn = 0;
  for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
    auto& columns = schema.tables[static_cast<std::size_t>(t)].columns;
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
      Column& column = columns[static_cast<std::size_t>(c)];
      const bool key = std::find(keys.begin(), keys.end(), ColumnRef{t, c}) != keys.end();
      const bool plain = key && column.type == ColumnType::number;
      column.declared_type = plain ? "integer" : declared_type(column.type, turn++, dialect);
      const bool year = column.declared_type == "year";
      if (!plain && !year) continue;
      column.type = plain ? ColumnType::number : ColumnType::time;
    }
  }
  return schema;
}

Scope whole_scope(const Schema& schema) {
  Scope scope;
  for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
    scope.tables.push_back(t);
    const auto& columns = schema.tables[static_cast<std::size_t>(t)].columns;
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) scope.columns.push_back({t, c});
  }
  return scope;
}

Scope random_scope(const Schema& schema, std::uint64_t seed, bool values) {
  std::mt19937_64 random(seed);
  Scope all = whole_scope(schema);
  std::shuffle(all.tables.begin(), all.tables.end(), random);
  Scope scope;
  const std::size_t count = 1 + random() % std::min<std::size_t>(all.tables.size(), 8);
  scope.tables.assign(all.tables.begin(), all.tables.begin() + static_cast<std::ptrdiff_t>(count));
  for (const int t : scope.tables) {
    const auto& columns = schema.tables[static_cast<std::size_t>(t)].columns;
    const std::size_t before = scope.columns.size();
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
      if (random() % 4 != 0) scope.columns.push_back({t, c});
    }
    if (scope.columns.size() == before && !columns.empty()) scope.columns.push_back({t, 0});
  }
  if (!values) return scope;
  static const std::vector<std::string> texts = {"New York",
                                                 "O'Brien",
                                                 "'; DROP TABLE x; --",
                                                 "a\"b",
                                                 "back\\slash",
                                                 "ends with \\",
                                                 "\\'",
                                                 "two\nlines",
                                                 "größe 漢字",
                                                 "100%",
                                                 "",
                                                 "[x]*|(y)",
                                                 "2020-01-01"};
  for (const ColumnRef column : scope.columns) {
    if (random() % 3 != 0) continue;
    ColumnValues known{column, {}, random() % 2 == 0};
    for (std::size_t i = 1 + random() % 4; i > 0; --i) {
      known.values.push_back(texts[random() % texts.size()]);
    }
    scope.values.push_back(std::move(known));
  }
  return scope;
}

std::vector<std::string> scope_ddl(const Schema& schema, const Scope& scope, Dialect dialect) {
  std::vector<std::string> statements;
  for (const int t : scope.tables) {
    std::string sql =
        "CREATE TABLE " + quoted(schema.tables[static_cast<std::size_t>(t)].name, dialect) + " (";
    bool any = false;
    for (const ColumnRef column : scope.columns) {
      if (column.table != t) continue;
      const Column& entry = schema.column(column);
      sql += (any ? ", " : "") + quoted(entry.name, dialect) + " " + entry.declared_type;
      any = true;
    }
    if (any) statements.push_back(sql + ")");
  }
  return statements;
}

}  // namespace idi::grammar::testing
