// What IDI offers over the network: the addresses of protocol/openapi.json and the WebSocket of
// protocol/README.md, on top of the edge (idi/http) and the pipeline (idi/engine). Questions run as
// jobs on a bounded pool; the network thread only passes messages on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/engine/current_source.hpp"
#include "idi/engine/pipeline.hpp"
#include "idi/http/server.hpp"
#include "idi/session/session_store.hpp"

namespace idi::api {

/// One file of the page, as it was embedded.
struct StaticFile {
  std::string_view path;  ///< "/index.html"; "/" serves it too.
  std::string_view content_type;
  std::string_view plain;
  std::string_view gzip;    ///< Empty: not smaller.
  std::string_view brotli;  ///< Empty: not smaller.
  std::string_view etag;    ///< Quoted.
  bool immutable = false;   ///< Its name holds a hash: may be kept for ever.
};

/// All are enforced.
struct ApiLimits {
  int workers = 2;       ///< Questions that run at once.
  int max_queued = 256;  ///< Waiting; one more gets limit_exceeded (429).
  int max_exports = 4;   ///< Exports and …/rows at once, beside the questions.
  std::int64_t question_timeout_ms = 30'000;
  std::int64_t max_rows = 1'000;           ///< In an answer.
  std::int64_t max_export_rows = 100'000;  ///< Of …/rows; files have max_file_rows.
  std::int64_t max_file_rows = 1'000'000;
  std::int64_t export_timeout_ms = 300'000;
  std::size_t max_replay_events = 2'000;  ///< Per session, of its latest turn.
  int max_sockets_per_session = 16;
  int max_history_turns = 6;  ///< Read for a follow-up.
};

struct ApiParts {
  std::shared_ptr<engine::CurrentSource> source;
  engine::Engines engines;
  std::shared_ptr<session::SessionStore> sessions;
  std::vector<StaticFile> page;  ///< Must live as long as the Api. Empty: only the API is served.
  std::string version;
  std::string openapi;  ///< protocol/openapi.json
  std::string schema;   ///< protocol/idi.schema.json
  ApiLimits limits;
};

class Api : public http::Application {
 public:
  /// Opens one pipeline per worker. Errors: those of the database.
  [[nodiscard]] static Result<std::shared_ptr<Api>> open(ApiParts parts);
  /// No new questions; the running ones are cancelled and kept as interrupted. Idempotent.
  virtual void stop() = 0;
  /// For /api/health.
  virtual void set_connection_counter(std::function<int()> count) = 0;
};

}  // namespace idi::api
