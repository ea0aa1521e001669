#include "idi/http_client/http_client.hpp"

#include <mutex>

#include "idi/core/assert.hpp"
#include "transfer.hpp"

namespace idi::http_client {
namespace {

/// Connections that are kept open for later, by each set of them.
constexpr long max_kept_connections = 4;
/// Sets of connections that are kept: as many as requests ran at once, up to this.
constexpr std::size_t max_kept_sets = 8;

class BodyReceiver final : public Receiver {
 public:
  Status on_head(const ResponseHead& head) override {
    response.head = head;
    return {};
  }
  Status on_bytes(std::string_view bytes) override {
    response.body += bytes;
    return {};
  }
  Response response;
};

/// A set of connections (curl's multi handle) serves one request at a time.
class CurlClient final : public HttpClient {
 public:
  Result<Response> send(const Request& request) override {
    BodyReceiver receiver;
    IDI_CHECK(stream(request, receiver));
    return std::move(receiver.response);
  }

  Status stream(const Request& request, Receiver& receiver) override {
    Multi connections = take();
    Status status = Transfer(request, receiver).run(connections.get());
    give_back(std::move(connections));
    return status;
  }

 private:
  Multi take() {
    {
      const std::lock_guard lock(mutex_);
      if (!kept_.empty()) {
        Multi connections = std::move(kept_.back());
        kept_.pop_back();
        return connections;
      }
    }
    Multi connections(curl_multi_init());
    IDI_ASSERT(connections != nullptr);
    curl_multi_setopt(connections.get(), CURLMOPT_MAXCONNECTS, max_kept_connections);
    return connections;
  }

  void give_back(Multi connections) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() < max_kept_sets) kept_.push_back(std::move(connections));
  }

  std::mutex mutex_;
  std::vector<Multi> kept_;
};

}  // namespace

std::unique_ptr<HttpClient> HttpClient::make() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  IDI_ASSERT(ready == CURLE_OK);
  return std::make_unique<CurlClient>();
}

}  // namespace idi::http_client
