#include "server_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "idi/core/text.hpp"
#include "server_error.hpp"

namespace idi::llm {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t connect_timeout_ms = 5'000;
/// A server that loads its model, or reads a long prompt, may say nothing for long.
constexpr std::int64_t silence_timeout_ms = 300'000;
constexpr std::int64_t max_stream_bytes = 64 << 20;
constexpr std::size_t max_error_bytes = 64 << 10;
constexpr milliseconds first_pause{100};
constexpr milliseconds longest_pause{2'000};

/// false: asked to stop meanwhile.
bool pause_for(milliseconds duration, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, duration, [] { return false; });
  return !stop.stop_requested();
}

bool means_later(int status) {
  return status == 429 || status == 502 || status == 503 || status == 504;
}

std::string base_of(std::string_view url) {
  const auto drop = [&url](std::string_view end) {
    while (url.ends_with(end)) url.remove_suffix(end.size());
  };
  drop("/");
  drop("/v1");
  drop("/");
  return std::string(url);
}

/// Feeds the parser where the response is a stream of events; keeps the text where it is not.
class EventReceiver final : public http_client::Receiver {
 public:
  explicit EventReceiver(const SseParser::Sink& sink) : parser_(sink) {}

  Status on_head(const http_client::ResponseHead& head) override {
    status = head.status;
    type = std::string(head.header("content-type").value_or(""));
    are_events = status == 200 && type.starts_with("text/event-stream");
    return {};
  }

  Status on_bytes(std::string_view bytes) override {
    if (are_events) return parser_.feed(bytes);
    text += bytes.substr(0, max_error_bytes - std::min(max_error_bytes, text.size()));
    if (text.size() < max_error_bytes) return {};
    return make_error(ErrorCode::limit_exceeded, "enough of it");  // the caller says what it is
  }

  int status = 0;  ///< 0: no byte of a response came.
  bool are_events = false;
  std::string type;
  std::string text;

 private:
  SseParser parser_;
};

Error error_of_no_events(const EventReceiver& response) {
  if (response.status != 200) return error_of_response(response.status, response.text);
  if (const auto object = parse_object(response.text); object && object->contains("error")) {
    return error_of_object(*object);
  }
  return no_sense(fmt::format("answered with \"{}\" instead of a stream of events",
                              text::to_valid_utf8(response.type)),
                  response.text);
}

}  // namespace

ServerConnection::ServerConnection(const Endpoint& endpoint)
    : base_(base_of(endpoint.url)),
      api_key_(endpoint.api_key),
      client_(http_client::HttpClient::make()) {}

http_client::Request ServerConnection::request(std::string_view method, std::string_view path,
                                               const Patience& patience) const {
  http_client::Request request;
  request.method = method;
  request.url = base_ + std::string(path);
  if (!api_key_.empty()) request.headers.emplace_back("Authorization", "Bearer " + api_key_);
  request.connect_timeout_ms = connect_timeout_ms;
  request.silence_timeout_ms = silence_timeout_ms;
  request.deadline = patience.deadline;
  request.stop = patience.stop;
  return request;
}

Status ServerConnection::attempt_repeatedly(const Patience& patience,
                                            const std::function<Attempt()>& attempt) {
  const Deadline enough = patience.deadline.at_most(Deadline::after(milliseconds{max_busy_ms}));
  milliseconds pause = first_pause;
  for (int without_connection = 0;;) {
    Attempt last = attempt();
    if (last.status || last.again == Again::no) return std::move(last.status);
    if (last.again == Again::without_connection &&
        ++without_connection == max_attempts_without_connection) {
      return std::move(last.status);
    }
    // What the server said tells more than that the time is over.
    if (enough.remaining() <= pause) return std::move(last.status);
    if (!pause_for(pause, patience.stop)) {
      return make_error(ErrorCode::cancelled, "the request was stopped");
    }
    pause = std::min(pause * 2, longest_pause);
  }
}

Result<Reply> ServerConnection::exchange(const http_client::Request& request,
                                         const Patience& patience) const {
  Reply reply;
  IDI_CHECK(attempt_repeatedly(patience, [&]() -> Attempt {
    auto response = client_->send(request);
    if (!response) {
      const bool again = response.error().code == ErrorCode::unavailable;
      return {std::move(response.error()), again ? Again::without_connection : Again::no};
    }
    reply = {response->head.status, std::move(response->body)};
    if (!means_later(reply.status)) return {};
    return {error_of_response(reply.status, reply.body), Again::busy};
  }));
  return reply;
}

Result<Reply> ServerConnection::get(std::string_view path, const Patience& patience) const {
  return exchange(request("GET", path, patience), patience);
}

namespace {

Result<json::object> object_of(const Result<Reply>& reply) {
  if (!reply) return reply.error();
  if (reply->status != 200) return error_of_response(reply->status, reply->body);
  auto object = parse_object(reply->body);
  if (!object) return no_sense("answered with something that is no JSON", reply->body);
  return std::move(*object);
}

}  // namespace

Result<json::object> ServerConnection::get_object(std::string_view path,
                                                  const Patience& patience) const {
  return object_of(get(path, patience));
}

Result<json::object> ServerConnection::post_object(std::string_view path, const json::object& body,
                                                   const Patience& patience) const {
  auto post = request("POST", path, patience);
  post.headers.emplace_back("Content-Type", "application/json");
  post.body = json::serialize(body);
  return object_of(exchange(post, patience));
}

Status ServerConnection::stream(std::string_view path, const json::object& body,
                                const Patience& patience, const SseParser::Sink& on_event) const {
  auto post = request("POST", path, patience);
  post.headers.emplace_back("Content-Type", "application/json");
  post.headers.emplace_back("Accept", "text/event-stream");
  post.body = json::serialize(body);
  post.max_body_bytes = max_stream_bytes;
  return attempt_repeatedly(patience, [&]() -> Attempt {
    EventReceiver response(on_event);
    Status status = client_->stream(post, response);
    if (response.status == 0) {
      const bool again = !status && status.error().code == ErrorCode::unavailable;
      return {std::move(status), again ? Again::without_connection : Again::no};
    }
    if (response.are_events) return {std::move(status), Again::no};
    const bool ended_by_us = !status && (status.error().code == ErrorCode::cancelled ||
                                         status.error().code == ErrorCode::timeout);
    if (ended_by_us) return {std::move(status), Again::no};
    return {error_of_no_events(response), means_later(response.status) ? Again::busy : Again::no};
  });
}

}  // namespace idi::llm
