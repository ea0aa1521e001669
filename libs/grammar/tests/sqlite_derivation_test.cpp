// Whatever the grammar can write, SQLite prepares on a database that has the scope's tables and
// columns and nothing else, and the guard approves of.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "check_times.hpp"
#include "gbnf_machine.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sql/guard.hpp"
#include "idi/sqlite/connection.hpp"
#include "scoped_schema.hpp"
#include "shop.hpp"
#include "spider.hpp"

namespace idi::grammar::testing {
namespace {

/// An empty database in a file of its own.
class ScopeFile {
 public:
  ScopeFile(const Schema& schema, const Scope& scope) {
    std::string name = (std::filesystem::temp_directory_path() / "grammar-XXXXXX").string();
    const int file = mkstemp(name.data());
    RC_ASSERT(file >= 0);
    close(file);
    path_ = name;
    auto made = sqlite::Connection::open(path_, {.mode = sqlite::OpenMode::create});
    RC_ASSERT(made.has_value());
    for (const std::string& sql : scope_ddl(schema, scope, Dialect::sqlite)) {
      const Status status = made->execute(sql);
      if (!status) RC_FAIL(sql + ": " + status.error().message);
    }
  }
  ~ScopeFile() { std::filesystem::remove(path_); }
  ScopeFile(const ScopeFile&) = delete;
  ScopeFile& operator=(const ScopeFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

constexpr int scopes = 20;
constexpr int derivations_per_scope = 40;

void derivations_prepare(const Schema& schema) {
  check_times("derivations prepare on " + schema.name, scopes, [&schema] {
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    const Scope scope = random_scope(schema, seed, true);
    const auto grammar = sql_grammar(schema, scope, Dialect::sqlite);
    if (!grammar) RC_FAIL(grammar.error().message);
    RC_ASSERT(grammar->size() <= GrammarOptions{}.max_bytes);
    const auto machine = GbnfMachine::parse(*grammar);
    if (!machine) RC_FAIL(machine.error().message);
    const ScopeFile file(schema, scope);
    const auto database = db_sqlite::open_sqlite_database(file.path());
    RC_ASSERT(database.has_value());
    const auto connection = (*database)->connect();
    RC_ASSERT(connection.has_value());
    const sql::SqlGuard guard(Dialect::sqlite, (*connection)->inspector());
    for (int i = 0; i < derivations_per_scope; ++i) {
      const std::string sql =
          machine->derive(seed * 1000ULL + static_cast<unsigned>(i), 20 + 5 * i);
      const auto approved = guard.approve(sql);
      if (!approved) RC_FAIL(sql + "\n" + approved.error().message);
      RC_ASSERT(machine->recognise(sql).accepted);
    }
  });
}

TEST(SqliteDerivations, PrepareOnTheShop) { derivations_prepare(sql::testing::shop_schema()); }

TEST(SqliteDerivations, PrepareOnHostileNames) { derivations_prepare(hostile_schema()); }

TEST(SqliteDerivations, PrepareOnChinook) {
  const auto folder = sql::testing::data_folder();
  const auto file = folder ? *folder / "chinook" / "Chinook.sqlite" : std::filesystem::path();
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "Chinook is not here (IDI_DATA)";
  const auto database = db_sqlite::open_sqlite_database(file);
  ASSERT_TRUE(database.has_value());
  const auto schema = (*database)->introspect({});
  ASSERT_TRUE(schema.has_value());
  derivations_prepare(*schema);
}

TEST(SqliteDerivations, PrepareOnSpider) {
  const auto folder = sql::testing::data_folder();
  if (!folder) GTEST_SKIP() << "the Spider data set is not here (IDI_DATA)";
  const auto schemas = sql::testing::load_schemas(*folder / "spider" / "tables.json");
  for (const char* name : {"world_1", "baseball_1", "college_2", "store_1", "imdb"}) {
    derivations_prepare(with_plain_tables(schemas.at(name)));
  }
}

}  // namespace
}  // namespace idi::grammar::testing
