// The messages of /ws/query and the body of POST /query: JSON on one side, plain values on the
// other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/engine/event_sink.hpp"
#include "json.hpp"

namespace idi::api {

inline constexpr std::size_t max_query_bytes = 4'000;
inline constexpr std::size_t max_sql_bytes = 64 << 10;
inline constexpr std::size_t max_keywords = 20;
inline constexpr std::size_t max_keyword_bytes = 100;
inline constexpr std::size_t max_choice_bytes = 1'000;
inline constexpr std::int64_t max_requested_rows = 100'000;
inline constexpr std::int64_t max_requested_timeout_ms = 600'000;

struct QueryMessage {
  std::string query;
  std::vector<std::string> keywords;
  bool standalone = false;
  bool ask_back = true;
};
struct RunSqlMessage {
  std::string sql;
};
struct ClarifyMessage {
  std::int64_t turn_id = 0;
  std::string clarification;
  std::string option;
};
struct CancelMessage {};
using ClientMessage = std::variant<QueryMessage, RunSqlMessage, ClarifyMessage, CancelMessage>;

struct QueryRequest {
  std::string query;
  std::string session_id;  ///< Empty: a session is made.
  bool ask_back = true;
  std::optional<std::int64_t> max_rows;
  std::optional<std::int64_t> timeout_ms;
};

/// POST …/clarify
struct ClarifyRequest {
  std::string clarification;
  std::string option;
  std::optional<std::int64_t> max_rows;
  std::optional<std::int64_t> timeout_ms;
};

/// Errors: invalid_argument, naming the field.
[[nodiscard]] Result<ClientMessage> parse_client_message(std::string_view text);
[[nodiscard]] Result<QueryRequest> parse_query_request(json::object object);
[[nodiscard]] Result<ClarifyRequest> parse_clarify_request(json::object object);

[[nodiscard]] std::string hello_text(std::string_view session_id, std::int64_t seq,
                                     std::optional<std::int64_t> running_turn);

struct Started {
  std::string_view question;
  std::string_view sql;  ///< Empty: a question.
  std::string_view session_name;
  std::int64_t clarifies = 0;  ///< 0: none.
};
/// Where an event stands.
struct EventPlace {
  std::int64_t seq = 0;
  std::int64_t turn_id = 0;
};
[[nodiscard]] std::string started_text(EventPlace place, const Started& started);
[[nodiscard]] std::string queued_text(EventPlace place, int position);
[[nodiscard]] std::string progress_text(EventPlace place, const engine::Progress& progress,
                                        double elapsed_ms);
[[nodiscard]] std::string token_text(EventPlace place, const engine::DraftToken& token);
/// `answer`: the protocol's Answer as text.
[[nodiscard]] std::string result_text(EventPlace place, std::string_view answer);
[[nodiscard]] std::string cancelled_text(EventPlace place, double elapsed_ms);
/// turn_id 0: a message of the client could not be used.
[[nodiscard]] std::string error_text(EventPlace place, const Error& error);

/// POST /query's reply.
[[nodiscard]] std::string query_reply_text(std::string_view answer);

}  // namespace idi::api
