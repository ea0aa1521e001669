// One request on its way: curl's callbacks, the limits, and why it was ended.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "idi/http_client/http_client.hpp"

namespace idi::http_client {

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiCleanup {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using Multi = std::unique_ptr<CURLM, MultiCleanup>;
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

/// Of all heads of a response together: redirects, interim responses and trailers included.
inline constexpr std::int64_t max_head_bytes = 256 << 10;

class Transfer {
 public:
  /// Both are kept by reference until the transfer is gone.
  Transfer(const Request& request, Receiver& receiver);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Runs it on the connections of `multi`. Errors: as HttpClient::send.
  [[nodiscard]] Status run(CURLM* multi);

 private:
  static std::size_t header_callback(char* bytes, std::size_t, std::size_t count, void* self);
  static std::size_t body_callback(char* bytes, std::size_t, std::size_t count, void* self);

  [[nodiscard]] Status prepare();
  [[nodiscard]] Status prepare_headers();
  void prepare_method();
  void prepare_proxy();
  [[nodiscard]] Status drive(CURLM* multi);
  /// What ended it from our side: a stop, the deadline, silence, a limit, the receiver.
  [[nodiscard]] std::optional<Error> reason_to_end();
  void note_progress();
  [[nodiscard]] std::chrono::milliseconds time_to_wait() const;
  [[nodiscard]] Status take_header_line(std::string_view line);
  [[nodiscard]] Status end_of_head();
  [[nodiscard]] Status tell_head();
  [[nodiscard]] Status take_body(std::string_view bytes);
  [[nodiscard]] Error error_of(CURLcode code) const;

  const Request& request_;
  Receiver& receiver_;
  Easy easy_;
  HeaderList headers_;
  std::string shown_address_;
  std::string no_proxy_;
  char curl_words_[CURL_ERROR_SIZE] = {};
  ResponseHead head_;
  bool head_told_ = false;
  std::int64_t head_bytes_ = 0;
  std::int64_t body_bytes_ = 0;
  std::int64_t bytes_on_wire_ = 0;
  Deadline::Clock::time_point last_progress_;
  std::optional<Error> failure_;  ///< Set by a callback.
};

}  // namespace idi::http_client
