// The demo database and the built-in parser behind the real server: what a user meets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/demo/demo_database.hpp"
#include "idi/parser/parser.hpp"
#include "served_shop.hpp"

namespace idi::api::testing {
namespace {

constexpr const char* weights = "models/idi-parser.bin";

class ParserTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new ScratchFolder();
    const auto file = folder_->path() / "shop.sqlite";
    ASSERT_TRUE(demo::write_demo_database(file));
    auto database = db_sqlite::open_sqlite_database(file);
    ASSERT_TRUE(database);
    auto source = engine::CurrentSource::open(std::move(*database), {}, {});
    ASSERT_TRUE(source);
    auto parser = parser::Parser::open(weights);
    ASSERT_TRUE(parser) << parser.error().to_text();
    shop_ = new ServedShop(*source, {engine::make_parser_generator(std::move(*parser))});
  }
  static void TearDownTestSuite() {
    delete shop_;
    delete folder_;
  }
  static json::object ask_socket(TestSocket& socket, const std::string& text) {
    socket.send(json::object{{"type", "query"}, {"query", text}});
    auto end = socket.ending();
    EXPECT_EQ(text_of(end, "type"), "result") << json::value(end);
    return end.contains("data") ? end.at("data").as_object() : json::object{};
  }

  static inline ScratchFolder* folder_ = nullptr;
  static inline ServedShop* shop_ = nullptr;
};

TEST_F(ParserTest, AQuestionIsAnsweredWithItsDraftAndItsReasons) {
  auto socket = shop_->watch(shop_->new_session());
  const auto answer = ask_socket(socket, "How many customers are there?");
  EXPECT_EQ(answer.at("results").at("rows"), (json::array{json::array{12'000}}));
  EXPECT_NE(text_of(answer, "summary"), "");
  EXPECT_NE(answer.at("explanation").at("text"), "");
  EXPECT_EQ(answer.at("visualization").at("kind"), "number");
  std::vector<std::string> draft;
  for (const auto& message : socket.seen) {
    if (text_of(message, "type") != "token") continue;
    const auto position = static_cast<std::size_t>(number_of(message, "position"));
    ASSERT_LE(position, draft.size());
    draft.resize(position);
    draft.push_back(text_of(message, "text"));
  }
  EXPECT_FALSE(draft.empty());
}

TEST_F(ParserTest, AFollowUpIsReadInTheLightOfTheConversation) {
  const auto session = shop_->new_session();
  auto socket = shop_->watch(session);
  static_cast<void>(ask_socket(socket, "How many orders are there?"));
  const auto answer = ask_socket(socket, "and by status?");
  EXPECT_NE(text_of(answer, "standalone_question"), "");
  EXPECT_GT(answer.at("results").at("rows").as_array().size(), 1U);
  EXPECT_EQ(shop_->turns(session).at(1).at("standalone_question"),
            answer.at("standalone_question"));
}

TEST_F(ParserTest, EveryStarterIsAnswered) {
  const auto schema = shop_->get("/api/schema").as("Schema");
  auto socket = shop_->watch(shop_->new_session());
  ASSERT_GE(schema.at("starters").as_array().size(), 3U);
  for (const auto& starter : schema.at("starters").as_array()) {
    const auto answer = ask_socket(socket, std::string(starter.as_string()));
    ASSERT_TRUE(answer.contains("results")) << starter;
    EXPECT_FALSE(answer.at("results").at("rows").as_array().empty()) << starter;
  }
}

}  // namespace
}  // namespace idi::api::testing
