#include "transfer.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include "address.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::http_client {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr long max_redirects = 5;
/// Also while nothing is expected: curl's own timers may be coarser than ours.
constexpr milliseconds longest_wait{1'000};

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  // An option that this curl does not know is a fault of the build.
  IDI_ASSERT(curl_easy_setopt(easy, option, value) == CURLE_OK);
}

/// The end of a connection is how the other side learns that nobody waits: a child process that we
/// start meanwhile must not keep it open.
curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool fits_a_header(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

std::int64_t bytes_moved(CURL* easy) {
  curl_off_t down = 0;
  curl_off_t up = 0;
  curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
  curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &up);
  return down + up;
}

}  // namespace

std::optional<std::string_view> ResponseHead::header(std::string_view lower_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_name) return value;
  }
  return std::nullopt;
}

Transfer::Transfer(const Request& request, Receiver& receiver)
    : request_(request), receiver_(receiver), last_progress_(Deadline::Clock::now()) {}

Status Transfer::run(CURLM* multi) {
  IDI_TRY(Address address, parse_address(request_.url));
  shown_address_ = std::move(address.shown);
  if (request_.stop.stop_requested()) return *reason_to_end();
  IDI_CHECK(prepare());
  // The wish to stop may come from any thread, while this one sleeps in curl_multi_poll.
  const std::stop_callback wake(request_.stop, [multi] { curl_multi_wakeup(multi); });
  IDI_ASSERT(curl_multi_add_handle(multi, easy_.get()) == CURLM_OK);
  Status status = drive(multi);
  // Closes the connection, unless the response is complete.
  curl_multi_remove_handle(multi, easy_.get());
  return status;
}

Status Transfer::drive(CURLM* multi) {
  last_progress_ = Deadline::Clock::now();
  int running = 1;
  while (true) {
    if (auto reason = reason_to_end()) return std::move(*reason);
    IDI_ASSERT(curl_multi_perform(multi, &running) == CURLM_OK);
    note_progress();
    if (failure_) return std::move(*failure_);
    if (running == 0) break;
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(time_to_wait().count()), nullptr);
  }
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(multi, &left);
  IDI_ASSERT(message != nullptr && message->msg == CURLMSG_DONE);
  if (message->data.result != CURLE_OK) return error_of(message->data.result);
  return tell_head();
}

void Transfer::note_progress() {
  const std::int64_t moved = bytes_moved(easy_.get()) + head_bytes_;
  if (moved == bytes_on_wire_) return;
  bytes_on_wire_ = moved;
  last_progress_ = Deadline::Clock::now();
}

milliseconds Transfer::time_to_wait() const {
  const auto silent = duration_cast<milliseconds>(Deadline::Clock::now() - last_progress_);
  const milliseconds until_silence = milliseconds{request_.silence_timeout_ms} - silent;
  return std::clamp(std::min(until_silence, request_.deadline.remaining()), milliseconds{1},
                    longest_wait);
}

std::optional<Error> Transfer::reason_to_end() {
  if (request_.stop.stop_requested()) {
    return make_error(ErrorCode::cancelled, "the request was stopped");
  }
  if (request_.deadline.passed()) {
    return make_error(ErrorCode::timeout,
                      fmt::format("{} did not finish within the time given", shown_address_));
  }
  if (Deadline::Clock::now() - last_progress_ >= milliseconds{request_.silence_timeout_ms}) {
    return make_error(ErrorCode::timeout, fmt::format("{} sent nothing for {} ms", shown_address_,
                                                      request_.silence_timeout_ms));
  }
  // The bodies of redirects are thrown away by curl, yet somebody could send them for ever.
  curl_off_t down = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &down);
  if (down > request_.max_body_bytes) {
    return make_error(
        ErrorCode::limit_exceeded,
        fmt::format("{} sent more than {} bytes", shown_address_, request_.max_body_bytes));
  }
  return std::nullopt;
}

Status Transfer::prepare() {
  easy_.reset(curl_easy_init());
  IDI_ASSERT(easy_ != nullptr);
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, request_.url.c_str());
  set(easy, CURLOPT_ERRORBUFFER, static_cast<char*>(curl_words_));
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, request_.follow_redirects ? 1L : 0L);
  set(easy, CURLOPT_MAXREDIRS, max_redirects);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout_ms));
  // One request, one connection: to end one is to close the other.
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_USERAGENT, "idi");
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  // A name that is still being looked up must not hold up the end of the call.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::header_callback);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::body_callback);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  prepare_proxy();
  prepare_method();
  if (request_.range_begin > 0) {
    const std::string range = fmt::format("{}-", request_.range_begin);
    set(easy, CURLOPT_RANGE, range.c_str());
  }
  return prepare_headers();
}

/// The environment's proxies as everywhere; never for this machine, whatever it says.
void Transfer::prepare_proxy() {
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    if (const char* value = std::getenv(name)) {
      no_proxy_ = value;
      break;
    }
  }
  if (no_proxy_ != "*") {
    no_proxy_ += no_proxy_.empty() ? "" : ",";
    no_proxy_ += "localhost,127.0.0.0/8,::1";
  }
  set(easy_.get(), CURLOPT_NOPROXY, no_proxy_.c_str());
}

void Transfer::prepare_method() {
  CURL* easy = easy_.get();
  if (request_.method == "HEAD") {
    set(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (request_.method == "GET" && request_.body.empty()) return;
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  set(easy, CURLOPT_POSTFIELDS, request_.body.data());
  if (request_.method != "POST") set(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

Status Transfer::prepare_headers() {
  const auto add = [this](const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    IDI_ASSERT(longer != nullptr);
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  };
  bool has_type = false;
  for (const auto& [name, value] : request_.headers) {
    if (name.empty() || name.find(':') != std::string::npos || !fits_a_header(name) ||
        !fits_a_header(value)) {
      // The value may be a key: it is not shown.
      return make_error(ErrorCode::invalid_argument,
                        "a header of the request has a line break or a zero byte in it");
    }
    has_type = has_type || text::equals_ignoring_ascii_case(name, "content-type");
    // curl drops "Name:", and sends "Name;" as a header without a value.
    add(value.empty() ? name + ";" : name + ": " + value);
  }
  // curl would call a body a form, and wait a second for leave to send a long one.
  if (!has_type) add("Content-Type:");
  add("Expect:");
  set(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
  return {};
}

std::size_t Transfer::header_callback(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  Status status = transfer.take_header_line({bytes, count});
  if (status) return count;
  transfer.failure_ = std::move(status.error());
  return 0;
}

std::size_t Transfer::body_callback(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  Status status = transfer.take_body({bytes, count});
  if (status) return count;
  transfer.failure_ = std::move(status.error());
  return 0;
}

Status Transfer::take_header_line(std::string_view line) {
  head_bytes_ += static_cast<std::int64_t>(line.size());
  if (head_bytes_ > max_head_bytes) {
    return make_error(
        ErrorCode::limit_exceeded,
        fmt::format("{} sent more than {} bytes of headers", shown_address_, max_head_bytes));
  }
  if (head_told_) return {};  // a trailer
  line = text::trim(line);
  if (line.starts_with("HTTP/")) {
    head_ = {};
    const auto blank = line.find(' ');
    if (blank != std::string_view::npos) {
      std::from_chars(line.data() + blank + 1, line.data() + line.size(), head_.status);
    }
    return {};
  }
  if (line.empty()) return end_of_head();
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string name = text::to_lower_ascii(text::trim(line.substr(0, colon)));
  const auto value = text::trim(line.substr(colon + 1));
  if (name == "content-length") {
    std::int64_t length = -1;
    const auto end = value.data() + value.size();
    if (std::from_chars(value.data(), end, length).ptr == end && length >= 0) {
      head_.content_length = length;
    }
  }
  head_.headers.emplace_back(std::move(name), value);
  return {};
}

Status Transfer::end_of_head() {
  const bool interim = head_.status < 200;
  const bool followed = request_.follow_redirects && head_.status >= 300 && head_.status < 400 &&
                        head_.header("location").has_value();
  // Where curl does not go on after all, the head is told with the body or at the end.
  if (interim || followed) return {};
  if (request_.method != "HEAD" && head_.content_length.value_or(0) > request_.max_body_bytes) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("{} wants to send {} bytes, more than {}", shown_address_,
                                  *head_.content_length, request_.max_body_bytes));
  }
  return tell_head();
}

Status Transfer::tell_head() {
  if (std::exchange(head_told_, true)) return {};
  return receiver_.on_head(head_);
}

Status Transfer::take_body(std::string_view bytes) {
  IDI_CHECK(tell_head());
  body_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (body_bytes_ > request_.max_body_bytes) {
    return make_error(
        ErrorCode::limit_exceeded,
        fmt::format("{} sent more than {} bytes", shown_address_, request_.max_body_bytes));
  }
  return receiver_.on_bytes(bytes);
}

Error Transfer::error_of(CURLcode code) const {
  const std::string detail = curl_words_[0] != 0 ? curl_words_ : curl_easy_strerror(code);
  const auto failed = [&](ErrorCode kind, std::string_view what, std::string hint = {}) {
    return make_error(kind, fmt::format(fmt::runtime(what), shown_address_), std::move(hint),
                      detail);
  };
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return failed(ErrorCode::invalid_argument, "{} leads to an address that cannot be used");
    case CURLE_TOO_MANY_REDIRECTS:
      return failed(ErrorCode::limit_exceeded, "{} redirects again and again");
    case CURLE_COULDNT_RESOLVE_HOST:
      return failed(ErrorCode::unavailable, "the name of {} is not known",
                    "is the address right, and is there a network?");
    case CURLE_COULDNT_RESOLVE_PROXY:
      return failed(ErrorCode::unavailable, "the proxy on the way to {} is not known",
                    "look at the environment's http_proxy and https_proxy");
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      return failed(ErrorCode::unavailable, "{} cannot be reached",
                    "is the server running, and is the address right?");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
      return failed(ErrorCode::unavailable, "the certificate of {} is not to be trusted");
    default:
      return failed(ErrorCode::unavailable, "the connection to {} broke off");
  }
}

}  // namespace idi::http_client
