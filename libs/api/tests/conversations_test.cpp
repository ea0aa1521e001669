// Sessions, feedback and charts over HTTP, against the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "idi/sqlite/connection.hpp"
#include "message_schema.hpp"
#include "served_shop.hpp"

namespace idi::api::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* by_status =
    "SELECT status, count(*) AS purchases FROM purchase GROUP BY status ORDER BY status";

TEST(Sessions, AreMadeChangedListedDeletedAndRestored) {
  ServedShop shop;
  const auto port = shop.port();
  const auto made = ask_json(port, "POST", "/api/sessions",
                             json::object{{"name", "Customers"}, {"tags", {"a", "b"}}});
  EXPECT_EQ(made.status, 201);
  const auto id = text_of(made.as("Session").as_object(), "id");
  const std::string address = "/api/sessions/" + id;
  const auto other = shop.new_session();

  const auto changed =
      ask_json(port, "PATCH", address, json::object{{"description", "Who buys what"}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.as("Session").at("name"), "Customers");
  EXPECT_EQ(changed.as("Session").at("description"), "Who buys what");

  EXPECT_EQ(shop.get("/api/sessions").as("SessionList").at("total"), 2);
  const auto found = shop.get("/api/sessions?search=customers&tag=b&limit=1").as("SessionList");
  ASSERT_EQ(found.at("sessions").as_array().size(), 1U);
  EXPECT_EQ(found.at("sessions").as_array()[0].at("id"), json::string(id));
  EXPECT_EQ(shop.get("/api/sessions?search=nothing").as("SessionList").at("total"), 0);

  const auto deleted = ask(port, "DELETE", address);
  EXPECT_EQ(deleted.status, 204);
  EXPECT_EQ(deleted.body, "");
  EXPECT_EQ(shop.get(address).status, 404);
  EXPECT_EQ(shop.watch(id).status(), 404);
  EXPECT_EQ(ask(port, "POST", address + "/restore").as("Session").at("name"), "Customers");
  EXPECT_EQ(shop.get(address).as("Conversation").at("turns").as_array().size(), 0U);
}

TEST(Sessions, DeletedOnesStopTheirQuestionAndDismissWhoWatches) {
  ServedShop shop;
  const auto session = shop.new_session();
  auto socket = shop.watch(session);
  socket.send(json::object{{"type", "run_sql"}, {"sql", endless_sql}});
  static_cast<void>(socket.until("progress"));
  EXPECT_EQ(shop.get("/api/sessions").as("SessionList").at("sessions").at(0).at("running"), true);
  EXPECT_EQ(ask(shop.port(), "DELETE", "/api/sessions/" + session).status, 204);
  while (socket.next()) {
  }
  EXPECT_EQ(socket.close_code(), 4004);
  EXPECT_EQ(ask(shop.port(), "POST", "/api/sessions/" + session + "/restore").status, 200);
  auto turn = shop.turns(session).at(0);
  for (int i = 0; i < 1'000 && turn.at("state") == "running"; ++i) turn = shop.turns(session).at(0);
  EXPECT_EQ(turn.at("state"), "cancelled");
}

TEST(Sessions, WrongRequestsSayWhatIsWrong) {
  ServedShop shop;
  const auto port = shop.port();
  const std::string address = "/api/sessions/" + shop.new_session();
  const auto error = [](const Reply& reply) {
    EXPECT_EQ(reply.error_code(), reply.status == 404 ? "not_found" : "invalid_argument");
    return std::to_string(reply.status) + " " + reply.body;
  };
  EXPECT_THAT(error(ask_json(port, "PATCH", address, json::object{{"nmae", "x"}})),
              HasSubstr("nmae"));
  EXPECT_THAT(error(ask_json(port, "PATCH", address, json::object{{"name", 5}})),
              HasSubstr("name"));
  EXPECT_THAT(
      error(ask_json(port, "PATCH", address, json::object{{"name", std::string(201, 'x')}})),
      HasSubstr("200 bytes"));
  EXPECT_THAT(error(ask_json(port, "PATCH", address, json::object{{"tags", {1}}})),
              HasSubstr("tags"));
  EXPECT_THAT(error(ask_json(port, "PATCH", address, json::array{})), HasSubstr("400"));
  EXPECT_THAT(error(ask(port, "PATCH", address, "name=x")), HasSubstr("415"));
  EXPECT_THAT(error(ask(port, "PATCH", address)), HasSubstr("415"));
  EXPECT_THAT(error(shop.get("/api/sessions?limit=0")), HasSubstr("limit"));
  EXPECT_THAT(error(shop.get("/api/sessions?limit=1000")), HasSubstr("limit"));
  EXPECT_THAT(error(shop.get("/api/sessions?limit=1&limit=2")), HasSubstr("twice"));
  EXPECT_THAT(error(shop.get("/api/sessions?sort=name")), HasSubstr("sort"));
  EXPECT_THAT(error(shop.get("/api/sessions/nobody")), HasSubstr("404"));
  EXPECT_THAT(error(shop.get(address + "/turns/1/rows")), HasSubstr("404"));
  EXPECT_THAT(error(shop.get(address + "/turns/one/rows")), HasSubstr("404"));
}

TEST(Turns, FeedbackStays) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto address = turn_address(shop.run_sql(session, by_status)) + "/feedback";
  const auto put = [&](const json::value& body) {
    return ask_json(shop.port(), "PUT", address, body);
  };
  EXPECT_EQ(
      put(json::object{{"verdict", "down"}, {"comment", "<b>no"}}).as("Feedback").at("comment"),
      "<b>no");
  EXPECT_EQ(put(json::object{{"verdict", "up"}}).as("Feedback"),
            (json::object{{"verdict", "up"}, {"comment", "<b>no"}}));
  EXPECT_EQ(shop.turns(session).at(0).at("feedback").at("verdict"), "up");
  EXPECT_EQ(put(json::object{{"verdict", "great"}}).status, 400);
  EXPECT_EQ(put(json::object{{"comment", "?"}}).status, 400);
  EXPECT_EQ(ask_json(shop.port(), "PUT", "/api/sessions/" + session + "/turns/99/feedback",
                     json::object{{"verdict", "up"}})
                .status,
            404);
}

TEST(Turns, AChartChoiceStaysWithTheAnswer) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto answer = shop.run_sql(session, by_status);
  const auto address = turn_address(answer) + "/chart";
  const auto put = [&](const json::value& body) {
    return ask_json(shop.port(), "PUT", address, body);
  };
  const auto chosen = put(json::object{{"kind", "horizontal_bar"}}).as("Visualization");
  EXPECT_EQ(chosen.at("kind"), "horizontal_bar");
  EXPECT_EQ(chosen.at("chosen_by"), "user");
  EXPECT_EQ(chosen.at("labels"), (json::array{"open", "shipped"}));
  shop.restart();
  auto kept = shop.turns(session).at(0).at("answer");
  EXPECT_EQ(kept.at("visualization"), chosen);
  // All else is as it was answered.
  kept.as_object()["visualization"] = answer.at("visualization");
  EXPECT_EQ(kept, json::value(answer));

  EXPECT_EQ(put(json::object{}).as("Visualization"), answer.at("visualization"));
  EXPECT_EQ(shop.turns(session).at(0).at("answer"), json::value(answer));
}

TEST(Turns, ChartsThatCannotBeAreRefused) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto address = turn_address(shop.run_sql(session, "SELECT name FROM customer")) + "/chart";
  const auto put = [&](const json::value& body) {
    const auto reply = ask_json(shop.port(), "PUT", address, body);
    EXPECT_EQ(reply.status, 400);
    return reply.error_code();
  };
  EXPECT_EQ(put(json::object{{"kind", "line"}}), "invalid_argument");
  EXPECT_EQ(put(json::object{{"kind", "spiral"}}), "invalid_argument");
  EXPECT_EQ(put(json::object{{"kind", "bar"}, {"y", {99}}}), "invalid_argument");
  EXPECT_EQ(put(json::object{{"x", -1}}), "invalid_argument");
  EXPECT_EQ(put(json::object{{"colour", "red"}}), "invalid_argument");
  auto socket = shop.watch(session);
  socket.send(json::object{{"type", "run_sql"}, {"sql", "SELECT nothing"}});
  const auto failed = socket.until("error");
  const auto reply = ask_json(shop.port(), "PUT",
                              "/api/sessions/" + session + "/turns/" +
                                  std::to_string(number_of(failed, "turn_id")) + "/chart",
                              json::object{{"kind", "bar"}});
  EXPECT_EQ(reply.status, 404);
}

TEST(Texts, HostileOnesComeBackAsTheyAre) {
  ServedShop shop;
  const auto port = shop.port();
  const std::vector<std::string> hostile{"<script>alert(1)</script>",
                                         "'; DROP TABLE customer; --",
                                         "\"\\/\b\f\n\r\t",
                                         "\u2028\u202E",
                                         "{\"type\":\"result\"}",
                                         "%00%0d%0a",
                                         "𝒳 e\u0301 😀",
                                         "</textarea>"};
  for (const auto& text : hostile) {
    const auto made = ask_json(port, "POST", "/api/sessions", json::object{{"description", text}});
    const auto session = made.as("Session");
    EXPECT_EQ(session.at("description"), json::string(text));
    const auto id = text_of(session.as_object(), "id");
    auto socket = shop.watch(id);
    socket.send(json::object{{"type", "query"}, {"query", "names of customers " + text}});
    EXPECT_EQ(text_of(socket.until("started"), "question"), "names of customers " + text);
    static_cast<void>(socket.ending());
    EXPECT_EQ(shop.turns(id).at(0).at("question"), json::string("names of customers " + text));
  }
  const auto answer =
      shop.run_sql(shop.new_session(), "SELECT * FROM \"<script>alert(1)</script>\"");
  EXPECT_EQ(answer.at("results").at("columns").at(0).at("name"), "a\"b");
  EXPECT_EQ(answer.at("results").at("rows").at(0).at(0), "<img src=x onerror=alert(2)>");
  const auto blobs =
      shop.run_sql(shop.new_session(), "SELECT x'00ff', 9223372036854775807, 9e999, -9e999, NULL");
  EXPECT_EQ(blobs.at("results").at("rows").at(0).at(1).at("integer"), "9223372036854775807");
}

TEST(Answers, ThatAreTooLargeAreCutAndSaySo) {
  ServedShop shop;
  const auto session = shop.new_session();
  const auto answer =
      shop.run_sql(session,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
                   "SELECT i, printf('%.*c', 10000, 'x') AS long_text FROM n");
  EXPECT_EQ(answer.at("results").at("truncated"), true);
  const auto rows = answer.at("results").at("rows").as_array().size();
  EXPECT_GT(rows, 300U);
  EXPECT_LT(rows, 420U);
  EXPECT_EQ(shop.turns(session).at(0).at("answer"), json::value(answer));
  const auto huge =
      shop.run_sql(session,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) "
                   "SELECT group_concat(printf('%.*c', 10000, 'x'), '') AS huge FROM n");
  EXPECT_EQ(huge.at("results").at("rows").as_array().size(), 0U);
  EXPECT_EQ(huge.at("results").at("truncated"), true);
}

TEST(About, TellsTheSchemaAndHowBusyItIs) {
  ServedShop shop;
  const auto schema = shop.get("/api/schema").as("Schema");
  EXPECT_EQ(schema.at("tables").as_array().size(), 4U);
  EXPECT_EQ(schema.at("foreign_keys").at(0).at("from"), "purchase.customer_id");
  EXPECT_FALSE(schema.at("starters").as_array().empty());
  const auto health = shop.get("/api/health").as("Health");
  EXPECT_EQ(health.at("status"), "ok");
  EXPECT_EQ(health.at("workers"), 2);
  EXPECT_GE(health.at("connections").as_int64(), 1);
  EXPECT_EQ(shop.get("/api/openapi.json").body, whole_file("protocol/openapi.json"));
  EXPECT_EQ(shop.get("/api/idi.schema.json").body, whole_file("protocol/idi.schema.json"));
}

TEST(About, FollowsADatabaseThatChanges) {
  ServedShop shop;
  const auto session = shop.new_session();
  EXPECT_EQ(shop.get("/api/schema").as("Schema").at("tables").as_array().size(), 4U);
  {
    auto owner = sqlite::Connection::open(shop.database(), {sqlite::OpenMode::read_write, false});
    ASSERT_TRUE(owner);
    // The server may be reading just now.
    owner->set_busy_handler([tries = 0]() mutable {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      return ++tries < 1'000;
    });
    const auto made = owner->execute("CREATE TABLE voucher (code TEXT, worth REAL)");
    ASSERT_TRUE(made) << made.error().to_text();
  }
  const auto tables = [&] { return shop.get("/api/schema").as("Schema").at("tables").as_array(); };
  for (int i = 0; i < 500 && tables().size() == 4; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(tables().size(), 5U);
  EXPECT_EQ(shop.run_sql(session, "SELECT * FROM voucher").at("summary").as_string().empty(),
            false);
}

}  // namespace
}  // namespace idi::api::testing
