// A language model beside the parser, as clients see it: who wrote the SQL, what the other one
// said, how the model is, and that a stop reaches it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sqlite/connection.hpp"
#include "served_shop.hpp"

namespace idi::api {
namespace {

using namespace testing;  // NOLINT: the served shop and its client
using engine::GeneratorStatus;

/// Writes one statement without a tree, when it is ready to.
class Model final : public engine::SqlGenerator {
 public:
  Result<engine::Generation> generate(const link::LinkedQuestion&, const link::Linker&,
                                      const engine::GenerateOptions& options) const override {
    if (options.on_message) options.on_message("Waiting for the model to load", 0.1);
    while (waits && !options.stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (options.stop.stop_requested()) {
      stopped = true;
      return make_error(ErrorCode::cancelled, "cancelled");
    }
    if (error) return *error;
    engine::Generation generation;
    engine::SqlCandidate candidate;
    candidate.sql = sql;
    generation.candidates.push_back(std::move(candidate));
    generation.timings = engine::ModelTimings{2, 300, 200, 20, 1.5, 30, 12, 40};
    return generation;
  }
  engine::Writer writer() const override { return engine::Writer::model; }
  std::string description() const override { return "a model"; }
  GeneratorStatus status() const override { return now; }

  std::string sql;
  std::optional<Error> error;
  GeneratorStatus now{GeneratorStatus::State::ready, "said-1b", {}};
  std::atomic<bool> waits = false;
  mutable std::atomic<bool> stopped = false;
};

class EnginesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto file = folder_.path() / "shop.sqlite";
    auto connection = sqlite::Connection::open(file, {sqlite::OpenMode::create, false});
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->execute(
        "CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT);"
        "INSERT INTO customer VALUES (1, 'Ada', 'Berlin'), (2, 'Grace', 'Hamburg');"));
    auto database = db_sqlite::open_sqlite_database(file);
    ASSERT_TRUE(database);
    auto source = engine::CurrentSource::open(std::move(*database), {}, {});
    ASSERT_TRUE(source);
    parser_->say("SELECT count(*) FROM customer");
    shop_ = std::make_unique<ServedShop>(*source,
                                         engine::Engines{parser_, model_, engine::Policy::careful});
  }
  json::object ask() {
    auto socket = shop_->watch(shop_->new_session());
    socket.send(json::object{{"type", "query"}, {"query", "How many customers are there?"}});
    const auto result = socket.until("result");
    messages_ = socket.seen;
    return result.contains("data") ? result.at("data").as_object() : json::object{};
  }
  json::object model_health() {
    return shop_->get("/api/health").as("Health").at("model").as_object();
  }

  ScratchFolder folder_;
  std::shared_ptr<SayingGenerator> parser_ = std::make_shared<SayingGenerator>();
  std::shared_ptr<Model> model_ = std::make_shared<Model>();
  std::unique_ptr<ServedShop> shop_;
  decltype(TestSocket::seen) messages_;
};

TEST_F(EnginesTest, AgreementIsTold) {
  model_->sql = "SELECT sum(1) FROM customer";
  const auto answer = ask();
  const auto& authorship = answer.at("authorship").as_object();
  EXPECT_EQ(text_of(authorship, "written_by"), "parser");
  EXPECT_EQ(text_of(authorship, "agreement"), "agree");
  EXPECT_EQ(text_of(authorship, "model"), "said-1b");
  EXPECT_FALSE(authorship.contains("other_sql"));
  EXPECT_EQ(number_of(authorship.at("timings").as_object(), "cached_tokens"), 200);
  bool told = false;
  for (const auto& message : messages_) {
    told |= text_of(message, "type") == "progress" &&
            text_of(message, "message") == "Waiting for the model to load";
  }
  EXPECT_TRUE(told);
}

TEST_F(EnginesTest, DisagreementIsToldWithTheOthersSql) {
  model_->sql = "SELECT max(customer_id) + 5 FROM customer";
  const auto answer = ask();
  const auto& authorship = answer.at("authorship").as_object();
  EXPECT_EQ(text_of(authorship, "written_by"), "parser");
  EXPECT_EQ(text_of(authorship, "agreement"), "differ");
  EXPECT_EQ(text_of(authorship, "other_sql"), model_->sql);
  const auto& candidates = answer.at("verification").at("candidates").as_array();
  ASSERT_EQ(candidates.size(), 2U);
  EXPECT_EQ(text_of(candidates[1].as_object(), "written_by"), "model");
  // And kept so.
  const auto kept = shop_->turns(text_of(answer, "session_id")).at(0).at("answer");
  EXPECT_EQ(kept.at("authorship"), answer.at("authorship"));
}

TEST_F(EnginesTest, AModelThatFailsIsAWarningBesideTheParsersAnswer) {
  model_->error = make_error(ErrorCode::unavailable, "its server ended");
  const auto answer = ask();
  EXPECT_EQ(text_of(answer.at("authorship").as_object(), "agreement"), "only_parser");
  EXPECT_THAT(json::serialize(answer.at("verification").at("warnings")),
              ::testing::HasSubstr("its server ended"));
}

TEST_F(EnginesTest, HealthSaysHowTheModelIs) {
  EXPECT_EQ(text_of(model_health(), "state"), "ready");
  EXPECT_EQ(text_of(model_health(), "policy"), "careful");
  model_->now = {GeneratorStatus::State::failed, "said-1b", "the file is cut short"};
  EXPECT_EQ(text_of(model_health(), "state"), "failed");
  EXPECT_EQ(text_of(model_health(), "why"), "the file is cut short");
}

TEST_F(EnginesTest, AStopReachesTheModel) {
  model_->waits = true;
  auto socket = shop_->watch(shop_->new_session());
  socket.send(json::object{{"type", "query"}, {"query", "How many customers are there?"}});
  while (text_of(socket.until("progress"), "message") != "Waiting for the model to load") {
  }
  socket.send(json::object{{"type", "cancel"}});
  static_cast<void>(socket.until("cancelled"));
  EXPECT_TRUE(model_->stopped);
}

TEST(EnginesAlone, HealthSaysThatThereIsNoModel) {
  ServedShop shop;
  const auto model = shop.get("/api/health").as("Health").at("model");
  EXPECT_EQ(text_of(model.as_object(), "state"), "none");
}

}  // namespace
}  // namespace idi::api
