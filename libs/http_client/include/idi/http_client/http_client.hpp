// Requests to HTTP servers that may be slow, broken or hostile: model servers and download mirrors.
// Over libcurl, which is seen here alone. Blocking calls; a stop request, the deadline or a silent
// server ends a call within 100 ms of its time, and the connection is closed (which is how a model
// server learns that nobody waits any more). Every size is bounded. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"

namespace idi::http_client {

struct Request {
  std::string method = "GET";
  std::string url;  ///< http or https; no other scheme, after redirects neither.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::int64_t connect_timeout_ms = 5'000;
  std::int64_t silence_timeout_ms = 60'000;  ///< Nothing at all received for so long.
  std::int64_t max_body_bytes = 16 << 20;
  std::int64_t range_begin = 0;  ///< > 0: ask for the bytes from here on (Range).
  bool follow_redirects = false;
  Deadline deadline = Deadline::never();
  std::stop_token stop;
};

struct ResponseHead {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
  std::optional<std::int64_t> content_length;
  [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_name) const;
};

struct Response {
  ResponseHead head;
  std::string body;
};

/// Told the parts of a response as they come, by the thread that called stream(); while it takes
/// its time the server waits. Returning an error ends the request with it. Must not throw.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual Status on_head(const ResponseHead& head) = 0;
  virtual Status on_bytes(std::string_view bytes) = 0;
};

/// Keeps connections to a server open between requests; one per server and caller is meant.
class HttpClient {
 public:
  static std::unique_ptr<HttpClient> make();
  virtual ~HttpClient() = default;
  /// Any status is a success here; the caller knows what it means. Errors: unavailable (no
  /// connection, no trust in its certificate, broken off; `detail` has curl's words), timeout (the
  /// deadline, silence), cancelled, limit_exceeded (body, 256 KiB of heads, 5 redirects),
  /// invalid_argument (the address, a header).
  [[nodiscard]] virtual Result<Response> send(const Request& request) = 0;
  /// The body goes to `receiver` piece by piece; max_body_bytes holds for the sum.
  [[nodiscard]] virtual Status stream(const Request& request, Receiver& receiver) = 0;
};

}  // namespace idi::http_client
