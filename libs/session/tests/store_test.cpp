#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "scratch_store.hpp"

namespace idi::session {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::IsEmpty;

class Store : public testing::Test {
 protected:
  void reopen() {
    store_.reset();
    store_ = open_store(folder_.file());
  }
  Session made(const std::string& name = {}, const std::vector<std::string>& tags = {}) {
    SessionChange given;
    given.name = name;
    given.tags = tags;
    auto session = store_->create(given, "music");
    if (!session) throw std::runtime_error(session.error().to_text());
    return *session;
  }
  Turn begun(const std::string& session_id, const std::string& question) {
    auto turn = store_->begin_turn(session_id, {question, {}, false});
    if (!turn) throw std::runtime_error(turn.error().to_text());
    return *turn;
  }
  std::vector<std::string> found(const SessionQuery& query) {
    auto page = store_->list(query);
    if (!page) throw std::runtime_error(page.error().to_text());
    std::vector<std::string> names;
    for (const Session& session : page->sessions) names.push_back(session.name);
    if (query.offset == 0 && query.limit >= 50) {
      EXPECT_EQ(page->total, static_cast<std::int64_t>(names.size()));
    }
    return names;
  }
  std::vector<std::string> search(const std::string& words) {
    SessionQuery query;
    query.search = words;
    return found(query);
  }

  ScratchFolder folder_;
  std::unique_ptr<SessionStore> store_ = open_store(folder_.file());
};

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

TEST_F(Store, ListsTheLastUpdatedFirst) {
  const Session a = made("a"), b = made("b"), c = made("c");
  EXPECT_THAT(found({}), ElementsAre("c", "b", "a"));
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  begun(a.id, "x");
  EXPECT_THAT(found({}), ElementsAre("a", "c", "b"));
  SessionQuery page;
  page.limit = 1;
  page.offset = 1;
  EXPECT_THAT(found(page), ElementsAre("c"));
  EXPECT_EQ(store_->list(page)->total, 3);
  page.offset = 3;
  EXPECT_THAT(found(page), IsEmpty());
  page.offset = -1;
  EXPECT_EQ(store_->list(page).error().code, ErrorCode::invalid_argument);
  page = {};
  page.limit = INT64_MAX;
  page.offset = INT64_MAX;
  EXPECT_THAT(found({"", "", INT64_MAX, 0}), testing::SizeIs(3));
  EXPECT_TRUE(store_->list(page));
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

TEST_F(Store, SearchesPartsOfWordsEverywhere) {
  const Session sales = made("Sales by Region", {"Größe", "q1"});
  SessionChange described;
  described.description = "the 100% truth_about it";
  ASSERT_TRUE(store_->change(sales.id, described));
  const Session artists = made("Artists");
  begun(artists.id, "Wie viele KÜNSTLER gibt es in Straße?");
  EXPECT_THAT(search("REGION sales"), ElementsAre("Sales by Region"));
  EXPECT_THAT(search("egio"), ElementsAre("Sales by Region"));
  EXPECT_THAT(search("größe"), ElementsAre("Sales by Region"));
  EXPECT_THAT(search("künstler STRASSE"), ElementsAre("Artists"));
  EXPECT_THAT(search("artists künstler"), ElementsAre("Artists"));
  EXPECT_THAT(search("artists region"), IsEmpty());
  EXPECT_THAT(search("100%"), ElementsAre("Sales by Region"));
  EXPECT_THAT(search("truth_about"), ElementsAre("Sales by Region"));
  EXPECT_THAT(search(" \t "), testing::SizeIs(2));
  SessionQuery tagged;
  tagged.tag = "q1";
  EXPECT_THAT(found(tagged), ElementsAre("Sales by Region"));
  tagged.search = "artists";
  EXPECT_THAT(found(tagged), IsEmpty());
  tagged = {};
  tagged.tag = "q";
  EXPECT_THAT(found(tagged), IsEmpty());
  SessionChange changed;
  changed.name = "Renamed";
  changed.tags.emplace();
  ASSERT_TRUE(store_->change(sales.id, changed));
  EXPECT_THAT(search("region"), IsEmpty());
  EXPECT_THAT(search("größe"), IsEmpty());
  EXPECT_THAT(search("renamed"), ElementsAre("Renamed"));
}

TEST_F(Store, TheQuestionAsUnderstoodIsSearchedToo) {
  const Session session = made("n");
  const Turn turn = begun(session.id, "And by year?");
  ASSERT_TRUE(store_->finish_turn(turn.id, {TurnState::answered, "Sales per year", "", ""}));
  EXPECT_THAT(search("sales"), ElementsAre("n"));
}

TEST_F(Store, NothingInASearchHasAMeaning) {
  made("plain");
  for (const std::string text : {"%",       "_",      "*",  "\"",     "'",
                                 "NEAR(",   "a AND",  "OR", "NOT x",  "name:plain",
                                 "plain*",  "^plain", "\\", "-plain", "'; DROP TABLE sessions; --",
                                 "\"plain", "{}",     "(",  "?1",     "\xff"}) {
    EXPECT_THAT(search(text), IsEmpty()) << text;
    SessionQuery query;
    query.tag = text;
    EXPECT_THAT(found(query), IsEmpty()) << text;
  }
  std::string many;
  for (int i = 0; i < 499; ++i) many += "p ";
  EXPECT_THAT(search(many), ElementsAre("plain"));
  EXPECT_EQ(store_->list({std::string(max_search_bytes + 1, 'x'), "", 50, 0}).error().code,
            ErrorCode::limit_exceeded);
}

TEST_F(Store, HostileTextComesBackAsItWas) {
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

TEST_F(Store, LimitsAreErrorsAndNothingIsWritten) {
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

TEST_F(Store, CountsAreLimited) {
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

TEST_F(Store, DocumentsTogetherAreBounded) {
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
