#include "generated_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <system_error>

#include "idi/core/assert.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::bench {
namespace {

constexpr std::array<std::string_view, 32> owners{
    "supplier", "customer",   "employee", "store", "branch", "partner", "agent",   "student",
    "patient",  "member",     "driver",   "guest", "tenant", "vendor",  "dealer",  "carrier",
    "client",   "region",     "country",  "hotel", "garage", "factory", "library", "airline",
    "museum",   "department", "school",   "bank",  "farm",   "club",    "clinic",  "harbour"};
constexpr std::array<std::string_view, 32> things{
    "invoice", "contract", "shipment", "payment", "order",   "visit",     "report",  "ticket",
    "account", "project",  "vehicle",  "machine", "sensor",  "building",  "room",    "course",
    "exam",    "event",    "campaign", "product", "package", "warehouse", "route",   "delivery",
    "claim",   "policy",   "audit",    "task",    "meeting", "message",   "license", "survey"};
static_assert(owners.size() * things.size() == max_generated_tables);

constexpr std::array<std::string_view, 12> cities{"Berlin", "Lisbon", "Vienna",  "Prague",
                                                  "Madrid", "Oslo",   "Dublin",  "Athens",
                                                  "Warsaw", "Zagreb", "Toronto", "Nairobi"};
constexpr std::array<std::string_view, 5> states{"open", "paid", "shipped", "cancelled", "closed"};
constexpr std::array<std::string_view, 16> first_words{
    "Amber", "Silver", "Quiet", "Northern", "Golden", "Swift",  "Hidden", "Royal",
    "Green", "Bright", "Early", "Velvet",   "Stone",  "Copper", "Maple",  "Crystal"};
constexpr std::array<std::string_view, 16> second_words{
    "Falcon", "River",  "Garden", "Harvest", "Lantern", "Meadow", "Bridge", "Castle",
    "Forest", "Island", "Market", "Orchard", "Summit",  "Valley", "Window", "Anchor"};

enum class Content : std::uint8_t { name, city, status, number, date, flag, note };

struct ColumnPlan {
  std::string_view name;
  std::string_view type;
  Content content;
};
/// Every table has the first five.
constexpr std::array<ColumnPlan, 19> columns{{
    {"name", "TEXT", Content::name},
    {"city", "TEXT", Content::city},
    {"status", "TEXT", Content::status},
    {"amount", "DECIMAL(10,2)", Content::number},
    {"created_on", "DATE", Content::date},
    {"price", "REAL", Content::number},
    {"quantity", "INTEGER", Content::number},
    {"weight", "INTEGER", Content::number},
    {"rating", "REAL", Content::number},
    {"discount", "REAL", Content::number},
    {"priority", "INTEGER", Content::number},
    {"closed_on", "DATE", Content::date},
    {"due_date", "DATE", Content::date},
    {"is_active", "BOOLEAN", Content::flag},
    {"contact_name", "VARCHAR(80)", Content::name},
    {"email", "VARCHAR(120)", Content::note},
    {"remarks", "TEXT", Content::note},
    {"origin_city", "TEXT", Content::city},
    {"label", "TEXT", Content::name},
}};
constexpr int common_columns = 5;

/// A number from a place (SplitMix64's finish): content does not depend on the order of writing.
std::uint64_t mixed(int table, std::size_t column, int row) {
  std::uint64_t z = (static_cast<std::uint64_t>(table) << 40U) + (column << 20U) +
                    static_cast<std::uint64_t>(row) + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

template <std::size_t N>
std::string_view pick(const std::array<std::string_view, N>& list, std::uint64_t number) {
  return list[number % N];
}

std::string_view owner_of(int table) { return owners[static_cast<std::size_t>(table) % 32]; }
std::string_view thing_of(int table) {
  const auto t = static_cast<std::size_t>(table);
  return things[(t / 32 + 7 * t) % 32];
}
std::string table_name(int table) { return fmt::format("{}_{}", owner_of(table), thing_of(table)); }
std::string spoken(int table) { return fmt::format("{} {}", owner_of(table), thing_of(table)); }
std::string spoken_plural(int table) {
  std::string name = spoken(table);
  if (name.back() != 'y' || name.ends_with("ey")) return name + 's';
  name.pop_back();
  return name + "ies";
}

/// Tables referred to, all of smaller numbers.
std::vector<int> parents_of(int table) {
  if (table == 0) return {};
  std::set<int> parents{(table - 1) / 4};
  parents.insert(static_cast<int>(mixed(table, 99, 0) % static_cast<std::uint64_t>(table)));
  return {parents.begin(), parents.end()};
}

std::vector<ColumnPlan> columns_of(int table) {
  std::vector<ColumnPlan> chosen(columns.begin(), columns.begin() + common_columns);
  for (std::size_t i = common_columns; i < columns.size(); ++i) {
    if (mixed(table, i, -1) % 2 == 0) chosen.push_back(columns[i]);
  }
  return chosen;
}

std::string definition_of(int table) {
  std::string sql = fmt::format("CREATE TABLE {0} ({0}_id INTEGER PRIMARY KEY", table_name(table));
  for (const ColumnPlan& column : columns_of(table)) {
    sql += fmt::format(", {} {}", column.name, column.type);
  }
  for (const int parent : parents_of(table)) {
    sql += fmt::format(", {0}_id INTEGER REFERENCES {0} ({0}_id)", table_name(parent));
  }
  return sql + ");\n";
}

std::string date_of(std::uint64_t number) {
  return fmt::format("{}-{:02}-{:02}", 2020 + number % 5, 1 + number / 5 % 12,
                     1 + number / 60 % 28);
}

void bind_cell(sqlite::Statement& insert, int index, Content content, std::uint64_t number) {
  switch (content) {
    case Content::name:
      return insert.bind(index, std::string_view(fmt::format("{} {}", pick(first_words, number),
                                                             pick(second_words, number >> 8U))));
    case Content::city:
      return insert.bind(index, pick(cities, number));
    case Content::status:
      return insert.bind(index, pick(states, number));
    case Content::number:
      return insert.bind(index, static_cast<std::int64_t>(number % 1000));
    case Content::date:
      return insert.bind(index, std::string_view(date_of(number)));
    case Content::flag:
      return insert.bind(index, static_cast<std::int64_t>(number % 2));
    case Content::note:
      return insert.bind(index, std::string_view(fmt::format("{}-{}", pick(second_words, number),
                                                             number % 10'000)));
  }
}

Status write_rows(sqlite::Connection& connection, int table) {
  const auto plans = columns_of(table);
  const auto parents = parents_of(table);
  std::string marks = "?";
  for (std::size_t i = 0; i < plans.size() + parents.size(); ++i) marks += ",?";
  IDI_TRY(auto insert,
          connection.prepare(fmt::format("INSERT INTO {} VALUES ({})", table_name(table), marks)));
  for (int row = 1; row <= rows_per_table; ++row) {
    int index = 1;
    insert.bind(index++, std::int64_t{row});
    for (std::size_t c = 0; c < plans.size(); ++c) {
      bind_cell(insert, index++, plans[c].content, mixed(table, c, row));
    }
    for (std::size_t p = 0; p < parents.size(); ++p) {
      const auto number = mixed(table, plans.size() + p, row);
      insert.bind(index++, static_cast<std::int64_t>(1 + number % rows_per_table));
    }
    IDI_CHECK(insert.run());
  }
  return {};
}

}  // namespace

Status write_generated_database(const std::filesystem::path& path, int tables) {
  IDI_ASSERT(tables > 0 && tables <= max_generated_tables);
  std::error_code missing;
  std::filesystem::remove(path, missing);
  IDI_TRY(auto connection, sqlite::Connection::open(path, {sqlite::OpenMode::create}));
  IDI_CHECK(connection.execute("BEGIN"));
  for (int table = 0; table < tables; ++table) {
    IDI_CHECK(connection.execute(definition_of(table)));
    IDI_CHECK(write_rows(connection, table));
  }
  return connection.execute("COMMIT");
}

std::vector<std::string> generated_questions(int tables) {
  constexpr int asked_tables = 6;
  std::vector<std::string> questions;
  const int asked = std::min(asked_tables, tables);
  for (int i = 0; i < asked; ++i) {
    const int table = tables - 1 - i * tables / asked;
    const auto number = static_cast<std::uint64_t>(i);
    const std::string plural = spoken_plural(table);
    questions.push_back(fmt::format("How many {} are there?", plural));
    questions.push_back(fmt::format("What is the average amount of {} for each status?", plural));
    questions.push_back(fmt::format("Show the names of {} in {}.", plural, pick(cities, number)));
    questions.push_back(fmt::format("Which {} has the highest amount?", spoken(table)));
    questions.push_back(fmt::format("List name and amount of {} with status {}, sorted by amount.",
                                    plural, pick(states, number)));
    if (const auto parents = parents_of(table); !parents.empty()) {
      questions.push_back(
          fmt::format("How many {} does each {} have?", plural, spoken(parents.front())));
    }
  }
  return questions;
}

}  // namespace idi::bench
