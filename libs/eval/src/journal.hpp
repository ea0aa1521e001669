// The memory of a run that may be interrupted: one file of JSON lines, appended to as questions are
// scored. States, and what moves between them:
//
//   absent  --open-->    unfinished: a head line with the run's key, then a record per question
//   unfinished --open--> unfinished: its records are taken over, a torn last line is cut off
//   unfinished --finish--> absent: renamed to outcomes.jsonl, for whoever wants every outcome
//
// Invariants: 1. Each record reaches the file by one write, so a killed process leaves at most one
// torn line, the last. 2. Only one process has a journal open (a lock on the file). 3. The name and
// the head hold the key: a run with other options or other files never reads these records.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/eval/outcome.hpp"

namespace idi::eval {

inline constexpr std::uintmax_t max_journal_bytes = std::uintmax_t{4} << 30;

class Journal {
 public:
  /// The journal of `key` in `folder`, which must exist. `start_afresh`: its records are dropped.
  /// Errors: io_failed, conflict (another process has it), unreadable, limit_exceeded.
  [[nodiscard]] static Result<Journal> open(const std::filesystem::path& folder,
                                            const std::string& key, bool start_afresh);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  /// What earlier runs recorded, in the order of recording.
  [[nodiscard]] std::vector<Outcome> take_recorded() { return std::move(recorded_); }

  /// Errors: io_failed.
  Status append(const Outcome& outcome);
  /// To be called once, last: the next run measures anew.
  Status finish();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  Journal(int descriptor, std::filesystem::path path)
      : descriptor_(descriptor), path_(std::move(path)) {}
  Status load(const std::string& key);
  Status restart(const std::string& key);
  Status write_line(std::string line);
  [[nodiscard]] Error write_failed(int code) const;

  int descriptor_;
  std::filesystem::path path_;
  std::vector<Outcome> recorded_;
};

}  // namespace idi::eval
