// …/rows and …/export against the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "served_shop.hpp"

namespace idi::api::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* hundred_thousand =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
    "SELECT i, 'row ' || i AS words FROM n";
constexpr const char* without_end =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i, printf('%.*c', 1000, 'x') FROM n";

TEST(Rows, AllOfThemCome) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto answer = shop.run_sql(session, hundred_thousand);
  EXPECT_EQ(answer.at("results").at("rows").as_array().size(), 1'000U);
  EXPECT_EQ(answer.at("results").at("truncated"), true);
  const auto reply = shop.get(turn_address(answer) + "/rows");
  EXPECT_TRUE(reply.complete);
  const auto results = reply.as("Results");
  ASSERT_EQ(results.at("rows").as_array().size(), 100'000U);
  EXPECT_EQ(results.at("rows").at(99'999).at(1), "row 100000");
  EXPECT_EQ(results.at("columns"), answer.at("results").at("columns"));
  EXPECT_EQ(results.at("truncated"), false);
  const auto few = shop.get(turn_address(answer) + "/rows?max_rows=10").as("Results");
  EXPECT_EQ(few.at("rows").as_array().size(), 10U);
  EXPECT_EQ(few.at("truncated"), true);
  EXPECT_EQ(shop.get(turn_address(answer) + "/rows?max_rows=100001").status, 400);
}

TEST(Rows, OfAQuestionAboutTheSchemaAreThoseThatWereKept) {
  ServedShop shop;
  const auto reply =
      ask_json(shop.port(), "POST", "/query", json::object{{"query", "What tables are there?"}});
  const auto answer = reply.as("QueryReply").at("data").as_object();
  EXPECT_EQ(answer.at("kind"), "schema");
  const auto rows = shop.get(turn_address(answer) + "/rows").as("Results");
  EXPECT_EQ(rows, answer.at("results"));
  EXPECT_EQ(shop.get(turn_address(answer) + "/export?format=csv").status, 200);
}

TEST(Rows, WhatFailsIsAnErrorReply) {
  ApiLimits limits;
  limits.export_timeout_ms = 100;
  ServedShop shop(limits);
  const auto session = shop.new_session();
  auto socket = shop.watch(session);
  socket.send(json::object{{"type", "run_sql"}, {"sql", endless_sql}});
  const auto id = number_of(socket.until("started"), "turn_id");
  socket.send(json::object{{"type", "cancel"}});
  static_cast<void>(socket.until("cancelled"));
  const std::string address = "/api/sessions/" + session + "/turns/" + std::to_string(id);
  const auto late = shop.get(address + "/rows");
  EXPECT_EQ(late.status, 504);
  EXPECT_EQ(late.error_code(), "timeout");
  EXPECT_EQ(shop.get(address + "/export?format=xlsx").status, 504);
  socket.send(json::object{{"type", "run_sql"}, {"sql", "DELETE FROM customer"}});
  const auto refused = number_of(socket.until("error"), "turn_id");
  EXPECT_EQ(
      shop.get("/api/sessions/" + session + "/turns/" + std::to_string(refused) + "/rows").status,
      403);
}

TEST(Exports, StreamWholeFiles) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto address = turn_address(shop.run_sql(session, hundred_thousand)) + "/export?format=";
  const auto csv = shop.get(address + "csv");
  EXPECT_EQ(csv.status, 200);
  EXPECT_TRUE(csv.complete);
  EXPECT_THAT(csv.header("content-type"), StartsWith("text/csv"));
  EXPECT_THAT(csv.header("content-disposition"), HasSubstr(".csv\"; filename*=UTF-8''"));
  EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), 100'001);
  EXPECT_THAT(csv.body, StartsWith("i,words\r\n1,row 1\r\n"));

  const auto as_json = shop.get(address + "json");
  EXPECT_TRUE(as_json.complete);
  EXPECT_EQ(std::count(as_json.body.begin(), as_json.body.end(), '{'), 100'000);

  const auto xlsx = shop.get(address + "xlsx");
  EXPECT_TRUE(xlsx.complete);
  EXPECT_THAT(xlsx.body, StartsWith("PK"));

  EXPECT_EQ(shop.get(address + "pdf").status, 400);
  EXPECT_EQ(shop.get(address.substr(0, address.find('?'))).status, 400);
}

TEST(Exports, ThatAreTooLongNeverLookWhole) {
  ApiLimits limits;
  limits.max_file_rows = 10'000;
  ServedShop shop(limits);
  const auto session = shop.new_session();
  const auto address = turn_address(shop.run_sql(session, hundred_thousand)) + "/export?format=";
  EXPECT_FALSE(shop.get(address + "csv").complete);
  const auto xlsx = shop.get(address + "xlsx");
  EXPECT_EQ(xlsx.error_code(), "limit_exceeded");
}

TEST(Exports, AClientThatLeavesStopsTheDatabase) {
  ApiLimits limits;
  limits.max_exports = 1;
  limits.max_file_rows = INT64_MAX;
  ServedShop shop(limits);
  const auto session = shop.new_session();
  const auto address = turn_address(shop.run_sql(session, without_end)) + "/export?format=csv";
  {
    Connection connection(shop.port());
    connection.send(request_text(shop.port(), "GET", address));
    std::size_t received = 0;
    while (received < 1 << 20) {
      const auto part = connection.receive();
      ASSERT_FALSE(part.empty());
      received += part.size();
    }
  }
  // The only place for tables is free again, long before the statement's own time limit.
  const auto begin = std::chrono::steady_clock::now();
  const auto few = turn_address(shop.run_sql(session, "SELECT 1")) + "/rows";
  EXPECT_EQ(shop.get(few).status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(Exports, SlowClientsHoldTheDatabaseBackAndOthersAreServed) {
  ApiLimits limits;
  limits.max_exports = 2;
  limits.max_file_rows = INT64_MAX;
  ServedShop shop(limits);
  const auto session = shop.new_session();
  const auto address = turn_address(shop.run_sql(session, without_end)) + "/export?format=csv";
  Connection slow(shop.port());
  slow.send(request_text(shop.port(), "GET", address));
  ASSERT_FALSE(slow.receive().empty());
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(shop.get("/api/health").status, 200);
  EXPECT_EQ(shop.get(turn_address(shop.run_sql(session, "SELECT 1")) + "/rows").status, 200);
}

}  // namespace
}  // namespace idi::api::testing
