// Notes when the first piece of text came.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace idi::llm {

class FirstTextClock {
 public:
  explicit FirstTextClock(std::function<void(std::string_view)> on_text)
      : on_text_(std::move(on_text)) {}

  /// To be called with each piece; REQUIRES: the clock outlives it.
  [[nodiscard]] std::function<void(std::string_view)> on_text() {
    return [this](std::string_view text) {
      if (!first_) first_ = Clock::now();
      if (on_text_) on_text_(text);
    };
  }
  /// 0: no text came.
  [[nodiscard]] double first_text_ms() const {
    if (!first_) return 0;
    return std::chrono::duration<double, std::milli>(*first_ - begin_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::function<void(std::string_view)> on_text_;
  Clock::time_point begin_ = Clock::now();
  std::optional<Clock::time_point> first_;
};

}  // namespace idi::llm
