#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store_fixture.hpp"

namespace idi::session {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;

class StoreLimits : public Store {};

TEST_F(StoreLimits, HostileTextComesBackAsItWas) {
  const std::vector<std::string> texts{"'; DROP TABLE sessions; --",
                                       "<script>alert(1)</script>",
                                       "a\0b"s,
                                       "\x1b[31m",
                                       "%s%n",
                                       "\u202Egnp.exe",
                                       "\U0001F600\u200D",
                                       "{\"a\":1}",
                                       std::string(1'000, '"')};
  for (const std::string& text : texts) {
    const auto session = store_->create({}, text);
    ASSERT_TRUE(session.has_value() || text.size() > max_database_bytes);
    const Session target = session ? *session : made();
    SessionChange described;
    described.description = text;
    ASSERT_TRUE(store_->change(target.id, described));
    const auto turn = store_->begin_turn(target.id, {text, text, true});
    ASSERT_TRUE(turn);
    ASSERT_TRUE(store_->finish_turn(turn->id, {TurnState::answered, text, "", text}));
    TurnChange change;
    change.comment = text;
    change.chart_choice = text;
    const auto kept = store_->change_turn(target.id, turn->id, change);
    ASSERT_TRUE(kept);
    for (const std::string& field : {kept->question, kept->standalone_question, kept->sql,
                                     kept->document, kept->comment, kept->chart_choice}) {
      EXPECT_EQ(field, text);
    }
    EXPECT_EQ(store_->get(target.id)->description, text);
    EXPECT_EQ(store_->get(text).error().code, ErrorCode::not_found);
  }
  const auto session = made("\x1b[31mred\u202E\ttab\xff", {"a\nb", "\x07", "a b"});
  EXPECT_EQ(session.name, "[31mred tab\uFFFD");
  EXPECT_THAT(session.tags, ElementsAre("a b"));
}

TEST_F(StoreLimits, LimitsAreErrorsAndNothingIsWritten) {
  const Session session = made("name", {"tag"});
  const auto refused = [&](const SessionChange& change) {
    EXPECT_EQ(store_->change(session.id, change).error().code, ErrorCode::limit_exceeded);
    EXPECT_EQ(store_->create(change, "").error().code, ErrorCode::limit_exceeded);
  };
  SessionChange change;
  change.name = std::string(max_name_bytes + 1, 'x');
  refused(change);
  change = {};
  change.description = std::string(max_description_bytes + 1, 'x');
  refused(change);
  change = {};
  change.tags = {std::string(max_tag_bytes + 1, 'x')};
  refused(change);
  change.tags->clear();
  for (std::size_t i = 0; i <= max_tags; ++i) change.tags->push_back(std::to_string(i));
  refused(change);
  change.name = "other";
  refused(change);
  // Replacement characters are longer than what they replace.
  change = {};
  change.name = std::string(max_name_bytes, '\xff');
  refused(change);
  EXPECT_EQ(store_->create({}, std::string(max_database_bytes + 1, 'x')).error().code,
            ErrorCode::limit_exceeded);
  EXPECT_EQ(store_->get(session.id)->name, "name");
  EXPECT_EQ(store_->list({})->total, 1);

  const std::string long_question(max_question_bytes + 1, 'x'), long_sql(max_sql_bytes + 1, 'x');
  EXPECT_EQ(store_->begin_turn(session.id, {long_question, "", false}).error().code,
            ErrorCode::limit_exceeded);
  EXPECT_EQ(store_->begin_turn(session.id, {"", long_sql, false}).error().code,
            ErrorCode::limit_exceeded);
  const Turn turn = begun(session.id, std::string(max_question_bytes, 'x'));
  const std::string largest(max_document_bytes, 'x');
  for (const FinishedTurn& finished : {FinishedTurn{TurnState::answered, long_question, "", ""},
                                       FinishedTurn{TurnState::answered, "", long_sql, ""},
                                       FinishedTurn{TurnState::answered, "", "", largest + "x"}}) {
    EXPECT_EQ(store_->finish_turn(turn.id, finished).error().code, ErrorCode::limit_exceeded);
  }
  ASSERT_TRUE(store_->finish_turn(turn.id, {TurnState::answered, "", "", largest}));
  EXPECT_EQ(store_->turn(session.id, turn.id)->document, largest);
  TurnChange feedback;
  feedback.comment = std::string(max_comment_bytes + 1, 'x');
  EXPECT_EQ(store_->change_turn(session.id, turn.id, feedback).error().code,
            ErrorCode::limit_exceeded);
  feedback = {};
  feedback.chart_choice = std::string(max_chart_choice_bytes + 1, 'x');
  EXPECT_EQ(store_->change_turn(session.id, turn.id, feedback).error().code,
            ErrorCode::limit_exceeded);
  EXPECT_EQ(store_->list({})->total, 1);
}

TEST_F(StoreLimits, CountsAreLimited) {
  const Session session = made("full");
  store_.reset();
  run_sql(folder_.file(),
          "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < " +
              std::to_string(max_turns_per_session) +
              ") INSERT INTO turns (session, state, written_by_person, created_ms, finished_ms, "
              "verdict, question, standalone_question, comment, chart_choice, sql) "
              "SELECT (SELECT number FROM sessions), 'answered', 0, 1, 1, 0, 'q', '', '', '', '' "
              "FROM n;"
              "WITH RECURSIVE n (x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < " +
              std::to_string(max_sessions) +
              ") INSERT INTO sessions (id, name, description, database, created_ms, updated_ms) "
              "SELECT 's_' || x, '', '', '', 1, 1 FROM n");
  reopen();
  EXPECT_EQ(store_->begin_turn(session.id, {}).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(store_->create({}, "").error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(store_->list({})->total, max_sessions);
  EXPECT_EQ(store_->list({"", "", INT64_MAX, 0})->sessions.size(),
            static_cast<std::size_t>(max_page_sessions));
}

TEST_F(StoreLimits, DocumentsTogetherAreBounded) {
  const Session session = made();
  const std::string document(max_document_bytes, 'x');
  const std::size_t fitting = max_documents_bytes / max_document_bytes;
  for (std::size_t i = 0; i < fitting + 2; ++i) {
    ASSERT_TRUE(
        store_->finish_turn(begun(session.id, "q").id, {TurnState::answered, "", "", document}));
  }
  const auto turns = store_->turns(session.id, 100, true);
  ASSERT_TRUE(turns);
  ASSERT_EQ(turns->size(), fitting + 2);
  for (std::size_t i = 0; i < turns->size(); ++i) {
    EXPECT_EQ((*turns)[i].document.size(), i < 2 ? 0 : document.size()) << i;
  }
}

}  // namespace
}  // namespace idi::session
