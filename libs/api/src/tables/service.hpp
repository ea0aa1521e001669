// The whole table behind an answer: its SQL runs again, through the guard, on a connection of its
// own. Rows come as they are read, at the speed at which the client takes them; a client that is
// gone ends the statement.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "idi/api/api.hpp"
#include "idi/table_file/table_writer.hpp"
#include "task_pool.hpp"

namespace idi::api {

/// Which turn of which session.
struct TurnPlace {
  std::string session_id;
  std::int64_t turn_id = 0;
};

/// Thread-safe.
class TableService {
 public:
  TableService(std::shared_ptr<const engine::CurrentSource> source,
               std::shared_ptr<session::SessionStore> sessions, const ApiLimits& limits);

  /// Both return at once; the exchange is answered in any case.
  void send_rows(const TurnPlace& place, std::int64_t max_rows,
                 std::shared_ptr<http::Exchange> exchange);
  void send_file(const TurnPlace& place, table_file::Format format,
                 std::shared_ptr<http::Exchange> exchange);
  /// Ends what runs. Idempotent; does not wait.
  void stop();

 private:
  using Sending = std::function<void(const std::shared_ptr<http::Exchange>&, std::stop_token)>;
  void post(const std::shared_ptr<http::Exchange>& exchange, Sending sending);
  [[nodiscard]] Status rows(const TurnPlace& place, std::int64_t max_rows, http::Exchange& exchange,
                            const std::stop_token& stop);
  [[nodiscard]] Status file(const TurnPlace& place, table_file::Format format,
                            http::Exchange& exchange, const std::stop_token& stop);
  /// Gives the turn's table to the sink.
  [[nodiscard]] Result<db::ExecutionSummary> read(const session::Turn& turn,
                                                  const db::ExecutionLimits& limits,
                                                  const std::stop_token& stop, db::RowSink& sink);

  const std::shared_ptr<const engine::CurrentSource> source_;
  const std::shared_ptr<session::SessionStore> sessions_;
  const ApiLimits limits_;
  std::stop_source stopping_;
  TaskPool pool_;
};

}  // namespace idi::api
