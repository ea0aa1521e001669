// The same answers from a real PostgreSQL and a real MariaDB, by what to_sql writes for them.
#include <gtest/gtest.h>

#include "answers.hpp"
#include "idi/sql/translate.hpp"
#include "shop.hpp"
#include "test_server.hpp"

namespace idi::sql::testing {
namespace {

class ServerAnswers : public ::testing::TestWithParam<Dialect> {};

TEST_P(ServerAnswers, AreTheSame) {
  const auto server = TestServer::start(GetParam());
  ASSERT_NE(server, nullptr) << "the database server is not installed";
  const Schema schema = shop_schema_with_encoded_times();
  const std::vector<Answer> expected = expected_answers();
  ASSERT_FALSE(expected.empty());
  std::vector<std::string> queries;
  for (const Answer& answer : expected) {
    const auto query = to_ir(answer.sql, schema);
    ASSERT_TRUE(query.has_value()) << answer.sql;
    const auto sql = to_sql(*query, schema, GetParam());
    ASSERT_TRUE(sql.has_value()) << answer.sql;
    queries.push_back(*sql);
  }
  const auto answers = server->answer_all(filled_shop(GetParam()), queries);
  ASSERT_EQ(answers.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(comparable(answers[i], expected[i].sql), expected[i].rows) << queries[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Servers, ServerAnswers,
                         ::testing::Values(Dialect::postgres, Dialect::mysql),
                         [](const auto& test) {
                           return test.param == Dialect::postgres ? "PostgreSQL" : "MariaDB";
                         });

}  // namespace
}  // namespace idi::sql::testing
