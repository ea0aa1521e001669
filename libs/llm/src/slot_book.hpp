// Which slot of llama-server serves which combination of adapters.
//
// The server's prompt cache does not know which adapters it was computed with (llama.cpp #26207):
// a prompt that a slot holds must be used again under the same combination only. Requests overtake
// each other on their way, so:
//  1. a slot serves one combination at a time; a request of another waits until it is idle;
//  2. a request for several candidates may spread over any slot: no request of another combination
//     runs beside it;
//  3. what a slot holds is known after a request that ended well on it, and as long as only
//  requests
//     of its combination begin on it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "patience.hpp"

namespace idi::llm {

/// Thread-safe.
class SlotBook {
 public:
  explicit SlotBook(int slots) : slots_(static_cast<std::size_t>(slots)) {}

  struct Choice {
    int slot = 0;
    bool keep_cache = false;
    std::string combination;
    bool several = false;
  };
  /// Of the slots, in this order: idle and holding this combination, idle and never used, idle the
  /// longest, busy with this combination. Errors: timeout, cancelled (while it waited).
  [[nodiscard]] Result<Choice> begin(const std::string& combination, bool several,
                                     const Patience& patience);
  /// `used`: the slots that served it; empty if it did not end well.
  void end(const Choice& choice, const std::vector<int>& used);

 private:
  struct Slot {
    std::optional<std::string> holds;  ///< The combination that its cache was computed with.
    std::string serves;                ///< Of the last request that began.
    int running = 0;
    std::uint64_t last = 0;  ///< 0: never used.
  };
  [[nodiscard]] Slot* best_for(const std::string& combination, bool several);
  [[nodiscard]] Choice begin_on(Slot& slot, const std::string& combination, bool several);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Slot> slots_;
  int several_running_ = 0;
  int waiting_ = 0;
  std::uint64_t clock_ = 0;
};

}  // namespace idi::llm
