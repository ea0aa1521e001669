// The least that a program can do to ask llama-server: a socket, a request, bytes until the end.
// What IDI's client takes longer is what it costs.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::bench {

class RawConnection {
 public:
  /// `url`: "http://127.0.0.1:PORT". Errors: unavailable.
  [[nodiscard]] static Result<RawConnection> open(const std::string& url, std::string api_key);
  ~RawConnection();
  RawConnection(RawConnection&& other) noexcept;
  RawConnection& operator=(RawConnection&&) = delete;

  /// Sends the body to /completion and reads the whole answer, which must be streamed (its last
  /// chunk ends it). Errors: unavailable.
  [[nodiscard]] Status complete(std::string_view json);

 private:
  RawConnection(int socket, std::string api_key) : socket_(socket), api_key_(std::move(api_key)) {}
  int socket_ = -1;
  std::string api_key_;
};

}  // namespace idi::bench
