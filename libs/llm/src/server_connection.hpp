// Requests to one model server: its key, what to try again, and errors in its own words.
//
// Tried again is only what cannot have had an effect that anybody saw: no connection, or one that
// broke before a byte of the response (a few times), and "not ready, too much to do" (until the
// deadline, with growing pauses).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/http_client/http_client.hpp"
#include "idi/llm/language_model.hpp"
#include "json.hpp"
#include "patience.hpp"
#include "sse.hpp"

namespace idi::llm {

inline constexpr int max_attempts_without_connection = 4;
inline constexpr std::int64_t max_busy_ms = 600'000;

struct Reply {
  int status = 0;
  std::string body;
};

/// Thread-safe.
class ServerConnection {
 public:
  explicit ServerConnection(const Endpoint& endpoint);

  /// Any status, but those that mean "later".
  [[nodiscard]] Result<Reply> get(std::string_view path, const Patience& patience) const;
  /// The object of a response with status 200. Errors: as LanguageModel::complete().
  [[nodiscard]] Result<json::object> get_object(std::string_view path,
                                                const Patience& patience) const;
  [[nodiscard]] Result<json::object> post_object(std::string_view path, const json::object& body,
                                                 const Patience& patience) const;
  /// The events of a response with status 200, as they come.
  [[nodiscard]] Status stream(std::string_view path, const json::object& body,
                              const Patience& patience, const SseParser::Sink& on_event) const;

 private:
  enum class Again { no, without_connection, busy };
  struct Attempt {
    Status status;
    Again again = Again::no;
  };
  [[nodiscard]] static Status attempt_repeatedly(const Patience& patience,
                                                 const std::function<Attempt()>& attempt);
  [[nodiscard]] http_client::Request request(std::string_view method, std::string_view path,
                                             const Patience& patience) const;
  [[nodiscard]] Result<Reply> exchange(const http_client::Request& request,
                                       const Patience& patience) const;

  std::string base_;
  std::string api_key_;
  std::unique_ptr<http_client::HttpClient> client_;
};

}  // namespace idi::llm
