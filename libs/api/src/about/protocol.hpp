// What the server says of itself and of its database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/engine/engines.hpp"

namespace idi::api {

struct Health {
  bool stopping = false;
  std::string_view version;
  std::string_view database;
  std::string_view generator;
  std::optional<engine::GeneratorStatus> model;  ///< None: the parser answers alone.
  engine::Policy policy = engine::Policy::fast;
  double uptime_s = 0;
  int running = 0;
  int queued = 0;
  int workers = 0;
  int connections = -1;  ///< -1: not known.
};
[[nodiscard]] std::string health_text(const Health& health);

[[nodiscard]] std::string schema_text(const Schema& schema,
                                      const std::vector<std::string>& starters);

}  // namespace idi::api
