// States:
//   handshaking --[begin_request]--> idle --[first byte]--> receiving --[dispatch]--> handling
//   handling --[response_written]--> idle | lingering
//   handshaking | receiving --[refuse]--> handling (without an exchange)
//   handling --[upgrade]--> closed (the channel moves to a WebSocket)
//   any --[close]--> closed
// Invariants:
//   1. At most one read and one write are under way. Reading goes on while a request is handled: it
//      is how a client that left is noticed. What came meanwhile waits in input_, bounded.
//   2. exchange_ is set only in `handling`; when it is released it was told finished or gone.
//   3. In `idle`, `receiving`, `handshaking` and `lingering` deadline_ is set; in `handling` only
//      the client's reading is timed, since an answer may take as long as its handler likes.
#include "http_connection.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "exchange.hpp"
#include "idi/core/text.hpp"
#include "message.hpp"
#include "outbox.hpp"
#include "response_head.hpp"
#include "socket_connection.hpp"

namespace idi::http {
namespace {

namespace beast_http = boost::beast::http;
using std::chrono::milliseconds;

constexpr std::size_t read_bytes = 8 << 10;
constexpr std::size_t max_read_ahead_bytes = 64 << 10;  ///< Of pipelined requests.
constexpr milliseconds linger_time{1'000};

class HttpConnection final : public StartableConnection,
                             public ExchangeOwner,
                             public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(Hub& hub, tcp::socket socket, std::string remote_address)
      : hub_(hub),
        channel_(std::make_unique<Channel>(std::move(socket))),
        remote_address_(std::move(remote_address)) {}

  void start() override;
  void check_deadlines(Clock::time_point now) override;
  void retire() override;
  void abort() override { close(); }

  void start_response(const ExchangeCore& exchange, Response response, bool stream) override;
  void append(const ExchangeCore& exchange, std::string chunk) override;
  void end_stream(const ExchangeCore& exchange, bool complete) override;

 private:
  enum class State { handshaking, idle, receiving, handling, lingering, closed };

  void on_first_byte(error_code error);
  void begin_request();
  void parse();
  void read();
  void on_read(error_code error, std::size_t count);
  void dispatch();
  void upgrade(const Request& request);
  void refuse(const Refusal& refusal, bool and_close);
  void push_head(const Response& response, bool stream);
  void push_whole(Response response);
  void push_chunk(std::string chunk, std::size_t counted);
  void pump();
  void on_written(error_code error, std::size_t counted);
  void response_written();
  void linger();
  void close();
  void set_deadline(std::int64_t after_ms) { deadline_ = Clock::now() + milliseconds(after_ms); }
  [[nodiscard]] const ServerLimits& limits() const { return hub_.options.limits; }

  Hub& hub_;
  std::unique_ptr<Channel> channel_;
  const std::string remote_address_;
  State state_ = State::handshaking;
  Clock::time_point deadline_ = Clock::time_point::max();

  std::array<char, read_bytes> chunk_{};
  bool reading_ = false;
  bool client_finished_ = false;  ///< It sends nothing more.
  std::string input_;             ///< Read, not yet parsed.
  std::optional<beast_http::request_parser<beast_http::string_body>> parser_;
  bool continue_said_ = false;

  // Of the request that is handled.
  std::shared_ptr<ExchangeCore> exchange_;
  bool head_only_ = false;
  bool old_client_ = false;  ///< HTTP/1.0: no chunks.
  bool close_after_ = false;
  bool chunked_ = false;
  bool response_complete_ = false;
  bool cut_short_ = false;

  Outbox outbox_;
};

void HttpConnection::start() {
  if (!hub_.tls) return begin_request();
  set_deadline(limits().header_timeout_ms);
  channel_->socket().async_wait(
      tcp::socket::wait_read,
      [self = shared_from_this()](error_code error) { self->on_first_byte(error); });
}

/// The first byte tells TLS from somebody who typed http:// for https://.
void HttpConnection::on_first_byte(error_code error) {
  if (state_ == State::closed) return;
  constexpr char handshake_record = 22;
  char first = 0;
  if (!error) {
    channel_->socket().receive(asio::buffer(&first, 1), tcp::socket::message_peek, error);
  }
  if (error) return close();
  if (first != handshake_record) {
    return refuse({400, Error{ErrorCode::invalid_argument, "This address speaks HTTPS only.",
                              "Open it with https:// in front.", ""}},
                  true);
  }
  channel_->async_start_tls(*hub_.tls, [self = shared_from_this()](error_code failed) {
    if (self->state_ == State::closed) return;
    failed ? self->close() : self->begin_request();
  });
}

void HttpConnection::begin_request() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(limits().max_header_bytes));
  parser_->body_limit(limits().max_body_bytes);
  parser_->eager(true);
  continue_said_ = close_after_ = head_only_ = old_client_ = chunked_ = cut_short_ = false;
  state_ = State::idle;
  set_deadline(limits().idle_timeout_ms);
  parse();
}

void HttpConnection::parse() {
  // An empty line before a request is skipped, as RFC 9112 §2.2 asks.
  if (!parser_->got_some() && input_.starts_with("\r\n")) input_.erase(0, 2);
  if (state_ == State::idle && !input_.empty()) {
    state_ = State::receiving;
    set_deadline(limits().header_timeout_ms);
  }
  std::size_t parsed = 0;
  while (parsed < input_.size() && !parser_->is_done()) {
    error_code error;
    const std::size_t count =
        parser_->put(asio::buffer(input_.data() + parsed, input_.size() - parsed), error);
    parsed += count;
    if (error == beast_http::error::need_more) break;
    if (error) return refuse(refusal_of(error, limits()), true);
    if (count == 0) break;
  }
  input_.erase(0, parsed);
  if (parser_->is_done()) return dispatch();
  if (parser_->is_header_done() && !continue_said_ &&
      text::equals_ignoring_ascii_case(parser_->get()[beast_http::field::expect], "100-continue")) {
    continue_said_ = true;
    outbox_.push("HTTP/1.1 100 Continue\r\n\r\n");
    pump();
  }
  read();
}

void HttpConnection::read() {
  if (reading_ || client_finished_ || state_ == State::closed) return;  // invariant 1
  if (state_ == State::handling && input_.size() >= max_read_ahead_bytes) return;
  reading_ = true;
  channel_->async_read_some(asio::buffer(chunk_),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                              self->reading_ = false;
                              self->on_read(error, count);
                            });
}

void HttpConnection::on_read(error_code error, std::size_t count) {
  if (state_ == State::closed) return;
  if (error) {
    client_finished_ = true;
    const bool ended = error == asio::error::eof || error == asio::ssl::error::stream_truncated;
    if (state_ == State::idle && ended && channel_->encrypted()) return linger();
    if (state_ != State::handling || !ended) return close();
    // It may have closed its sending side only; it cannot say so, and most such clients have left.
    // A handler that was told of it stops; a response that comes nevertheless is sent.
    if (exchange_ && !response_complete_) exchange_->mark_gone();
    return;
  }
  if (state_ == State::lingering) return read();
  input_.append(chunk_.data(), count);
  if (state_ == State::handling) return read();
  parse();
}

void HttpConnection::dispatch() {
  const auto& message = parser_->get();
  state_ = State::handling;
  deadline_ = Clock::time_point::max();
  head_only_ = message.method() == beast_http::verb::head;
  old_client_ = message.version() < 11;
  close_after_ = !message.keep_alive();

  auto target = parse_target(message.target());
  if (!target) return refuse({400, std::move(target.error())}, false);
  const std::string authority = target->authority;
  Request request = request_of(message, std::move(*target), remote_address_);
  if (const auto refusal = hub_.admission.check_host(request, authority)) {
    return refuse(*refusal, false);
  }
  if (beast::websocket::is_upgrade(message)) return upgrade(request);
  if (is_changing_method(request.method)) {
    if (const auto refusal = hub_.admission.check_origin(request)) return refuse(*refusal, false);
  }
  request.body = std::move(parser_->get().body());
  parser_.reset();
  exchange_ = std::make_shared<ExchangeCore>(hub_.loop, weak_from_this(), head_only_);
  const auto exchange = make_exchange(exchange_);
  read();
  hub_.application->on_request(std::move(request), exchange);
}

void HttpConnection::upgrade(const Request& request) {
  if (const auto refusal = hub_.admission.check_origin(request)) return refuse(*refusal, true);
  if (const auto refusal = check_handshake(request)) return refuse(*refusal, true);
  // The client has to wait for the answer (RFC 6455 §4.1), so nothing can follow the handshake.
  if (!input_.empty() || reading_ || outbox_.writing()) {
    return refuse({400, Error{ErrorCode::invalid_argument,
                              "A WebSocket handshake cannot be pipelined.", "", ""}},
                  true);
  }
  auto core = std::make_shared<SocketCore>(hub_.loop, limits().max_socket_queue_bytes);
  auto listener = hub_.application->on_socket(request, make_socket(core));
  if (!listener) {
    core->mark_ended();
    return refuse({status_of(listener.error().code), listener.error()}, false);
  }
  state_ = State::closed;
  start_socket_connection(hub_, *this, std::move(channel_), std::move(core), std::move(*listener),
                          parser_->get());
}

void HttpConnection::refuse(const Refusal& refusal, bool and_close) {
  state_ = State::handling;
  deadline_ = Clock::time_point::max();
  close_after_ = close_after_ || and_close;
  push_whole(refusal_response(refusal));
}

void HttpConnection::start_response(const ExchangeCore& exchange, Response response, bool stream) {
  if (exchange_.get() != &exchange) return;
  if (!stream) return push_whole(std::move(response));
  chunked_ = !old_client_ && !has_no_body(response.status);
  close_after_ = close_after_ || old_client_;
  push_head(response, true);
  if (!response.body.empty()) push_chunk(std::move(response.body), 0);
  pump();
}

void HttpConnection::push_head(const Response& response, bool stream) {
  close_after_ = close_after_ || hub_.retiring || client_finished_;
  Framing framing;
  framing.close = close_after_;
  framing.say_keep_alive = old_client_;
  framing.chunked = stream && chunked_;
  if (!stream && !has_no_body(response.status)) framing.content_length = response.body.size();
  outbox_.push(response_head(response, framing));
}

void HttpConnection::push_whole(Response response) {
  push_head(response, false);
  if (!head_only_ && !has_no_body(response.status) && !response.body.empty()) {
    outbox_.push(std::move(response.body));
  }
  response_complete_ = true;
  pump();
}

void HttpConnection::append(const ExchangeCore& exchange, std::string chunk) {
  if (exchange_.get() != &exchange) return;
  const std::size_t counted = chunk.size();
  push_chunk(std::move(chunk), counted);
  pump();
}

void HttpConnection::push_chunk(std::string chunk, std::size_t counted) {
  if (head_only_) return;
  if (chunked_) outbox_.push(fmt::format("{:x}\r\n", chunk.size()));
  outbox_.push(std::move(chunk), counted);
  if (chunked_) outbox_.push("\r\n");
}

void HttpConnection::end_stream(const ExchangeCore& exchange, bool complete) {
  if (exchange_.get() != &exchange) return;
  response_complete_ = true;
  cut_short_ = !complete && !head_only_;
  if (complete && chunked_ && !head_only_) outbox_.push("0\r\n\r\n");
  pump();
}

void HttpConnection::pump() {
  if (outbox_.writing() || state_ == State::closed) return;
  if (outbox_.empty()) {
    if (response_complete_) response_written();
    return;
  }
  outbox_.write(*channel_, [self = shared_from_this()](error_code error, std::size_t counted) {
    self->on_written(error, counted);
  });
}

void HttpConnection::on_written(error_code error, std::size_t counted) {
  if (state_ == State::closed) return;
  if (error) return close();
  if (exchange_ && counted > 0) exchange_->mark_written(counted);
  pump();
}

void HttpConnection::response_written() {
  if (const auto finished = std::exchange(exchange_, nullptr)) finished->mark_finished();
  response_complete_ = false;
  if (cut_short_) {
    if (!chunked_) channel_->reset();
    return close();
  }
  if (close_after_ || hub_.retiring || client_finished_) return linger();
  begin_request();
}

/// Closing with unread input makes TCP send a reset, which can cost the client the response.
void HttpConnection::linger() {
  if (client_finished_ && !channel_->encrypted()) return close();
  state_ = State::lingering;
  deadline_ = Clock::now() + linger_time;
  input_.clear();
  channel_->async_finish_writing([self = shared_from_this()](error_code error) {
    if (self->state_ == State::closed) return;
    if (error || self->channel_->encrypted()) return self->close();
    self->read();
  });
}

void HttpConnection::check_deadlines(Clock::time_point now) {
  if (state_ == State::closed) return;
  if (outbox_.stuck(*channel_, now, milliseconds(limits().write_timeout_ms))) {
    channel_->reset();  // what the system still holds for the client is given up too
    return close();
  }
  if (now < deadline_) return;
  if (state_ == State::receiving) {
    return refuse({408, Error{ErrorCode::timeout, "The request took too long to arrive.", "", ""}},
                  true);
  }
  close();  // invariant 3: not `handling`
}

void HttpConnection::retire() {
  if (state_ == State::handshaking || state_ == State::idle || state_ == State::receiving) close();
}

void HttpConnection::close() {
  if (state_ == State::closed) return;
  const auto self = shared_from_this();
  state_ = State::closed;
  outbox_.clear();
  channel_->close();
  if (const auto gone = std::exchange(exchange_, nullptr)) gone->mark_gone();  // invariant 2
  hub_.remove(*this);
}

}  // namespace

std::shared_ptr<StartableConnection> make_http_connection(Hub& hub, tcp::socket socket,
                                                          std::string remote_address) {
  return std::make_shared<HttpConnection>(hub, std::move(socket), std::move(remote_address));
}

}  // namespace idi::http
