// A streamed body that begins with its first bytes: an error before them can still be a response.
#pragma once

#include <string>
#include <utility>

#include "idi/http/server.hpp"

namespace idi::api {

/// One thread. The exchange must live longer.
class BodyStream {
 public:
  BodyStream(http::Exchange& exchange, http::Response head)
      : exchange_(exchange), head_(std::move(head)) {}

  /// False: nobody wants it any more.
  [[nodiscard]] bool write(std::string bytes) {
    begin();
    return exchange_.write(std::move(bytes));
  }
  void end(bool complete) {
    begin();
    exchange_.end_stream(complete);
  }
  [[nodiscard]] bool has_begun() const { return begun_; }

 private:
  void begin() {
    if (std::exchange(begun_, true)) return;
    exchange_.begin_stream(std::move(head_));
  }

  http::Exchange& exchange_;
  http::Response head_;
  bool begun_ = false;
};

}  // namespace idi::api
