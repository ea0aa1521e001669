#include "tables/service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "idi/core/log.hpp"
#include "idi/db/collecting_sink.hpp"
#include "idi/sql/guard.hpp"
#include "kept_answer.hpp"
#include "replies.hpp"
#include "tables/body_stream.hpp"
#include "tables/protocol.hpp"

namespace idi::api {
namespace {

constexpr std::size_t max_waiting = 32;
constexpr std::int64_t max_rows_bytes = 64 << 20;
constexpr std::int64_t max_file_bytes = std::int64_t{4} << 30;
constexpr std::size_t chunk_bytes = 64 << 10;

Error client_gone() { return make_error(ErrorCode::cancelled, "the client is gone"); }

/// Rows of a statement into a file.
class FileSink final : public db::RowSink {
 public:
  explicit FileSink(table_file::TableWriter& writer) : writer_(writer) {}
  bool on_columns(const std::vector<std::string>& names) override {
    return note(writer_.begin(names));
  }
  bool on_row(Row&& row) override { return note(writer_.add(row)); }
  [[nodiscard]] const Status& status() const { return status_; }

 private:
  bool note(Status status) {
    status_ = std::move(status);
    return status_.has_value();
  }
  table_file::TableWriter& writer_;
  Status status_;
};

/// The table of a question about the schema has no SQL; it was kept whole.
Result<db::ExecutionSummary> replay(const KeptResult& kept, db::RowSink& sink) {
  db::ExecutionSummary summary;
  summary.truncated = kept.table.truncated;
  if (!sink.on_columns(kept.table.columns)) return summary;
  for (const auto& row : kept.table.rows) {
    ++summary.rows;
    if (!sink.on_row(Row(row))) break;
  }
  return summary;
}

Result<KeptResult> kept_result(const session::Turn& turn) {
  IDI_TRY(const auto kept, read_document(turn.document));
  return result_of(kept);
}

std::string title_of(const session::Turn& turn) {
  if (!turn.standalone_question.empty()) return turn.standalone_question;
  return turn.question.empty() ? "query" : turn.question;
}

}  // namespace

TableService::TableService(std::shared_ptr<const engine::CurrentSource> source,
                           std::shared_ptr<session::SessionStore> sessions, const ApiLimits& limits)
    : source_(std::move(source)),
      sessions_(std::move(sessions)),
      limits_(limits),
      pool_(std::max(limits.max_exports, 1), max_waiting) {}

void TableService::stop() { stopping_.request_stop(); }

void TableService::post(const std::shared_ptr<http::Exchange>& exchange, Sending sending) {
  auto gone = std::make_shared<std::stop_source>();
  exchange->on_gone([gone] { gone->request_stop(); });
  const bool taken = pool_.post([this, exchange, gone, sending = std::move(sending)] {
    const std::stop_callback end(stopping_.get_token(), [&gone] { gone->request_stop(); });
    if (!gone->stop_requested()) sending(exchange, gone->get_token());
  });
  if (taken) return;
  exchange->respond(
      busy_response(make_error(ErrorCode::limit_exceeded, "too many tables are being sent already",
                               "Try again in a moment.")));
}

void TableService::send_rows(const TurnPlace& place, std::int64_t max_rows,
                             std::shared_ptr<http::Exchange> exchange) {
  post(exchange, [this, place, max_rows](const auto& to, const std::stop_token& stop) {
    if (const auto sent = rows(place, max_rows, *to, stop); !sent) {
      to->respond(error_response(sent.error()));
    }
  });
}

void TableService::send_file(const TurnPlace& place, table_file::Format format,
                             std::shared_ptr<http::Exchange> exchange) {
  post(exchange, [this, place, format](const auto& to, const std::stop_token& stop) {
    if (const auto sent = file(place, format, *to, stop); !sent) {
      to->respond(error_response(sent.error()));
    }
  });
}

Result<db::ExecutionSummary> TableService::read(const session::Turn& turn,
                                                const db::ExecutionLimits& limits,
                                                const std::stop_token& stop, db::RowSink& sink) {
  if (turn.sql.empty()) {
    if (turn.state != session::TurnState::answered) {
      return make_error(ErrorCode::not_found, "this turn has no table");
    }
    IDI_TRY(const auto kept, kept_result(turn));
    return replay(kept, sink);
  }
  const auto source = source_->get();
  IDI_TRY(const auto connection, source->database().connect());
  const sql::SqlGuard guard(source->schema().dialect, connection->inspector());
  IDI_TRY(const auto statement, guard.approve(turn.sql));
  return connection->execute(statement, limits, stop, sink);
}

Status TableService::rows(const TurnPlace& place, std::int64_t max_rows, http::Exchange& exchange,
                          const std::stop_token& stop) {
  IDI_TRY(const auto turn, sessions_->turn(place.session_id, place.turn_id));
  db::ExecutionLimits limits;
  limits.max_rows = std::min(max_rows, limits_.max_export_rows);
  limits.max_result_bytes = max_rows_bytes;
  limits.deadline = Deadline::after(std::chrono::milliseconds(limits_.export_timeout_ms));
  db::CollectingSink sink;
  IDI_TRY(const auto summary, read(turn, limits, stop, sink));
  const ResultTable table = sink.take();
  // The columns mean what they meant when the answer was made.
  std::vector<chart::ColumnHint> hints;
  if (const auto kept = kept_result(turn); kept && kept->table.columns == table.columns) {
    hints = kept->hints;
  }
  BodyStream stream(exchange, {});
  std::string text = results_beginning(table.columns, hints);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    append_row(text, table.rows[i], i == 0);
    if (text.size() >= chunk_bytes && !stream.write(std::exchange(text, {}))) {
      stream.end(false);
      return {};
    }
  }
  text += results_ending(summary.truncated);
  stream.end(stream.write(std::move(text)));
  return {};
}

Status TableService::file(const TurnPlace& place, table_file::Format format,
                          http::Exchange& exchange, const std::stop_token& stop) {
  IDI_TRY(const auto turn, sessions_->turn(place.session_id, place.turn_id));
  http::Response head;
  head.content_type = table_file::content_type_of(format);
  head.headers = {{"Content-Disposition", disposition_of(title_of(turn), format)}};
  BodyStream stream(exchange, std::move(head));
  const auto writer = table_file::make_table_writer(
      format, [&](std::string bytes) { return stream.write(std::move(bytes)); });
  db::ExecutionLimits limits;
  limits.max_rows = limits_.max_file_rows;
  limits.max_result_bytes = max_file_bytes;
  limits.deadline = Deadline::after(std::chrono::milliseconds(limits_.export_timeout_ms));
  FileSink sink(*writer);
  const auto summary = read(turn, limits, stop, sink);
  Status status = sink.status();
  if (!summary) status = summary.error();
  if (status && stop.stop_requested()) status = client_gone();
  if (status && summary->truncated) {
    // A file that looks whole and is not would be a lie.
    status = make_error(
        ErrorCode::limit_exceeded,
        fmt::format("the table has more than {} rows, or is too large", limits_.max_file_rows),
        "Ask for less of it, or add a LIMIT to the SQL.");
  }
  if (status) status = writer->finish();
  if (status) {
    stream.end(true);
    return {};
  }
  if (!stream.has_begun()) return status;
  if (status.error().code != ErrorCode::cancelled) {
    log::warn("a file that was being sent was broken off: {}", status.error().message);
  }
  stream.end(false);
  return {};
}

}  // namespace idi::api
