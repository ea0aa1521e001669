// Asking back over HTTP and the WebSocket, against the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "served_shop.hpp"

namespace idi::api::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* unclear = "how much was purchased";
constexpr const char* added_up = "SELECT sum(amount) FROM purchase";
constexpr const char* counted = "SELECT count(*) FROM purchase";

json::object question(const std::string& text, bool ask_back = true) {
  json::object message{{"type", "query"}, {"query", text}};
  if (!ask_back) message["ask_back"] = false;
  return message;
}

json::object choice(std::int64_t turn_id, const std::string& card, const std::string& option) {
  return {{"type", "clarify"}, {"turn_id", turn_id}, {"clarification", card}, {"option", option}};
}

class Clarifying : public ::testing::Test {
 protected:
  Clarifying() { shop_.generator().say_all({added_up, counted}); }

  /// Asks what is unclear, and gives the answer with the card.
  json::object asked_back(const std::string& session) {
    auto socket = shop_.watch(session);
    socket.send(question(unclear));
    auto answer = socket.until("result").at("data").as_object();
    EXPECT_EQ(answer.at("kind"), "clarification");
    EXPECT_TRUE(answer.contains("clarification"));
    return answer;
  }
  static std::string card_of(const json::object& answer) {
    return text_of(answer.at("clarification").as_object(), "id");
  }
  static std::string option_of(const json::object& answer, std::size_t number) {
    return text_of(answer.at("clarification").at("options").as_array().at(number).as_object(),
                   "id");
  }
  /// What the socket says to a message that does not begin a turn.
  std::string refusal(const std::string& session, const json::object& message) {
    auto socket = shop_.watch(session);
    socket.send(message);
    const auto error = socket.until("error");
    EXPECT_FALSE(error.contains("turn_id"));
    return text_of(error, "code");
  }
  json::array kept(const std::string& session) {
    const auto list = shop_.get("/api/sessions/" + session + "/resolutions").as("ResolutionList");
    return list.at("resolutions").as_array();
  }
  Reply forget(const std::string& session, const std::string& parameters = "") {
    return ask(shop_.port(), "DELETE", "/api/sessions/" + session + "/resolutions" + parameters);
  }

  ServedShop shop_;
  const std::string session_ = shop_.new_session();
};

TEST_F(Clarifying, ShowsACardAndNoRows) {
  const auto answer = asked_back(session_);
  EXPECT_EQ(answer.at("results").at("rows"), json::array{});
  EXPECT_EQ(answer.at("summary"), answer.at("clarification").at("text"));
  const auto turns = shop_.turns(session_);
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_EQ(turns[0].at("state"), "answered");
  EXPECT_EQ(turns[0].at("sql"), "") << "nothing ran";
  EXPECT_EQ(turns[0].at("answer"), json::value(answer));
  const auto rows = shop_.get(turn_address(answer) + "/rows").as("Results");
  EXPECT_EQ(rows.at("rows"), json::array{});
}

TEST_F(Clarifying, AChoiceBeginsATurnWithTheSameQuestion) {
  const auto first = asked_back(session_);
  for (std::size_t number = 0; number < 2; ++number) {
    auto socket = shop_.watch(session_);
    socket.send(choice(number_of(first, "turn_id"), card_of(first), option_of(first, number)));
    const auto started = socket.until("started");
    EXPECT_EQ(text_of(started, "question"), unclear);
    EXPECT_EQ(number_of(started, "clarifies"), number_of(first, "turn_id"));
    const auto answer = socket.until("result").at("data").as_object();
    EXPECT_EQ(answer.at("kind"), "data");
    EXPECT_EQ(answer.at("question"), unclear);
    const auto& used = answer.at("resolutions").as_array();
    ASSERT_EQ(used.size(), 1U);
    EXPECT_EQ(text_of(used[0].as_object(), "option"), option_of(first, number));
    EXPECT_EQ(used[0].at("label"),
              first.at("clarification").at("options").as_array().at(number).at("label"));
    const auto turn = shop_.turns(session_).back();
    EXPECT_EQ(turn.at("clarifies"), first.at("turn_id"));
    EXPECT_EQ(turn.at("answer"), json::value(answer));
    // The later choice took the place of the earlier one.
    ASSERT_EQ(kept(session_).size(), 1U);
    EXPECT_EQ(text_of(kept(session_)[0].as_object(), "option"), option_of(first, number));
  }
  const auto turns = shop_.turns(session_);
  EXPECT_NE(turns[1].at("sql"), turns[2].at("sql"));
}

TEST_F(Clarifying, WorksWithoutASocket) {
  const auto first = asked_back(session_);
  const auto reply =
      ask_json(shop_.port(), "POST", turn_address(first) + "/clarify",
               json::object{{"clarification", card_of(first)}, {"option", option_of(first, 1)}});
  EXPECT_EQ(reply.status, 200);
  const auto answer = reply.as("QueryReply").at("data").as_object();
  EXPECT_EQ(answer.at("kind"), "data");
  EXPECT_EQ(kept(session_).size(), 1U);
}

TEST_F(Clarifying, AChoiceHoldsForTheSessionAndOutlivesTheServer) {
  const auto first = asked_back(session_);
  auto socket = shop_.watch(session_);
  socket.send(choice(number_of(first, "turn_id"), card_of(first), option_of(first, 1)));
  const auto chosen = socket.until("result").at("data").as_object();
  shop_.restart();
  auto later = shop_.watch(session_);
  later.send(question(unclear));
  const auto again = later.until("result").at("data").as_object();
  EXPECT_EQ(again.at("kind"), "data");
  EXPECT_EQ(again.at("sql"), chosen.at("sql"));
  EXPECT_EQ(again.at("resolutions"), chosen.at("resolutions"));
  // Another session is asked.
  static_cast<void>(asked_back(shop_.new_session()));
}

TEST_F(Clarifying, WhatIsForgottenIsAskedAgain) {
  const auto first = asked_back(session_);
  const auto choose = [&] {
    auto socket = shop_.watch(session_);
    socket.send(choice(number_of(first, "turn_id"), card_of(first), option_of(first, 1)));
    EXPECT_EQ(socket.until("result").at("data").at("kind"), "data");
  };
  choose();
  EXPECT_EQ(forget(session_, "?clarification=other").status, 404);
  EXPECT_EQ(forget(session_, "?clarification=").status, 400);
  EXPECT_EQ(forget(session_, "?card=1").status, 400);
  EXPECT_EQ(kept(session_).size(), 1U);
  EXPECT_EQ(forget(session_, "?clarification=" + card_of(first)).status, 204);
  EXPECT_EQ(kept(session_).size(), 0U);
  static_cast<void>(asked_back(session_));
  choose();
  EXPECT_EQ(forget(session_).status, 204);
  EXPECT_EQ(forget(session_).status, 204) << "there is nothing left: no error";
  static_cast<void>(asked_back(session_));
  EXPECT_EQ(forget("s_aaaaaaaaaaaaaaaaaaaaaa").status, 404);
  EXPECT_EQ(shop_.get("/api/sessions/s_aaaaaaaaaaaaaaaaaaaaaa/resolutions").status, 404);
}

TEST_F(Clarifying, AChoiceThatCannotBeSaysWhy) {
  const auto first = asked_back(session_);
  const auto turn = number_of(first, "turn_id");
  const auto other = shop_.new_session();
  EXPECT_EQ(refusal(session_, choice(turn + 1'000, card_of(first), option_of(first, 0))),
            "not_found");
  EXPECT_EQ(refusal(other, choice(turn, card_of(first), option_of(first, 0))), "not_found");
  EXPECT_EQ(refusal(session_, choice(turn, card_of(first), "no such option")), "invalid_argument");
  EXPECT_EQ(refusal(session_, choice(turn, "no such card", option_of(first, 0))),
            "invalid_argument");
  const auto own = shop_.run_sql(session_, counted);
  EXPECT_EQ(refusal(session_, choice(number_of(own, "turn_id"), card_of(first), "a")),
            "invalid_argument");
  const auto post = [&](const std::string& address, const std::string& body) {
    return ask(shop_.port(), "POST", address, body, {{"Content-Type", "application/json"}});
  };
  const std::string good = R"({"clarification":")" + card_of(first) + R"(","option":"x"})";
  const auto wrong = post(turn_address(first) + "/clarify", good);
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("no such option"));
  EXPECT_EQ(post("/api/sessions/" + session_ + "/turns/x/clarify", good).status, 404);
  EXPECT_EQ(post(turn_address(first) + "/clarify", "{}").status, 400);
  EXPECT_EQ(post(turn_address(first) + "/clarify", "[").status, 400);
  // Nothing was kept, and no turn began.
  EXPECT_EQ(kept(session_).size(), 0U);
  EXPECT_EQ(shop_.turns(session_).size(), 2U);
  // The session is free all the same.
  static_cast<void>(asked_back(session_));
}

TEST_F(Clarifying, WaitsForNothingThatRuns) {
  const auto first = asked_back(session_);
  std::atomic<bool> open = false;
  shop_.generator().before([&](const engine::GenerateOptions& options) {
    while (!open && !options.stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  auto socket = shop_.watch(session_);
  socket.send(question(unclear));
  static_cast<void>(socket.until("started"));
  EXPECT_EQ(refusal(session_, choice(number_of(first, "turn_id"), card_of(first), "a")),
            "conflict");
  open = true;
  EXPECT_EQ(socket.until("result").at("data").at("kind"), "clarification");
}

TEST_F(Clarifying, WhoDoesNotWantToBeAskedIsAnswered) {
  auto socket = shop_.watch(session_);
  socket.send(question(unclear, false));
  const auto answer = socket.until("result").at("data").as_object();
  EXPECT_EQ(answer.at("kind"), "data");
  EXPECT_EQ(answer.at("results").at("rows").as_array().size(), 1U);
  // The card comes with it, and can be answered.
  ASSERT_TRUE(answer.contains("clarification"));
  auto again = shop_.watch(session_);
  again.send(choice(number_of(answer, "turn_id"), card_of(answer), option_of(answer, 1)));
  const auto changed = again.until("result").at("data").as_object();
  EXPECT_NE(changed.at("sql"), answer.at("sql"));

  const auto posted = ask_json(shop_.port(), "POST", "/query",
                               json::object{{"query", unclear}, {"ask_back", false}})
                          .as("QueryReply");
  EXPECT_EQ(posted.at("data").at("kind"), "data");
  const auto form =
      ask(shop_.port(), "POST", "/query", "query=how+much+was+purchased&ask_back=false",
          {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(form.as("QueryReply").at("data").at("kind"), "data");
}

TEST_F(Clarifying, AFollowUpIsReadAsItWas) {
  shop_.generator().say("SELECT count(*) FROM customer WHERE city = 'Berlin'");
  auto socket = shop_.watch(session_);
  socket.send(question("How many customers are in Berlin?"));
  static_cast<void>(socket.until("result"));
  shop_.generator().say_all({"SELECT count(*) FROM customer WHERE city = 'Hamburg'",
                             "SELECT sum(age) FROM customer WHERE city = 'Hamburg'"});
  socket.send(question("and in Hamburg?", false));
  const auto follow_up = socket.until("result").at("data").as_object();
  const std::string understood = text_of(follow_up, "standalone_question");
  EXPECT_THAT(understood, HasSubstr("Hamburg"));
  ASSERT_TRUE(follow_up.contains("clarification"));
  socket.send(choice(number_of(follow_up, "turn_id"), card_of(follow_up), option_of(follow_up, 1)));
  const auto chosen = socket.until("result").at("data").as_object();
  EXPECT_EQ(chosen.at("question"), "and in Hamburg?");
  EXPECT_EQ(text_of(chosen, "standalone_question"), understood);
  EXPECT_EQ(text_of(shop_.turns(session_).back().as_object(), "standalone_question"), understood);
}

}  // namespace
}  // namespace idi::api::testing
