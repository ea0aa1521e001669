// Health, the schema, the protocol's own files: all are at hand, nothing blocks.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "clock.hpp"
#include "idi/engine/pipeline.hpp"
#include "query/service.hpp"

namespace idi::api {

struct Documents {
  std::string openapi;
  std::string message_schema;
};

/// Thread-safe.
class AboutService {
 public:
  AboutService(const engine::Source& source, const engine::SqlGenerator& generator,
               std::string version, Documents documents, int workers, const QueryService& queries);

  void set_connection_counter(std::function<int()> count);
  [[nodiscard]] std::string health() const;
  [[nodiscard]] const std::string& schema() const { return schema_; }
  [[nodiscard]] const Documents& documents() const { return documents_; }

 private:
  const std::string version_;
  const std::string database_;
  const std::string generator_;
  const std::string schema_;
  const Documents documents_;
  const int workers_;
  const QueryService& queries_;
  const Steady::time_point started_at_ = Steady::now();
  mutable std::mutex mutex_;
  std::function<int()> connection_count_;
};

}  // namespace idi::api
