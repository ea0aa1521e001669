// The server: it accepts, counts, times and ends connections. One thread runs everything here but
// start, shut_down, wait and the getters.
#include "idi/http/server.hpp"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "http_connection.hpp"
#include "hub.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/log.hpp"
#include "listening.hpp"
#include "response_head.hpp"
#include "tls.hpp"

namespace idi::http {
namespace {

using std::chrono::milliseconds;

/// After an accept that failed for want of descriptors or memory.
constexpr milliseconds accept_pause{100};

/// Unsent bytes that the system keeps per connection. Its own limit is megabytes: too much memory
/// for clients that do not read, and too rare a sign of life from those that read slowly.
constexpr int max_unsent_bytes = 64 << 10;

void prepare(tcp::socket& socket) {
  error_code ignored;  // both are improvements, not needs
  socket.set_option(tcp::no_delay(true), ignored);
  setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &max_unsent_bytes,
             sizeof max_unsent_bytes);
}

class AsioLoop final : public Loop {
 public:
  explicit AsioLoop(asio::io_context& context) : context_(context) {}
  bool post(std::function<void()> work) override {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    asio::post(context_, std::move(work));
    return true;
  }
  bool on_network_thread() const override { return std::this_thread::get_id() == thread_; }

  /// Until nothing is left to do; then no more is accepted.
  void run() {
    thread_ = std::this_thread::get_id();
    run_all();
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    context_.restart();
    run_all();  // what was posted in between
    thread_ = std::thread::id{};
  }

 private:
  void run_all() {
    for (;;) {
      try {
        context_.run();
        return;
      } catch (const std::exception& error) {
        log::error("network: {}", error.what());
      }
    }
  }

  asio::io_context& context_;  ///< Of the server; not touched after the end.
  std::mutex mutex_;
  bool ended_ = false;
  std::atomic<std::thread::id> thread_;
};

class BeastServer final : public Server, private Hub {
 public:
  BeastServer(ServerOptions server_options, std::shared_ptr<Application> app,
              std::unique_ptr<asio::io_context> context, tcp::acceptor acceptor,
              std::unique_ptr<asio::ssl::context> tls_context);
  ~BeastServer() override {
    shut_down();
    wait();
  }

  void run();
  std::string url() const override { return url_; }
  std::uint16_t port() const override { return port_; }
  int connection_count() const override { return connection_count_; }
  void shut_down() override;
  void wait() override;

 private:
  struct Entry {
    std::shared_ptr<Connection> connection;
    std::string address;
  };

  void accept();
  void on_accepted(error_code error, tcp::socket socket);
  void turn_away(tcp::socket socket);
  void sweep();
  void begin_retiring();
  void abort_all();
  [[nodiscard]] std::vector<std::shared_ptr<Connection>> connections() const;
  void remove(const Connection& connection) override;
  void replace(const Connection& old, std::shared_ptr<Connection> successor) override;
  void end_if_empty();

  const std::unique_ptr<asio::io_context> context_;
  const std::shared_ptr<AsioLoop> asio_loop_;
  tcp::acceptor acceptor_;
  asio::steady_timer accept_timer_;
  asio::steady_timer sweep_timer_;
  asio::steady_timer shutdown_timer_;
  milliseconds sweep_pause_;
  bool accept_failing_ = false;
  std::unordered_map<const Connection*, Entry> entries_;
  std::map<std::string, int> count_of_address_;
  std::atomic<int> connection_count_ = 0;
  std::uint16_t port_ = 0;
  std::string url_;
  std::thread thread_;
  std::once_flag joined_;
};

BeastServer::BeastServer(ServerOptions server_options, std::shared_ptr<Application> app,
                         std::unique_ptr<asio::io_context> context, tcp::acceptor acceptor,
                         std::unique_ptr<asio::ssl::context> tls_context)
    : context_(std::move(context)),
      asio_loop_(std::make_shared<AsioLoop>(*context_)),
      acceptor_(std::move(acceptor)),
      accept_timer_(*context_),
      sweep_timer_(*context_),
      shutdown_timer_(*context_) {
  options = std::move(server_options);
  application = std::move(app);
  loop = asio_loop_;
  tls = std::move(tls_context);
  std::vector<std::string> names = options.host_names;
  for (std::string& name : own_host_names()) names.push_back(std::move(name));
  admission = Admission(std::move(names), tls != nullptr);

  const auto& limits = options.limits;
  const std::int64_t shortest = std::min({limits.header_timeout_ms, limits.idle_timeout_ms,
                                          limits.write_timeout_ms, limits.socket_ping_ms});
  sweep_pause_ = milliseconds(std::clamp<std::int64_t>(shortest / 8, 5, 250));
  const tcp::endpoint endpoint = acceptor_.local_endpoint();
  port_ = endpoint.port();
  url_ = url_of(endpoint, tls != nullptr);
}

void BeastServer::run() {
  accept();
  sweep();
  // Signals are the main program's matter.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([loop = asio_loop_] { loop->run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void BeastServer::accept() {
  acceptor_.async_accept(
      [this](error_code error, tcp::socket socket) { on_accepted(error, std::move(socket)); });
}

void BeastServer::on_accepted(error_code error, tcp::socket socket) {
  if (!acceptor_.is_open()) return;
  if (error && error != asio::error::connection_aborted) {
    if (!std::exchange(accept_failing_, true)) {
      log::warn("No connection can be accepted for now: {}.", error.message());
    }
    accept_timer_.expires_after(accept_pause);
    accept_timer_.async_wait([this](error_code) {
      if (acceptor_.is_open()) accept();
    });
    return;
  }
  accept_failing_ = false;
  accept();
  if (error) return;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;  // it has left already
  prepare(socket);
  std::string address = text_of(remote.address());
  const auto known = count_of_address_.find(address);
  const int from_address = known == count_of_address_.end() ? 0 : known->second;
  if (connection_count_ >= options.limits.max_connections ||
      from_address >= options.limits.max_connections_per_address) {
    return turn_away(std::move(socket));
  }
  ++count_of_address_[address];
  ++connection_count_;
  const auto connection = make_http_connection(*this, std::move(socket), address);
  entries_.emplace(connection.get(), Entry{connection, std::move(address)});
  connection->start();
}

/// A word on the way out where it can be said without waiting.
void BeastServer::turn_away(tcp::socket socket) {
  if (tls) return;
  const Response response = error_response(
      {ErrorCode::unavailable, "The server has too many connections.", "Try again later.", ""});
  Framing framing;
  framing.content_length = response.body.size();
  framing.close = true;
  const std::string text = response_head(response, framing) + response.body;
  error_code ignored;  // it is closed in any case
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void BeastServer::sweep() {
  if (retiring && entries_.empty()) return;
  sweep_timer_.expires_after(sweep_pause_);
  sweep_timer_.async_wait([this](error_code error) {
    if (error) return;
    const auto now = Clock::now();
    for (const auto& connection : connections()) connection->check_deadlines(now);
    sweep();
  });
}

void BeastServer::shut_down() {
  asio_loop_->post([this] { retiring ? abort_all() : begin_retiring(); });
}

void BeastServer::begin_retiring() {
  retiring = true;
  error_code ignored;
  acceptor_.close(ignored);
  accept_timer_.cancel();
  for (const auto& connection : connections()) connection->retire();
  shutdown_timer_.expires_after(milliseconds(options.limits.shutdown_timeout_ms));
  shutdown_timer_.async_wait([this](error_code error) {
    if (!error) abort_all();
  });
  end_if_empty();
}

void BeastServer::abort_all() {
  for (const auto& connection : connections()) connection->abort();
}

void BeastServer::wait() {
  IDI_ASSERT(!asio_loop_->on_network_thread());
  std::call_once(joined_, [this] {
    if (thread_.joinable()) thread_.join();
  });
}

std::vector<std::shared_ptr<Connection>> BeastServer::connections() const {
  std::vector<std::shared_ptr<Connection>> all;
  all.reserve(entries_.size());
  for (const auto& [key, entry] : entries_) all.push_back(entry.connection);
  return all;
}

void BeastServer::remove(const Connection& connection) {
  const auto found = entries_.find(&connection);
  if (found == entries_.end()) return;
  const auto count = count_of_address_.find(found->second.address);
  if (--count->second == 0) count_of_address_.erase(count);
  entries_.erase(found);
  --connection_count_;
  end_if_empty();
}

void BeastServer::replace(const Connection& old, std::shared_ptr<Connection> successor) {
  auto entry = entries_.extract(&old);
  IDI_ASSERT(!entry.empty());
  entry.key() = successor.get();
  entry.mapped().connection = std::move(successor);
  entries_.insert(std::move(entry));
}

/// Nothing is left to time: the loop runs out of work, and its thread ends.
void BeastServer::end_if_empty() {
  if (!retiring || !entries_.empty()) return;
  sweep_timer_.cancel();
  shutdown_timer_.cancel();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options,
                                              std::shared_ptr<Application> app) {
  IDI_ASSERT(app != nullptr);
  std::unique_ptr<asio::ssl::context> tls;
  if (!options.certificate.empty() || !options.private_key.empty()) {
    IDI_TRY(tls, open_tls_context(options.certificate, options.private_key));
  }
  try {
    auto context = std::make_unique<asio::io_context>(1);
    IDI_TRY(tcp::acceptor acceptor, listen_on(*context, options.address, options.port));
    auto server =
        std::make_unique<BeastServer>(std::move(options), std::move(app), std::move(context),
                                      std::move(acceptor), std::move(tls));
    server->run();
    return Result<std::unique_ptr<Server>>(std::move(server));
  } catch (const std::exception& error) {  // no descriptors, no thread
    return make_error(ErrorCode::io_failed, "The server cannot be started.", "", error.what());
  }
}

}  // namespace idi::http
