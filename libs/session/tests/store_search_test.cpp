#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "store_fixture.hpp"

namespace idi::session {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::IsEmpty;

class StoreSearch : public Store {};

TEST_F(StoreSearch, ListsTheLastUpdatedFirst) {
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

TEST_F(StoreSearch, SearchesPartsOfWordsEverywhere) {
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

TEST_F(StoreSearch, TheQuestionAsUnderstoodIsSearchedToo) {
  const Session session = made("n");
  const Turn turn = begun(session.id, "And by year?");
  ASSERT_TRUE(store_->finish_turn(turn.id, {TurnState::answered, "Sales per year", "", ""}));
  EXPECT_THAT(search("sales"), ElementsAre("n"));
}

TEST_F(StoreSearch, NothingInASearchHasAMeaning) {
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

}  // namespace
}  // namespace idi::session
