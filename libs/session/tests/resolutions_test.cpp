#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store_fixture.hpp"

namespace idi::session {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using std::string_literals::operator""s;

class Resolutions : public Store {
 protected:
  static NewTurn choosing(const std::string& clarification, const std::string& option,
                          std::int64_t clarifies = 0) {
    NewTurn turn;
    turn.question = "How many?";
    turn.clarifies = clarifies;
    turn.chosen = Resolution{clarification, option, "the words", "the label", 0};
    return turn;
  }
  void choose(const std::string& clarification, const std::string& option) {
    const auto turn = store_->begin_turn(session_.id, choosing(clarification, option));
    ASSERT_TRUE(turn) << turn.error().to_text();
  }
  std::vector<std::string> kept() {
    const auto resolutions = store_->resolutions(session_.id);
    EXPECT_TRUE(resolutions);
    std::vector<std::string> texts;
    for (const auto& one : *resolutions) texts.push_back(one.clarification + "=" + one.option);
    return texts;
  }

  Session session_ = made("a");
};

TEST_F(Resolutions, AreKeptWithTheTurnLastChosenFirst) {
  const auto asked = begun(session_.id, "How many?");
  choose("date:orders", "a");
  choose("column:price", "b");
  const auto turn = store_->begin_turn(session_.id, choosing("value:berlin", "c", asked.id));
  ASSERT_TRUE(turn);
  EXPECT_EQ(turn->clarifies, asked.id);
  EXPECT_EQ(store_->turn(session_.id, asked.id)->clarifies, 0);
  EXPECT_THAT(kept(), ElementsAre("value:berlin=c", "column:price=b", "date:orders=a"));
  const auto last = store_->resolutions(session_.id)->front();
  EXPECT_EQ(last.phrase, "the words");
  EXPECT_EQ(last.label, "the label");
  EXPECT_GT(last.chosen_ms, 0);
}

TEST_F(Resolutions, TheLastChoiceCounts) {
  choose("date:orders", "a");
  choose("column:price", "b");
  choose("date:orders", "c");
  EXPECT_THAT(kept(), ElementsAre("date:orders=c", "column:price=b"));
}

TEST_F(Resolutions, OutliveTheProgramAndADeletion) {
  choose("date:orders", "a");
  reopen();
  EXPECT_THAT(kept(), ElementsAre("date:orders=a"));
  ASSERT_TRUE(store_->remove(session_.id));
  EXPECT_EQ(store_->resolutions(session_.id).error().code, ErrorCode::not_found);
  ASSERT_TRUE(store_->restore(session_.id));
  EXPECT_THAT(kept(), ElementsAre("date:orders=a"));
}

TEST_F(Resolutions, AreOfOneSession) {
  choose("date:orders", "a");
  const auto other = made("b");
  EXPECT_THAT(*store_->resolutions(other.id), IsEmpty());
  ASSERT_TRUE(store_->forget_resolutions(other.id, std::nullopt));
  EXPECT_EQ(store_->forget_resolutions(other.id, "date:orders").error().code, ErrorCode::not_found);
  EXPECT_THAT(kept(), ElementsAre("date:orders=a"));
}

TEST_F(Resolutions, AreForgottenOneByOneOrAll) {
  choose("a", "1");
  choose("b", "2");
  choose("c", "3");
  ASSERT_TRUE(store_->forget_resolutions(session_.id, "b"));
  EXPECT_THAT(kept(), ElementsAre("c=3", "a=1"));
  EXPECT_EQ(store_->forget_resolutions(session_.id, "b").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->forget_resolutions(session_.id, "%").error().code, ErrorCode::not_found);
  ASSERT_TRUE(store_->forget_resolutions(session_.id, std::nullopt));
  EXPECT_THAT(kept(), IsEmpty());
  EXPECT_TRUE(store_->forget_resolutions(session_.id, std::nullopt));
  EXPECT_EQ(store_->forget_resolutions("s_none", std::nullopt).error().code, ErrorCode::not_found);
}

TEST_F(Resolutions, WithoutTheTurnNothingIsKept) {
  const auto elsewhere = begun(made("b").id, "elsewhere");
  for (const std::int64_t turn : {elsewhere.id, std::int64_t{999'999}}) {
    const auto begun = store_->begin_turn(session_.id, choosing("date:orders", "a", turn));
    EXPECT_EQ(begun.error().code, ErrorCode::not_found);
  }
  EXPECT_EQ(store_->begin_turn(session_.id, choosing("a", "b", -1)).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(store_->begin_turn(session_.id, choosing("", "b")).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(store_->begin_turn(session_.id, choosing("a", "")).error().code,
            ErrorCode::invalid_argument);
  EXPECT_THAT(kept(), IsEmpty());
  EXPECT_EQ(store_->get(session_.id)->turn_count, 0);
}

TEST_F(Resolutions, HaveLimits) {
  const std::string long_text(max_resolution_bytes + 1, 'x');
  EXPECT_EQ(store_->begin_turn(session_.id, choosing(long_text, "a")).error().code,
            ErrorCode::limit_exceeded);
  EXPECT_EQ(store_->begin_turn(session_.id, choosing("a", long_text)).error().code,
            ErrorCode::limit_exceeded);
  for (int i = 0; i < max_resolutions; ++i) choose(std::to_string(i), "a");
  const auto refused = store_->begin_turn(session_.id, choosing("one more", "a"));
  EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(kept().size(), static_cast<std::size_t>(max_resolutions));
  EXPECT_EQ(store_->get(session_.id)->turn_count, max_resolutions) << "nor was the turn kept";
  choose("7", "changed");
  EXPECT_EQ(kept().front(), "7=changed");
  EXPECT_EQ(kept().size(), static_cast<std::size_t>(max_resolutions));
}

TEST_F(Resolutions, HostileTextsComeBackAsTheyWere) {
  for (const std::string& text : {"'; DROP TABLE resolutions; --"s, "a\0b"s, "\x1b[31m"s, "größe"s,
                                  "<script>"s, "%"s, "line\nline"s}) {
    auto turn = choosing(text, text);
    turn.chosen->phrase = text;
    turn.chosen->label = text;
    ASSERT_TRUE(store_->begin_turn(session_.id, turn));
    const auto last = store_->resolutions(session_.id)->front();
    EXPECT_EQ(last.clarification, text);
    EXPECT_EQ(last.option, text);
    EXPECT_EQ(last.phrase, text);
    EXPECT_EQ(last.label, text);
    ASSERT_TRUE(store_->forget_resolutions(session_.id, text));
  }
}

}  // namespace
}  // namespace idi::session
