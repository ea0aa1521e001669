// A client of bytes: what well-behaved libraries do not let one send.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace idi::http {

struct RawResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;                            ///< Chunks joined.
  bool whole = false;                          ///< false: the connection ended before it did.
};

/// Frame kinds of RFC 6455.
inline constexpr std::uint8_t text_frame = 1;
inline constexpr std::uint8_t binary_frame = 2;
inline constexpr std::uint8_t close_frame = 8;
inline constexpr std::uint8_t ping_frame = 9;
inline constexpr std::uint8_t pong_frame = 10;

struct Frame {
  std::uint8_t kind = 0;
  std::string payload;
  /// Of a close frame; 0 if there is none.
  [[nodiscard]] int close_code() const;
};

class RawClient {
 public:
  /// Connects, or fails the test. `receive_buffer_bytes` 0: the system's.
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0,
                     const std::string& from_address = "");
  ~RawClient();
  RawClient(RawClient&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// false: the server has closed.
  bool send(std::string_view bytes);
  /// Sends nothing more; may still read.
  void finish_sending();
  void close();
  /// Closes with a TCP reset.
  void reset();

  /// What has arrived, up to 64 KiB, is kept for the next response.
  bool read_some();
  /// The next response; status 0 if the connection ended or was silent for ten seconds.
  [[nodiscard]] RawResponse response(bool head = false);
  /// GET with the usual headers, and its response.
  [[nodiscard]] RawResponse get(std::string_view target, std::string_view more_headers = "");
  /// Everything until the server closes; nullopt if it has not within `limit`.
  [[nodiscard]] std::optional<std::string> until_close(
      std::chrono::milliseconds limit = std::chrono::seconds(10));

  /// Handshake; the response (101 if accepted).
  [[nodiscard]] RawResponse open_socket(std::string_view target,
                                        std::string_view more_headers = "");
  bool send_frame(std::uint8_t kind, std::string_view payload, bool final = true,
                  bool masked = true);
  /// nullopt: the connection ended or was silent.
  [[nodiscard]] std::optional<Frame> frame(
      std::chrono::milliseconds limit = std::chrono::seconds(10));

 private:
  bool receive_more(std::chrono::milliseconds limit);
  [[nodiscard]] bool has(std::size_t bytes, std::chrono::milliseconds limit);
  [[nodiscard]] std::optional<std::string> line();

  int descriptor_ = -1;
  std::string input_;
};

[[nodiscard]] std::string get_request(std::string_view target, std::string_view more_headers = "",
                                      std::string_view method = "GET");
[[nodiscard]] std::string post_request(std::string_view target, std::string_view body,
                                       std::string_view more_headers = "");

}  // namespace idi::http
