// Whatever the grammar can write, a real PostgreSQL and a real MariaDB prepare, on a database that
// has the scope's tables and columns and nothing else.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <memory>

#include "check_times.hpp"
#include "gbnf_machine.hpp"
#include "idi/sql/guard.hpp"
#include "scoped_schema.hpp"
#include "shop.hpp"
#include "spider.hpp"
#include "test_server.hpp"

namespace idi::grammar::testing {
namespace {

class AcceptAll : public sql::StatementInspector {
  Status inspect(std::string_view) override { return {}; }
};

class ServerDerivations : public ::testing::TestWithParam<Dialect> {
 protected:
  // One server for all tests of a dialect, ended with the process at the latest.
  static sql::testing::TestServer* server() {
    static std::map<Dialect, std::unique_ptr<sql::testing::TestServer>> servers;
    if (!servers.contains(GetParam()))
      servers[GetParam()] = sql::testing::TestServer::start(GetParam());
    return servers[GetParam()].get();
  }
  void SetUp() override {
    if (server() == nullptr) GTEST_SKIP() << "the database server is not installed";
  }

  static void derivations_prepare(const Schema& plain, int scopes, int derivations) {
    const Schema schema = typed_for(plain, GetParam());
    AcceptAll accept;
    const sql::SqlGuard guard(GetParam(), accept);
    check_times("derivations prepare on " + schema.name, scopes, [&] {
      const auto seed = *rc::gen::arbitrary<std::uint32_t>();
      const Scope scope = random_scope(schema, seed, true);
      const auto grammar = sql_grammar(schema, scope, GetParam());
      if (!grammar) RC_FAIL(grammar.error().message);
      const auto machine = GbnfMachine::parse(*grammar);
      if (!machine) RC_FAIL(machine.error().message);
      std::vector<std::string> statements;
      for (int i = 0; i < derivations; ++i) {
        statements.push_back(
            machine->derive(seed * 1000ULL + static_cast<unsigned>(i), 20 + 2 * (i % 100)));
        const auto approved = guard.approve(statements.back());
        if (!approved) RC_FAIL(statements.back() + "\n" + approved.error().message);
      }
      const std::string complaints =
          server()->prepare_all(scope_ddl(schema, scope, GetParam()), statements);
      if (!complaints.empty()) RC_FAIL(complaints);
    });
  }
};

TEST_P(ServerDerivations, PrepareOnTheShop) {
  derivations_prepare(sql::testing::shop_schema(), 8, 150);
}

TEST_P(ServerDerivations, PrepareOnHostileNames) { derivations_prepare(hostile_schema(), 8, 150); }

TEST_P(ServerDerivations, PrepareOnSpider) {
  const auto folder = sql::testing::data_folder();
  if (!folder) GTEST_SKIP() << "the Spider data set is not here (IDI_DATA)";
  const auto schemas = sql::testing::load_schemas(*folder / "spider" / "tables.json");
  for (const char* name : {"world_1", "college_2", "store_1"}) {
    derivations_prepare(with_plain_tables(schemas.at(name)), 3, 150);
  }
}

INSTANTIATE_TEST_SUITE_P(Servers, ServerDerivations,
                         ::testing::Values(Dialect::postgres, Dialect::mysql),
                         [](const auto& test) {
                           return test.param == Dialect::postgres ? "PostgreSQL" : "MariaDB";
                         });

}  // namespace
}  // namespace idi::grammar::testing
