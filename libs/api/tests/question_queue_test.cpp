#include "query/question_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace idi::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QuestionQueueTest : public ::testing::Test {
 protected:
  std::map<const Job*, std::vector<int>> told_;
  QuestionQueue queue_{3, [this](Job& job, int position) { told_[&job].push_back(position); }};

  std::shared_ptr<Job> push() {
    EXPECT_TRUE(queue_.reserve());
    auto job = std::make_shared<Job>();
    EXPECT_TRUE(queue_.push(job));
    return job;
  }
};

TEST_F(QuestionQueueTest, EachIsToldItsPlaceWhenItChanges) {
  const auto first = push();
  const auto second = push();
  const auto third = push();
  EXPECT_TRUE(queue_.remove(*second));
  EXPECT_FALSE(queue_.remove(*second));
  EXPECT_EQ(queue_.pop(), first);
  EXPECT_EQ(queue_.running(), 1);
  EXPECT_EQ(queue_.waiting(), 1);
  EXPECT_THAT(told_[first.get()], ElementsAre(1));
  EXPECT_THAT(told_[second.get()], ElementsAre(2));
  EXPECT_THAT(told_[third.get()], ElementsAre(3, 2, 1));
}

TEST_F(QuestionQueueTest, IsBounded) {
  EXPECT_TRUE(queue_.reserve());
  EXPECT_TRUE(queue_.reserve());
  push();
  EXPECT_FALSE(queue_.reserve());
  queue_.give_back();
  EXPECT_TRUE(queue_.reserve());
}

TEST_F(QuestionQueueTest, ClosedItGivesWhatWaitedAndTakesNothing) {
  const auto job = push();
  EXPECT_TRUE(queue_.reserve());
  EXPECT_THAT(queue_.close(), ElementsAre(job));
  EXPECT_FALSE(queue_.push(std::make_shared<Job>()));
  EXPECT_FALSE(queue_.reserve());
  EXPECT_EQ(queue_.pop(), nullptr);
  EXPECT_THAT(queue_.close(), IsEmpty());
}

}  // namespace
}  // namespace idi::api
