#include "server_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "idi/core/text.hpp"

namespace idi::llama_runtime {

namespace fs = std::filesystem;

Result<ServerLog> ServerLog::open(const fs::path& path, std::int64_t max_bytes) {
  ServerLog log(path, max_bytes);
  if (path.empty()) return log;
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (!log.reopen()) {
    return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", path.string()),
                      "Free some space, or make its folder writable.", std::strerror(errno));
  }
  return log;
}

bool ServerLog::reopen() {
  // For its owner alone: it may name files, and a verbose server prints prompts.
  file_ = Descriptor(::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
  struct stat found {};
  if (file_.get() < 0 || ::fstat(file_.get(), &found) < 0) return false;
  file_bytes_ = found.st_size;
  return true;
}

void ServerLog::write(std::string_view bytes) {
  if (file_.get() < 0) return;
  if (file_bytes_ > 0 && file_bytes_ + static_cast<std::int64_t>(bytes.size()) > max_bytes_) {
    fs::path before = path_;
    before += ".1";
    std::error_code error;
    fs::rename(path_, before, error);
    if (error || !reopen()) return file_.close();
  }
  while (!bytes.empty()) {
    const ssize_t put = ::write(file_.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return;  // a full disk: this piece is lost
    bytes.remove_prefix(static_cast<std::size_t>(put));
    file_bytes_ += put;
  }
}

void ServerLog::append(std::string_view bytes) {
  write(bytes);
  unfinished_ += bytes;
  std::size_t begin = 0;
  for (std::size_t end; (end = unfinished_.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    lines_.push_back(unfinished_.substr(begin, std::min(end - begin, max_line_bytes)));
    if (lines_.size() > max_tail_lines) lines_.pop_front();
  }
  unfinished_.erase(0, begin);
  // A line without an end.
  if (unfinished_.size() > max_line_bytes) unfinished_.resize(max_line_bytes);
}

void ServerLog::begin(std::string_view headline) {
  lines_.clear();
  unfinished_.clear();
  write(fmt::format("--- {}\n", headline));
}

std::string ServerLog::tail() const {
  std::string text;
  for (const auto& line : lines_) text += line + "\n";
  text += unfinished_;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text::to_valid_utf8(text);
}

}  // namespace idi::llama_runtime
