#include "case_database.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::prompt::testing {

namespace {

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}

/// Departments of a firm, each with its orders, people and lists: names repeat, keys join them.
std::string wide_sql() {
  static constexpr const char* areas[] = {"sales",   "garden",  "music", "travel", "health",
                                          "library", "weather", "sport", "energy", "school"};
  static constexpr const char* things[] = {"customer", "invoice", "member", "device", "report"};
  std::string sql;
  for (const char* area : areas)
    for (int part = 0; part < 6; ++part)
      for (const char* thing : things) {
        const std::string name = fmt::format("{}_{}_{}", area, thing, part);
        const std::string parent =
            part == 0 ? std::string() : fmt::format("{}_{}_{}", area, thing, part - 1);
        sql += fmt::format(
            "CREATE TABLE {0} ({0}_id INTEGER PRIMARY KEY, name TEXT, city TEXT, "
            "amount NUMERIC, created_on DATE, status TEXT{1});\n",
            name,
            parent.empty() ? std::string()
                           : fmt::format(", {0}_id INTEGER REFERENCES {0} ({0}_id)", parent));
      }
  sql += "INSERT INTO music_member_2 (name, city, status) VALUES ('Ada', 'Bern', 'active');";
  return sql;
}

std::string sql_of(const std::string& database) {
  if (database == "wide") return wide_sql();
  std::ifstream file(std::string(case_folder) + '/' + database + ".sql", std::ios::binary);
  if (!file) throw std::runtime_error("no database " + database);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<const link::Linker> make_linker(const std::string& database) {
  const auto folder = std::filesystem::temp_directory_path() /
                      fmt::format("idi-prompt-{}-{}", database, ::getpid());
  std::filesystem::create_directory(folder);
  const auto file = folder / (database + ".sqlite");
  {
    sqlite::OpenOptions options;
    options.mode = sqlite::OpenMode::create;
    auto connection = value_of(sqlite::Connection::open(file, options));
    if (auto done = connection.execute("BEGIN;" + sql_of(database) + "COMMIT;"); !done)
      throw std::runtime_error(done.error().to_text());
  }
  const auto opened = value_of(db_sqlite::open_sqlite_database(file));
  auto schema = value_of(opened->introspect({}));
  // Without WordNet: what is expected holds on machines that have none too.
  auto values =
      value_of(link::ValueIndex::open_or_build(*opened, schema, {}, {}, {}, link::WordNet::none()));
  std::filesystem::remove_all(folder);
  return link::Linker::make(std::move(schema), std::move(values), link::WordNet::none());
}

}  // namespace

std::shared_ptr<const link::Linker> linker_of(const std::string& database) {
  static std::map<std::string, std::shared_ptr<const link::Linker>> made;
  auto& linker = made[database];
  if (!linker) linker = make_linker(database);
  return linker;
}

}  // namespace idi::prompt::testing
