// Feedback and chart choices. May block: on the desk.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "idi/chart/chart.hpp"
#include "idi/session/session_store.hpp"
#include "turns/protocol.hpp"

namespace idi::api {

/// Thread-safe. Texts are the protocol's messages.
class TurnService {
 public:
  explicit TurnService(std::shared_ptr<session::SessionStore> store) : store_(std::move(store)) {}

  [[nodiscard]] Result<std::string> put_feedback(std::string_view session_id, std::int64_t turn_id,
                                                 const Feedback& feedback);
  /// An empty choice gives the chart back that was chosen at first.
  [[nodiscard]] Result<std::string> put_chart(std::string_view session_id, std::int64_t turn_id,
                                              const chart::Choice& choice);

 private:
  const std::shared_ptr<session::SessionStore> store_;
};

}  // namespace idi::api
