#include "slot_book.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "idi/core/assert.hpp"

namespace idi::llm {
namespace {

constexpr std::chrono::milliseconds longest_wait{1'000};

}  // namespace

/// nullptr: none may be taken now.
SlotBook::Slot* SlotBook::best_for(const std::string& combination, bool several) {
  const bool others_run = std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
    return slot.running > 0 && slot.serves != combination;
  });
  if (others_run && (several || several_running_ > 0)) return nullptr;  // invariant 2
  // The lower, the better. Who joins others must not keep those waiting who need the slot idle.
  const auto rank = [&](const Slot& slot) {
    if (slot.running == 0) return slot.holds == combination ? 0 : slot.last == 0 ? 1 : 2;
    return slot.serves == combination && waiting_ == 0 ? 3 : 4;  // invariant 1
  };
  const auto best =
      std::min_element(slots_.begin(), slots_.end(), [&](const Slot& a, const Slot& b) {
        return std::tuple(rank(a), a.last) < std::tuple(rank(b), b.last);
      });
  return rank(*best) == 4 ? nullptr : &*best;
}

SlotBook::Choice SlotBook::begin_on(Slot& slot, const std::string& combination, bool several) {
  Choice choice;
  choice.slot = static_cast<int>(&slot - slots_.data());
  choice.keep_cache = slot.holds == combination;
  choice.combination = combination;
  choice.several = several;
  slot.last = ++clock_;
  slot.serves = combination;
  ++slot.running;
  if (!choice.keep_cache) slot.holds.reset();
  if (several) {
    ++several_running_;
    for (Slot& other : slots_) {
      if (other.holds != combination) other.holds.reset();
    }
  }
  return choice;
}

Result<SlotBook::Choice> SlotBook::begin(const std::string& combination, bool several,
                                         const Patience& patience) {
  std::unique_lock lock(mutex_);
  IDI_ASSERT(!slots_.empty());
  Slot* slot = best_for(combination, several);
  if (slot != nullptr) return begin_on(*slot, combination, several);
  ++waiting_;
  while (slot == nullptr && !patience.stop.stop_requested() && !patience.deadline.passed()) {
    changed_.wait_for(lock, patience.stop, std::min(longest_wait, patience.deadline.remaining()),
                      [&] { return (slot = best_for(combination, several)) != nullptr; });
  }
  --waiting_;
  if (slot != nullptr) return begin_on(*slot, combination, several);
  if (patience.stop.stop_requested()) {
    return make_error(ErrorCode::cancelled, "the request was stopped");
  }
  return make_error(ErrorCode::timeout,
                    "the model server was busy with other adapters all the time");
}

void SlotBook::end(const Choice& choice, const std::vector<int>& used) {
  {
    const std::lock_guard lock(mutex_);
    Slot& own = slots_[static_cast<std::size_t>(choice.slot)];
    --own.running;
    if (choice.several) --several_running_;
    for (const int index : used) {
      if (index < 0 || index >= static_cast<int>(slots_.size())) continue;
      slots_[static_cast<std::size_t>(index)].holds = choice.combination;  // invariant 3
    }
  }
  changed_.notify_all();
}

}  // namespace idi::llm
