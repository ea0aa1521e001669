// The system's apt-get under a configuration of ours: own lists, own sources, no installed
// packages, no hooks; it downloads and verifies, and changes nothing of the system.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "mirrors.hpp"

namespace idi::llama_runtime {

/// The Debian suite that has llama.cpp.
inline constexpr const char* suite = "forky";

class PrivateApt {
 public:
  /// `folder` is ours alone, absolute and without blanks or quotes of apt's. Errors: not_supported
  /// (no apt-get or dpkg), io_failed.
  [[nodiscard]] static Result<PrivateApt> open(const std::filesystem::path& folder,
                                               std::stop_token stop);
  /// Fetches the mirror's signed lists. Errors: unavailable (apt's words), not_supported (no such
  /// keyring), cancelled, timeout.
  [[nodiscard]] Status update(const Mirror& mirror, bool of_the_past);
  /// Downloads packages ("name" or "name=version") with what they need, verified by apt. Errors:
  /// not_found (no such version), unavailable, cancelled, timeout.
  [[nodiscard]] Status download(const std::vector<std::string>& packages,
                                const std::function<void(double percent)>& on_percent);
  /// What was downloaded.
  [[nodiscard]] std::vector<std::filesystem::path> archives() const;
  [[nodiscard]] const std::string& architecture() const { return architecture_; }

 private:
  PrivateApt(std::filesystem::path folder, std::string architecture, std::stop_token stop)
      : folder_(std::move(folder)),
        architecture_(std::move(architecture)),
        stop_(std::move(stop)) {}
  [[nodiscard]] Status configure(bool of_the_past) const;

  std::filesystem::path folder_;
  std::string architecture_;
  std::stop_token stop_;
};

}  // namespace idi::llama_runtime
