#include "slot_book.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <future>
#include <map>
#include <utility>

namespace idi::llm {
namespace {

/// Where nothing has to wait.
SlotBook::Choice begin(SlotBook& book, const std::string& combination, bool several = false) {
  auto choice = book.begin(combination, several, {Deadline::after(std::chrono::seconds(0)), {}});
  EXPECT_TRUE(choice);
  return choice ? *choice : SlotBook::Choice{};
}

bool has_to_wait(SlotBook& book, const std::string& combination, bool several = false) {
  const auto choice =
      book.begin(combination, several, {Deadline::after(std::chrono::seconds(0)), {}});
  return !choice && choice.error().code == ErrorCode::timeout;
}

TEST(SlotBook, GivesEachCombinationASlotAndKeepsItsCache) {
  SlotBook book(2);
  const auto first = begin(book, "a");
  EXPECT_FALSE(first.keep_cache);
  book.end(first, {first.slot});
  const auto other = begin(book, "b");
  EXPECT_NE(other.slot, first.slot);
  EXPECT_FALSE(other.keep_cache);
  book.end(other, {other.slot});
  const auto again = begin(book, "a");
  EXPECT_EQ(again.slot, first.slot);
  EXPECT_TRUE(again.keep_cache);
  book.end(again, {again.slot});
  const auto third = begin(book, "c");
  EXPECT_EQ(third.slot, other.slot) << "the one that was idle the longest";
  EXPECT_FALSE(third.keep_cache);
  book.end(third, {third.slot});
  EXPECT_FALSE(begin(book, "b").keep_cache);
}

TEST(SlotBook, KnowsNothingAfterARequestThatFailed) {
  SlotBook book(1);
  book.end(begin(book, "a"), {});
  EXPECT_FALSE(begin(book, "a").keep_cache);
}

TEST(SlotBook, LikeJoinsLikeAndOthersWait) {
  SlotBook book(1);
  book.end(begin(book, "a"), {0});
  const auto first = begin(book, "a");
  const auto second = begin(book, "a");
  EXPECT_TRUE(second.keep_cache);
  EXPECT_TRUE(has_to_wait(book, "b"));
  book.end(first, {0});
  EXPECT_TRUE(has_to_wait(book, "b"));
  book.end(second, {0});
  EXPECT_FALSE(begin(book, "b").keep_cache);
}

TEST(SlotBook, SeveralCandidatesTakeTheOtherSlotsToo) {
  SlotBook book(3);
  book.end(begin(book, "a"), {0});
  book.end(begin(book, "b"), {1});
  const auto many = begin(book, "a", true);
  EXPECT_TRUE(has_to_wait(book, "b"));
  book.end(many, {0, 1});
  const auto b = begin(book, "b");
  EXPECT_FALSE(b.keep_cache);
  EXPECT_TRUE(has_to_wait(book, "a", true));
}

TEST(SlotBook, AWaitEndsWithTheSlotOrTheStop) {
  SlotBook book(1);
  const auto running = begin(book, "a");
  std::stop_source source;
  auto stopped = std::async(std::launch::async, [&] {
    return book.begin("b", false, {Deadline::never(), source.get_token()});
  });
  auto served = std::async(std::launch::async, [&] {
    return book.begin("c", false, {Deadline::never(), {}});
  });
  source.request_stop();
  EXPECT_EQ(stopped.get().error().code, ErrorCode::cancelled);
  book.end(running, {0});
  EXPECT_TRUE(served.get());
}

/// A server whose slots hold what ran on them last, and requests that overlap and end in any order:
/// the cache is never kept where the slot holds another combination's.
RC_GTEST_PROP(SlotBook, NeverKeepsTheCacheOfAnotherCombination, ()) {
  const int count = *rc::gen::inRange(1, 4);
  SlotBook book(count);
  std::map<int, std::string> held;
  struct Running {
    SlotBook::Choice choice;
    std::vector<int> used;
    bool served = false;
  };
  std::vector<Running> running;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
  for (const int step : steps) {
    if (step % 3 == 0) {
      const std::string combination(1, static_cast<char>('a' + step / 3 % 3));
      auto choice =
          book.begin(combination, step % 2 == 0, {Deadline::after(std::chrono::seconds(0)), {}});
      if (choice) running.push_back({std::move(*choice), {}, false});
    } else if (running.empty()) {
      continue;
    } else if (step % 3 == 1) {  // the server gets round to one of them
      Running& one = running[static_cast<std::size_t>(step / 3) % running.size()];
      if (std::exchange(one.served, true)) continue;
      const int slot = one.choice.slot;
      if (one.choice.keep_cache && held.contains(slot)) {
        RC_ASSERT(held[slot] == one.choice.combination);
      }
      one.used = {slot};
      if (one.choice.several) one.used.push_back((slot + 1) % count);
      for (const int used : one.used) held[used] = one.choice.combination;
    } else {
      const auto place = static_cast<std::size_t>(step / 3) % running.size();
      book.end(running[place].choice, running[place].used);
      running.erase(running.begin() + static_cast<long>(place));
    }
  }
}

}  // namespace
}  // namespace idi::llm
