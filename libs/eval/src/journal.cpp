#include "journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "outcome_json.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

std::string head_line(const std::string& key) { return R"({"journal":1,"key":")" + key + R"("})"; }

}  // namespace

Journal::Journal(Journal&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      recorded_(std::move(other.recorded_)) {}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);  // the lock goes with it
}

Result<Journal> Journal::open(const std::filesystem::path& folder, const std::string& key,
                              bool start_afresh) {
  const std::filesystem::path path = folder / ("journal-" + key + ".jsonl");
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  Journal journal(descriptor, path);
  if (descriptor < 0) return journal.write_failed(errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return make_error(ErrorCode::conflict, "another evaluation is writing " + path.string(),
                      "wait for it, or name another report folder");
  }
  if (start_afresh) {
    IDI_CHECK(journal.restart(key));
  } else {
    IDI_CHECK(journal.load(key));
  }
  return journal;
}

Status Journal::load(const std::string& key) {
  IDI_TRY(const std::string content, read_file(path_, max_journal_bytes));
  std::string_view rest = content;
  std::size_t kept_bytes = 0;
  bool has_head = false;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) break;  // invariant 1: torn
    const std::string_view line = rest.substr(0, end);
    if (!has_head) {
      if (line != head_line(key)) return restart(key);
      has_head = true;
    } else {
      auto outcome = outcome_from_json_line(line);
      if (!outcome) break;  // after a power cut: what follows cannot be trusted either
      recorded_.push_back(std::move(*outcome));
    }
    rest.remove_prefix(end + 1);
    kept_bytes = content.size() - rest.size();
  }
  if (!has_head) return restart(key);
  if (::ftruncate(descriptor_, static_cast<off_t>(kept_bytes)) != 0) return write_failed(errno);
  return {};
}

Status Journal::restart(const std::string& key) {
  recorded_.clear();
  if (::ftruncate(descriptor_, 0) != 0) return write_failed(errno);
  return write_line(head_line(key));
}

Status Journal::append(const Outcome& outcome) { return write_line(to_json_line(outcome)); }

Status Journal::finish() {
  if (::fdatasync(descriptor_) != 0 && errno != EINVAL) return write_failed(errno);
  const std::filesystem::path kept = path_.parent_path() / "outcomes.jsonl";
  if (std::rename(path_.c_str(), kept.c_str()) != 0) return write_failed(errno);
  return {};
}

Status Journal::write_line(std::string line) {
  line += '\n';
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return write_failed(errno);
    }
  }
  return {};
}

Error Journal::write_failed(int code) const {
  return make_error(ErrorCode::io_failed, "cannot write the journal " + path_.string(),
                    "check that the report folder can be written and that the disk is not full",
                    std::generic_category().message(code));
}

}  // namespace idi::eval
