#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "store_fixture.hpp"

namespace idi::session {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(Store, KeepsAConversation) {
  SessionChange given;
  given.name = "Sales";
  given.description = "of\nthis year";
  given.tags = {"b", "a", "b", "  "};
  const auto session = store_->create(given, "music");
  ASSERT_TRUE(session);
  EXPECT_THAT(session->id, testing::MatchesRegex("s_[A-Za-z0-9_-]{22}"));
  EXPECT_EQ(session->description, "of\nthis year");
  EXPECT_THAT(session->tags, ElementsAre("b", "a"));
  EXPECT_EQ(session->database, "music");

  const auto turn = store_->begin_turn(session->id, {"Which?", "", false});
  ASSERT_TRUE(turn);
  EXPECT_EQ(turn->state, TurnState::running);
  ASSERT_TRUE(store_->finish_turn(
      turn->id, {TurnState::answered, "Which album?", "SELECT 1", "{\"rows\":[]}"}));
  TurnChange feedback;
  feedback.verdict = Verdict::down;
  feedback.comment = "no";
  ASSERT_TRUE(store_->change_turn(session->id, turn->id, feedback));
  TurnChange chart;
  chart.chart_choice = "{\"kind\":\"pie\"}";
  ASSERT_TRUE(store_->change_turn(session->id, turn->id, chart));
  reopen();

  const auto kept = store_->turn(session->id, turn->id);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->session_id, session->id);
  EXPECT_EQ(kept->question, "Which?");
  EXPECT_EQ(kept->standalone_question, "Which album?");
  EXPECT_EQ(kept->sql, "SELECT 1");
  EXPECT_EQ(kept->state, TurnState::answered);
  EXPECT_EQ(kept->document, "{\"rows\":[]}");
  EXPECT_EQ(kept->chart_choice, "{\"kind\":\"pie\"}");
  EXPECT_EQ(kept->verdict, Verdict::down);
  EXPECT_EQ(kept->comment, "no");
  EXPECT_GE(kept->finished_ms, kept->created_ms);
  const auto again = store_->get(session->id);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->name, "Sales");
  EXPECT_EQ(again->turn_count, 1);
  EXPECT_GE(again->updated_ms, again->created_ms);
}

TEST_F(Store, TurnsComeOldestFirstTheLastOnes) {
  const Session session = made();
  const Session other = made();
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(begun(session.id, "question " + std::to_string(i)).id);
    begun(other.id, "another");
    ASSERT_TRUE(store_->finish_turn(ids.back(), {TurnState::answered, "", "", "document"}));
  }
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  const auto turns = store_->turns(session.id, 3, true);
  ASSERT_TRUE(turns);
  ASSERT_EQ(turns->size(), 3U);
  EXPECT_EQ(turns->front().question, "question 2");
  EXPECT_EQ(turns->back().document, "document");
  EXPECT_EQ(store_->turns(session.id, 3, false)->back().document, "");
  EXPECT_THAT(*store_->turns(session.id, 0, true), IsEmpty());
  EXPECT_EQ(store_->turns(session.id, 1'000'000, true)->size(), 5U);
  EXPECT_EQ(store_->turns(session.id, -1, true).error().code, ErrorCode::invalid_argument);
}

TEST_F(Store, TheFirstQuestionNamesASession) {
  const Session session = made();
  ASSERT_TRUE(store_->begin_turn(session.id, {"", "SELECT 1", true}));
  EXPECT_EQ(store_->get(session.id)->name, "");
  begun(session.id, "  Which\r\n artists\x07 sold most? ");
  begun(session.id, "And by country?");
  EXPECT_EQ(store_->get(session.id)->name, "Which artists sold most?");
  SessionChange unnamed;
  unnamed.name = "";
  EXPECT_EQ(store_->change(session.id, unnamed)->name, "");
  begun(session.id, "And by year?");
  EXPECT_EQ(store_->get(session.id)->name, "Which artists sold most?");
  const Session named = made("Mine");
  begun(named.id, "What?");
  EXPECT_EQ(store_->get(named.id)->name, "Mine");
}

TEST_F(Store, DeletedSessionsComeBackForAWhile) {
  const Session session = made("gone");
  const Turn turn = begun(session.id, "x");
  ASSERT_TRUE(store_->remove(session.id));
  EXPECT_EQ(store_->get(session.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->remove(session.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->turns(session.id, 1, true).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->turn(session.id, turn.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->change(session.id, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->begin_turn(session.id, {}).error().code, ErrorCode::not_found);
  EXPECT_THAT(found({}), IsEmpty());
  EXPECT_THAT(search("gone"), IsEmpty());
  // A question that was still at work ends in the deleted session.
  EXPECT_TRUE(store_->finish_turn(turn.id, {TurnState::cancelled, "", "", "{}"}));
  reopen();
  ASSERT_TRUE(store_->restore(session.id));
  EXPECT_EQ(store_->get(session.id)->name, "gone");
  EXPECT_EQ(store_->turn(session.id, turn.id)->state, TurnState::cancelled);
  EXPECT_TRUE(store_->restore(session.id)) << "what is there can be restored";
  EXPECT_EQ(store_->restore("s_nothing").error().code, ErrorCode::not_found);
}

TEST_F(Store, WhatWasDeletedLongAgoIsPurged) {
  const Session old = made("old"), young = made("young");
  begun(old.id, "a secret question");
  ASSERT_TRUE(store_->remove(old.id));
  ASSERT_TRUE(store_->remove(young.id));
  store_.reset();
  const std::int64_t day_ms = 86'400'000;
  run_sql(folder_.file(),
          "UPDATE sessions SET deleted_ms = deleted_ms - " +
              std::to_string(undo_days * day_ms + 60'000) +
              " WHERE name = 'old'; UPDATE sessions SET deleted_ms = deleted_ms - " +
              std::to_string(undo_days * day_ms - 60'000) + " WHERE name = 'young'");
  reopen();
  EXPECT_EQ(store_->restore(old.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(store_->restore(young.id));
  store_.reset();
  run_sql(folder_.file(), "PRAGMA wal_checkpoint(TRUNCATE)");
  EXPECT_THAT(bytes_of(folder_.file()), testing::Not(testing::HasSubstr("secret question")));
}

TEST_F(Store, RunningTurnsOfADeadProcessAreInterrupted) {
  const Session session = made();
  const Turn turn = begun(session.id, "x");
  reopen();
  const auto after = store_->turn(session.id, turn.id);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->state, TurnState::interrupted);
  EXPECT_GE(after->finished_ms, after->created_ms);
  EXPECT_EQ(store_->finish_turn(turn.id, {}).error().code, ErrorCode::conflict);
}

TEST_F(Store, ATurnEndsOnce) {
  const Session session = made();
  const Turn turn = *store_->begin_turn(session.id, {"", "SELECT 1", true});
  EXPECT_EQ(store_->finish_turn(turn.id, {TurnState::running, "", "", ""}).error().code,
            ErrorCode::invalid_argument);
  ASSERT_TRUE(store_->finish_turn(turn.id, {TurnState::failed, "", "", "{}"}));
  EXPECT_EQ(store_->turn(session.id, turn.id)->sql, "SELECT 1");
  EXPECT_TRUE(store_->turn(session.id, turn.id)->written_by_person);
  EXPECT_EQ(store_->finish_turn(turn.id, {}).error().code, ErrorCode::conflict);
  EXPECT_EQ(store_->finish_turn(turn.id + 1, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->finish_turn(-1, {}).error().code, ErrorCode::not_found);
  const Session other = made();
  EXPECT_EQ(store_->turn(other.id, turn.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->change_turn(other.id, turn.id, {}).error().code, ErrorCode::not_found);
}

TEST_F(Store, IdsAreNeverTheSame) {
  std::set<std::string> ids;
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(ids.insert(made().id).second);
}

TEST_F(Store, ManyThreadsAtOnce) {
  const Session shared = made("shared");
  constexpr int threads = 4, rounds = 15;
  {
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t) {
      workers.emplace_back([&] {
        for (int i = 0; i < rounds; ++i) {
          const auto turn = store_->begin_turn(shared.id, {"q", "", false});
          ASSERT_TRUE(turn);
          ASSERT_TRUE(store_->finish_turn(turn->id, {TurnState::answered, "", "", "d"}));
          ASSERT_TRUE(store_->list({}));
        }
      });
    }
  }
  const auto turns = store_->turns(shared.id, 1'000, true);
  ASSERT_TRUE(turns);
  EXPECT_EQ(turns->size(), static_cast<std::size_t>(threads * rounds));
  for (const Turn& turn : *turns) EXPECT_EQ(turn.state, TurnState::answered);
}

}  // namespace
}  // namespace idi::session
