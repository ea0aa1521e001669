// POST /query, and the end of the server, against the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <utility>

#include "served_shop.hpp"

namespace idi::api::testing {
namespace {

using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

TEST(Posting, AnswersLikeTheSocket) {
  ServedShop shop;
  const auto reply =
      ask_json(shop.port(), "POST", "/query", json::object{{"query", "names of customers"}});
  EXPECT_EQ(reply.status, 200);
  const auto body = reply.as("QueryReply");
  EXPECT_EQ(body.at("data").at("results").at("rows").as_array().size(), 4U);
  const auto session = text_of(body.at("data").as_object(), "session_id");
  EXPECT_EQ(shop.turns(session).size(), 1U);

  const auto form = ask(shop.port(), "POST", "/query",
                        "query=names+of+customers&max_rows=2&session_id=" + session,
                        {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(form.status, 200);
  const auto results = form.as("QueryReply").at("data").at("results");
  EXPECT_EQ(results.at("rows").as_array().size(), 2U);
  EXPECT_EQ(results.at("truncated"), true);
}

TEST(Posting, SaysWhatIsWrong) {
  ServedShop shop;
  const auto post = [&](const std::string& body, const std::string& type) {
    return ask(shop.port(), "POST", "/query", body, {{"Content-Type", type}});
  };
  EXPECT_EQ(post("{\"query\":\"a\"}", "text/plain").status, 415);
  const auto missing = post("{}", "application/json; charset=utf-8");
  EXPECT_EQ(missing.status, 400);
  EXPECT_THAT(missing.body, HasSubstr("query"));
  EXPECT_EQ(missing.error_code(), "invalid_argument");
  EXPECT_EQ(post("{", "application/json").status, 400);
  EXPECT_EQ(post("query=a&query=b", "application/x-www-form-urlencoded").status, 400);
  EXPECT_EQ(
      post(R"({"query":"a","session_id":"s_aaaaaaaaaaaaaaaaaaaaaa"})", "application/json").status,
      404);
  const auto unanswerable = post(R"({"query":"delete all customers"})", "application/json");
  EXPECT_EQ(unanswerable.status, 403);
  EXPECT_EQ(unanswerable.error_code(), "refused");
}

TEST(Posting, AClientThatLeavesStopsItsQuestion) {
  ServedShop shop;
  std::promise<void> generating;
  std::atomic<bool> stopped = false;
  shop.generator().before([&, once = false](const engine::GenerateOptions& options) mutable {
    if (!std::exchange(once, true)) generating.set_value();
    const auto end = Clock::now() + patience;
    while (!options.stop.stop_requested() && Clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    stopped = options.stop.stop_requested();
  });
  const auto session = shop.new_session();
  {
    Connection connection(shop.port());
    connection.send(
        request_text(shop.port(), "POST", "/query",
                     R"({"query":"names of customers","session_id":")" + session + "\"}",
                     {{"Content-Type", "application/json"}}));
    generating.get_future().wait();
  }
  while (shop.turns(session).at(0).at("state") == "running") {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_TRUE(stopped);
  EXPECT_EQ(shop.turns(session).at(0).at("state"), "cancelled");
}

TEST(Stopping, EndsQuestionsAndTellsWhoWatches) {
  ApiLimits limits;
  limits.workers = 1;
  ServedShop shop(limits);
  const auto running = shop.new_session();
  const auto waiting = shop.new_session();
  auto first = shop.watch(running);
  auto second = shop.watch(waiting);
  first.send(json::object{{"type", "run_sql"}, {"sql", endless_sql}});
  static_cast<void>(first.until("progress"));
  second.send(json::object{{"type", "query"}, {"query", "names of customers"}});
  static_cast<void>(second.until("queued"));
  shop.api().stop();
  shop.api().stop();
  EXPECT_EQ(text_of(first.until("error"), "code"), "unavailable");
  EXPECT_EQ(text_of(second.until("error"), "code"), "unavailable");
  EXPECT_EQ(shop.get("/api/health").as("Health").at("status"), "stopping");
  EXPECT_EQ(ask_json(shop.port(), "POST", "/query", json::object{{"query", "a"}}).status, 503);
  EXPECT_EQ(shop.watch(running).status(), 503);
  shop.restart();
  EXPECT_EQ(shop.turns(running).at(0).at("state"), "interrupted");
  EXPECT_EQ(shop.turns(waiting).at(0).at("state"), "interrupted");
}

}  // namespace
}  // namespace idi::api::testing
