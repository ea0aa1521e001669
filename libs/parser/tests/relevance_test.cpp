#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "fitting_parser.hpp"
#include "idi/parser/parser.hpp"
#include "small_schema.hpp"

namespace idi::parser {
namespace {

class RelevanceTest : public ::testing::Test {
 protected:
  [[nodiscard]] Result<Relevance> of(const link::LinkedQuestion& question,
                                     Deadline deadline = Deadline::never(),
                                     std::stop_token stop = {}) const {
    return parser_->relevance(question, *linker_, deadline, std::move(stop));
  }
  std::shared_ptr<const link::Linker> linker_ =
      link::Linker::make(testing::small_schema(), link::ValueIndex::empty(), link::WordNet::none());
  std::shared_ptr<const Parser> parser_ = testing::random_parser(5);
};

TEST_F(RelevanceTest, SaysOfEveryLinkedTableAndColumnHowLikelyItIsUsed) {
  for (const char* question : {"How many singers are older than 56?", "x"}) {
    const auto linked = linker_->link(question);
    const auto relevance = of(linked);
    ASSERT_TRUE(relevance) << question;
    ASSERT_EQ(relevance->tables.size(), linked.tables.size());
    ASSERT_EQ(relevance->columns.size(), linked.columns.size());
    for (std::size_t i = 0; i < linked.columns.size(); ++i) {
      EXPECT_GT(relevance->columns[i], 0);
      EXPECT_LT(relevance->columns[i], 1);
      const auto table =
          std::find(linked.tables.begin(), linked.tables.end(), linked.columns[i].table);
      EXPECT_GE(relevance->tables[static_cast<std::size_t>(table - linked.tables.begin())],
                relevance->columns[i]);
    }
  }
}

TEST_F(RelevanceTest, SaysNothingOfWhatIsNotLinked) {
  link::LinkedQuestion nothing;
  EXPECT_EQ(of(nothing).error().code, ErrorCode::unanswerable);
  nothing.tokens = link::tokenize("how many");
  const auto relevance = of(nothing);
  ASSERT_TRUE(relevance);
  EXPECT_TRUE(relevance->tables.empty() && relevance->columns.empty());
  const auto linked = linker_->link("How many singers are there?");
  EXPECT_EQ(of(linked, Deadline::after(std::chrono::seconds(0))).error().code, ErrorCode::timeout);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(of(linked, Deadline::never(), stop.get_token()).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace idi::parser
