// Health, the schema, the protocol's own files: all are at hand, nothing blocks.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "clock.hpp"
#include "idi/engine/current_source.hpp"
#include "idi/engine/engines.hpp"
#include "query/service.hpp"

namespace idi::api {

struct Documents {
  std::string openapi;
  std::string message_schema;
};

/// Thread-safe.
class AboutService {
 public:
  AboutService(std::shared_ptr<engine::CurrentSource> source, engine::Engines engines,
               std::string version, Documents documents, int workers, const QueryService& queries);

  void set_connection_counter(std::function<int()> count);
  [[nodiscard]] std::string health() const;
  /// Of the database as it is now; looks whether it changed.
  [[nodiscard]] std::string schema();
  [[nodiscard]] const Documents& documents() const { return documents_; }

 private:
  const std::string version_;
  const std::shared_ptr<engine::CurrentSource> source_;
  const engine::Engines engines_;
  const std::string generator_;
  const Documents documents_;
  const int workers_;
  const QueryService& queries_;
  const Steady::time_point started_at_ = Steady::now();
  mutable std::mutex mutex_;
  std::function<int()> connection_count_;
  std::shared_ptr<const engine::Source> described_;  ///< What schema_ is of.
  std::string schema_;
};

}  // namespace idi::api
