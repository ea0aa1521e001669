#include "test_application.hpp"

#include <fmt/format.h>

namespace idi::http {

void TestApplication::handle_in_thread(std::string path, Handler handler) {
  handle(std::move(path),
         [this, handler = std::move(handler)](Request request, std::shared_ptr<Exchange> exchange) {
           const std::lock_guard lock(mutex_);
           threads_.emplace_back(handler, std::move(request), std::move(exchange));
         });
}

void TestApplication::on_request(Request request, std::shared_ptr<Exchange> exchange) {
  {
    const std::lock_guard lock(mutex_);
    ++request_count_;
  }
  const auto found = handlers_.find(request.path);
  if (found != handlers_.end()) return found->second(std::move(request), std::move(exchange));
  Response response;
  response.content_type = "text/plain";
  response.body = fmt::format("{} {}", request.method, request.path);
  for (const auto& [name, value] : request.parameters) {
    response.body += fmt::format(" {}={}", name, value);
  }
  if (!request.body.empty()) response.body += " body=" + request.body;
  exchange->respond(std::move(response));
}

Result<std::shared_ptr<SocketListener>> TestApplication::on_socket(const Request& request,
                                                                   std::shared_ptr<Socket> socket) {
  if (request.path == "/missing")
    return make_error(ErrorCode::not_found, "There is no such session.");
  auto listener = std::make_shared<RecordingListener>(std::move(socket));
  if (request.path == "/greeting") listener->socket->send("hello");
  const std::lock_guard lock(mutex_);
  listeners_.push_back(listener);
  return std::shared_ptr<SocketListener>(std::move(listener));
}

void TestApplication::join() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    threads.swap(threads_);
  }
  for (std::thread& thread : threads) thread.join();
}

std::vector<std::shared_ptr<RecordingListener>> TestApplication::listeners() {
  const std::lock_guard lock(mutex_);
  return listeners_;
}

std::shared_ptr<RecordingListener> TestApplication::listener(std::size_t number) {
  if (!eventually([&] { return listeners().size() > number; })) return nullptr;
  return listeners()[number];
}

int TestApplication::request_count() {
  const std::lock_guard lock(mutex_);
  return request_count_;
}

void ServerTest::start() {
  auto started = Server::start(options_, application_);
  ASSERT_TRUE(started) << started.error().to_text();
  server_ = std::move(*started);
}

bool ServerTest::wait_for_connections(int count) const {
  return eventually([&] { return server_->connection_count() == count; });
}

bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 2'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

}  // namespace idi::http
