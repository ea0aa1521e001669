#include "download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>

#include "http_words.hpp"
#include "idi/core/text.hpp"
#include "idi/model_store/memory.hpp"
#include "progress_clock.hpp"
#include "sha256.hpp"

namespace idi::model_store {
namespace {

using http_client::Request;
using http_client::ResponseHead;

constexpr int max_redirects = 8;
constexpr std::int64_t max_file_bytes = std::int64_t{1} << 44;
constexpr std::string_view magic = "GGUF";

Error wrong_file(std::string what) {
  return make_error(ErrorCode::unreadable, std::move(what),
                    "Check the address; a login page or a proxy may have come between.");
}

/// What one answer led to, beside bytes in the part.
enum class Turn { none, redirected, begin_again };

/// The state of a download between its requests.
class Download final : public http_client::Receiver {
 public:
  Download(http_client::HttpClient& client, const std::string& url, PartFile& part,
           const Patience& patience, const OnProgress& on_progress, const std::stop_token& stop)
      : client_(client),
        url_(url),
        part_(part),
        patience_(patience),
        stop_(stop),
        progress_(on_progress, part.size(), part.announced().bytes) {}

  Result<Announced> run() {
    if (!can_go_on()) IDI_CHECK(part_.begin_again());
    std::chrono::milliseconds pause = patience_.first_pause;
    int fruitless = 0;
    for (int tries = 1;; ++tries) {
      const std::int64_t before = part_.size();
      auto status = one_try();
      if (status) break;
      Error error = std::move(status.error());
      if (!worth_another_try(error)) return error;
      fruitless = part_.size() > before ? 0 : fruitless + 1;
      if (fruitless == 0) pause = patience_.first_pause;
      if (fruitless >= patience_.fruitless_tries || tries >= patience_.tries) {
        return with_hint_to_go_on(std::move(error));
      }
      IDI_CHECK(wait(pause));
      pause *= 2;
    }
    progress_.end(part_.size());
    IDI_CHECK(part_.sync());
    return part_.announced();
  }

  Status on_head(const ResponseHead& head) override {
    note_links(head);
    if (head.status >= 300 && head.status < 400) return take_redirect(head);
    if (head.status == 206) return take_part(head);
    if (head.status == 200) return take_whole(head);
    if (head.status == 416) return take_no_such_range(head);
    return error_of(head.status);
  }

  Status on_bytes(std::string_view bytes) override {
    IDI_CHECK(check_begin(bytes));
    const std::int64_t most =
        part_.announced().bytes >= 0 ? part_.announced().bytes : max_file_bytes;
    if (static_cast<std::int64_t>(bytes.size()) > most - part_.size()) {
      return wrong_file(
          fmt::format("the server sends more than the {} bytes that it announced", most));
    }
    if (auto written = part_.append(bytes); !written) {
      return with_hint_to_go_on(std::move(written.error()));
    }
    progress_.at(part_.size());
    return {};
  }

 private:
  // invariant 1
  [[nodiscard]] bool can_go_on() const {
    const Announced& announced = part_.announced();
    return part_.size() == 0 ||
           (announced.url == url_ && (!announced.tag.empty() || !announced.sha256.empty()));
  }

  Status one_try() {
    std::string address = url_;
    linked_sha256_.clear();
    linked_bytes_ = -1;
    bool begun_again = false;
    for (int step = 0; step < max_redirects; ++step) {
      if (is_complete()) return {};
      turn_ = Turn::none;
      auto status = client_.stream(request_to(address), *this);
      switch (turn_) {
        case Turn::redirected: {
          IDI_TRY(address, follow(address, location_));
          continue;
        }
        case Turn::begin_again:
          if (std::exchange(begun_again, true)) {
            return make_error(
                ErrorCode::unavailable,
                "the server does not send the part of the file that it was asked for");
          }
          IDI_CHECK(part_.begin_again());
          progress_.restart(0);
          continue;
        case Turn::none:
          break;
      }
      if (!status) return status;
      return check_end();
    }
    return make_error(
        ErrorCode::unavailable,
        fmt::format("the server sends us to another place more than {} times", max_redirects));
  }

  [[nodiscard]] Request request_to(const std::string& address) const {
    Request request;
    request.url = address;
    request.connect_timeout_ms = patience_.connect_timeout_ms;
    request.silence_timeout_ms = patience_.silence_timeout_ms;
    request.max_body_bytes = max_file_bytes;
    request.stop = stop_;
    // Compressed, its length and its parts would be another file's.
    request.headers.emplace_back("Accept-Encoding", "identity");
    if (part_.size() > 0) {
      request.range_begin = part_.size();
      if (is_strong_tag(part_.announced().tag)) {
        request.headers.emplace_back("If-Range", part_.announced().tag);
      }
    }
    return request;
  }

  /// A hub of models tells the whole file's hash and size on the way to where its bytes lie.
  void note_links(const ResponseHead& head) {
    if (const auto tag = head.header("x-linked-etag")) {
      if (auto hash = sha256_in_tag(*tag)) linked_sha256_ = std::move(*hash);
    }
    if (const auto size = head.header("x-linked-size")) {
      linked_bytes_ = parse_size(*size).value_or(linked_bytes_);
    }
  }

  Status take_redirect(const ResponseHead& head) {
    const auto location = head.header("location");
    if (!location) return error_of(head.status);
    location_ = std::string(*location);
    turn_ = Turn::redirected;
    return make_error(ErrorCode::unavailable, "sent to another place");
  }

  Status begin_again() {
    turn_ = Turn::begin_again;
    return make_error(ErrorCode::unavailable, "the part that is here cannot be gone on with");
  }

  Status take_whole(const ResponseHead& head) {
    IDI_CHECK(check_type(head));
    // The server knows no ranges, or the file is another by now.
    if (part_.size() > 0) {
      IDI_CHECK(part_.begin_again());
      progress_.restart(0);
    }
    return announce(head, head.content_length.value_or(-1));
  }

  Status take_part(const ResponseHead& head) {
    if (part_.size() == 0) return error_of(head.status);  // not asked for
    const auto range = parse_content_range(head.header("content-range").value_or(""));
    if (!range || range->first != part_.size()) return begin_again();
    const Announced& before = part_.announced();
    const std::string tag(head.header("etag").value_or(""));
    const bool same_tag = is_strong_tag(tag) && tag == before.tag;
    const bool same_hash = !linked_sha256_.empty() && linked_sha256_ == before.sha256;
    const bool other_hash = !linked_sha256_.empty() && !before.sha256.empty() && !same_hash;
    const bool other_size = range->total >= 0 && before.bytes >= 0 && range->total != before.bytes;
    if ((!same_tag && !same_hash) || other_hash || other_size) {
      return begin_again();  // invariant 1
    }
    return announce(head, range->total >= 0 ? range->total : before.bytes);
  }

  /// Everything is there already, or the part is no part of what lies on the server.
  Status take_no_such_range(const ResponseHead& head) {
    if (part_.size() == 0) return error_of(head.status);
    return begin_again();
  }

  Status announce(const ResponseHead& head, std::int64_t bytes) {
    if (linked_bytes_ >= 0 && bytes >= 0 && bytes != linked_bytes_) {
      return wrong_file(fmt::format("the server announces a file of {} bytes and sends one of {}",
                                    linked_bytes_, bytes));
    }
    Announced announced;
    announced.url = url_;
    announced.tag = std::string(head.header("etag").value_or(""));
    announced.sha256 = linked_sha256_.empty() ? part_.announced().sha256 : linked_sha256_;
    announced.bytes = bytes >= 0 ? bytes : linked_bytes_;
    if (announced.bytes > max_file_bytes) {
      return make_error(
          ErrorCode::limit_exceeded,
          fmt::format("the file has {}", size_text(static_cast<std::uint64_t>(announced.bytes))));
    }
    progress_.set_total(announced.bytes);
    IDI_CHECK(check_space(announced.bytes));
    return part_.announce(std::move(announced));
  }

  Status check_space(std::int64_t bytes) const {
    std::error_code failure;
    const auto space = std::filesystem::space(part_.path().parent_path(), failure);
    if (failure || bytes < 0) return {};
    const auto rest = static_cast<std::uint64_t>(std::max<std::int64_t>(bytes - part_.size(), 0));
    if (rest <= space.available) return {};
    return make_error(
        ErrorCode::io_failed,
        fmt::format("{} are still to be downloaded, and {} are free in {}", size_text(rest),
                    size_text(space.available), part_.path().parent_path().string()),
        "Free some space, then pull again.");
  }

  static Status check_type(const ResponseHead& head) {
    const auto type = head.header("content-type");
    if (type && text::to_lower_ascii(*type).starts_with("text/html")) {
      return wrong_file("the server sends a web page, not a model");
    }
    return {};
  }

  Status check_begin(std::string_view bytes) {
    if (part_.size() >= static_cast<std::int64_t>(magic.size())) return {};
    const auto at = static_cast<std::size_t>(part_.size());
    const std::string_view expected = magic.substr(at, bytes.size());
    if (bytes.substr(0, expected.size()) == expected) return {};
    return wrong_file("what the server sends is no GGUF file");
  }

  [[nodiscard]] bool is_complete() const {
    return part_.size() > 0 && part_.announced().bytes == part_.size();
  }

  // invariant 2
  Status check_end() const {
    if (part_.announced().bytes < 0 || is_complete()) return {};
    return make_error(ErrorCode::unavailable, fmt::format("the server stopped after {} of {} bytes",
                                                          part_.size(), part_.announced().bytes));
  }

  static Error error_of(int status) {
    switch (status) {
      case 401:
      case 403:
        return make_error(
            ErrorCode::refused, fmt::format("the server does not give it to us (HTTP {})", status),
            "It may ask for a login: download the file with a browser, then use idi model add.");
      case 404:
      case 410:
        return make_error(ErrorCode::not_found,
                          fmt::format("the server does not have this file (HTTP {})", status),
                          "Check the address, or the mirror.");
      default:
        return make_error(ErrorCode::unavailable,
                          fmt::format("the server answers with HTTP {}", status),
                          "Try again later.");
    }
  }

  static bool worth_another_try(const Error& error) {
    return error.code == ErrorCode::unavailable || error.code == ErrorCode::timeout;
  }

  [[nodiscard]] Error with_hint_to_go_on(Error error) const {
    if (part_.size() == 0) return error;
    if (!error.hint.empty()) error.hint += " ";
    error.hint += fmt::format("{} are kept: pull again to go on from there.",
                              size_text(static_cast<std::uint64_t>(part_.size())));
    return error;
  }

  Status wait(std::chrono::milliseconds pause) const {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any woken;
    woken.wait_for(lock, stop_, pause, [] { return false; });
    if (!stop_.stop_requested()) return {};
    return make_error(ErrorCode::cancelled, "the download was stopped");
  }

  http_client::HttpClient& client_;
  const std::string& url_;
  PartFile& part_;
  const Patience& patience_;
  const std::stop_token& stop_;
  ProgressClock progress_;
  Turn turn_ = Turn::none;
  std::string location_;
  std::string linked_sha256_;
  std::int64_t linked_bytes_ = -1;
};

}  // namespace

Result<Announced> download(http_client::HttpClient& client, const std::string& url, PartFile& part,
                           const Patience& patience, const OnProgress& on_progress,
                           const std::stop_token& stop) {
  auto announced = Download(client, url, part, patience, on_progress, stop).run();
  if (announced) return announced;
  Error error = std::move(announced.error());
  // What is there is of the wrong file; nobody should go on with it.
  if (error.code == ErrorCode::unreadable) part.remove();
  if (error.code == ErrorCode::cancelled) {
    error.message = "the download was stopped";
    if (part.size() > 0) {
      error.hint = fmt::format("{} are kept: pull again to go on from there.",
                               size_text(static_cast<std::uint64_t>(part.size())));
    }
  }
  return error;
}

}  // namespace idi::model_store
