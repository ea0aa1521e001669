// Bytes on their way to a client, in order, one write at a time. Network thread only.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <string>

#include "channel.hpp"

namespace idi::http {

class Outbox {
 public:
  /// `counted`: how many of the bytes `on_written` is to report.
  void push(std::string bytes, std::size_t counted = 0);
  void clear() { waiting_.clear(); }

  [[nodiscard]] bool empty() const { return waiting_.empty(); }
  [[nodiscard]] bool writing() const { return writing_; }
  /// A write is under way and the client has taken nothing for so long.
  [[nodiscard]] bool stuck(const Channel& channel, Clock::time_point now,
                           Clock::duration limit) const;

  /// Writes all that was pushed. REQUIRES: !writing(), !empty(); `on_written` keeps this and the
  /// channel alive.
  void write(Channel& channel, std::function<void(error_code, std::size_t counted)> on_written);

 private:
  struct Piece {
    std::string bytes;
    std::size_t counted = 0;
  };

  std::deque<Piece> waiting_;
  std::deque<Piece> in_flight_;
  bool writing_ = false;
  Clock::time_point started_;
};

}  // namespace idi::http
